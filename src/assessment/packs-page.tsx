import type { Answer, Asked, Problem, Route, StaffVisit } from '#access'
import { notForYou } from '#access'
import { dateWords, daysBetween, type LondonDate, londonDate } from '#calendar'
import {
  Button,
  DataTable,
  Details,
  FileField,
  PostForm,
  renderPage,
  Section,
  Tag,
  TextArea,
  TextField,
} from '#ui'
import { isInForce, licenceWords, needsLicence } from './library.ts'
import { mayPutIn, putInPack, withdrawPack } from './pack-actions.ts'
import { packFormat, type SitePack } from './pack-file.ts'
import { packsOf } from './pack-store.ts'
import { type ScoreOnly, scoreOnly } from './score-only.data.ts'
import { scoringOf } from './scorings.ts'
import { sentence } from './words.ts'

const address = '/measures/packs'
const soonDays = 60

/** Which measures need a licence, which this site has, and the form that puts a site's own words in. */
async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  const packs = await packsOf(visit.db)
  const mayChange = visit.caller.activities.has(mayPutIn)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Licensed measures',
    lead: 'Keyworker adds these up and holds none of their words. A site that has a licence brings the words in a file of its own.',
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <Standings packs={packs} today={visit.today} />
        <p>
          <a href="/measures/schedule">What each programme asks, and when</a>
        </p>
        {packs
          .filter(({ endedAt }) => !endedAt)
          .map((pack) => (
            <OnePack key={pack.id} pack={pack} mayChange={mayChange} problems={problems} />
          ))}
        {mayChange ? <PutIn /> : <p>The system administrator puts a file in, replaces it or withdraws it.</p>}
        <Ended packs={packs.filter(({ endedAt }) => endedAt)} />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

type Line = { readonly measure: ScoreOnly; readonly pack?: SitePack }

function Standings({ packs, today }: { readonly packs: readonly SitePack[]; readonly today: LondonDate }) {
  const lines: readonly Line[] = scoreOnly.map((measure) => ({
    measure,
    pack: packs.find(({ instrument, endedAt }) => instrument === measure.key && !endedAt),
  }))
  return (
    <DataTable
      caption="Measures that need a licence"
      isCaptionHidden
      rows={lines}
      keyOf={({ measure }) => measure.key}
      columns={[
        {
          head: 'Measure',
          cell: ({ measure }) => `${measure.name}, about ${measure.about}`,
          width: 'middle',
        },
        { head: 'Whose words', cell: ({ measure }) => measure.owner },
        { head: 'Here', cell: ({ pack }) => <Standing pack={pack} today={today} />, width: 'middle' },
        {
          head: 'Empty file',
          cell: ({ measure }) => (
            <a href={`${address}/empty?measure=${measure.key}`}>
              Empty file<span className="nhsuk-u-visually-hidden"> for {measure.name}</span>
            </a>
          ),
        },
      ]}
    />
  )
}

function Standing({ pack, today }: { readonly pack: SitePack | undefined; readonly today: LondonDate }) {
  if (!pack) return <>{sentence(needsLicence)}</>
  if (!isInForce(pack, today))
    return <Tag colour="orange">The licence ran out on {dateWords(pack.licensedUntil)}: not asked</Tag>
  const left = daysBetween(today, pack.licensedUntil)
  return (
    <>
      Asked here under the licence of {pack.holder}, until {dateWords(pack.licensedUntil)}.{' '}
      {left <= soonDays && <Tag colour="orange">Runs out in {left === 1 ? '1 day' : `${left} days`}</Tag>}
    </>
  )
}

const nameOf = (pack: SitePack) => scoringOf(pack.instrument)?.name ?? pack.instrument

function OnePack(props: {
  readonly pack: SitePack
  readonly mayChange: boolean
  readonly problems: readonly Problem[]
}) {
  const { pack, mayChange, problems } = props
  const field = `reason-${pack.id}`
  return (
    <Section heading={nameOf(pack)}>
      <p>
        {pack.edition}. Put in by {pack.putInByName} on {dateWords(londonDate(pack.putInAt))}.
      </p>
      <p className="kw-second">{licenceWords(pack)}</p>
      {mayChange && (
        <Details
          summary={`Withdraw ${nameOf(pack)}: it is not asked any more`}
          isOpen={problems.some((one) => one.field === field)}
        >
          <PostForm action={`${address}/${pack.id}/withdraw`}>
            <TextField
              name={field}
              label={`Why is ${nameOf(pack)} withdrawn?`}
              hint="What people answered stays, with its scores"
            />
            <Button kind="secondary">Withdraw {nameOf(pack)}</Button>
          </PostForm>
        </Details>
      )}
    </Section>
  )
}

const PutIn = () => (
  <Section heading="Put a file in">
    <p>
      Take the empty file of the measure, and let whoever holds the registered copy write in its words, the
      licence and at least one worked example of its manual. A file of a measure that is in force takes its
      place.
    </p>
    <PostForm action={address} takesFile>
      <FileField
        name="chosen"
        label="The file"
        hint="A text file of 256 KB or less. Its words come back below where something in it does not fit."
        accept=".json,.txt"
        isOptional
      />
      <TextArea
        name="file"
        label="Or the whole of its words"
        hint="Paste them here. Where a file is chosen, the file is read and these are not."
        rows={12}
        isOptional
      />
      <Button>Put this file in</Button>
    </PostForm>
  </Section>
)

function Ended({ packs }: { readonly packs: readonly SitePack[] }) {
  if (packs.length === 0) return null
  return (
    <Section heading="Withdrawn or replaced" count={packs.length}>
      <DataTable
        caption="Files that are not asked with any more"
        isCaptionHidden
        rows={packs}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Measure', cell: (pack) => `${nameOf(pack)}: ${pack.edition}`, width: 'middle' },
          { head: 'Licence', cell: (pack) => licenceWords(pack) },
          {
            head: 'Ended',
            cell: (pack) =>
              `${pack.endedAt ? dateWords(londonDate(pack.endedAt)) : ''}, ${pack.endedByName}: ${pack.endedReason}`,
          },
        ]}
      />
    </Section>
  )
}

/** A pack with every key and value and no words: for whoever holds the registered copy to fill in. */
async function sendEmpty(_: StaffVisit, asked: Asked): Promise<Answer> {
  const measure = scoreOnly.find(({ key }) => key === asked.query.text('measure'))
  if (!measure) throw notForYou()
  const empty = {
    format: packFormat,
    instrument: measure.key,
    version: measure.version,
    edition: '',
    licence: { holder: '', reference: '', notice: '', from: '', until: '' },
    stem: '',
    answeredBy: ['the person', 'a carer, for them', 'staff'],
    questions: measure.items.map(({ key, values }) => ({
      key,
      words: '',
      choices: values.map((value) => ({ value, words: '' })),
    })),
    examples: [{ answers: [], scores: Object.fromEntries(measure.scales.map(({ key }) => [key, null])) }],
  }
  const body = `${JSON.stringify(empty, null, 2)}\n`
  return { kind: 'file', name: `measure-pack-${measure.key}.json`, contentType: 'application/json', body }
}

async function send(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { file } = asked
  if (file?.mistake !== undefined) return show(visit, asked, [{ field: 'chosen', message: file.mistake }])
  const text = file?.text ?? asked.form.text('file')
  const outcome = await putInPack(visit, text)
  // A browser forgets which file was chosen: its words come back in the box, to be put right there.
  if (!outcome.ok) return show(visit, withWords(asked, text), outcome.problems)
  const name = scoringOf(outcome.value.instrument)?.name
  return { kind: 'go', to: address, saved: `${name} is asked here from now on, under your licence.` }
}

const withWords = (asked: Asked, file: string): Asked => ({
  ...asked,
  form: { ...asked.form, typed: { ...asked.form.typed, file } },
})

async function sendWithdrawal(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const id = asked.params.pack ?? ''
  const outcome = await withdrawPack(visit, id, asked.form.text(`reason-${id}`))
  if (!outcome.ok) return show(visit, asked, outcome.problems)
  return { kind: 'go', to: address, saved: 'Withdrawn. It is not asked any more; what was answered stays.' }
}

/** The pages of licensed words. Who writes programmes reads which there are; the administrator changes them. */
export const packScreens: readonly Route[] = [
  { method: 'GET', path: address, may: 'run programmes', answer: (visit, asked) => show(visit, asked) },
  { method: 'GET', path: `${address}/empty`, may: 'run programmes', answer: sendEmpty },
  { method: 'POST', path: address, may: mayPutIn, takesFile: true, answer: send },
  { method: 'POST', path: `${address}/:pack/withdraw`, may: mayPutIn, answer: sendWithdrawal },
]

import type { Asked, Room, Answer as Sent, StaffVisit } from '#access'
import { dateWords, dayWords, londonDate, timeWords } from '#calendar'
import { type Progress, progress } from '#jobs'
import { type Programme, programmes } from '#organisations'
import { Chips, DataTable, EmptyState, Panel, renderPage, Section } from '#ui'
import { AnswerParts } from './answer-parts.tsx'
import { captionOf, verdictSaid } from './sentences.ts'
import { type Result, resultsOf } from './store.ts'

const address = '/evaluation'

/** The pages of this room: the answer, and the answers before it. */
export const screens: Room['screens'] = [
  { method: 'GET', path: address, may: 'see evaluation', answer: showAnswer },
  { method: 'GET', path: `${address}/past`, may: 'see evaluation', answer: showPast },
]

async function showAnswer(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const all = await programmes(visit.db)
  const chosen = chosenOf(all, asked)
  const [result] = chosen ? await resultsOf(visit.db, chosen.id, 1) : []
  const running = (await progress(visit.db)).find(({ task, endedAt }) => task === 'evaluate' && !endedAt)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Did it help?',
    caption: chosen && (result ? captionOf(chosen.template.name, result.answer) : chosen.template.name),
    isStamped: true,
    children: (
      <>
        <ProgrammeChips all={all} chosen={chosen} />
        {running && <Running job={running} hasAnswer={result !== undefined} />}
        {result ? <Verdict result={result} /> : <NoAnswerYet isRunning={running !== undefined} />}
        {chosen && result && <Foot programme={chosen} result={result} />}
      </>
    ),
  })
  return { kind: 'page', html }
}

const chosenOf = (all: readonly Programme[], asked: Asked) =>
  all.find(({ key }) => key === asked.query.text('programme')) ?? all[0]

const linkTo = ({ key }: Programme, path = address) => `${path}?programme=${encodeURIComponent(key)}`

function ProgrammeChips({
  all,
  chosen,
}: {
  readonly all: readonly Programme[]
  readonly chosen?: Programme
}) {
  if (all.length < 2) return null
  const chips = all.map((programme) => ({
    href: linkTo(programme),
    words: programme.template.name,
    isCurrent: programme.id === chosen?.id,
  }))
  return <Chips label="Programme" chips={chips} />
}

function Running({ job, hasAnswer }: { readonly job: Progress; readonly hasAnswer: boolean }) {
  return (
    <p>
      Running since {timeWords(job.startedAt)}: {job.words}.
      {hasAnswer && ' The last answer stays until it is done.'}
    </p>
  )
}

function NoAnswerYet({ isRunning }: { readonly isRunning: boolean }) {
  return (
    <EmptyState says="There is no answer yet.">
      <p>
        {isRunning
          ? 'The first one is being worked out. Come back in a few minutes.'
          : 'It is worked out every night, and after each load of records.'}
      </p>
    </EmptyState>
  )
}

function Verdict({ result }: { readonly result: Result }) {
  const { panel, heading, lines } = verdictSaid(result.answer)
  return (
    <>
      <Panel kind={panel} heading={heading}>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </Panel>
      <AnswerParts answer={result.answer} />
    </>
  )
}

function Foot({ programme, result }: { readonly programme: Programme; readonly result: Result }) {
  return (
    <p className="kw-second">
      Worked out on {dateWords(londonDate(result.ranAt))} from records to {dateWords(result.dataTo)}, by
      version {result.protocolVersion} of the method.{' '}
      <a href={linkTo(programme, `${address}/past`)}>Past answers</a>
    </p>
  )
}

async function showPast(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const chosen = chosenOf(await programmes(visit.db), asked)
  const results = chosen ? await resultsOf(visit.db, chosen.id, 100) : []
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Past answers',
    caption: chosen?.template.name,
    back: { href: chosen ? linkTo(chosen) : address, words: 'Back to Did it help?' },
    isStamped: true,
    children: (
      <Section heading="What was answered, and when" count={results.length}>
        {results.length === 0 ? (
          <EmptyState says="There is no answer yet." />
        ) : (
          <PastTable results={results} />
        )}
      </Section>
    ),
  })
  return { kind: 'page', html }
}

function PastTable({ results }: { readonly results: readonly Result[] }) {
  return (
    <DataTable
      caption="Answers, newest first"
      isCaptionHidden
      rows={results}
      keyOf={({ ranAt }) => `ran-${ranAt.getTime()}`}
      columns={[
        { head: 'Worked out', cell: ({ ranAt }) => dayWords(londonDate(ranAt)) },
        { head: 'Records to', cell: ({ dataTo }) => dateWords(dataTo) },
        { head: 'Answer', cell: ({ answer }) => verdictSaid(answer).heading },
        { head: 'In full', cell: ({ answer }) => verdictSaid(answer).lines.join(' '), width: 'wide' },
      ]}
    />
  )
}

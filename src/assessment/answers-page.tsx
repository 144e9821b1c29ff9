import { type Asked, notForYou, type Problem, permit, requireSamePerson, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import { Button, DataTable, Details, Panel, PostForm, renderPage, Section, SummaryList, TextField } from '#ui'
import { strikeAnswers } from './actions.ts'
import { AlertPanel } from './alert.tsx'
import { wordsOf } from './library.ts'
import { libraryIn } from './pack-store.ts'
import { asksReview, isAlert } from './rules.ts'
import { isCase } from './scoring.ts'
import { measureOf } from './store.ts'
import type { Instrument, Measure, Result } from './types.ts'
import { answererWords, answerWords, scoreWords, sentence } from './words.ts'

const reading = { may: 'see people', part: 'whole', purpose: 'direct care' } as const

/** One set of answers as it was given: what it adds up to, each question, and the way to strike it. */
export async function showAnswers(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', {
    ...reading,
    verb: 'read answers to a measure',
  })
  const measure = await measureOf(visit.db, leave, asked.params.answers ?? '')
  const instrument = measure && wordsOf(await libraryIn(visit.db, visit.today), measure)
  if (!measure || !instrument) throw notForYou()
  const about = await aboutPerson(visit, leave)
  const team = about.episodes.find(({ id }) => id === measure.episodeId)?.teamName
  const back = `/people/${leave.person}/measures`
  const html = renderPage({
    furniture: asked.furniture,
    title: `Answers to ${instrument.name}`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: back, words: 'Back to the measures' },
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        {isAlert(instrument, measure.answers) && !measure.struckReason && (
          <AlertPanel called={about.called} isSaved team={team} />
        )}
        {asksReview(instrument, measure.answers) && !measure.struckReason && (
          <Panel kind="caution" heading={`${instrument.review?.words}: review it`}>
            <p>Whatever the total, talk about it now, and say in the plan what is done.</p>
          </Panel>
        )}
        {measure.struckReason && (
          <Panel kind="caution" heading="These answers were struck: they do not count">
            <p>
              {measure.struckByName}: {measure.struckReason}
            </p>
          </Panel>
        )}
        <SummaryList rows={rowsOf(measure, instrument, about.called)} />
        {instrument.items.length > 0 && <Given measure={measure} instrument={instrument} />}
        <p className="kw-second">{instrument.credit}</p>
        {!measure.struckReason && visit.caller.activities.has('write plans') && (
          <Strike
            action={`${back}/answers/${measure.id}`}
            person={leave.person}
            isOpen={problems.length > 0}
          />
        )}
      </>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

const rowsOf = (measure: Measure, instrument: Instrument, called: string) => [
  ...instrument.scales.map((scale) => {
    const score = measure.scores.find((one) => one.scale === scale.key)
    const reaches = score?.value !== undefined && isCase(scale, score.value)
    const line = reaches ? `. At or above ${scale.caseFrom}, where NHS Talking Therapies counts a case` : ''
    return { label: scale.words, value: `${scoreWords(scale, score)}${line}` }
  }),
  { label: 'Answered by', value: sentence(answererWords(measure.answeredBy, called)) },
  { label: 'How', value: sentence(measure.answeredVia) },
  { label: 'When', value: dateWords(measure.answeredOn) },
  ...(measure.result ? resultRows(measure.result) : []),
  ...(measure.words ? [{ label: 'In their words', value: measure.words }] : []),
  { label: 'Recorded by', value: measure.recordedByName },
  { label: 'Version', value: measure.version },
]

const resultRows = ({ profile, valueSet, formVersion, obtainedFrom }: Result) => [
  {
    label: 'Profile',
    value: `${profile}${profile.includes('9') ? '. 9 stands for a part not answered' : ''}`,
  },
  { label: 'Value set', value: valueSet ?? 'None was named, so there is no index' },
  { label: 'Form', value: formVersion },
  { label: 'Obtained from', value: obtainedFrom },
]

function Given({ measure, instrument }: { readonly measure: Measure; readonly instrument: Instrument }) {
  return (
    <Section heading="The answers">
      <DataTable
        caption={`Answers to ${instrument.name}`}
        isCaptionHidden
        columns={[
          {
            head: 'Question',
            cell: (item) => `${instrument.items.indexOf(item) + 1}. ${item.words}`,
            width: 'wide',
          },
          { head: 'Answer', cell: ({ key }) => answerWords(instrument, measure, key) },
        ]}
        rows={instrument.items}
        keyOf={({ key }) => `question-${key}`}
      />
    </Section>
  )
}

function Strike(props: { readonly action: string; readonly person: string; readonly isOpen: boolean }) {
  return (
    <Details summary="Strike these answers: they are wrong" isOpen={props.isOpen}>
      <PostForm action={props.action} personToken={props.person}>
        <TextField
          name="reason"
          label="What is wrong with them?"
          hint="They stay to be read, and count no more"
        />
        <Button kind="secondary">Strike these answers</Button>
      </PostForm>
    </Details>
  )
}

/** Strikes a set of answers and shows it struck. */
export async function sendStrike(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', {
    ...reading,
    may: 'write plans',
    verb: 'strike answers to a measure',
  })
  const id = asked.params.answers ?? ''
  const outcome = await strikeAnswers(visit, leave, id, asked.form.text('reason'))
  if (!outcome.ok) return showAnswers(visit, asked, outcome.problems)
  return {
    kind: 'go' as const,
    to: `/people/${leave.person}/measures/answers/${id}`,
    saved: 'Struck. They count no more.',
  }
}

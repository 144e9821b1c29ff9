import type { Answer, Asked, Outcome, Problem, StaffVisit } from '#access'
import { Button, DateField, HiddenFields, Panel, PostForm, Radios, renderPage, TextArea } from '#ui'
import { judge, takeBack } from './actions.ts'
import { addressOf, listText } from './list-rules.ts'
import { judgementForm, type Opened, openPerson, seenIn } from './person.ts'
import { reasonsFor } from './reasons.data.ts'
import { deferrals, reasonWords } from './rules.ts'

type Way = 'deferred' | 'declined'

const verbs = { deferred: 'defer', declined: 'decline' } as const

/** The short page behind Defer and Decline: one coded reason, and words for whoever wants them. */
export const showDecide =
  (way: Way) =>
  async (visit: StaffVisit, asked: Asked): Promise<Answer> => {
    const opened = await openPerson(visit, asked, look(way))
    return { kind: 'page', html: decidePage(asked, opened, way) }
  }

const look = (way: Way) => ({ may: 'judge candidates', verb: `${verbs[way]} a candidate` }) as const

function decidePage(asked: Asked, opened: Opened, way: Way, problems?: readonly Problem[]): string {
  const { leave, programme, banner, name, them, seen, query } = opened
  const heading = way === 'deferred' ? `Defer ${name}` : `Decline ${name}`
  return renderPage({
    furniture: asked.furniture,
    title: way === 'deferred' ? 'Defer somebody on the list' : 'Decline somebody on the list',
    heading,
    caption: programme.template.name,
    lead:
      way === 'declined'
        ? `Not shown again for ${programme.template.declineForMonths} months, unless something new is known.`
        : 'Shown again on the day you choose, or earlier when something new is known.',
    banner,
    back: { href: addressOf(query, { page: query.page }), words: 'Back to the list' },
    problems,
    typed: problems && asked.form.typed,
    children: (
      <PostForm action={`/case-finding/${leave.person}/${verbs[way]}`} personToken={leave.person}>
        <JudgedFirst opened={opened} problems={problems} />
        <HiddenFields fields={{ programme: programme.key, seen: String(seen), list: listText(query) }} />
        <ReasonFields way={way} />
        {way === 'deferred' && <ShowAgain them={them} />}
        <WordsField />
        <Button quickKey="S">{heading}</Button>
        <p className="kw-second">You can undo this for 7 days.</p>
      </PostForm>
    ),
  })
}

/** When somebody decided first: who and when, and the choice to keep their decision or change it. */
export function JudgedFirst(props: { readonly opened: Opened; readonly problems?: readonly Problem[] }) {
  const { opened, problems = [] } = props
  if (!problems.some(({ field }) => field === 'seen')) return null
  const { inForce, query } = opened
  return (
    <Panel kind="caution" id="seen" heading="Somebody decided first">
      {inForce && (
        <p>
          {inForce.judgedByName} {inForce.decision} {opened.name}:{' '}
          {reasonWords(inForce.decision, inForce.reason)}.
        </p>
      )}
      <p>
        <a href={addressOf(query, { page: query.page })}>Keep that decision</a>, or save again to change it.
      </p>
    </Panel>
  )
}

/** The coded reasons of a decision, none chosen. */
export function ReasonFields({ way }: { readonly way: Way | 'added' | 'accepted' }) {
  return (
    <Radios
      name={`reason-${way}`}
      label={way === 'deferred' ? 'What is waited for?' : 'What is the main reason?'}
      choices={reasonsFor[way].map(({ code, words }) => ({ value: code, words }))}
    />
  )
}

/** When somebody deferred is shown again, nothing chosen. */
export function ShowAgain({ them }: { readonly them: string }) {
  return (
    <Radios
      name="showAgain"
      label={`When to show ${them} again?`}
      choices={deferrals.map(({ code, words }) => ({
        value: code,
        words,
        ...(code === 'date' && {
          whenChosen: <DateField name="showAgainDate" label="Date" hint="For example, 27 6 2026" />,
        }),
      }))}
    />
  )
}

/** Words beside the reason. @param way where a page has a field for each decision, whose it is. */
export const WordsField = ({ way }: { readonly way?: Way }) => (
  <TextArea
    name={way ? `words-${way}` : 'words'}
    label="Anything the team needs to know"
    hint="If the reason is “Other”, say what it is"
    isOptional
    rows={3}
  />
)

/** Keeps a deferral or a decline and goes back to the list, at the place it was left. */
export const decide =
  (way: Way) =>
  async (visit: StaffVisit, asked: Asked): Promise<Answer> => {
    const opened = await openPerson(visit, asked, look(way))
    const outcome = await judgeAs(visit, asked, opened, way)
    if (!outcome.ok) {
      const html = decidePage(asked, opened, way, problemsAt(outcome.problems, way))
      return { kind: 'page', status: 422, html }
    }
    const { query } = opened
    return { kind: 'go', to: addressOf(query, { page: query.page }), ...said(opened, way) }
  }

/** Judges what a form said. */
export const judgeAs = (
  visit: StaffVisit,
  asked: Asked,
  { leave, programme, them }: Opened,
  decision: string,
): Promise<Outcome<{ readonly judgementId: string }>> =>
  judge(visit, leave, {
    programmeId: programme.id,
    declineForMonths: programme.template.declineForMonths,
    seen: seenIn(asked),
    them,
    form: judgementForm(asked, decision),
  })

/** A problem with the reason stands at the reasons of the decision it was sent with. */
export const problemsAt = (problems: readonly Problem[], decision: string): readonly Problem[] =>
  problems.map(({ field, message }) => ({
    field: field === 'reason' ? `reason-${decision}` : field,
    message,
  }))

/** The quiet line on the next page, with its Undo. */
export const said = ({ leave, programme, name, query }: Opened, decision: Way | 'added') => ({
  saved: `${name} ${decision === 'added' ? 'added to the list' : decision}.`,
  undo: {
    action: `/case-finding/${leave.person}/take-back`,
    fields: { programme: programme.key, list: listText(query) },
  },
})

/** Takes the decision in force back and goes to the list. */
export async function undo(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await openPerson(visit, asked, {
    may: 'judge candidates',
    verb: 'take a decision back',
  })
  const { query, leave, programme, name, seen } = opened
  // The line on the next page has no number to carry: it undoes what was decided a moment ago.
  const outcome = await takeBack(visit, leave, { programmeId: programme.id, seen: seenIn(asked) || seen })
  const back = addressOf(query, { page: query.page })
  const saved = outcome.ok
    ? `The decision on ${name} is undone.`
    : (outcome.problems[0]?.message ?? 'Nothing was changed.')
  return { kind: 'go', to: back, saved }
}

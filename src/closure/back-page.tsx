import {
  type Asked,
  notForYou,
  type Permit,
  type PersonPanel,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { dateWords } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import { Button, Panel, PostForm, renderPage, SummaryList, TextField } from '#ui'
import { takeBack } from './actions.ts'
import { closureReasons } from './reasons.data.ts'
import { mayTakeBack, safetyNetOf } from './rules.ts'
import { closureOf } from './store.ts'
import type { Closure } from './types.ts'

const taking = {
  may: 'close episodes',
  part: 'whole',
  purpose: 'direct care',
  verb: 'take the closing back',
} as const

const reasonWords = (closure: Closure) =>
  closureReasons.find(({ code }) => code === closure.reason)?.words ?? closure.reason

/** The page that takes a closing back. */
export async function showBack(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', taking)
  const about = await aboutPerson(visit, leave)
  const episodeId = asked.params.episode ?? ''
  const closure = await closureOf(visit.db, leave, episodeId)
  if (!closure) throw notForYou()
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Take the closing back',
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}`, words: `Back to ${about.called}` },
    lead: 'The episode opens again with the case manager and stage it had. What ended with it stays ended.',
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <SummaryList rows={rowsOf(closure)} />
        <PostForm
          action={`/people/${leave.person}/close/${closure.episodeId}/back`}
          personToken={leave.person}
        >
          <TextField name="reason" label="Why do you take it back?" />
          <Button>Take it back</Button>
        </PostForm>
      </>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

const rowsOf = (closure: Closure) => [
  { label: 'Closed', value: dateWords(closure.closedOn) },
  { label: 'Why', value: reasonWords(closure) },
  ...netRows(closure),
  ...(closure.words ? [{ label: 'In words', value: closure.words }] : []),
  { label: 'By', value: closure.closedByName },
]

// What was done stands beside what was not: who reads it later asks both.
function netRows(closure: Closure) {
  const net = safetyNetOf(closure)
  return [
    ...(net?.done.length ? [{ label: 'Done', value: net.done.join('. ') }] : []),
    ...(net?.undone.length ? [{ label: 'Not done', value: net.undone.join('. ') }] : []),
  ]
}

export async function sendBack(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', taking)
  const back = { episodeId: asked.params.episode ?? '', reason: asked.form.text('reason') }
  const outcome = await takeBack(visit, leave, back)
  if (!outcome.ok) return showBack(visit, asked, outcome.problems)
  return { kind: 'go' as const, to: `/people/${leave.person}`, saved: 'The episode is open again.' }
}

/** How the newest episode ended, while nothing else is open; with the way back for 7 days. */
export async function panelFor(visit: StaffVisit, leave: Permit<'whole'>): Promise<PersonPanel | undefined> {
  const { episodes } = await aboutPerson(visit, leave)
  const [newest] = episodes
  if (!newest?.closedOn) return undefined
  const closure = await closureOf(visit.db, leave, newest.id)
  if (!closure) return undefined
  const mayGoBack = visit.caller.activities.has('close episodes') && mayTakeBack(closure, visit.today)
  return {
    place: 'side',
    contents: (
      <Panel kind="neutral" heading={`Closed ${dateWords(closure.closedOn)}`}>
        <p>
          {reasonWords(closure)}, by {closure.closedByName}.
        </p>
        {netRows(closure).map(({ label, value }) => (
          <p key={label}>
            <b>{label}:</b> {value}.
          </p>
        ))}
        {closure.words && <p>“{closure.words}”</p>}
        {mayGoBack && (
          <p>
            <a href={`/people/${leave.person}/close/${newest.id}/back`}>Take back</a>
          </p>
        )}
      </Panel>
    ),
  }
}

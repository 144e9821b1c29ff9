import { dateWords, londonDate } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import { Button, HiddenFields, PostForm, Radios, renderPage, SummaryList, TextField } from '#ui'
import { requireSamePerson } from './asked.ts'
import { newId } from './ids.ts'
import { addMark, type CareMark, endMark, type MarkKind, markKinds, markOf } from './marks-store.ts'
import { permit } from './permit.ts'
import { changedMeanwhile } from './refused.ts'
import type { Answer, Asked, Problem, Route, StaffVisit } from './types.ts'

const asking = { may: 'write plans', part: 'whole', purpose: 'direct care' } as const

const kindWords: Readonly<Record<MarkKind, string>> = {
  'staff or relative': 'They work in care here, or are close to somebody who does',
  'sensitive identity': 'They are widely known, or must not be found by somebody',
}

/** Whether a record is handled with more care, and the form that says so or takes it back. */
async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', { ...asking, verb: 'read who is asked why' })
  const { banner, called } = await aboutPerson(visit, leave)
  const mark = await markOf(visit.db, leave)
  const page = `/people/${leave.person}/marked`
  const html = renderPage({
    furniture: asked.furniture,
    title: 'More care with this record',
    banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}`, words: `Back to ${called}` },
    lead: `Whoever opens a marked record says why, each time they sign in. Care goes on as before, and an emergency opens it at once.`,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: mark ? (
      <Marked mark={mark} page={page} person={leave.person} />
    ) : (
      <NotMarked page={page} person={leave.person} />
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

type Form = { readonly page: string; readonly person: string }

const Marked = ({ mark, page, person }: Form & { readonly mark: CareMark }) => (
  <>
    <SummaryList
      rows={[
        { label: 'Marked', value: kindWords[mark.kind] },
        ...(mark.words ? [{ label: 'In words', value: mark.words }] : []),
        {
          label: 'By',
          value: `${mark.recordedByName ?? 'Not known'}, ${dateWords(londonDate(mark.recordedAt))}`,
        },
      ]}
    />
    <PostForm action={`${page}/end`} personToken={person}>
      <HiddenFields fields={{ mark: mark.id }} />
      <Button kind="secondary">Take the mark off</Button>
    </PostForm>
  </>
)

const NotMarked = ({ page, person }: Form) => (
  <PostForm action={page} personToken={person}>
    <Radios
      name="kind"
      label="Why is more care needed?"
      choices={markKinds.map((value) => ({ value, words: kindWords[value] }))}
    />
    <TextField
      name="words"
      label="Anything colleagues must know"
      hint="Those who open the record read it"
      isOptional
    />
    <Button>Mark this record</Button>
  </PostForm>
)

async function mark(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const kind = markKinds.find((known) => known === asked.form.text('kind'))
  const words = asked.form.text('words')
  const problems: Problem[] = []
  if (!kind) problems.push({ field: 'kind', message: 'Select why more care is needed' })
  if (words.length > 200) problems.push({ field: 'words', message: 'Say it in 200 characters or fewer' })
  if (problems.length > 0 || !kind) return show(visit, asked, problems)
  const leave = await permit(visit, asked.params.person ?? '', { ...asking, verb: 'mark a record' })
  const id = newId()
  const isNew = await addMark(visit.db, leave, { id, kind, words, by: visit.caller.staffId, at: visit.now })
  if (!isNew) throw changedMeanwhile('This record was marked at the same moment. Look again.')
  await visit.note({ what: 'record marked', person: leave.person, facts: { kind } })
  return { kind: 'go', to: `/people/${leave.person}`, saved: 'Marked. From now on everybody says why.' }
}

async function unmark(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', {
    ...asking,
    verb: 'take a mark off a record',
  })
  const end = { id: asked.form.text('mark'), by: visit.caller.staffId, at: visit.now }
  if (!(await endMark(visit.db, leave, end))) throw changedMeanwhile('The mark is off already. Look again.')
  await visit.note({ what: 'record unmarked', person: leave.person, facts: {} })
  return { kind: 'go', to: `/people/${leave.person}`, saved: 'The mark is off.' }
}

const { may } = asking

export const markRoutes: readonly Route[] = [
  { method: 'GET', path: '/people/:person/marked', may, answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: '/people/:person/marked', may, answer: mark },
  { method: 'POST', path: '/people/:person/marked/end', may, answer: unmark },
]

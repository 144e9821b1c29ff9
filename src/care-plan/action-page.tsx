import { type Asked, notForYou, type Problem, permit, requireSamePerson, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import { Button, PostForm, Radios, renderPage, SummaryList, TextArea } from '#ui'
import { actionKindWords } from './action-kinds.data.ts'
import { remarkOnAction } from './actions.ts'
import { planOf } from './questions.ts'
import type { Remark } from './types.ts'
import { ownerWords, standing } from './words.ts'

const remarks: readonly { readonly value: Remark; readonly words: string }[] = [
  { value: 'in progress', words: 'In progress' },
  { value: 'done', words: 'Done' },
  { value: 'not done', words: 'Not done' },
  { value: 'stopped', words: 'Stopped: no longer wanted or needed' },
]

const remarking = {
  may: 'write plans',
  part: 'whole',
  purpose: 'direct care',
  verb: 'say how an action stands',
} as const

/** One action of the plan, and the form that says how it stands. */
export async function showAction(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', remarking)
  const plan = await planOf(visit.db, leave)
  const goal = plan?.goals.find(({ actions }) => actions.some(({ lineId }) => lineId === asked.params.action))
  const action = goal?.actions.find(({ lineId }) => lineId === asked.params.action)
  if (!plan || !goal || !action) throw notForYou()
  const about = await aboutPerson(visit, leave)
  const { words } = standing(action, Boolean(plan.agreement), visit.today)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'How an action stands',
    heading: action.words,
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Plan'),
    back: { href: `/people/${leave.person}/plan`, words: 'Back to the plan' },
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <SummaryList
          rows={[
            { label: 'Goal', value: goal.words },
            ...(action.actionKind
              ? [{ label: 'Kind of help', value: actionKindWords(action.actionKind) }]
              : []),
            { label: 'Who', value: ownerWords(action) },
            { label: 'By when', value: action.dueOn ? dateWords(action.dueOn) : 'No date yet' },
            { label: 'How it stands', value: words },
          ]}
        />
        <PostForm action={`/people/${leave.person}/plan/actions/${action.lineId}`} personToken={leave.person}>
          <Radios name="state" label="How does it stand now?" choices={remarks} />
          <TextArea
            name="words"
            label="What came of it, or why"
            hint="Needed where it was not done or stopped"
          />
          <Button quickKey="S">Save how it stands</Button>
        </PostForm>
      </>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

export async function sendRemark(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const state = remarks.find(({ value }) => value === asked.form.text('state'))?.value
  if (!state) return showAction(visit, asked, [{ field: 'state', message: 'Select how it stands now' }])
  const leave = await permit(visit, asked.params.person ?? '', remarking)
  const words = asked.form.text('words')
  const outcome = await remarkOnAction(visit, leave, { actionId: asked.params.action ?? '', state, words })
  if (!outcome.ok) return showAction(visit, asked, outcome.problems)
  const to = `/people/${leave.person}/plan`
  return { kind: 'go' as const, to, saved: `Saved: ${state}.` }
}

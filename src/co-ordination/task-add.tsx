import {
  type Asked,
  idOfForm,
  isReference,
  newId,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { readDateBoxes, shortDateWords } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import {
  Button,
  Checkboxes,
  DateField,
  HiddenFields,
  PostForm,
  renderPage,
  Select,
  TextArea,
  TextField,
} from '#ui'
import { addTask } from './actions.ts'
import { holderFrom, holders } from './holders.ts'
import { isSameTask } from './kept-already.ts'
import { taskOf } from './store.ts'

const doing = {
  may: 'do tasks',
  part: 'whole',
  purpose: 'direct care',
  verb: 'add a task',
} as const

/** The form that adds a task; of one that is added already, the task. */
export async function showAdd(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const id = idOfForm(asked)
  if (typeof id !== 'string') return id
  const leave = await permit(visit, asked.params.person ?? '', doing)
  const about = await aboutPerson(visit, leave)
  const kept = await taskOf(visit.db, leave, id)
  if (kept && problems.length === 0) return addedAlready(visit, leave, id)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Add a task',
    heading: `Add a task for ${about.called}`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    problems,
    typed: problems.length > 0 ? { ...asked.form.typed, marks: asked.form.all('marks') } : undefined,
    children: (
      <PostForm action={`/people/${leave.person}/tasks/add`} personToken={leave.person}>
        <HiddenFields fields={{ id: kept ? newId() : id }} />
        <TextField name="what" label="What needs to be done?" />
        <TextArea name="why" label="Why, and what to know before doing it" rows={2} isOptional />
        <Select
          name="who"
          label="Who will do this?"
          prompt="Choose a person"
          choices={await holders(visit, leave)}
        />
        <DateField name="due" label="By when?" />
        <Checkboxes
          name="marks"
          label="Is it one of these?"
          choices={[
            {
              value: 'urgent',
              words: 'Urgent: it cannot wait for its day',
              hint: 'It stands first in My day',
            },
            { value: 'promise', words: `Promised to ${about.called}` },
          ]}
        />
        <Button quickKey="S">Add the task</Button>
      </PostForm>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

const addedAlready = ({ caller }: StaffVisit, leave: Permit<'whole'>, id: string) => ({
  kind: 'go' as const,
  to: caller.activities.has('see people') ? `/people/${leave.person}/tasks/${id}` : '/my-day',
  saved: 'This task is added already. Nothing was added twice.',
})

export async function sendAdd(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', doing)
  const { text, all } = asked.form
  const holder = holderFrom(visit, text('who'), await holders(visit, leave))
  const dueOn = readDateBoxes(text('due-day'), text('due-month'), text('due-year'))
  const problems: readonly Problem[] = [
    ...(text('what') ? [] : [{ field: 'what', message: 'Enter what needs to be done' }]),
    ...(holder ? [] : [{ field: 'who', message: 'Select who will do this' }]),
    ...(dueOn ? [] : [{ field: 'due', message: 'Enter when it is due, like 27 3 2026' }]),
  ]
  if (!holder || !dueOn || problems.length > 0) return showAdd(visit, asked, problems)
  const task = {
    id: isReference(text('id')) ? text('id') : undefined,
    what: text('what'),
    why: text('why'),
    holder,
    dueOn,
    isUrgent: all('marks').includes('urgent'),
    isPromise: all('marks').includes('promise'),
  }
  const outcome = await addTask(visit, leave, task)
  if (!outcome.ok) return showAdd(visit, asked, outcome.problems)
  const { taskId, wasKept } = outcome.value
  const kept = wasKept ? await taskOf(visit.db, leave, taskId) : undefined
  if (kept && isSameTask(kept, task)) return addedAlready(visit, leave, taskId)
  if (wasKept) return showAdd(visit, asked, [{ field: 'what', message: addedWithOtherWords }])
  const saved = `Task added, due ${shortDateWords(dueOn, visit.today)}.`
  const to = visit.caller.activities.has('see people') ? `/people/${leave.person}` : '/my-day'
  return { kind: 'go' as const, to, saved }
}

const addedWithOtherWords =
  'A task is added already from this form, with other words. Change that one, or save this as another'

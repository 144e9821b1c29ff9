import {
  type Asked,
  isReference,
  newId,
  notForYou,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { dateWords, londonDate, readDateBoxes, shortDateWords, timeWords } from '#calendar'
import { type Colleague, staffAround } from '#care-plan'
import { aboutPerson, personTabs } from '#people'
import {
  Button,
  Checkboxes,
  DateField,
  HiddenFields,
  PostForm,
  Radios,
  renderPage,
  Section,
  Select,
  SummaryList,
  TextArea,
  TextField,
  Timeline,
} from '#ui'
import { addTask, turnTask } from './actions.ts'
import { dueWords } from './rules.ts'
import { taskOf, turnsOf } from './store.ts'
import type { Holder, Task, TaskTurn } from './types.ts'

const doing = { may: 'do tasks', part: 'whole', purpose: 'direct care' } as const

type Holders = readonly { readonly value: string; readonly words: string }[]

/** Who may hold a task: everybody at work today around the person, and the caller's own team as a whole. */
async function holders(visit: StaffVisit, leave: Permit<'whole'>): Promise<Holders> {
  const { episodes, person } = await aboutPerson(visit, leave)
  const { organisation } = visit.caller
  const teams = episodes.filter((episode) => !episode.closedOn).map((episode) => episode.teamId)
  const staff = await staffAround(visit.db, [
    organisation.id,
    ...teams,
    ...(person.practice ? [person.practice.id] : []),
  ])
  return [
    ...staff.map(({ id, name, role }: Colleague) => ({ value: id, words: `${name}, ${role}` })),
    { value: 'team', words: `${organisation.name}: whoever is free` },
  ]
}

const holderFrom = (visit: StaffVisit, chosen: string, known: Holders): Holder | undefined => {
  if (!known.some(({ value }) => value === chosen)) return undefined
  return chosen === 'team' ? { teamId: visit.caller.organisation.id } : { staffId: chosen }
}

/** The form that adds a task. */
export async function showAdd(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', { ...doing, verb: 'add a task' })
  const about = await aboutPerson(visit, leave)
  const typed = problems.length > 0 ? asked.form.typed : { id: newId() }
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Add a task',
    heading: `Add a task for ${about.called}`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    problems,
    typed,
    children: (
      <PostForm action={`/people/${leave.person}/tasks/add`} personToken={leave.person}>
        <HiddenFields fields={{ id: typed.id ?? '' }} />
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

export async function sendAdd(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', { ...doing, verb: 'add a task' })
  const { text, all } = asked.form
  const holder = holderFrom(visit, text('who'), await holders(visit, leave))
  const dueOn = readDateBoxes(text('due-day'), text('due-month'), text('due-year'))
  const problems: readonly Problem[] = [
    ...(text('what') ? [] : [{ field: 'what', message: 'Enter what needs to be done' }]),
    ...(holder ? [] : [{ field: 'who', message: 'Select who will do this' }]),
    ...(dueOn ? [] : [{ field: 'due', message: 'Enter when it is due, like 27 3 2026' }]),
  ]
  if (!holder || !dueOn || problems.length > 0) return showAdd(visit, asked, problems)
  const outcome = await addTask(visit, leave, {
    id: isReference(text('id')) ? text('id') : undefined,
    what: text('what'),
    why: text('why'),
    holder,
    dueOn,
    isUrgent: all('marks').includes('urgent'),
    isPromise: all('marks').includes('promise'),
  })
  if (!outcome.ok) return showAdd(visit, asked, outcome.problems)
  const saved = `Task added, due ${shortDateWords(dueOn, visit.today)}.`
  return { kind: 'go' as const, to: `/people/${leave.person}`, saved }
}

/** One task: where it stands, what can happen now, and the hands it went through. */
export async function showTask(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', { ...doing, verb: 'read a task' })
  const task = await taskOf(visit.db, leave, asked.params.task ?? '')
  if (!task) throw notForYou()
  const about = await aboutPerson(visit, leave)
  const isOpen = task.state === 'to do' || task.state === 'waiting'
  const from = asked.form.text('from') || asked.query.text('from')
  const html = renderPage({
    furniture: asked.furniture,
    title: 'A task',
    heading: task.isPromise ? `You promised: ${task.what}` : task.what,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <SummaryList rows={rowsOf(task, visit)} />
        {isOpen && (
          <TurnForm task={task} from={from} choices={await holders(visit, leave)} person={leave.person} />
        )}
        <Section heading="How it got here">
          <Timeline items={await turnItems(visit, leave, task.id)} />
        </Section>
      </>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

const rowsOf = (task: Task, visit: StaffVisit) => [
  ...(task.why ? [{ label: 'Why', value: task.why }] : []),
  { label: 'With', value: task.holderName },
  {
    label: 'When',
    value: `${dueWords(task.dueOn, visit.today, (on) => shortDateWords(on, visit.today))}${task.dueAt ? `, by ${timeWords(task.dueAt)}` : ''}`,
  },
  {
    label: 'How it stands',
    value: task.waitingFor
      ? `Waiting for ${task.waitingFor}`
      : `${task.state.charAt(0).toUpperCase()}${task.state.slice(1)}`,
  },
]

async function turnItems(visit: StaffVisit, leave: Permit<'whole'>, taskId: string) {
  const turns = await turnsOf(visit.db, leave, taskId)
  return turns.map((turn) => ({
    when: `${dateWords(londonDate(turn.at))}, ${timeWords(turn.at)}`,
    what: (
      <>
        {turn.state === 'waiting' ? `Waiting for ${turn.waitingFor}` : turn.state}, with {turn.holderName},
        due {shortDateWords(turn.dueOn, visit.today)}
        {turn.words && `. ${turn.words}`}
      </>
    ),
    by: turn.byName,
  }))
}

function TurnForm(props: {
  readonly task: Task
  readonly from: string
  readonly choices: Holders
  readonly person: string
}) {
  const { task, from, choices, person } = props
  const isWaiting = task.state === 'waiting'
  return (
    <>
      <p>
        <a href={`/people/${person}/contacts/record?task=${task.id}&from=${from === 'my-day' ? from : ''}`}>
          Record a contact that does this
        </a>
      </p>
      <PostForm action={`/people/${person}/tasks/${task.id}`} personToken={person}>
        <HiddenFields fields={{ turn: String(task.turn), from }} />
        <Radios
          name="now"
          label="What happens now?"
          choices={[
            { value: 'done', words: 'It is done' },
            {
              value: 'waiting',
              words: isWaiting ? 'Asked again, still waiting' : 'It waits for somebody else',
              whenChosen: (
                <>
                  <TextField
                    name="waiting-for"
                    label="Whom or what does it wait for?"
                    value={task.waitingFor}
                  />
                  <DateField name="chase" label="When will you ask again?" />
                </>
              ),
            },
            {
              value: 'hand on',
              words: 'Somebody else takes it on',
              whenChosen: (
                <Select name="who" label="Who takes it on?" prompt="Choose a person" choices={choices} />
              ),
            },
            { value: 'not needed', words: 'It is not needed any more' },
          ]}
        />
        <TextArea name="words" label="What came of it, or why" rows={3} isOptional />
        <Button quickKey="S">Save and go back</Button>
      </PostForm>
    </>
  )
}

export async function sendTurn(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', { ...doing, verb: 'change a task' })
  const read = await readTurn(visit, asked, leave)
  if ('problems' in read) return showTask(visit, asked, read.problems)
  const outcome = await turnTask(visit, leave, read.turn)
  if (!outcome.ok) return showTask(visit, asked, outcome.problems)
  const to = asked.form.text('from') === 'my-day' ? '/my-day' : `/people/${leave.person}`
  return { kind: 'go' as const, to, saved: 'Task saved.' }
}

type ReadTurn = { readonly turn: TaskTurn } | { readonly problems: readonly Problem[] }

async function readTurn(visit: StaffVisit, asked: Asked, leave: Permit<'whole'>): Promise<ReadTurn> {
  const { text } = asked.form
  const taskId = asked.params.task ?? ''
  const common = { taskId, turn: Number(text('turn')), words: text('words') }
  switch (text('now')) {
    case 'done':
    case 'not needed':
      return { turn: { ...common, state: text('now') === 'done' ? 'done' : 'not needed' } }
    case 'take':
      return { turn: { ...common, state: 'to do', holder: { staffId: visit.caller.staffId } } }
    case 'waiting': {
      const dueOn = readDateBoxes(text('chase-day'), text('chase-month'), text('chase-year'))
      if (!dueOn) return { problems: [{ field: 'chase', message: 'Enter when you will ask again' }] }
      return { turn: { ...common, state: 'waiting', waitingFor: text('waiting-for'), dueOn } }
    }
    case 'hand on': {
      const holder = holderFrom(visit, text('who'), await holders(visit, leave))
      if (!holder) return { problems: [{ field: 'who', message: 'Select who takes it on' }] }
      return { turn: { ...common, state: 'to do', holder } }
    }
    default:
      return { problems: [{ field: 'now', message: 'Select what happens now' }] }
  }
}

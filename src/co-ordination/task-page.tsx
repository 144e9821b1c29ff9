import {
  type Asked,
  notForYou,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { dateWords, londonDate, readDateBoxes, shortDateWords, timeWords } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import {
  Button,
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
import { turnTask } from './actions.ts'
import { type Holders, holderFrom, holders } from './holders.ts'
import { dueWords } from './rules.ts'
import { taskOf, turnsOf } from './store.ts'
import type { Task, TaskTurn } from './types.ts'

/** Whoever may see no record reads and turns only what is in their own name. */
const isTheirs = ({ caller }: StaffVisit, task: Task): boolean =>
  caller.activities.has('see people') || task.ownerId === caller.staffId

const doing = { may: 'do tasks', part: 'whole', purpose: 'direct care' } as const

/** One task: where it stands, what can happen now, and the hands it went through. */
export async function showTask(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', { ...doing, verb: 'read a task' })
  const task = await taskOf(visit.db, leave, asked.params.task ?? '')
  if (!task || !isTheirs(visit, task)) throw notForYou()
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
  const task = await taskOf(visit.db, leave, asked.params.task ?? '')
  if (!task || !isTheirs(visit, task)) throw notForYou()
  const read = await readTurn(visit, asked, leave)
  if ('problems' in read) return showTask(visit, asked, read.problems)
  const outcome = await turnTask(visit, leave, read.turn)
  if (!outcome.ok) return showTask(visit, asked, outcome.problems)
  const isFromDay = asked.form.text('from') === 'my-day' || !visit.caller.activities.has('see people')
  const to = isFromDay ? '/my-day' : `/people/${leave.person}`
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

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
import { londonInstant, readDateBoxes, shortDateWords } from '#calendar'
import { type AboutPerson, aboutPerson, deathAddress, diedWords, type Episode, personTabs } from '#people'
import {
  Button,
  DateField,
  FieldRow,
  HiddenFields,
  Panel,
  PostForm,
  Radios,
  renderPage,
  TextArea,
  TextField,
} from '#ui'
import { recordContact } from './actions.ts'
import { kindWords, whenWords } from './contact-parts.tsx'
import { firstContacts } from './first-contact.ts'
import { readTime } from './rules.ts'
import { contactOf, taskOf } from './store.ts'
import { type Contact, contactKinds, type NewContact, type Task } from './types.ts'

const recording = {
  may: 'record contacts',
  part: 'whole',
  purpose: 'direct care',
  verb: 'record a contact',
} as const

/** The short form for a contact; with a task it answers, that task stands above it. */
export async function showRecord(visit: StaffVisit, asked: Asked) {
  const id = idOfForm(asked)
  if (typeof id !== 'string') return id
  const leave = await permit(visit, asked.params.person ?? '', recording)
  if (await contactOf(visit.db, leave, id)) return keptAlready(leave, id)
  const task = await taskOf(visit.db, leave, asked.query.text('task'))
  const [year = '', month = '', day = ''] = visit.today.split('-').map((part) => part.replace(/^0/, ''))
  const typed = {
    id,
    'on-day': day,
    'on-month': month,
    'on-year': year,
    from: asked.query.text('from'),
    ...(task && { task: task.id, turn: String(task.turn) }),
  }
  return recordPage(visit, asked, leave, { typed, task })
}

// Whoever goes back and comes to the form of what they saved is shown it, and not an empty form.
const keptAlready = (leave: Permit<'whole'>, id: string) => ({
  kind: 'go' as const,
  to: `/people/${leave.person}/contacts#${id}`,
  saved: 'This contact is recorded already. Nothing was recorded twice.',
})

type Shown = {
  readonly typed: Readonly<Record<string, string>>
  readonly task?: Task
  readonly problems?: readonly Problem[]
}

async function recordPage(visit: StaffVisit, asked: Asked, leave: Permit<'whole'>, shown: Shown) {
  const { typed, task, problems = [] } = shown
  const about = await aboutPerson(visit, leave)
  const kept = problems.length > 0 ? await contactOf(visit.db, leave, typed.id ?? '') : undefined
  const keep = {
    ...Object.fromEntries(['from', 'task', 'turn'].map((name) => [name, typed[name] ?? ''])),
    // Its own id is taken: saved again it is another contact, as the page says.
    id: kept ? newId() : (typed.id ?? ''),
  }
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Record a contact',
    heading: `Record a contact with ${about.called}`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Contacts'),
    lead: task ? `This answers: ${task.what}.` : await firstContactLead(visit, leave, about.episodes),
    problems,
    typed,
    children: (
      <PostForm action={`/people/${leave.person}/contacts/record`} personToken={leave.person}>
        <SaidToHaveDied about={about} />
        {kept && <KeptWithOtherWords kept={kept} person={leave.person} />}
        <HiddenFields fields={keep} />
        <Radios
          name="kind"
          label="How were you in touch?"
          choices={contactKinds.map((kind) => ({ value: kind, words: kindWords[kind] }))}
        />
        <FieldRow>
          <DateField name="on" label="When was it?" />
          <TextField
            name="time"
            label="At what time?"
            hint="For example, 11am or 2:30pm"
            widthChars={10}
            isOptional
          />
          <TextField name="minutes" label="How many minutes?" kind="number" widthChars={3} isOptional />
        </FieldRow>
        <TextArea name="words" label="What happened?" rows={5} />
        <TextField name="next" label="What happens next?" hint="It becomes a task of yours" isOptional />
        <DateField name="next-on" label="When does that happen?" isOptional />
        <Button quickKey="S">Save the contact</Button>
      </PostForm>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

function KeptWithOtherWords({ kept, person }: { readonly kept: Contact; readonly person: string }) {
  return (
    <Panel kind="caution" heading="This contact is recorded already">
      <p>
        {whenWords(kept.happenedAt)}, {kindWords[kept.kind].toLowerCase()}: {kept.words}
      </p>
      <p>
        What you typed below says something else and is not saved yet. Is the one that is recorded wrong?{' '}
        <a href={`/people/${person}/contacts/${kept.id}/strike`} target="_blank" rel="noopener">
          Strike it (opens in a new tab)
        </a>
        . Then, or where this was another contact, save what you typed.
      </p>
    </Panel>
  )
}

// Whoever spoke with somebody who is said to have died knows better than the record.
function SaidToHaveDied({ about: { person, called } }: { readonly about: AboutPerson }) {
  const died = diedWords(person)
  if (!died) return null
  return (
    <Panel kind="caution" heading={died}>
      <p>
        Ring nobody before you have checked. Did you speak with {called} or see them?{' '}
        <a href={deathAddress(person.id)}>Say that they are alive</a>, then write the contact down.
      </p>
    </Panel>
  )
}

// To ring and not be answered would else end the clock of somebody nobody has spoken to.
async function firstContactLead(visit: StaffVisit, leave: Permit<'whole'>, episodes: readonly Episode[]) {
  const { awaited } = await firstContacts(visit.db, [leave.person], episodes)
  if (awaited.length === 0) return undefined
  return (
    <>
      This is the first contact. Did nobody answer? That is no contact yet:{' '}
      <a href={`/people/${leave.person}/tasks/add`}>add a task</a> to try again.
    </>
  )
}

/** Saves a contact, and goes back to where the work came from. */
export async function sendRecord(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', recording)
  const { contact, problems } = readContact(visit, asked)
  const outcome = contact ? await recordContact(visit, leave, contact) : undefined
  if (outcome?.ok && outcome.value.wasKept) return keptAlready(leave, outcome.value.contactId)
  if (outcome?.ok && contact) {
    const next = contact.nextOn
      ? ` Next: ${contact.nextWords}, ${shortDateWords(contact.nextOn, visit.today)}.`
      : ''
    const to = asked.form.text('from') === 'my-day' ? '/my-day' : `/people/${leave.person}`
    return { kind: 'go' as const, to, saved: `Contact recorded.${next}` }
  }
  const task = await taskOf(visit.db, leave, asked.form.text('task'))
  const wrong = outcome && !outcome.ok ? outcome.problems : problems
  return recordPage(visit, asked, leave, { typed: asked.form.typed, task, problems: wrong })
}

type Read = { readonly contact?: NewContact; readonly problems: readonly Problem[] }

function readContact(visit: StaffVisit, asked: Asked): Read {
  const { text } = asked.form
  const kind = contactKinds.find((one) => one === text('kind'))
  const when = readWhen(visit, asked)
  const hasNext = ['day', 'month', 'year'].some((part) => text(`next-on-${part}`))
  const nextOn = readDateBoxes(text('next-on-day'), text('next-on-month'), text('next-on-year'))
  const problems: readonly Problem[] = [
    ...(kind ? [] : [{ field: 'kind', message: 'Select how you were in touch' }]),
    ...(when instanceof Date ? [] : [when]),
    ...(text('words') ? [] : [{ field: 'words', message: 'Enter what happened' }]),
    ...(hasNext && !nextOn
      ? [{ field: 'next-on', message: 'Next date must be a real date, like 27 3 2026' }]
      : []),
  ]
  if (!kind || !(when instanceof Date) || problems.length > 0) return { problems }
  const turn = Number(text('turn'))
  return {
    problems,
    contact: {
      id: isReference(text('id')) ? text('id') : undefined,
      kind,
      happenedAt: when,
      minutes: text('minutes') ? Number(text('minutes')) : undefined,
      words: text('words'),
      nextWords: text('next'),
      nextOn,
      answers: text('task') && turn ? { taskId: text('task'), turn } : undefined,
    },
  }
}

function readWhen(visit: StaffVisit, asked: Asked): Date | Problem {
  const { text } = asked.form
  const on = readDateBoxes(text('on-day'), text('on-month'), text('on-year'))
  if (!on) {
    const typed = ['day', 'month', 'year'].some((part) => text(`on-${part}`))
    const message = typed ? 'Date must be a real date, like 27 3 2026' : 'Enter when it was, like 27 3 2026'
    return { field: 'on', message }
  }
  if (!text('time')) return on === visit.today ? visit.now : londonInstant(on, 0)
  const time = readTime(text('time'))
  if (!time) return { field: 'time', message: 'Enter the time like 11am or 2:30pm' }
  return londonInstant(on, time.hour, time.minute)
}

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
import { dateWords, londonDate, londonInstant, readDateBoxes, shortDateWords, timeWords } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import {
  Button,
  DateField,
  EmptyState,
  FieldRow,
  HiddenFields,
  PostForm,
  Radios,
  renderPage,
  Section,
  Tag,
  TextArea,
  TextField,
} from '#ui'
import { recordContact, strike } from './actions.ts'
import { readTime } from './rules.ts'
import { contactOf, contactsOf, taskOf } from './store.ts'
import { type Contact, contactKinds, type NewContact, type Task } from './types.ts'

const reading = { may: 'see people', part: 'whole', purpose: 'direct care' } as const
const recording = {
  may: 'record contacts',
  part: 'whole',
  purpose: 'direct care',
  verb: 'record a contact',
} as const

const kindWords: Readonly<Record<Contact['kind'], string>> = {
  'face to face': 'Face to face',
  telephone: 'Telephone',
  video: 'Video',
  'home visit': 'Home visit',
  other: 'Other',
}

/** When a contact was; midnight means that nobody said at what time. */
export function whenWords(at: Date): string {
  const time = timeWords(at)
  return time === 'midnight' ? dateWords(londonDate(at)) : `${dateWords(londonDate(at))}, ${time}`
}

/** Everything anybody has done with the person, the newest first. */
export async function showContacts(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', { ...reading, verb: 'read the contacts' })
  const about = await aboutPerson(visit, leave)
  const contacts = await contactsOf(visit.db, leave)
  const isRecorder = visit.caller.activities.has('record contacts')
  const add = `/people/${leave.person}/contacts/record`
  const standing = contacts.filter((contact) => !contact.struckAt).length
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Contacts',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Contacts'),
    lead:
      standing === 0
        ? undefined
        : `${standing} ${standing === 1 ? 'contact' : 'contacts'}, the newest first.`,
    acts: isRecorder && contacts.length > 0 && (
      <Button href={add} quickKey="C">
        Record a contact
      </Button>
    ),
    children:
      contacts.length === 0 ? (
        <EmptyState says={`Nobody has been in touch with ${about.called} yet.`}>
          {isRecorder && <Button href={add}>Record a contact</Button>}
        </EmptyState>
      ) : (
        contacts.map((contact) => (
          <OneContact key={contact.id} contact={contact} person={leave.person} mayStrike={isRecorder} />
        ))
      ),
  })
  return { kind: 'page' as const, html }
}

type OneProps = { readonly contact: Contact; readonly person: string; readonly mayStrike: boolean }

function OneContact({ contact, person, mayStrike }: OneProps) {
  const { kind, minutes, madeByName, words, nextWords, nextOn, struckAt } = contact
  return (
    <Section heading={whenWords(contact.happenedAt)} id={contact.id}>
      <p>
        <b>{kindWords[kind]}</b>, {madeByName}
        {minutes ? `, ${minutes} minutes` : ''} {struckAt && <Tag colour="grey">Stopped</Tag>}
      </p>
      {struckAt ? (
        <>
          <p>
            <del>{words}</del>
          </p>
          <p className="kw-second">
            Struck by {contact.struckByName} on {dateWords(londonDate(struckAt))}: {contact.struckReason}
          </p>
        </>
      ) : (
        <>
          <p>{words}</p>
          {nextWords && nextOn && (
            <p>
              <b>Next:</b> {nextWords}, {dateWords(nextOn)}
            </p>
          )}
          {mayStrike && (
            <p>
              <a href={`/people/${person}/contacts/${contact.id}/strike`}>
                Strike this contact
                <span className="nhsuk-u-visually-hidden"> of {whenWords(contact.happenedAt)}</span>
              </a>
            </p>
          )}
        </>
      )}
    </Section>
  )
}

/** The short form for a contact; with a task it answers, that task stands above it. */
export async function showRecord(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', recording)
  const task = await taskOf(visit.db, leave, asked.query.text('task'))
  const [year = '', month = '', day = ''] = visit.today.split('-').map((part) => part.replace(/^0/, ''))
  const typed = {
    id: newId(),
    'on-day': day,
    'on-month': month,
    'on-year': year,
    from: asked.query.text('from'),
    ...(task && { task: task.id, turn: String(task.turn) }),
  }
  return recordPage(visit, asked, leave, { typed, task })
}

type Shown = {
  readonly typed: Readonly<Record<string, string>>
  readonly task?: Task
  readonly problems?: readonly Problem[]
}

async function recordPage(visit: StaffVisit, asked: Asked, leave: Permit<'whole'>, shown: Shown) {
  const { typed, task, problems = [] } = shown
  const about = await aboutPerson(visit, leave)
  const keep = Object.fromEntries(['id', 'from', 'task', 'turn'].map((name) => [name, typed[name] ?? '']))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Record a contact',
    heading: `Record a contact with ${about.called}`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Contacts'),
    lead: task && `This answers: ${task.what}.`,
    problems,
    typed,
    children: (
      <PostForm action={`/people/${leave.person}/contacts/record`} personToken={leave.person}>
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

/** Saves a contact, and goes back to where the work came from. */
export async function sendRecord(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', recording)
  const { contact, problems } = readContact(visit, asked)
  const outcome = contact ? await recordContact(visit, leave, contact) : undefined
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
  if (!on) return { field: 'on', message: 'Date must be a real date, like 27 3 2026' }
  if (!text('time')) return on === visit.today ? visit.now : londonInstant(on, 0)
  const time = readTime(text('time'))
  if (!time) return { field: 'time', message: 'Enter the time like 11am or 2:30pm' }
  return londonInstant(on, time.hour, time.minute)
}

/** The form that strikes a wrong contact. */
export async function showStrike(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', { ...recording, verb: 'strike a contact' })
  const id = asked.params.contact ?? ''
  const contact = isReference(id) ? await contactOf(visit.db, leave, id) : undefined
  if (!contact || contact.struckAt) throw notForYou()
  const about = await aboutPerson(visit, leave)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Strike a contact',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Contacts'),
    back: { href: `/people/${leave.person}/contacts`, words: 'Back to contacts' },
    lead: 'It stays to be read, struck through, and counts no more. Then write down what is right.',
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <OneContact contact={contact} person={leave.person} mayStrike={false} />
        <PostForm action={`/people/${leave.person}/contacts/${contact.id}/strike`} personToken={leave.person}>
          <TextField name="reason" label="What is wrong with it?" />
          <Button>Strike this contact</Button>
        </PostForm>
      </>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

export async function sendStrike(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', { ...recording, verb: 'strike a contact' })
  const id = asked.params.contact ?? ''
  if (!isReference(id)) throw notForYou()
  const outcome = await strike(visit, leave, id, asked.form.text('reason'))
  if (!outcome.ok) return showStrike(visit, asked, outcome.problems)
  return { kind: 'go' as const, to: `/people/${leave.person}/contacts`, saved: 'Contact struck.' }
}

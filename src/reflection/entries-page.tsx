import {
  type Answer,
  type Asked,
  isReference,
  newId,
  notForYou,
  type Problem,
  permit,
  type StaffVisit,
} from '#access'
import { dateWords, readDateBoxes } from '#calendar'
import type { Staff } from '#organisations'
import {
  Button,
  DateField,
  Details,
  EmptyState,
  HiddenFields,
  PostForm,
  renderPage,
  Section,
  Select,
  TextArea,
  Timeline,
} from '#ui'
import { colleagues } from './audit-page.tsx'
import { auditsHere } from './audit-store.ts'
import type { Audit } from './audit-types.ts'
import { type Entry, myEntries, type NewEntry, shareEntry, writeEntry } from './entry-store.ts'
import { reflectionTabs } from './place.ts'

const address = '/reflection/entries'
const mostCharacters = 4000

/** What the reader learned from their own work: theirs alone, unless they share an entry with one colleague. */
export const showEntries = (visit: StaffVisit, asked: Asked) => show(visit, asked, [])

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[]): Promise<Answer> {
  const isAgain = problems.length > 0
  const others = (await colleagues(visit)).filter(({ id }) => id !== visit.caller.staffId)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'My reflection',
    lead: 'Only you can read an entry, unless you share it with one colleague. That you read them is in the access log; what they say is not.',
    tabs: reflectionTabs(visit, address),
    problems,
    typed: isAgain ? asked.form.typed : undefined,
    children: (
      <>
        <Entries all={await myEntries(visit.db)} others={others} />
        <Write
          id={(isAgain && asked.form.text('id')) || newId()}
          person={asked.form.text('person') || asked.query.text('person')}
          audits={await auditsHere(visit.db)}
        />
      </>
    ),
  })
  return { kind: 'page', html, status: isAgain ? 422 : 200 }
}

function Entries({ all, others }: { readonly all: readonly Entry[]; readonly others: readonly Staff[] }) {
  if (all.length === 0) return <EmptyState says="Nothing is written down here." />
  return (
    <Timeline
      items={all.map((entry) => ({
        when: dateWords(entry.happenedOn),
        what: <OneEntry entry={entry} others={others} />,
        by: entry.authorName,
      }))}
    />
  )
}

function OneEntry({ entry, others }: { readonly entry: Entry; readonly others: readonly Staff[] }) {
  const { id, isOwn, personId, auditId, question, happened, learned, nextWords, sharedWithName } = entry
  return (
    <>
      {question && <b>{question}</b>}
      <p>{happened}</p>
      <p>Learned: {learned}</p>
      {nextWords && <p>Next: {nextWords}</p>}
      {personId && <a href={`/people/${personId}`}>The record it is about</a>}{' '}
      {auditId && <a href={`/reflection/audits/${auditId}`}>The audit</a>}
      <p className="kw-second">
        {isOwn
          ? sharedWithName
            ? `Shared with ${sharedWithName}`
            : 'Nobody else can read this'
          : 'Shared with you'}
      </p>
      {isOwn && (
        <Details
          summary={sharedWithName ? 'Share with somebody else, or nobody' : 'Share with one colleague'}
        >
          <PostForm action={`${address}/${id}`}>
            <Select
              name={`with-${id}`}
              label="With whom?"
              prompt="Nobody"
              current={others.find(({ name }) => name === sharedWithName)?.id ?? ''}
              choices={others.map(({ id: other, name }) => ({ value: other, words: name }))}
            />
            <Button kind="secondary">Save who may read it</Button>
          </PostForm>
        </Details>
      )}
    </>
  )
}

function Write(props: { readonly id: string; readonly person: string; readonly audits: readonly Audit[] }) {
  const { id, person, audits } = props
  return (
    <Section heading="Write down what you learned">
      <PostForm action={address}>
        <HiddenFields fields={{ id, person: isReference(person) ? person : '' }} />
        {isReference(person) && (
          <p>
            It is linked to the record you came from. Only you see that link, and opening it is logged as
            always.
          </p>
        )}
        {audits.length > 0 && (
          <Select
            name="audit"
            label="Is it about an audit?"
            prompt="No"
            isOptional
            choices={audits.map((audit) => ({ value: audit.id, words: audit.question }))}
          />
        )}
        <DateField name="on" label="When was it?" />
        <TextArea
          name="happened"
          label="What happened?"
          hint="Without names of people you care for: what is about them belongs in their record"
          rows={4}
        />
        <TextArea name="learned" label="What did you learn?" rows={3} />
        <TextArea name="next" label="What will you do differently?" isOptional rows={2} />
        <Button>Keep it for me</Button>
      </PostForm>
    </Section>
  )
}

type Read = { readonly entry: NewEntry } | { readonly problems: readonly Problem[] }

function readEntry({ form: { text } }: Asked, today: string): Read {
  const happenedOn = readDateBoxes(text('on-day'), text('on-month'), text('on-year'))
  const fields = { happened: text('happened'), learned: text('learned'), next: text('next') }
  const problems = [
    ...(happenedOn && happenedOn <= today
      ? []
      : [{ field: 'on', message: 'Enter when it was, like 27 3 2026, today or earlier' }]),
    ...(fields.happened ? [] : [{ field: 'happened', message: 'Enter what happened' }]),
    ...(fields.learned ? [] : [{ field: 'learned', message: 'Enter what you learned' }]),
    ...Object.entries(fields).flatMap(([field, words]) =>
      words.length > mostCharacters ? [{ field, message: 'Shorten this to 4,000 characters or fewer' }] : [],
    ),
  ]
  if (!happenedOn || problems.length > 0) return { problems }
  const reference = (field: string) => (isReference(text(field)) ? text(field) : undefined)
  return {
    entry: {
      id: reference('id') ?? newId(),
      personId: reference('person'),
      auditId: reference('audit'),
      happenedOn,
      happened: fields.happened,
      learned: fields.learned,
      nextWords: fields.next || undefined,
    },
  }
}

/** Keeps an entry for the caller alone, once, however often it is sent. One about somebody takes a tie to them. */
export async function sendEntry(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const read = readEntry(asked, visit.today)
  if ('problems' in read) return show(visit, asked, read.problems)
  if (read.entry.personId)
    await permit(visit, read.entry.personId, {
      may: 'see people',
      part: 'whole',
      purpose: 'direct care',
      verb: 'link a reflection to the record',
    })
  const mine = await myEntries(visit.db)
  if (mine.some(saysTheSame(read.entry)))
    return { kind: 'go', to: address, saved: 'This is kept already. Nothing was kept twice.' }
  // The same form with other words is another entry: the first stands as it was written.
  const isTaken = mine.some(({ id }) => id === read.entry.id)
  await writeEntry(visit.db, isTaken ? { ...read.entry, id: newId() } : read.entry, visit.now)
  return { kind: 'go', to: address, saved: 'Kept for you alone.' }
}

const saysTheSame = (typed: NewEntry) => (kept: Entry) =>
  kept.isOwn &&
  kept.happenedOn === typed.happenedOn &&
  kept.happened === typed.happened &&
  kept.learned === typed.learned &&
  (kept.nextWords ?? '') === (typed.nextWords ?? '') &&
  kept.personId === typed.personId &&
  kept.auditId === typed.auditId

/** Says who else may read one of the caller's own entries: one colleague, or nobody. */
export async function sendShare(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const id = asked.params.entry ?? ''
  const chosen = asked.form.text(`with-${id}`)
  const other = (await colleagues(visit)).find((one) => one.id === chosen && one.id !== visit.caller.staffId)
  if ((chosen && !other) || !isReference(id)) throw notForYou()
  if (!(await shareEntry(visit.db, id, other?.id, visit.now))) throw notForYou()
  return {
    kind: 'go',
    to: address,
    saved: other ? `Shared with ${other.name}.` : 'Only you can read it now.',
  }
}

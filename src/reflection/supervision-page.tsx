import type { Answer, Asked, Problem, StaffVisit } from '#access'
import { dateWords, readDateBoxes } from '#calendar'
import type { Staff } from '#organisations'
import {
  Button,
  Chips,
  DateField,
  EmptyState,
  PostForm,
  Radios,
  renderPage,
  Section,
  Select,
  TextArea,
  Timeline,
} from '#ui'
import { colleagues } from './audit-page.tsx'
import { mySupervision, writeSupervision } from './audit-store.ts'
import type { SupervisionNote } from './audit-types.ts'
import { reflectionTabs } from './place.ts'

/** The reader's own supervision, given and had: for the two of them alone. */
export const showSupervision = (visit: StaffVisit, asked: Asked) => show(visit, asked, [])

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[]): Promise<Answer> {
  const notes = await mySupervision(visit.db)
  const others = (await colleagues(visit)).filter(({ id }) => id !== visit.caller.staffId)
  const side = asked.query.text('show')
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Supervision',
    lead: 'Only the 2 of you can read a note here. That you read it is in the access log; what it says is not.',
    tabs: reflectionTabs(visit, '/reflection/supervision'),
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <Notes notes={notes} side={side} />
        <Write others={others} />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function Notes({ notes, side }: { readonly notes: readonly SupervisionNote[]; readonly side: string }) {
  const views = [
    { show: '', words: 'All', isIn: () => true },
    { show: 'had', words: 'I had', isIn: ({ iSupervise }: SupervisionNote) => !iSupervise },
    { show: 'given', words: 'I gave', isIn: ({ iSupervise }: SupervisionNote) => iSupervise },
  ]
  const kept = notes.filter(views.find(({ show }) => show === side)?.isIn ?? (() => true))
  return (
    <>
      <Chips
        label="Which notes"
        chips={views.map(({ show, words, isIn }) => ({
          href: show ? `/reflection/supervision?show=${show}` : '/reflection/supervision',
          words,
          count: notes.filter(isIn).length,
          isCurrent: show === side,
        }))}
      />
      {kept.length === 0 ? (
        <EmptyState says="No supervision is written down here." />
      ) : (
        <Timeline
          items={kept.map((note) => ({
            when: dateWords(note.heldOn),
            what: (
              <>
                <b>{`${note.superviseeName}, supervised by ${note.supervisorName}`}</b>
                <br />
                {note.words}
              </>
            ),
            by: note.writtenByName,
          }))}
        />
      )}
    </>
  )
}

function Write({ others }: { readonly others: readonly Staff[] }) {
  return (
    <Section heading="Write down a supervision">
      <PostForm action="/reflection/supervision">
        <Select
          name="with"
          label="With whom?"
          prompt="Choose somebody"
          choices={others.map(({ id, name }) => ({ value: id, words: name }))}
        />
        <Radios
          name="who"
          label="Who supervised?"
          choices={[
            { value: 'they', words: 'They supervised me' },
            { value: 'i', words: 'I supervised them' },
          ]}
        />
        <DateField name="held" label="When was it?" />
        <TextArea
          name="words"
          label="What was said, and what follows"
          hint="Without names of people you care for: what is about them belongs in their record"
          rows={5}
        />
        <Button>Keep it between the 2 of us</Button>
      </PostForm>
    </Section>
  )
}

/** Keeps a note between the caller and one colleague. */
export async function sendSupervision(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { text } = asked.form
  const other = (await colleagues(visit)).find(({ id }) => id === text('with') && id !== visit.caller.staffId)
  const heldOn = readDateBoxes(text('held-day'), text('held-month'), text('held-year'))
  const [who, words] = [text('who'), text('words').trim()]
  const problems: readonly Problem[] = [
    ...(other ? [] : [{ field: 'with', message: 'Select with whom' }]),
    ...(who === 'they' || who === 'i' ? [] : [{ field: 'who', message: 'Select who supervised' }]),
    ...(heldOn && heldOn <= visit.today
      ? []
      : [{ field: 'held', message: 'Enter when it was, like 27 3 2026, today or earlier' }]),
    ...(words ? [] : [{ field: 'words', message: 'Enter what was said' }]),
    ...(words.length > 4000
      ? [{ field: 'words', message: 'Shorten this to 4,000 characters or fewer' }]
      : []),
  ]
  if (!other || !heldOn || problems.length > 0) return show(visit, asked, problems)
  const note = { otherId: other.id, otherSupervises: who === 'they', heldOn, words, at: visit.now }
  if ((await mySupervision(visit.db)).some(saysTheSame(note, other.name))) {
    const saved = 'This is kept already. Nothing was kept twice.'
    return { kind: 'go', to: '/reflection/supervision', saved }
  }
  await writeSupervision(visit.db, note)
  return { kind: 'go', to: '/reflection/supervision', saved: 'Kept between the 2 of you.' }
}

const saysTheSame =
  (
    typed: { readonly otherSupervises: boolean; readonly heldOn: string; readonly words: string },
    other: string,
  ) =>
  (kept: SupervisionNote) =>
    kept.iSupervise !== typed.otherSupervises &&
    (kept.iSupervise ? kept.superviseeName : kept.supervisorName) === other &&
    kept.heldOn === typed.heldOn &&
    kept.words === typed.words

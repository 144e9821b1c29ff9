import { type Answer, type Asked, changedMeanwhile, type Problem, type Room, type StaffVisit } from '#access'
import { addMonths, dateWords, type LondonDate } from '#calendar'
import {
  Button,
  Chips,
  DataTable,
  EmptyState,
  FieldGroup,
  type Furniture,
  Panel,
  PostForm,
  PrintButton,
  Radios,
  renderPage,
  Section,
  type Typed,
} from '#ui'
import { quarterOf, readStaffAnswers, tenthsWords } from './staff-rules.ts'
import { addStaffAnswers, hasSaid, type StaffLine, staffSaid } from './staff-store.ts'
import { staffAnswers, staffQuestions } from './staff-survey.data.ts'

/** What those who give the care say of it: the form for whoever works with people, what was said for whoever evaluates. */
export const staffScreens: Room['screens'] = [
  { method: 'GET', path: '/evaluation/staff', may: 'see evaluation', answer: showSaid },
  { method: 'GET', path: '/evaluation/staff/answer', may: 'see people', answer: showForm },
  { method: 'POST', path: '/evaluation/staff/answer', may: 'see people', answer: sendAnswers },
]

const promise =
  'Nobody can see who answered what: an answer is added to a count and is kept nowhere else. Nothing is shown of fewer than 8, nor before the quarter is over.'

async function showForm(visit: StaffVisit, asked: Asked): Promise<Answer> {
  return drawForm(visit, asked, [])
}

async function drawForm(visit: StaffVisit, asked: Asked, problems: readonly Problem[]): Promise<Answer> {
  const html = staffFormPage({
    furniture: asked.furniture,
    place: visit.caller.organisation.name,
    mayRead: visit.caller.activities.has('see evaluation'),
    againOn: (await hasSaid(visit.db)) ? addMonths(quarterOf(visit.today), 3) : undefined,
    problems,
    typed: asked.form.typed,
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** The 8 sentences, or from when they may be answered again. */
export function staffFormPage(view: {
  readonly furniture: Furniture
  readonly place: string
  /** Whether what staff say is theirs to read: then the page leads back there. */
  readonly mayRead: boolean
  readonly againOn?: LondonDate
  readonly problems: readonly Problem[]
  readonly typed?: Typed
}): string {
  const { furniture, place, mayRead, againOn, problems, typed } = view
  return renderPage({
    furniture,
    title: 'How is it to work here?',
    caption: place,
    lead: '8 sentences, about 2 minutes. Leave out what you do not want to answer.',
    back: mayRead
      ? { href: '/evaluation/staff', words: 'Back to what staff say' }
      : { href: '/', words: 'Back to your work' },
    problems,
    typed: problems.length > 0 ? typed : undefined,
    children: againOn ? (
      <Panel kind="neutral" heading="You have answered this quarter">
        <p>You can answer again from {dateWords(againOn)}.</p>
      </Panel>
    ) : (
      <>
        <p>{promise}</p>
        <PostForm action="/evaluation/staff/answer">
          <FieldGroup legend="How far do you agree?">
            {staffQuestions.map(({ key, words }) => (
              <Radios key={key} name={key} label={words} choices={staffAnswers} isInline />
            ))}
          </FieldGroup>
          <Button>Send my answers</Button>
        </PostForm>
      </>
    ),
  })
}

/** Adds the caller's answers to their place's counts, once a quarter. */
async function sendAnswers(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const read = readStaffAnswers(asked.form.text)
  if ('problems' in read) return drawForm(visit, asked, read.problems)
  const isAdded = await addStaffAnswers(visit.db, read.answers)
  if (!isAdded) throw changedMeanwhile('You have already answered this quarter. Nothing was added.')
  const mayRead = visit.caller.activities.has('see evaluation')
  return {
    kind: 'go',
    to: mayRead ? '/evaluation/staff' : '/evaluation/staff/answer',
    saved: 'Thank you. Your answers are counted.',
  }
}

/** What was said, by place and quarter: own place and all together; every place for whoever may see counts. */
async function showSaid(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { activities, organisation } = visit.caller
  const all = (await staffSaid(visit.db)).filter(
    ({ placeId }) => placeId === undefined || placeId === organisation.id || activities.has('see counts'),
  )
  const html = staffSaidPage({
    furniture: asked.furniture,
    lines: all,
    placeAsked: asked.query.text('place'),
    mayAnswer: activities.has('see people'),
  })
  return { kind: 'page', html }
}

/** What the places that are given said; all together unless one is asked for. */
export function staffSaidPage(view: {
  readonly furniture: Furniture
  readonly lines: readonly StaffLine[]
  readonly placeAsked: string
  readonly mayAnswer: boolean
}): string {
  const places = [...new Map(view.lines.map((line) => [line.placeId ?? '', line.placeName]))]
  const place = places.find(([id]) => id === view.placeAsked)?.[0] ?? places.at(-1)?.[0] ?? ''
  const lines = view.lines.filter((line) => (line.placeId ?? '') === place)
  return renderPage({
    furniture: view.furniture,
    title: 'What staff say',
    caption: places.find(([id]) => id === place)?.[1],
    lead: promise,
    isStamped: true,
    back: { href: '/evaluation', words: 'Back to Did it help?' },
    acts: lines.length > 0 ? <PrintButton>Print this page</PrintButton> : undefined,
    children: (
      <>
        {view.mayAnswer && (
          <p>
            <a href="/evaluation/staff/answer">Say how it is to work here</a>
          </p>
        )}
        {places.length > 1 && (
          <Chips
            label="Whose answers"
            chips={places.map(([id, words]) => ({
              href: `/evaluation/staff?place=${id}`,
              words,
              isCurrent: id === place,
            }))}
          />
        )}
        {lines.length === 0 ? (
          <EmptyState says="Nothing can be shown yet.">
            <p>A quarter is shown once it is over and at least 8 people have answered.</p>
          </EmptyState>
        ) : (
          <Said lines={lines} />
        )}
      </>
    ),
  })
}

function Said({ lines }: { readonly lines: readonly StaffLine[] }) {
  const [newest, before] = [...new Set(lines.map(({ quarter }) => quarter))]
  const now = lines.filter(({ quarter }) => quarter === newest)
  const then = lines.filter(({ quarter }) => quarter === before)
  const [first] = now
  if (!first) return null
  const rows = staffQuestions.flatMap(({ key, words }) => {
    const line = now.find(({ question }) => question === key)
    return line ? [{ key, words, line, was: then.find(({ question }) => question === key) }] : []
  })
  return (
    <Section heading={`Quarter from ${dateWords(first.quarter)}`}>
      <p>{`${first.people} of ${first.staff} answered.${then[0] ? ` ${then[0].people} of ${then[0].staff} in the quarter shown before it.` : ''}`}</p>
      <DataTable
        caption="How many agree and disagree, of 10 who answered"
        rows={rows}
        keyOf={({ key }) => `said-${key}`}
        columns={[
          { head: 'Sentence', cell: ({ words }) => words, width: 'wide' },
          { head: 'Agree', cell: ({ line }) => tenthsWords(line.agreeTenths) },
          { head: 'Disagree', cell: ({ line }) => tenthsWords(line.disagreeTenths) },
          ...(then.length > 0
            ? [
                {
                  head: 'Agreed before',
                  cell: ({ was }: (typeof rows)[number]) =>
                    was ? tenthsWords(was.agreeTenths) : 'Not asked',
                },
              ]
            : []),
        ]}
      />
      <p className="kw-second">
        In tenths, because that is as much as so few answers can carry. Those who answer may differ from those
        who do not, and with fewer than 50 a change of 1 or 2 tenths can be chance alone. The sentences are
        our own and have not been validated.
      </p>
    </Section>
  )
}

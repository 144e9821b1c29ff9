import type { Asked, StaffVisit } from '#access'
import { dayWords, type LondonDate, shortDateWords, timeWords } from '#calendar'
import { deathsAddress } from '#people'
import { Button, Chips, Columns, Details, EmptyState, Panel, PaperCheck, renderPage, Section } from '#ui'
import { whomAddress } from './contact-whom.tsx'
import { coverAddress } from './cover-page.tsx'
import { type Day, type DayItem, dayOf, daySentence } from './day.ts'
import { type DayPage, loadDay, type Names } from './day-load.ts'
import { Folded } from './day-rows.tsx'
import { Side } from './day-side.tsx'
import { LateNote } from './first-contact-rows.tsx'
import { LeftNote } from './hand-over-page.tsx'
import { UnansweredNote } from './unanswered-page.tsx'

const views = {
  everything: { words: 'Everything', holds: () => true },
  promises: { words: 'Promises', holds: (item: DayItem) => item.isPromise },
  plan: { words: 'From plans', holds: (item: DayItem) => item.kind === 'action' },
  waiting: { words: 'Waiting', holds: (item: DayItem) => item.isWaiting },
  cover: { words: 'For colleagues', holds: (item: DayItem) => item.heldById !== undefined },
  unclaimed: { words: 'Team’s unclaimed', holds: (item: DayItem) => item.isUnclaimed },
} as const
type View = keyof typeof views

const isView = (text: string): text is View => Object.hasOwn(views, text)

/** What somebody has to do today, the most pressing first. */
export async function showMyDay(visit: StaffVisit, asked: Asked) {
  const page = await loadDay(visit)
  const asks = asked.query.text('show')
  const view = isView(asks) ? asks : 'everything'
  const shown = page.items.filter(views[view].holds)
  const day = dayOf(shown, visit.today)
  const seesRecords = visit.caller.activities.has('see people')
  const html = renderPage({
    furniture: asked.furniture,
    title: 'My day',
    caption: `${dayWords(visit.today)}, ${timeWords(visit.now)}`,
    isStamped: false,
    acts: visit.caller.activities.has('record contacts') && (
      <Button kind="secondary" isSmall href={whomAddress} quickKey="C">
        Record a contact
      </Button>
    ),
    lead: <Lead day={day} names={page.names} today={visit.today} />,
    children: (
      <>
        <UnansweredNote unanswered={page.unanswered} visit={visit} />
        <LeftNote left={page.caseManagers.filter(({ isHere }) => !isHere)} visit={visit} />
        <LateNote late={page.late} visit={visit} />
        <DeathsNote page={page} />
        <CoverNotes page={page} />
        <Chips
          chips={Object.entries(views)
            .filter(([key]) => key !== 'cover' || page.covering.length > 0)
            .filter(([key]) => seesRecords || (key !== 'unclaimed' && key !== 'plan'))
            .map(([key, { words, holds }]) => ({
              href: key === 'everything' ? '/my-day' : `/my-day?show=${key}`,
              words,
              count: page.items.filter(holds).length,
              isCurrent: key === view,
            }))}
        />
        <Columns split="narrow" main={<Sections day={day} page={page} />} side={<Side page={page} />} />
        <PaperCheck at={`${dayWords(visit.today)}, ${timeWords(visit.now)}`} />
      </>
    ),
  })
  return { kind: 'page' as const, html }
}

function Lead({
  day,
  names,
  today,
}: {
  readonly day: Day
  readonly names: Names
  readonly today: LondonDate
}) {
  const [next] = day.later
  const isQuiet = day.now.length + day.overdue.length + day.today.length === 0
  const who = next && names.get(next.personId)?.replace(/, \d+$/, '')
  return (
    <>
      {day.now.length > 0 ? <b>{daySentence(day)}</b> : daySentence(day)}
      {isQuiet && next && ` The next thing is on ${shortDateWords(next.dueOn, today)}: ${next.what}, ${who}.`}
    </>
  )
}

// Of the whole place: what a colleague who is away has to check is seen by everybody.
function DeathsNote({ page: { deathsToCheck, items } }: { readonly page: DayPage }) {
  const others = deathsToCheck - items.filter(({ kind }) => kind === 'death').length
  if (others <= 0) return null
  return (
    <Panel kind="caution" heading={'Recorded as died, and nobody has checked'}>
      <p>
        {others === 1 ? '1 more person' : `${others} more people`} of your place.{' '}
        <a href={deathsAddress}>See who, and say whether it is so</a>
      </p>
    </Panel>
  )
}

function CoverNotes({ page: { covering, coveredBy, visit } }: { readonly page: DayPage }) {
  if (covering.length === 0 && !coveredBy) return null
  return (
    <Panel
      kind="neutral"
      heading={covering.length > 0 ? 'You cover for a colleague' : 'A colleague covers for you'}
    >
      {covering.map(({ id, awayName, lastOn }) => (
        <p key={id}>
          {awayName} is away to {shortDateWords(lastOn, visit.today)}. What they hold is in your day too.
        </p>
      ))}
      {coveredBy && (
        <p>
          {coveredBy.coveredByName} covers for you to {shortDateWords(coveredBy.lastOn, visit.today)}.{' '}
          <a href={coverAddress}>End it if you are back</a>
        </p>
      )}
    </Panel>
  )
}

function Sections({ day, page }: { readonly day: Day; readonly page: DayPage }) {
  const all = [
    { heading: 'Now', items: day.now, folds: false },
    { heading: 'Overdue', items: day.overdue, folds: true },
    { heading: 'Today', items: day.today, folds: true },
    { heading: 'Waiting on someone else', items: day.waiting, folds: true },
    { heading: 'Held: recorded as died', items: day.resting, folds: true },
  ].filter(({ items }) => items.length > 0)
  const isMany = page.items.length > 60
  if (all.length === 0 && day.later.length === 0) return <Nothing page={page} />
  return (
    <>
      {isMany && (
        <p>
          <b>This is more than a day’s work.</b> Ask your team lead for <a href={coverAddress}>cover</a>.
        </p>
      )}
      {all.map(({ heading, items, folds }) => (
        <Section key={heading} heading={heading} count={items.length}>
          <Folded items={items} page={page} heading={heading} most={folds ? 7 : items.length} />
        </Section>
      ))}
      {day.later.length > 0 && (
        <Details summary={`Coming later (${day.later.length})`}>
          <Folded items={day.later} page={page} heading="Coming later" most={50} />
        </Details>
      )}
    </>
  )
}

function Nothing({ page }: { readonly page: DayPage }) {
  const says = page.mine.length === 0 ? 'You have no people yet, and nothing is due.' : 'Nothing is due.'
  if (!page.visit.caller.activities.has('see people')) return <EmptyState says="Nothing is due." />
  return (
    <EmptyState says={says}>
      <p>
        {page.mine.length === 0 ? (
          <a href="/my-people">See your team’s people</a>
        ) : (
          <a href="/my-people?silent=yes">Look for people not heard from</a>
        )}
      </p>
    </EmptyState>
  )
}

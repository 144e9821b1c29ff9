import {
  type Answer,
  type Asked,
  actorOf,
  changedMeanwhile,
  notForYou,
  type Permit,
  type PersonPanel,
  type Problem,
  permit,
  type Route,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { dateWords } from '#calendar'
import { type Goal, planOf } from '#care-plan'
import { aboutPerson, personTabs } from '#people'
import { EmptyState, renderPage, Section } from '#ui'
import { EveryRating, RateGoals } from './goal-parts.tsx'
import { goalAttainment, type Rateable, readRatings } from './goal-rules.ts'
import { insertRating, type KeptRating, ratingsOf, strikeRating } from './goal-store.ts'

const reading = {
  may: 'see people',
  part: 'whole',
  purpose: 'direct care',
  verb: 'read how far goals were reached',
} as const
const writing = { ...reading, may: 'write plans', verb: 'rate how far goals were reached' } as const

/** The goals of the plan as they can be rated: one that began keeps the weight it began with. */
function rateable(goals: readonly Goal[], ratings: readonly KeptRating[]): readonly Rateable[] {
  return goals.map(({ lineId, words }) => {
    const start = ratings.find((one) => one.goalId === lineId && one.isStart && !one.struckReason)
    return { goalId: lineId, words, ...(start ? { begun: { weight: start.weight } } : {}) }
  })
}

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', reading)
  const about = await aboutPerson(visit, leave)
  const goals = (await planOf(visit.db, leave))?.goals ?? []
  const ratings = await ratingsOf(visit.db, leave)
  const mayWrite = visit.caller.activities.has('write plans')
  const [year, month, day] = visit.today.split('-')
  const html = renderPage({
    furniture: asked.furniture,
    title: 'How far goals were reached',
    heading: `How far ${about.called}’s goals were reached`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}`, words: `Back to ${about.called}` },
    lead: 'Each goal of the plan, from much less to much better than hoped. Rate it when it is set, and at each review.',
    problems,
    typed:
      problems.length > 0
        ? asked.form.typed
        : { 'on-day': String(Number(day)), 'on-month': String(Number(month)), 'on-year': year ?? '' },
    children: (
      <>
        <Now ratings={ratings} />
        {goals.length === 0 ? (
          <EmptyState says="The plan has no goal yet.">
            <p>
              <a href={`/people/${leave.person}/plan`}>Open the plan</a>
            </p>
          </EmptyState>
        ) : (
          mayWrite && (
            <RateGoals goals={rateable(goals, ratings)} person={leave.person} called={about.called} />
          )
        )}
        <EveryRating ratings={ratings} person={leave.person} mayWrite={mayWrite} problems={problems} />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** Where each goal that began stands now, and all of them together. */
export function standingOf(ratings: readonly KeptRating[]) {
  const valid = ratings.filter(({ struckReason }) => !struckReason)
  const begun = valid.filter(({ isStart }) => isStart)
  const pairs = begun.flatMap((start) => {
    const last = valid.find(
      (one) => one.goalId === start.goalId && !one.isStart && one.ratedOn >= start.ratedOn,
    )
    return last ? [{ start, last }] : []
  })
  const score = (of: (pair: (typeof pairs)[number]) => KeptRating) =>
    goalAttainment(pairs.map((pair) => ({ weight: pair.start.weight, level: of(pair).level })))
  return { begun: begun.length, pairs, start: score(({ start }) => start), last: score(({ last }) => last) }
}

function Now({ ratings }: { readonly ratings: readonly KeptRating[] }) {
  const { pairs, start, last } = standingOf(ratings)
  if (start === undefined || last === undefined) return null
  const reached = pairs.filter((pair) => pair.last.level >= 0).length
  return (
    <Section heading="All together">
      <p>
        {reached} of {pairs.length} {pairs.length === 1 ? 'goal is' : 'goals are'} reached as hoped or better.
        As one number (goal attainment, 50 is all as hoped): {last.toFixed(0)} now, {start.toFixed(0)} at the
        start.
      </p>
      <p className="kw-second">
        It starts low because a goal is set below what is hoped. Easy goals give a high number: read the goals
        themselves.
      </p>
    </Section>
  )
}

async function send(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', writing)
  const goals = rateable((await planOf(visit.db, leave))?.goals ?? [], await ratingsOf(visit.db, leave))
  const { text } = asked.form
  const found = readRatings(
    {
      by: text('by'),
      on: [text('on-day'), text('on-month'), text('on-year')],
      levelOf: (goal) => text(`level-${goal}`),
      weightOf: (goal) => text(`weight-${goal}`),
    },
    goals,
    visit.today,
  )
  if ('problems' in found) return show(visit, asked, found.problems)
  await keep(visit, leave, found)
  return { kind: 'go', to: `/people/${leave.person}/goals`, saved: 'Saved.' }
}

async function keep(
  visit: StaffVisit,
  leave: Permit<'whole'>,
  { rated, by, on }: Exclude<ReturnType<typeof readRatings>, { problems: unknown }>,
): Promise<void> {
  for (const one of rated) {
    const rating = { ...one, ratedBy: by, ratedOn: on, by: actorOf(visit), at: visit.now }
    if (!(await insertRating(visit.db, leave, rating)))
      throw changedMeanwhile('Somebody has rated the start of a goal meanwhile. Open the goals again.')
  }
}

async function sendStrike(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', writing)
  const id = asked.params.rating ?? ''
  const reason = asked.form.text(`reason-${id}`)
  if (!reason) return show(visit, asked, [{ field: `reason-${id}`, message: 'Enter what is wrong with it' }])
  if (!(await strikeRating(visit.db, leave, { id, by: actorOf(visit), at: visit.now, reason })))
    throw notForYou()
  return { kind: 'go', to: `/people/${leave.person}/goals`, saved: 'Struck. It counts no more.' }
}

/** How far somebody’s goals were reached, day by day. */
export const goalScreens: readonly Route[] = [
  {
    method: 'GET',
    path: '/people/:person/goals',
    may: 'see people',
    answer: (visit, asked) => show(visit, asked),
  },
  { method: 'POST', path: '/people/:person/goals', may: 'write plans', answer: send },
  { method: 'POST', path: '/people/:person/goals/:rating', may: 'write plans', answer: sendStrike },
]

/** The line of the person’s page: how many goals are reached, and the way there. */
export async function panelFor(visit: StaffVisit, leave: Permit<'whole'>): Promise<PersonPanel | undefined> {
  const ratings = await ratingsOf(visit.db, leave)
  const { episodes } = await aboutPerson(visit, leave)
  if (ratings.length === 0 && episodes.length === 0) return undefined
  const { begun, pairs } = standingOf(ratings)
  const [newest] = pairs.map(({ last }) => last).sort((a, b) => (a.ratedOn < b.ratedOn ? 1 : -1))
  const reached = pairs.filter(({ last }) => last.level >= 0).length
  return {
    place: 'side',
    contents: (
      <Section heading="Goals reached">
        <p>
          {newest
            ? `${reached} of ${pairs.length} as hoped or better (${dateWords(newest.ratedOn)}). `
            : begun > 0
              ? 'Rated at the start, not since. '
              : 'Not rated yet. '}
          <a href={`/people/${leave.person}/goals`}>How far goals were reached</a>
        </p>
      </Section>
    ),
  }
}

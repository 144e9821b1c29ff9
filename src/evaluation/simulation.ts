import { addMonths, type LondonDate, londonDate } from '#calendar'
import { randomStream } from '#statistics'
import { protocolBy, usualChoices } from './choices.ts'
import { protocol as shipped } from './protocol.data.ts'
import { type ServedTown, townWithService } from './simulated-service.ts'
import {
  admissionsIn,
  allMonths,
  firstMonth,
  lastMonth,
  mayJoin,
  pastMonth,
  type Scenario,
  type Town,
} from './simulated-town.ts'
import { visitsIn } from './simulated-visits.ts'
import type { Cut, Outcomes, Protocol, StudyRows } from './types.ts'

/** A simulated study: what a cut of the population store would hold, and what happened afterwards. */
export type Simulated = {
  readonly protocol: Protocol
  /** The ratio of admissions of those who joined to what they would have been, in the year after. */
  readonly truth: number
  readonly cut: Cut
  readonly outcomesOf: (rows: StudyRows) => Outcomes
}

const start = londonDate(new Date(Date.UTC(2019, 0, 1, 12)))

const known = [
  'expected',
  'admissions365',
  'admissions90',
  'admissions30',
  'admissions730',
  'conditions',
  'age',
  'woman',
  'deprivation',
  'asked365',
  'asked90',
  'asked30',
  'asked730',
]

const inTown = (protocol: Protocol): Protocol => ({
  ...protocol,
  covariates: protocol.covariates.filter(({ name }) => known.includes(name)),
  closeness: protocol.closeness.map(({ exact, ...calipers }) => ({
    exact: exact.filter(({ covariate }) => covariate !== 'inCareHome' && covariate !== 'listed'),
    ...calipers,
  })),
})

/** The shipped study with the covariates this town has. */
export const simulatedProtocol: Protocol = inTown(shipped)

/** The study that somebody who asks about something else would lock, with the covariates this town has. */
function protocolOf({ asks }: Scenario): Protocol {
  if (!asks) return simulatedProtocol
  const choices =
    asks === 'deaths'
      ? { ...usualChoices, further: ['deaths' as const] }
      : { ...usualChoices, outcome: 'attendances' as const }
  const plan = {
    question: '',
    ratio: shipped.ratio,
    leastFollowUpDays: shipped.leastFollowUpDays,
    smallestThatMattersPercent: 10,
    otherInitiatives: '',
    whatChanged: '',
    choices,
  }
  return inTown(protocolBy(plan, shipped.version))
}

/** The past cohort is drawn from so many people at most: more would teach nothing more. */
const mostPast = 12_000

/**
 * One town and one service in it, by a seed.
 *
 * @source evaluation design 7.1: rates 0.38 a year with a gamma of shape 0.45, crises of 3 months that multiply
 *   them by 4, entry at 2 admissions in 12 months, joining over 6 months. A year of history more than there, because
 *   the shipped covariates look back 2 years. Whoever is numbered first is in the past cohort: numbers are by chance.
 */
export function simulate(seed: number, scenario: Scenario): Simulated {
  const town = townWithService(seed, scenario)
  const history = rowsOf(
    town,
    placesWhere(mostPast, [pastMonth], (person) => (town.diedIn[person] ?? 0) > pastMonth),
  )
  const pasts = outcomesOf(town, scenario, seed, history)
  const months = Array.from({ length: lastMonth - firstMonth + 1 }, (_, i) => firstMonth + i)
  const at = (isIn: (person: number, month: number) => boolean) =>
    rowsOf(town, placesWhere(scenario.people, months, isIn))
  return {
    protocol: protocolOf(scenario),
    truth: truthOf(town, scenario),
    cut: {
      treated: at((person, month) => town.joinedIn[person] === month),
      pool: at((person, month) => isCompared(town, scenario, person, month)),
      history: {
        ...history,
        events: pasts.events,
        years: pasts.days.map((days) => Math.max(days, 1) / 365.25),
      },
    },
    outcomesOf: (rows) => outcomesOf(town, scenario, seed, rows),
  }
}

function truthOf({ truth }: Town, { asks, trueRatio, deathHazard = 1 }: Scenario): number {
  if (asks) return asks === 'deaths' ? deathHazard : trueRatio
  return truth.before === 0 ? trueRatio : truth.after / truth.before
}

function isCompared(town: Town, { compares, lostShare }: Scenario, person: number, month: number): boolean {
  const joined = town.joinedIn[person] ?? allMonths
  const isFree = compares === 'never joined' ? joined === allMonths : joined > month
  // Where records are lost somebody may have joined by admissions that nobody can see any more.
  const least = lostShare ? 1 : 2
  return isFree && mayJoin(town, person, month, least)
}

type Place = { readonly person: number; readonly month: number }

function placesWhere(
  people: number,
  months: readonly number[],
  isIn: (person: number, month: number) => boolean,
): readonly Place[] {
  const places: Place[] = []
  for (const month of months)
    for (let person = 0; person < people; person++) if (isIn(person, month)) places.push({ person, month })
  return places
}

const idOf = (person: number) => String(person).padStart(7, '0')
const monthOf = (on: LondonDate) => (Number(on.slice(0, 4)) - 2019) * 12 + Number(on.slice(5, 7)) - 1
const firstsOfMonths = Array.from({ length: allMonths }, (_, month) => addMonths(start, month))

function rowsOf(town: ServedTown, at: readonly Place[]): StudyRows {
  const column = (of: (place: Place) => number) => Float64Array.from(at, of)
  const window = (months: number) =>
    column(({ person, month }) => admissionsIn(town, person, month - months, month))
  return {
    persons: at.map(({ person }) => idOf(person)),
    indexOns: at.map(({ month }) => firstsOfMonths[month] ?? start),
    values: {
      admissions365: window(12),
      admissions90: window(3),
      admissions30: window(1),
      admissions730: column(({ person, month }) => admissionsIn(town, person, month - 24, month - 12)),
      conditions: column(({ person }) => town.conditions[person] ?? 0),
      age: column(({ person }) => town.age[person] ?? 0),
      woman: column(({ person }) => town.woman[person] ?? 0),
      deprivation: column(({ person }) => town.deprivation[person] ?? 0),
      ...visitColumns(town, column),
    },
  }
}

// The past of what is asked, in the windows of a study that asks about it.
function visitColumns(
  { visits }: ServedTown,
  column: (of: (place: Place) => number) => Float64Array,
): StudyRows['values'] {
  if (!visits) return {}
  const window = (from: number, to = 0) =>
    column(({ person, month }) => visitsIn(visits, person, month - from, month - to))
  return { asked365: window(12), asked90: window(3), asked30: window(1), asked730: window(24, 12) }
}

const monthDays = 365 / 12

function outcomesOf(town: ServedTown, scenario: Scenario, seed: number, rows: StudyRows): Outcomes {
  const n = rows.persons.length
  const counts = town.visits?.counts ?? town.admissions
  const out = {
    events: new Float64Array(n),
    days: new Float64Array(n),
    died: new Uint8Array(n),
    joinedLater: new Uint8Array(n),
    monthlyEvents: new Float64Array(n * 24),
    monthlyDays: new Float64Array(n * 12),
    others: { unaffected: new Float64Array(n) },
  }
  rows.persons.forEach((id, row) => {
    const person = Number(id)
    const from = monthOf(rows.indexOns[row] ?? start)
    const stops = stopsIn(town, scenario, person, from)
    for (let month = 0; month < 24; month++) {
      const at = from - 12 + month
      if (at >= stops || at < 0) continue
      const count = counts[person * allMonths + at] ?? 0
      out.monthlyEvents[row * 24 + month] = count
      if (month < 12) continue
      out.monthlyDays[row * 12 + month - 12] = monthDays
      out.events[row] = (out.events[row] ?? 0) + count
    }
    out.days[row] = Math.max(0, stops - from) * monthDays
    out.joinedLater[row] = stops < from + 12 && stops === town.joinedIn[person] ? 1 : 0
    out.died[row] = stops === town.diedIn[person] ? 1 : 0
    out.others.unaffected[row] = unaffectedOf(town, scenario, seed, person, (stops - from) / 12)
  })
  return out
}

/** The month in which somebody is no longer followed. */
function stopsIn(town: Town, { compares }: Scenario, person: number, from: number): number {
  const joins = town.joinedIn[person] ?? allMonths
  const censoredIn = joins > from && compares !== 'joined later too' ? joins : allMonths
  return Math.min(from + 12, town.diedIn[person] ?? 0, town.leftIn[person] ?? 0, censoredIn)
}

/**
 * Five things the service cannot change, together 2 a year, which the unseen trait does change.
 *
 * @source evaluation design 7.1: negative-control outcomes share the unseen trait but not the service.
 */
function unaffectedOf(
  town: Town,
  { unseenRatio = 1 }: Scenario,
  seed: number,
  person: number,
  years: number,
) {
  if (years <= 0) return 0
  const unseen = Math.log(unseenRatio) * ((town.unseen[person] ?? 0) - 0.3)
  return randomStream(seed * 1_000_003 + person).poisson(2 * years * Math.exp(unseen))
}

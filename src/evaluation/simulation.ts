import { addMonths, type LondonDate, londonDate } from '#calendar'
import { protocol as shipped } from './protocol.data.ts'
import {
  admissionsIn,
  allMonths,
  firstMonth,
  lastMonth,
  mayJoin,
  pastMonth,
  type Scenario,
  type Town,
  townWithService,
} from './simulated-town.ts'
import type { Cut, Outcomes, Protocol, StudyRows } from './types.ts'

/** A simulated study: what a cut of the population store would hold, and what happened afterwards. */
export type Simulated = {
  readonly protocol: Protocol
  readonly cut: Cut
  readonly outcomesOf: (rows: StudyRows) => Outcomes
}

const start = londonDate(new Date(Date.UTC(2019, 0, 1, 12)))

/** The shipped study with the covariates this town has. */
export const simulatedProtocol: Protocol = {
  ...shipped,
  covariates: shipped.covariates.filter(({ name }) =>
    [
      'expected',
      'admissions365',
      'admissions90',
      'admissions30',
      'admissions730',
      'conditions',
      'age',
      'woman',
      'deprivation',
    ].includes(name),
  ),
  closeness: shipped.closeness.map(({ exact, ...calipers }) => ({
    exact: exact.filter(({ covariate }) => covariate !== 'careHome'),
    ...calipers,
  })),
}

/**
 * One town and one service in it, by a seed.
 *
 * @source evaluation design 7.1: rates 0.38 a year with a gamma of shape 0.45, crises of 3 months that multiply
 *   them by 4, entry at 2 admissions in 12 months, joining over 6 months. A year of history more than there, because
 *   the shipped covariates look back 2 years.
 */
export function simulate(seed: number, scenario: Scenario): Simulated {
  const town = townWithService(seed, scenario)
  const months = Array.from({ length: lastMonth - firstMonth + 1 }, (_, i) => firstMonth + i)
  const everybody = Array.from({ length: scenario.people }, (_, person) => person)
  const at = (isIn: (person: number, month: number) => boolean) =>
    rowsOf(
      town,
      months.flatMap((month) =>
        everybody.filter((person) => isIn(person, month)).map((person) => [person, month]),
      ),
    )
  const past = everybody
    .filter((person) => (town.diedIn[person] ?? 0) > pastMonth)
    .map((person) => [person, pastMonth] as const)
  const history = rowsOf(town, past)
  const pasts = outcomesOf(town, history)
  return {
    protocol: simulatedProtocol,
    cut: {
      treated: at((person, month) => town.joinedIn[person] === month),
      pool: at((person, month) => mayJoin(town, person, month) && (town.joinedIn[person] ?? 0) > month),
      history: {
        ...history,
        events: pasts.events,
        years: pasts.days.map((days) => Math.max(days, 1) / 365.25),
      },
    },
    outcomesOf: (rows) => outcomesOf(town, rows),
  }
}

const idOf = (person: number) => String(person).padStart(7, '0')
const monthOf = (on: LondonDate) => (Number(on.slice(0, 4)) - 2019) * 12 + Number(on.slice(5, 7)) - 1

function rowsOf(town: Town, at: readonly (readonly number[])[]): StudyRows {
  const column = (of: (person: number, month: number) => number) =>
    Float64Array.from(at, ([person = 0, month = 0]) => of(person, month))
  const window = (months: number) =>
    column((person, month) => admissionsIn(town, person, month - months, month))
  return {
    persons: at.map(([person = 0]) => idOf(person)),
    indexOns: at.map(([, month = 0]) => addMonths(start, month)),
    values: {
      admissions365: window(12),
      admissions90: window(3),
      admissions30: window(1),
      admissions730: column((person, month) => admissionsIn(town, person, month - 24, month - 12)),
      conditions: column((person) => town.conditions[person] ?? 0),
      age: column((person) => town.age[person] ?? 0),
      woman: column((person) => town.woman[person] ?? 0),
      deprivation: column((person) => town.deprivation[person] ?? 0),
    },
  }
}

const monthDays = 365 / 12

function outcomesOf(town: Town, rows: StudyRows): Outcomes {
  const n = rows.persons.length
  const monthlyEvents = new Float64Array(n * 24)
  const monthlyDays = new Float64Array(n * 12)
  const joinedLater = new Uint8Array(n)
  const died = new Uint8Array(n)
  rows.persons.forEach((id, row) => {
    const person = Number(id)
    const from = monthOf(rows.indexOns[row] ?? start)
    const joins = town.joinedIn[person] ?? allMonths
    const stops = Math.min(from + 12, town.diedIn[person] ?? allMonths, joins > from ? joins : allMonths)
    for (let month = 0; month < 24; month++) {
      const isSeen = from - 12 + month < stops
      monthlyEvents[row * 24 + month] = isSeen
        ? admissionsIn(town, person, from - 12 + month, from - 11 + month)
        : 0
      if (month >= 12) monthlyDays[row * 12 + month - 12] = isSeen ? monthDays : 0
    }
    joinedLater[row] = joins > from && stops === joins ? 1 : 0
    died[row] = stops === town.diedIn[person] ? 1 : 0
  })
  const after = (values: Float64Array, width: number, first: number) =>
    Float64Array.from({ length: n }, (_, row) =>
      values.subarray(row * width + first, (row + 1) * width).reduce((a, b) => a + b, 0),
    )
  return {
    events: after(monthlyEvents, 24, 12),
    days: after(monthlyDays, 12, 0),
    died,
    joinedLater,
    monthlyEvents,
    monthlyDays,
    others: {},
  }
}

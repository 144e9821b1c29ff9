import {
  clusterRobustCovariance,
  controlWeights,
  enrolledNeeded,
  eValue,
  expectedNextCount,
  fitGlm,
  type GammaPoisson,
  type Interval,
  type RateDesign,
  ratioOf,
} from '#statistics'
import { designOf, joined, type Prognosis, rowsAt, standardsOf } from './scores.ts'
import type { Arm, Cut, Effect, Matched, Outcomes, Protocol, Regression, StudyRows } from './types.ts'

/** Matched people with what happened to them: helped first, one row a set, then controls, set by set. */
export type Followed = {
  readonly protocol: Protocol
  readonly rows: StudyRows
  /** The set of each row, numbered from 0. */
  readonly sets: Int32Array
  readonly weights: Float64Array
  readonly helped: number
  readonly outcomes: Outcomes
}

/** The matched rows in the order in which their outcomes are to be read. */
export function matchedRows(cut: Cut, matched: Matched): StudyRows {
  return joined(
    rowsAt(
      cut.treated,
      matched.sets.map((set) => set.treated),
    ),
    rowsAt(
      cut.pool,
      matched.sets.flatMap((set) => set.controls),
    ),
  )
}

/** Puts outcomes beside the matched rows, adding the prognostic score as a covariate. */
export function follow(
  protocol: Protocol,
  prognosis: Prognosis,
  cut: Cut,
  matched: Matched,
  outcomes: Outcomes,
): Followed {
  const plain = matchedRows(cut, matched)
  const rows = { ...plain, values: { ...plain.values, expected: prognosis.logRates(plain) } }
  const helped = matched.sets.length
  const ofControls = matched.sets.flatMap((set, i) => set.controls.map(() => i))
  const weights = Float64Array.from([...new Float64Array(helped).fill(1), ...controlWeights(matched.sets)])
  return {
    protocol,
    rows,
    sets: Int32Array.from([...matched.sets.keys(), ...ofControls]),
    weights,
    helped,
    outcomes,
  }
}

/** Events, people and time of each arm as they were counted, without weights. */
export function countsOf({ helped, outcomes }: Followed) {
  const part = (from: number, to: number) => ({
    people: to - from,
    events: sum(outcomes.events.subarray(from, to)),
    years: sum(outcomes.days.subarray(from, to)) / 365.25,
  })
  return { helped: part(0, helped), matched: part(helped, outcomes.events.length) }
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)

/**
 * The rate ratio of helped against matched people, adjusted for every matching covariate and the prognostic
 * score, with an interval from errors clustered on matched sets.
 *
 * Rows followed for no day at all (a control who joined the next morning) carry no information and are left out.
 *
 * @source evaluation design 2.6 (1).
 */
export function rateRatio(
  followed: Followed,
  isAdjusted = true,
  counts: Float64Array = followed.outcomes.events,
): Interval {
  const { input, sets } = modelRows(followed, isAdjusted, counts)
  const fit = fitGlm('poisson', input)
  if (!fit.converged) throw new Error(`study: the rate model did not settle in ${fit.iterations} steps`)
  const { value, low, high } = ratioOf(fit, clusterRobustCovariance(fit, input, sets), 1)
  return { value, low, high }
}

/** What a rate model is fitted to: 1, helped, further columns, then each covariate; with the set of each row. */
export function modelRows(
  followed: Followed,
  isAdjusted: boolean,
  counts: Float64Array,
  further: readonly Float64Array[] = [],
) {
  const kept = [...followed.outcomes.days.keys()].filter((i) => (followed.outcomes.days[i] ?? 0) > 0)
  const rows = rowsAt(followed.rows, kept)
  const at = (column: Float64Array) => Float64Array.from(kept, (i) => column[i] ?? 0)
  const helped = Float64Array.from(kept, (i) => (i < followed.helped ? 1 : 0))
  const standards = isAdjusted ? standardsOf(followed.protocol.covariates, rows) : []
  const input = {
    x: designOf(standards, rows, [helped, ...further.map((column) => at(column))]),
    y: at(counts),
    weights: at(followed.weights),
    offset: Float64Array.from(kept, (i) => Math.log((followed.outcomes.days[i] ?? 1) / 365.25)),
  }
  return { input, sets: renumbered(followed.sets, kept) }
}

function renumbered(sets: Int32Array, kept: readonly number[]): Int32Array {
  const numbers = new Map<number, number>()
  return Int32Array.from(kept, (i) => {
    const set = sets[i] ?? 0
    const known = numbers.get(set) ?? numbers.size
    numbers.set(set, known)
    return known
  })
}

/** Everything an answer says of the effect; only for groups already found alike. */
export function effectOf(followed: Followed, population: GammaPoisson, design: RateDesign): Effect {
  const ratio = rateRatio(followed)
  const { helped, outcomes } = followed
  const [helpedArm, matchedArm] = [armOf(followed, 0, helped), armOf(followed, helped, outcomes.days.length)]
  const later = outcomes.joinedLater.subarray(helped)
  return {
    ratio,
    unadjustedRatio: rateRatio(followed, false).value,
    helped: helpedArm,
    matched: matchedArm,
    regression: regressionOf(followed, helpedArm, matchedArm, population),
    laterJoinedPercent: (later.reduce((total, one) => total + one, 0) / later.length) * 100,
    hiddenCause: eValue(ratio),
    neededToSee: neededToSee(ratio, { ...design, baseRate: matchedArm.rateAfter }),
  }
}

/** How many helped people it would take to see a ratio as far from 1 as this one; null where none would do. */
function neededToSee({ value, low, high }: Interval, design: RateDesign): number | null {
  const isSettled = low > 1 || high < 1
  if (isSettled || design.baseRate <= 0 || Math.abs(Math.log(value)) < 0.02) return null
  return enrolledNeeded(value, design)
}

function armOf({ outcomes, weights }: Followed, from: number, to: number): Arm {
  const rows = Array.from({ length: to - from }, (_, i) => from + i)
  const weighted = (of: (row: number) => number) =>
    rows.reduce((total, row) => total + (weights[row] ?? 0) * of(row), 0)
  const total = weighted(() => 1)
  const followed = weighted((row) => (outcomes.days[row] ?? 0) / 365.25)
  const events = (row: number, month: number) => outcomes.monthlyEvents[row * 24 + month] ?? 0
  const years = (row: number, month: number) =>
    month < 12 ? 1 / 12 : (outcomes.monthlyDays[row * 12 + month - 12] ?? 0) / 365.25
  return {
    people: rows.length,
    events: sum(outcomes.events.subarray(from, to)),
    years: sum(outcomes.days.subarray(from, to)) / 365.25,
    rateAfter: weighted((row) => outcomes.events[row] ?? 0) / followed,
    rateBefore: weighted((row) => yearBefore(outcomes, row)) / total,
    others: Object.fromEntries(
      Object.entries(outcomes.others).map(([name, counts]) => [
        name,
        { rate: weighted((row) => counts[row] ?? 0) / followed, events: sum(counts.subarray(from, to)) },
      ]),
    ),
    deaths: rows.reduce((count, row) => count + (outcomes.died[row] ?? 0), 0),
    diedPercent: (weighted((row) => outcomes.died[row] ?? 0) / total) * 100,
    monthlyEvents: Array.from({ length: 24 }, (_, month) =>
      rows.reduce((count, row) => count + events(row, month), 0),
    ),
    monthlyRates: Array.from({ length: 24 }, (_, month) => {
      const time = weighted((row) => years(row, month))
      return time === 0 ? 0 : (weighted((row) => events(row, month)) / time / 12) * 100
    }),
  }
}

const yearBefore = ({ monthlyEvents }: Outcomes, row: number) =>
  sum(monthlyEvents.subarray(row * 24, row * 24 + 12))

/**
 * How far the helped people's own rate fell, how far that of matched people who did not join fell, and how far
 * the count formula expects it to fall with no service.
 *
 * @source evaluation design 2.7 (a) and (b).
 */
function regressionOf(followed: Followed, helped: Arm, matched: Arm, population: GammaPoisson): Regression {
  let [before, expected] = [0, 0]
  for (let row = 0; row < followed.helped; row++) {
    const count = yearBefore(followed.outcomes, row)
    before += count
    expected += expectedNextCount(count, population)
  }
  return {
    ownChangePercent: (helped.rateAfter / helped.rateBefore - 1) * 100,
    controlChangePercent: (matched.rateAfter / matched.rateBefore - 1) * 100,
    formulaChangePercent: (expected / before - 1) * 100,
  }
}

import { normalQuantile } from './distributions.ts'
import { fitGlm } from './glm.ts'
import type { Interval } from './intervals.ts'
import { matrixOf } from './least-squares.ts'
import { ratioOf } from './sandwich.ts'
import { studentQuantile } from './students-t.ts'

/** A group on a ladder, such as a tenth of deprivation: how many people, and their mean (a rate, a share, a score). */
export type LadderGroup = { readonly people: number; readonly mean: number }

/** An index with its error on the scale on which the interval was made. */
export type IndexFound = Interval & { readonly standardError: number }

/**
 * Where each group's middle lies on the ladder, from 0 (the first group's end) to 1.
 *
 * @param groups from the most disadvantaged to the least; nobody in a group moves nobody.
 */
export function ladderPlaces(groups: readonly { readonly people: number }[]): readonly number[] {
  const total = groups.reduce((sum, { people }) => sum + people, 0)
  let below = 0
  return groups.map(({ people }) => {
    below += people
    return (below - people / 2) / total
  })
}

/**
 * The slope index of inequality: the difference between the two ends of the ladder, by a straight line through the
 * groups, weighted by people.
 *
 * @param groups from the most disadvantaged to the least, 3 or more, for 2 leave no error to estimate.
 * @returns the least disadvantaged end less the most disadvantaged: below 0 where the disadvantaged have more.
 * @source Pamuk, Population Studies 1985;39:17; error of the weighted line, t with groups - 2 degrees of freedom.
 */
export function slopeIndex(groups: readonly LadderGroup[], confidence = 0.95): IndexFound {
  const { slope, standardError } = lineThrough(groups)
  const reach = studentQuantile(1 - (1 - confidence) / 2, groups.length - 2) * standardError
  return { value: slope, low: slope - reach, high: slope + reach, standardError }
}

function lineThrough(groups: readonly LadderGroup[]) {
  if (groups.length < 3)
    throw new RangeError(`${groups.length} groups: a slope with its error needs at least 3`)
  const places = ladderPlaces(groups)
  const total = groups.reduce((sum, { people }) => sum + people, 0)
  const weighted = (of: (group: LadderGroup, place: number) => number) =>
    groups.reduce((sum, group, i) => sum + group.people * of(group, places[i] ?? 0), 0)
  const [place, mean] = [weighted((_, x) => x) / total, weighted((group) => group.mean) / total]
  const spread = weighted((_, x) => (x - place) ** 2)
  const slope = weighted((group, x) => (x - place) * (group.mean - mean)) / spread
  const left = weighted((group, x) => (group.mean - mean - slope * (x - place)) ** 2)
  const standardError = Math.sqrt(left / (groups.length - 2) / spread)
  return { slope, standardError, atStart: mean - slope * place, mean }
}

/**
 * The relative index of inequality of means: the least disadvantaged end of the straight line over the most
 * disadvantaged one.
 *
 * @returns the ratio alone; NaN where the line passes below 0 at either end. For counts use `relativeIndexOfRates`,
 *   which has an interval and cannot pass below 0.
 * @source Kunst and Mackenbach, American Journal of Public Health 1994;84:932.
 */
export function relativeIndex(groups: readonly LadderGroup[]): number {
  const { slope, atStart } = lineThrough(groups)
  return atStart > 0 && atStart + slope > 0 ? (atStart + slope) / atStart : Number.NaN
}

/** A group on the ladder with what is counted in it. */
export type LadderCounts = { readonly people: number; readonly events: number; readonly exposure?: number }

/**
 * The relative index of inequality of rates: how many times the rate at the least disadvantaged end is that at the
 * most disadvantaged one, by a Poisson model.
 *
 * @param groups from the most disadvantaged to the least; `exposure` is `people` unless given; all above 0.
 * @source Moreno-Betancur and others, Epidemiology 2015;26:518 (the multiplicative model).
 */
export function relativeIndexOfRates(groups: readonly LadderCounts[], confidence = 0.95) {
  const places = ladderPlaces(groups)
  const fit = fitGlm('poisson', {
    x: matrixOf(places.map((place) => [1, place])),
    y: Float64Array.from(groups.map(({ events }) => events)),
    offset: Float64Array.from(groups.map(({ exposure, people }) => Math.log(exposure ?? people))),
  })
  return ratioOf(fit, fit.inverse, 1, confidence)
}

/**
 * The concentration index: how far something is gathered at one end of a ladder, from -1 to 1.
 *
 * @param values one for each person; none below 0 and not all 0, or the index means nothing.
 * @param ranks each person's place on the ladder, higher for the less disadvantaged; equal ranks share their mean.
 * @returns below 0 where the disadvantaged have more.
 * @source Kakwani, Wagstaff and van Doorslaer, Journal of Econometrics 1997;77:87: 2 cov(y, r) / mean, with their
 *   error for independent people.
 */
export function concentrationIndex(values: Float64Array, ranks: Float64Array, confidence = 0.95): IndexFound {
  const order = Array.from(values.keys()).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0))
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const places = sharedPlaces(order, ranks)
  const index =
    order.reduce((sum, row) => sum + (values[row] ?? 0) * (places[row] ?? 0), 0) * (2 / (n * mean)) - 1
  const standardError = errorOfIndex(values, order, places, index, mean)
  const reach = normalQuantile(1 - (1 - confidence) / 2) * standardError
  return { value: index, low: index - reach, high: index + reach, standardError }
}

/** Each row's fractional rank; equal ranks share the mean of theirs. */
function sharedPlaces(order: readonly number[], ranks: Float64Array): Float64Array {
  const places = new Float64Array(order.length)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && ranks[order[end] ?? 0] === ranks[order[start] ?? 0]) end++
    for (let i = start; i < end; i++) places[order[i] ?? 0] = (start + end) / 2 / order.length
    start = end
  }
  return places
}

/** Var(C) = (1/n) ( (1/n) Σ a² - (1 + C)² ), a = y/μ (2r - 1 - C) + 2 - q(before) - q(now), q the Lorenz ordinates. */
function errorOfIndex(
  values: Float64Array,
  order: readonly number[],
  places: Float64Array,
  index: number,
  mean: number,
): number {
  const n = order.length
  let [before, squares] = [0, 0]
  for (const row of order) {
    const value = values[row] ?? 0
    const now = before + value / (n * mean)
    squares += ((value / mean) * (2 * (places[row] ?? 0) - 1 - index) + 2 - before - now) ** 2
    before = now
  }
  return Math.sqrt(Math.max(0, (squares / n - (1 + index) ** 2) / n))
}

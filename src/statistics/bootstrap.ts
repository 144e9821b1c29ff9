import { normalBelow, normalQuantile } from './distributions.ts'
import type { Interval } from './intervals.ts'
import { meanOf, quantileOfSorted } from './quantiles.ts'
import { randomStream } from './random.ts'

/** How to resample: whole clusters, so many at a time as there are, so many times. */
export type Resampling = {
  /** Clusters numbered 0 to n - 1: matched sets, practices, or people where each stands alone. */
  readonly clusters: number
  readonly times: number
  readonly seed: number
}

/** Works out one or more quantities when each cluster counts as often as it was drawn. */
export type Statistic = (timesDrawn: Float64Array) => readonly number[]

/** Everything intervals are made from: for each quantity, in the order the statistic gives them. */
export type Bootstrapped = {
  readonly values: readonly number[]
  readonly draws: readonly Float64Array[]
  /** The quantities with one cluster, or one group of clusters, left out: worked out only when asked for. */
  readonly leftOut: () => readonly Float64Array[]
}

/** An interval with what it was made of. */
export type BootstrapInterval = Interval & {
  readonly standardError: number
  readonly method: 'percentile' | 'bias-corrected and accelerated'
  /** Draws in which the quantity could not be worked out (a rate of nothing): left aside. */
  readonly undefinedDraws: number
}

/** More clusters than this are left out in groups of equal size: the acceleration hardly changes, the time does. */
const mostLeftOut = 1000

/**
 * Draws clusters with replacement and works the quantities out again, many times.
 *
 * Draw number r has a stream of its own made from the seed and r, so the answer does not depend on who draws
 * when. It does depend on the order in which the clusters are numbered: number them by something that stays.
 *
 * @throws RangeError with fewer than 2 clusters or 1 draw: the caller's mistake.
 * @source Davison and Hinkley, Bootstrap Methods and their Application, 1997, 3.8 (clusters whole).
 */
export function bootstrap(plan: Resampling, statistic: Statistic): Bootstrapped {
  const { clusters, times, seed } = plan
  if (clusters < 2 || times < 1)
    throw new RangeError(`${clusters} clusters drawn ${times} times: at least 2 clusters and 1 draw`)
  const timesDrawn = new Float64Array(clusters).fill(1)
  const values = statistic(timesDrawn)
  const draws = values.map(() => new Float64Array(times))
  for (let r = 0; r < times; r++) {
    drawInto(timesDrawn, streamSeed(seed, r))
    keep(draws, r, statistic(timesDrawn))
  }
  let leftOut: readonly Float64Array[] | undefined
  return {
    values,
    draws,
    leftOut: () => {
      leftOut ??= leaveOut(clusters, values.length, statistic)
      return leftOut
    },
  }
}

const streamSeed = (seed: number, r: number) =>
  Math.imul(seed ^ 0x5bd1e995, 0x27d4eb2f) + Math.imul(r, 0x9e3779b1)

function drawInto(timesDrawn: Float64Array, seed: number): void {
  const { uniform } = randomStream(seed)
  const n = timesDrawn.length
  timesDrawn.fill(0)
  for (let i = 0; i < n; i++) {
    const drawn = Math.floor(uniform() * n)
    timesDrawn[drawn] = (timesDrawn[drawn] ?? 0) + 1
  }
}

function keep(columns: readonly Float64Array[], row: number, values: readonly number[]): void {
  columns.forEach((column, quantity) => {
    column[row] = values[quantity] ?? Number.NaN
  })
}

function leaveOut(clusters: number, quantities: number, statistic: Statistic): Float64Array[] {
  const groups = Math.min(clusters, mostLeftOut)
  const columns = Array.from({ length: quantities }, () => new Float64Array(groups))
  const timesDrawn = new Float64Array(clusters).fill(1)
  for (let group = 0; group < groups; group++) {
    for (let c = group; c < clusters; c += groups) timesDrawn[c] = 0
    keep(columns, group, statistic(timesDrawn))
    for (let c = group; c < clusters; c += groups) timesDrawn[c] = 1
  }
  return columns
}

/**
 * The interval between the quantiles of the draws.
 *
 * @source Efron and Tibshirani, An Introduction to the Bootstrap, 1993, 13.3.
 */
export function percentileInterval(all: Bootstrapped, quantity = 0, confidence = 0.95): BootstrapInterval {
  const tail = (1 - confidence) / 2
  return intervalBetween(all, quantity, 'percentile', [tail, 1 - tail])
}

/**
 * The bias-corrected and accelerated interval: second-order right for skewed quantities such as costs.
 *
 * @returns NaN at both ends when every draw is the same or every draw lies to one side of the value.
 * @source Efron, Journal of the American Statistical Association 1987;82:171; acceleration by the jackknife. A draw
 *   equal to the value counts as half below it.
 */
export function biasCorrectedInterval(all: Bootstrapped, quantity = 0, confidence = 0.95): BootstrapInterval {
  const value = all.values[quantity] ?? Number.NaN
  const draws = definedDraws(all, quantity)
  const below = draws.reduce((sum, draw) => sum + (draw < value ? 1 : draw === value ? 0.5 : 0), 0)
  const share = below / draws.length
  const shift = share > 0 && share < 1 ? normalQuantile(share) : Number.NaN
  const skew = accelerationOf(all.leftOut()[quantity] ?? new Float64Array())
  const placeOf = (tail: number) => {
    const reach = shift + normalQuantile(tail)
    return normalBelow(shift + reach / (1 - skew * reach))
  }
  const tail = (1 - confidence) / 2
  return intervalBetween(all, quantity, 'bias-corrected and accelerated', [placeOf(tail), placeOf(1 - tail)])
}

function accelerationOf(leftOut: Float64Array): number {
  const mean = meanOf(leftOut)
  let [squares, cubes] = [0, 0]
  for (const value of leftOut) {
    squares += (mean - value) ** 2
    cubes += (mean - value) ** 3
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}

const definedDraws = (all: Bootstrapped, quantity: number) =>
  (all.draws[quantity] ?? new Float64Array()).filter(Number.isFinite).sort()

function intervalBetween(
  all: Bootstrapped,
  quantity: number,
  method: BootstrapInterval['method'],
  [low, high]: readonly [number, number],
): BootstrapInterval {
  const draws = definedDraws(all, quantity)
  const mean = meanOf(draws)
  const spread = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / (draws.length - 1)
  return {
    value: all.values[quantity] ?? Number.NaN,
    low: quantileOfSorted(draws, low),
    high: quantileOfSorted(draws, high),
    standardError: Math.sqrt(spread),
    method,
    undefinedDraws: (all.draws[quantity]?.length ?? 0) - draws.length,
  }
}

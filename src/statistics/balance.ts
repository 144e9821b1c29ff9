/** One covariate with its values before and after matching. Weights belong to the matched controls. */
export type BalanceInput = {
  readonly treated: Float64Array
  readonly pool: Float64Array
  readonly matchedTreated: Float64Array
  readonly matchedControls: Float64Array
  readonly weights: Float64Array
}

export type Balance = {
  readonly treatedMean: number
  readonly controlMean: number
  /** The standard deviation of all treated before matching: the denominator of both differences. */
  readonly denominator: number
  readonly pooledDenominator: number
  /** Standardised mean difference, all treated against the whole pool. */
  readonly differenceBefore: number
  /** The same after matching, weighted. */
  readonly differenceAfter: number
  /** Weighted variance of the treated over that of the controls; null for a covariate of two values or of one. */
  readonly varianceRatio: number | null
  /** The largest gap between the two distributions, and their mean gap, after matching. */
  readonly largestGap: number
  readonly meanGap: number
}

/**
 * How alike two groups are in one covariate, before and after matching.
 *
 * A covariate that never varies among the treated has denominator 0: its difference is 0 if the means agree and
 * Infinity if they do not.
 *
 * @source Austin, Statistics in Medicine 2009;28:3083, with the treated standard deviation as in MatchIt's summary
 *   for the effect on the treated; Kolmogorov-Smirnov distance for `largestGap`.
 */
export function balanceOf(input: BalanceInput): Balance {
  const ones = new Float64Array(input.matchedTreated.length).fill(1)
  const [before, poolBefore] = [moments(input.treated), moments(input.pool)]
  const after = moments(input.matchedTreated, ones)
  const control = moments(input.matchedControls, input.weights)
  const binary = isBinary(input.treated) && isBinary(input.pool)
  const isConstant = after.variance === 0 && control.variance === 0
  const spread = (m: Moments) => (binary ? m.mean * (1 - m.mean) : m.variance)
  const denominator = Math.sqrt(spread(before))
  const gaps = distributionGaps(input.matchedTreated, ones, input.matchedControls, input.weights)
  return {
    treatedMean: after.mean,
    controlMean: control.mean,
    denominator,
    pooledDenominator: Math.sqrt((spread(before) + spread(poolBefore)) / 2),
    differenceBefore: standardised(before.mean - poolBefore.mean, denominator),
    differenceAfter: standardised(after.mean - control.mean, denominator),
    varianceRatio: isConstant || binary ? null : after.variance / control.variance,
    ...gaps,
  }
}

const standardised = (difference: number, denominator: number) =>
  Math.abs(difference) < 1e-14 ? 0 : difference / denominator

const isBinary = (values: Float64Array) => values.every((value) => value === 0 || value === 1)

type Moments = { readonly mean: number; readonly variance: number }

/** Mean and variance; the weighted variance uses the sum of w over ((sum w)² - sum w²). */
export function moments(values: Float64Array, weights?: Float64Array): Moments {
  let [total, squares, sum] = [0, 0, 0]
  for (let i = 0; i < values.length; i++) {
    const w = weights?.[i] ?? 1
    total += w
    squares += w * w
    sum += w * (values[i] ?? 0)
  }
  const mean = sum / total
  let spread = 0
  for (let i = 0; i < values.length; i++) spread += (weights?.[i] ?? 1) * ((values[i] ?? 0) - mean) ** 2
  return { mean, variance: (spread * total) / (total * total - squares) }
}

/**
 * How many unweighted people the weighted ones are worth: (sum w)² / sum w².
 *
 * @source Kish, Survey Sampling, 1965.
 */
export function effectiveSize(weights: Float64Array): number {
  let [total, squares] = [0, 0]
  for (const w of weights) {
    total += w
    squares += w * w
  }
  return squares === 0 ? 0 : (total * total) / squares
}

function distributionGaps(a: Float64Array, wa: Float64Array, b: Float64Array, wb: Float64Array) {
  const [stepsA, stepsB] = [ascending(a), ascending(b)]
  const [totalA, totalB] = [sumOf(wa), sumOf(wb)]
  let [i, j, belowA, belowB, largestGap, sum, points] = [0, 0, 0, 0, 0, 0, 0]
  while (i < a.length || j < b.length) {
    const [nextA, nextB] = [a[stepsA[i] ?? -1], b[stepsB[j] ?? -1]]
    const value = Math.min(nextA ?? Number.POSITIVE_INFINITY, nextB ?? Number.POSITIVE_INFINITY)
    for (; i < a.length && a[stepsA[i] ?? -1] === value; i++) belowA += wa[stepsA[i] ?? -1] ?? 0
    for (; j < b.length && b[stepsB[j] ?? -1] === value; j++) belowB += wb[stepsB[j] ?? -1] ?? 0
    const gap = Math.abs(belowA / totalA - belowB / totalB)
    largestGap = Math.max(largestGap, gap)
    sum += gap
    points++
  }
  return { largestGap, meanGap: points === 0 ? 0 : sum / points }
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)

function ascending(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
}

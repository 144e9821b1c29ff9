import { distributionGap } from './distribution-gap.ts'

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
  const gaps = distributionGap(
    { values: input.matchedTreated },
    { values: input.matchedControls, weights: input.weights },
  )
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

function isBinary(values: Float64Array): boolean {
  for (const value of values) if (value !== 0 && value !== 1) return false
  return true
}

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
  for (let i = 0; i < values.length; i++) {
    const gap = (values[i] ?? 0) - mean
    spread += (weights?.[i] ?? 1) * gap * gap
  }
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

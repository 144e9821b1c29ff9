import { binomial } from './discrete.ts'
import { binomialInterval, type Interval } from './intervals.ts'
import { chiSquareAbove } from './students-t.ts'

/** What pairs say of a yes or no. */
export type PairedAnswer = {
  /** The odds of the outcome in the first of the pair over those in the second, with exact limits. */
  readonly odds: Interval
  readonly p: number
  readonly method: 'exact' | 'chi-square with continuity correction'
}

/**
 * Compares the two of each pair by the pairs that differ.
 *
 * @param firstOnly pairs in which only the first had the outcome, and `secondOnly` those in which only the second had.
 *   Pairs that agree say nothing.
 * @returns exact below 25 pairs that differ, or always when `exact` is asked. The ratio is Infinity when `secondOnly`
 *   is 0 and NaN when no pair differs, with p = 1.
 * @source McNemar, Psychometrika 1947;12:153; exact binomial test and limits; evaluation design, 2.6.6.
 */
export function comparePairs(firstOnly: number, secondOnly: number, exact = false): PairedAnswer {
  const differing = firstOnly + secondOnly
  if (differing === 0)
    return { odds: { value: Number.NaN, low: 0, high: Number.POSITIVE_INFINITY }, p: 1, method: 'exact' }
  const share = binomialInterval(firstOnly, differing)
  const oddsOf = (p: number) => (p >= 1 ? Number.POSITIVE_INFINITY : p / (1 - p))
  const odds = { value: firstOnly / secondOnly, low: oddsOf(share.low), high: oddsOf(share.high) }
  if (!exact && differing >= 25) {
    const distance = Math.max(0, Math.abs(firstOnly - secondOnly) - 1)
    const p = chiSquareAbove((distance * distance) / differing, 1)
    return { odds, p, method: 'chi-square with continuity correction' }
  }
  const p = Math.min(1, 2 * binomial(differing, 0.5).upTo(Math.min(firstOnly, secondOnly)))
  return { odds, p, method: 'exact' }
}

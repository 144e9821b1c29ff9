import type { Interval } from './intervals.ts'

/**
 * How strongly something unseen would have to be tied to both joining and the outcome, as a rate ratio each, to
 * explain a rate ratio away; for the estimate, and for the end of its interval nearest 1.
 *
 * @returns 1 for an interval that already holds 1: nothing needs explaining.
 * @source VanderWeele and Ding, Annals of Internal Medicine 2017;167:268.
 */
export function eValue({ value, low, high }: Interval): { estimate: number; nearest: number } {
  const nearest = low > 1 ? strengthFor(low) : high < 1 ? strengthFor(high) : 1
  return { estimate: strengthFor(value), nearest }
}

function strengthFor(ratio: number): number {
  const above = ratio < 1 ? 1 / ratio : ratio
  return above + Math.sqrt(above * (above - 1))
}

/** A common odds ratio or hazard ratio, or a difference of means in standard deviations, is not a ratio of risks. */
export type EffectKind = 'ratio' | 'common odds ratio' | 'common hazard ratio' | 'standardised difference'

/**
 * An effect as the ratio of risks to which an E-value belongs.
 *
 * @param kind 'ratio' for a risk or rate ratio, or an odds or hazard ratio of something rare: taken as it stands.
 * @param standardError of a standardised difference, needed for its limits.
 * @source VanderWeele and Ding 2017, table 2: sqrt(OR); (1 - 0.5^sqrt(HR)) / (1 - 0.5^sqrt(1/HR)); exp(0.91 d), limits
 *   exp(0.91 d ± 1.78 se).
 */
export function asRiskRatio(
  kind: EffectKind,
  { value, low, high }: Interval,
  standardError = Number.NaN,
): Interval {
  if (kind === 'standardised difference') {
    const reach = 1.78 * standardError
    return {
      value: Math.exp(0.91 * value),
      low: Math.exp(0.91 * value - reach),
      high: Math.exp(0.91 * value + reach),
    }
  }
  const one = (ratio: number) =>
    kind === 'common odds ratio'
      ? Math.sqrt(ratio)
      : kind === 'common hazard ratio'
        ? (1 - 0.5 ** Math.sqrt(ratio)) / (1 - 0.5 ** Math.sqrt(1 / ratio))
        : ratio
  return { value: one(value), low: one(low), high: one(high) }
}

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

import type { Rate } from './equity-rules.ts'

/**
 * A rate with its interval, or why there is none: there are too few to tell, or a count it is made of is not shown.
 *
 * @param counts as they are shown.
 */
export function rateWords(rate: Rate | undefined, ...counts: readonly (number | string)[]): string {
  if (!rate) return counts.includes('not shown') ? 'not shown' : 'too few'
  return `${rate.value.toFixed(0)} (${rate.low.toFixed(0)} to ${rate.high.toFixed(0)})`
}

import type { Rate } from './equity-rules.ts'

/** A rate with its interval, or that there are too few to tell. */
export const rateWords = (rate: Rate | undefined, digits = 0): string =>
  rate
    ? `${rate.value.toFixed(digits)} (${rate.low.toFixed(digits)} to ${rate.high.toFixed(digits)})`
    : 'too few'

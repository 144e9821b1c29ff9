import { type Interval, normalQuantile } from '#statistics'

/** What may be said of a fall between two years when nobody was compared. */
export type TwoYears = {
  readonly ratio: Interval
  readonly changePercent: number
  /** The interval holds no change. */
  readonly mayBeChance: boolean
}

/**
 * The ratio of two yearly counts of a place, with its interval.
 *
 * @param before above 0. @param after above 0.
 * @source the logarithm of a ratio of two Poisson counts has variance 1/a + 1/b (Rothman, Modern Epidemiology);
 *   requirements SC-PEM row 8: 40 and 31 give about 0.48 to 1.24.
 */
export function twoYears(before: number, after: number): TwoYears {
  const ratio = after / before
  const reach = normalQuantile(0.975) * Math.sqrt(1 / before + 1 / after)
  const interval = { value: ratio, low: ratio * Math.exp(-reach), high: ratio * Math.exp(reach) }
  return {
    ratio: interval,
    changePercent: (ratio - 1) * 100,
    mayBeChance: interval.low <= 1 && interval.high >= 1,
  }
}

/**
 * Whether the fall of the first year after a start was still there in later ones.
 *
 * @param values the year before, then each year after; at least 3 above 0.
 * @returns 'no fall' where the first year was no lower; 'not sustained' where a later year gave back at least
 *   half of the fall; with the first such year, counted from the start.
 * @source requirements SC-SDT row 8 and X-04; half is our own line, set beforehand.
 */
export function sustained(values: readonly number[]): {
  readonly verdict: 'no fall' | 'not sustained' | 'sustained'
  readonly year?: number
} {
  const [start = 0, first = 0, ...later] = values
  if (first >= start) return { verdict: 'no fall' }
  const given = later.findIndex((value) => start - value <= (start - first) / 2)
  return given < 0 ? { verdict: 'sustained' } : { verdict: 'not sustained', year: given + 2 }
}

/** A score taken twice from people chosen because their first one was low or high. */
export type TwoScores = {
  readonly people: number
  readonly before: number
  readonly after: number
  /** The standard deviation of one measure, and the mean and test-retest correlation of everybody. */
  readonly spread: number
  readonly everybodyMean: number
  readonly correlation: number
}

/**
 * How far a mean score is expected to move with nothing done, and what is left of the change.
 *
 * @source Galton; evaluation design 2.7 (c): each comes (1 - correlation) of the way back to everybody's mean. The
 *   spread of a change is spread × sqrt(2 (1 - correlation)); mean and correlation are taken as known. Requirements
 *   SC-SAN row 6: 30 to 37 in 168 people, 8, 42 and 0.6 give 4.8 expected and 2.2 (1.1 to 3.3) left.
 */
export function twoScores(scores: TwoScores): { readonly expected: number; readonly left: Interval } {
  const { people, before, after, spread, everybodyMean, correlation } = scores
  const expected = (1 - correlation) * (everybodyMean - before)
  const value = after - before - expected
  const reach = (normalQuantile(0.975) * spread * Math.sqrt(2 * (1 - correlation))) / Math.sqrt(people)
  return { expected, left: { value, low: value - reach, high: value + reach } }
}

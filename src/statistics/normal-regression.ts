import { normalBelow } from './distributions.ts'

/** A score that people have, and how far two measures of one person agree. */
export type ScorePopulation = {
  readonly mean: number
  /** The standard deviation of one measure among everybody. */
  readonly spread: number
  /** The correlation of two measures of one person. */
  readonly correlation: number
}

/**
 * How far a score falls by itself, between one measure and the next, in people chosen because it was above a cut.
 *
 * Only for scores that are near normal. For counts such as admissions it says too little: use `regressionToTheMean`.
 *
 * @param measures how many were taken and averaged before choosing: 1 unless said.
 * @returns the mean before and after, in the score's unit; the change is below 0 when it falls.
 * @source Barnett, van der Pols and Dobson, International Journal of Epidemiology 2005;34:215; with n measures the
 *   spread is sqrt(between² + within²/n); evaluation design, 2.7 c.
 */
export function scoreRegression({ mean, spread, correlation }: ScorePopulation, above: number, measures = 1) {
  const between = correlation * spread ** 2
  const within = ((1 - correlation) * spread ** 2) / measures
  const shown = Math.sqrt(between + within)
  const cut = (above - mean) / shown
  const density = Math.exp((-cut * cut) / 2) / Math.sqrt(2 * Math.PI)
  const tail = normalBelow(-cut)
  const before = mean + (shown * density) / tail
  const change = -((within / shown) * density) / tail
  return { before, after: before + change, change }
}

/** Where somebody's next score is expected, by their own and everybody's. @source As `scoreRegression`. */
export const expectedNextScore = ({ mean, correlation }: ScorePopulation, score: number) =>
  mean + correlation * (score - mean)

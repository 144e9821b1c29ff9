import { betaBelow, gammaAbove, solveIncreasing } from './distributions.ts'

/**
 * The share of Student's t distribution that lies below t.
 *
 * @param degrees of freedom, above 0 and not necessarily whole; Infinity is the normal distribution.
 * @source Abramowitz and Stegun 26.7.1, through the incomplete beta function.
 */
export function studentBelow(t: number, degrees: number): number {
  const tail = Number.isFinite(degrees)
    ? betaBelow(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
    : gammaAbove((t * t) / 2, 0.5) / 2
  return t < 0 ? tail : 1 - tail
}

/** The t value below which this share lies; the share strictly between 0 and 1. */
export function studentQuantile(share: number, degrees: number): number {
  if (share > 0.5) return -studentQuantile(1 - share, degrees)
  let low = -1
  while (studentBelow(low, degrees) > share) low *= 2
  return solveIncreasing((t) => studentBelow(t, degrees), share, low, 0)
}

/** The chance of a chi-square value of at least this size, kept exact when it is very small. */
export const chiSquareAbove = (value: number, degrees: number) => gammaAbove(value / 2, degrees / 2)

import type { Interval } from './intervals.ts'
import { meanOf } from './quantiles.ts'
import { studentQuantile } from './students-t.ts'

/** One quantity from all imputed tables together. */
export type Pooled = Interval & {
  readonly standardError: number
  readonly degrees: number
  /** The share of the variance that is there because values are missing. */
  readonly missingShare: number
}

/**
 * Brings the estimates from several imputed tables together.
 *
 * @param estimates one for each table, 2 or more.
 * @param variances their squared standard errors, in the same order.
 * @param completeDegrees the degrees of freedom had nothing been missing: rows less coefficients. Infinity unless given.
 * @throws RangeError for fewer than 2 tables: the variance between them is what pooling is for.
 * @source Rubin, Multiple Imputation for Nonresponse in Surveys, 1987, 3.1; degrees by Barnard and Rubin, Biometrika
 *   1999;86:948.
 */
export function poolImputations(
  estimates: ArrayLike<number>,
  variances: ArrayLike<number>,
  completeDegrees = Number.POSITIVE_INFINITY,
  confidence = 0.95,
): Pooled {
  const m = estimates.length
  if (m < 2 || variances.length !== m)
    throw new RangeError(
      `${m} estimates and ${variances.length} variances: at least 2 of each, as many of both`,
    )
  const value = meanOf(estimates)
  const between = Array.from(estimates).reduce((sum, estimate) => sum + (estimate - value) ** 2, 0) / (m - 1)
  const total = meanOf(variances) + (1 + 1 / m) * between
  const missingShare = ((1 + 1 / m) * between) / total
  const degrees = degreesOf(missingShare, m, completeDegrees)
  const standardError = Math.sqrt(total)
  const reach = studentQuantile(1 - (1 - confidence) / 2, degrees) * standardError
  return { value, low: value - reach, high: value + reach, standardError, degrees, missingShare }
}

function degreesOf(missingShare: number, m: number, complete: number): number {
  const old = missingShare === 0 ? Number.POSITIVE_INFINITY : (m - 1) / missingShare ** 2
  if (!Number.isFinite(complete)) return old
  const observed = ((complete + 1) / (complete + 3)) * complete * (1 - missingShare)
  return Number.isFinite(old) ? (old * observed) / (old + observed) : observed
}

import { choleskyOf, times } from './cholesky.ts'
import { type CoxRows, type CoxSums, coxSums, orderOf } from './cox-sums.ts'
import { normalQuantile } from './distributions.ts'
import type { Interval } from './intervals.ts'
import { inverseOf, isSingular, type Matrix, withRidge } from './least-squares.ts'

export type CoxFit = {
  readonly coefficients: Float64Array
  /** The inverse of the information: the covariance if everybody is independent. */
  readonly covariance: Matrix
  readonly logLikelihood: number
  /** The same with all coefficients 0. */
  readonly logLikelihoodOfNone: number
  readonly converged: boolean
  /** A column repeats others, or never varies among those at risk: a ridge of 1e-8 was added. */
  readonly ridged: boolean
  /** A linear predictor ran past ±30: the events are told apart without error. */
  readonly separated: boolean
}

/**
 * Fits how much sooner or later an event comes, as ratios of hazards that stay the same over time.
 *
 * @throws RangeError for lengths that differ, no event at all, or a time below 0: the caller's mistake.
 * @source Cox 1972; ties by Efron 1977; Newton's steps, halved while they make matters worse, as R's coxph.
 */
export function fitCox(rows: CoxRows): CoxFit {
  checkRows(rows)
  const centred = { ...rows, x: centredOf(rows.x) }
  const walk = orderOf(centred)
  const at = (coefficients: Float64Array): Place => ({
    coefficients,
    sums: coxSums(walk, times(centred.x, coefficients)),
  })
  const start = at(new Float64Array(rows.x.columns))
  let now = start
  let converged = false
  for (let step = 0; step < 50 && !converged; step++) {
    const next = stepFrom(now, at)
    const moved = next.coefficients.reduce(
      (most, b, j) => Math.max(most, Math.abs(b - (now.coefficients[j] ?? 0))),
      0,
    )
    const gain = Math.abs(next.sums.logLikelihood - now.sums.logLikelihood)
    converged = moved < 1e-10 || gain < 1e-13 * Math.abs(now.sums.logLikelihood)
    now = next
  }
  const [covariance, ridged] = inverseInformation(now.sums)
  return {
    coefficients: now.coefficients,
    covariance,
    logLikelihood: now.sums.logLikelihood,
    logLikelihoodOfNone: start.sums.logLikelihood,
    converged,
    ridged,
    separated: times(centred.x, now.coefficients).some((eta) => Math.abs(eta) > 30),
  }
}

type Place = { readonly coefficients: Float64Array; readonly sums: CoxSums }

/** One of Newton's steps, halved while it makes the likelihood worse. */
function stepFrom({ coefficients, sums }: Place, at: (coefficients: Float64Array) => Place): Place {
  let move = times(inverseInformation(sums)[0], sums.slope)
  let next = at(plus(coefficients, move))
  const worst = sums.logLikelihood - 1e-9 * Math.abs(sums.logLikelihood)
  for (let half = 0; half < 30 && !(next.sums.logLikelihood >= worst); half++) {
    move = move.map((part) => part / 2)
    next = at(plus(coefficients, move))
  }
  return next
}

function inverseInformation({ information }: CoxSums) {
  const triangle = choleskyOf(information)
  const ridged = isSingular(triangle)
  return [inverseOf(ridged ? withRidge(triangle, 1e-8) : triangle), ridged] as const
}

const plus = (a: Float64Array, b: Float64Array) => a.map((value, i) => value + (b[i] ?? 0))

function checkRows({ times: all, events, x, weights, strata }: CoxRows): void {
  const n = all.length
  if ([events.length, x.rows, weights?.length ?? n, strata?.length ?? n].some((length) => length !== n))
    throw new RangeError('every row needs a time, an event and its covariates')
  if (all.some((time) => !(time >= 0))) throw new RangeError('times must be 0 or more')
  if (!Array.from(events).some(Boolean)) throw new RangeError('0 events: nothing says how soon they come')
}

/** Columns less their means: no answer changes, and large values do not overflow. */
export function centredOf(x: Matrix): Matrix {
  const values = x.values.slice()
  for (let j = 0; j < x.columns; j++) {
    let sum = 0
    for (let i = 0; i < x.rows; i++) sum += values[i * x.columns + j] ?? 0
    for (let i = 0; i < x.rows; i++)
      values[i * x.columns + j] = (values[i * x.columns + j] ?? 0) - sum / x.rows
  }
  return { ...x, values }
}

/** A hazard ratio with its limits; with the robust covariance when people go together. */
export function hazardRatio(fit: CoxFit, covariance: Matrix, column: number, confidence = 0.95): Interval {
  const log = fit.coefficients[column] ?? Number.NaN
  const error = Math.sqrt(covariance.values[column * covariance.columns + column] ?? Number.NaN)
  const reach = normalQuantile(1 - (1 - confidence) / 2) * error
  return { value: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach) }
}

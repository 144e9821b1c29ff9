import { withError, withLogError } from './estimates.ts'
import type { Estimate } from './report-types.ts'
import { smallLogistic } from './small-logistic.ts'

/** Log-odds of a risk; 0 and 1 are taken as one in 10^12. */
export const lineAt = (risk: number): number => {
  const kept = Math.min(1 - 1e-12, Math.max(1e-12, risk))
  return Math.log(kept / (1 - kept))
}

/**
 * Calibration in the large: what must be added to every log-odds for the mean risk to be the rate.
 *
 * @source Cox, Biometrika 1958;45:562; van Calster and others, BMC Medicine 2019;17:230.
 */
export function inTheLargeOf(risk: Float64Array, outcome: Uint8Array): Estimate {
  const fit = smallLogistic({
    columns: 1,
    x: new Float64Array(risk.length).fill(1),
    people: new Float64Array(risk.length).fill(1),
    events: Float64Array.from(outcome),
    offset: risk.map(lineAt),
  })
  return withError(
    fit?.coefficients[0] ?? 0,
    fit ? Math.sqrt(fit.covariance[0] ?? 0) : Number.NaN,
    'logistic',
  )
}

/**
 * The calibration slope: by what log-odds must be multiplied, beside an intercept. 1 is right; under 1, too bold.
 *
 * @returns an estimate without ends, and 0, when every risk is the same.
 * @source Cox, Biometrika 1958;45:562.
 */
export function slopeOf(risk: Float64Array, outcome: Uint8Array): Estimate {
  const fit = lineFit(risk, outcome)
  if (!fit) return { value: 0, low: null, high: null, method: 'no answer' }
  return withError(fit.coefficients[1] ?? 0, Math.sqrt(fit.covariance[3] ?? 0), 'logistic')
}

/** Intercept and slope of the outcome on the log-odds. */
export function lineFit(risk: Float64Array, outcome: Uint8Array) {
  const x = new Float64Array(2 * risk.length)
  for (let i = 0; i < risk.length; i++) {
    x[2 * i] = 1
    x[2 * i + 1] = lineAt(risk[i] ?? 0)
  }
  const people = new Float64Array(risk.length).fill(1)
  return smallLogistic({ columns: 2, x, people, events: Float64Array.from(outcome) })
}

/**
 * Events observed over events expected.
 *
 * @param learned the error of the logarithm of the expected number, from what the model learned by chance (`expectedErrors`).
 * @source Debray and others, BMJ 2017;356:i6460: the logarithm's error is the root of (1 - rate) / events.
 */
export function observedOverExpectedOf(risk: Float64Array, outcome: Uint8Array, learned?: number): Estimate {
  let [observed, expected] = [0, 0]
  for (let i = 0; i < risk.length; i++) {
    observed += outcome[i] ?? 0
    expected += risk[i] ?? 0
  }
  const error = Math.sqrt((1 - observed / risk.length) / observed + (learned ?? 0) ** 2)
  const method = learned ? 'normal on the logarithm, chance of both years' : 'normal on the logarithm'
  return withLogError(observed / expected, error, method)
}

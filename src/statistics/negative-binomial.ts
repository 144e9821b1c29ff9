import { digamma, trigamma } from './digamma.ts'
import { logGamma } from './distributions.ts'
import { fitGlm, type GlmFit, type GlmRows } from './glm.ts'
import { chiSquareAbove } from './students-t.ts'

export type NegativeBinomialFit = {
  /** The model of the mean, with theta held at its best value. */
  readonly fit: GlmFit
  /** Variance = mean + mean² / theta. Infinity where the counts vary no more than chance. */
  readonly theta: number
  readonly thetaError: number
  /** Theta passed 10,000: the fit is Poisson, and whoever reads it must be told. */
  readonly isPoisson: boolean
  readonly logLikelihood: number
  /** The chance of so much overdispersion where there is none. */
  readonly poissonP: number
  readonly converged: boolean
}

const mostTheta = 1e4

/**
 * Fits counts that vary more than chance: a log-linear mean and one overdispersion for all, by turns.
 *
 * @throws RangeError as `fitGlm`.
 * @source NB2 by maximum likelihood (Venables and Ripley, Modern Applied Statistics with S, 7.4, as glm.nb); the test
 *   against Poisson is half a chi-square with 1 degree (Self and Liang 1987), for theta cannot pass infinity.
 */
export function fitNegativeBinomial(rows: GlmRows): NegativeBinomialFit {
  const poisson = fitGlm('poisson', rows)
  let fit = poisson
  let theta = bestTheta(rows, fit.fitted, startingTheta(rows, fit.fitted))
  let converged = false
  for (let turn = 0; turn < 200 && !converged && theta <= mostTheta; turn++) {
    fit = fitGlm({ theta }, rows)
    const next = bestTheta(rows, fit.fitted, theta)
    converged = Math.abs(next - theta) <= 1e-10 * theta
    theta = next
  }
  if (theta > mostTheta) return asPoisson(rows, poisson)
  const logLikelihood = logLikelihoodOf(rows, fit.fitted, theta)
  const gain = 2 * (logLikelihood - poissonLogLikelihood(rows, poisson.fitted))
  return {
    fit,
    theta,
    thetaError: 1 / Math.sqrt(informationOf(rows, fit.fitted, theta)),
    isPoisson: false,
    logLikelihood,
    poissonP: chiSquareAbove(Math.max(gain, 0), 1) / 2,
    converged: converged && fit.converged,
  }
}

function asPoisson(rows: GlmRows, fit: GlmFit): NegativeBinomialFit {
  return {
    fit,
    theta: Number.POSITIVE_INFINITY,
    thetaError: Number.NaN,
    isPoisson: true,
    logLikelihood: poissonLogLikelihood(rows, fit.fitted),
    poissonP: 0.5,
    converged: fit.converged,
  }
}

const summed = ({ y, weights }: GlmRows, means: Float64Array, part: (y: number, mean: number) => number) => {
  let sum = 0
  for (let i = 0; i < y.length; i++) sum += (weights?.[i] ?? 1) * part(y[i] ?? 0, means[i] ?? 0)
  return sum
}

/** By moments: the rows over the sum of (y / mean - 1)². */
const startingTheta = (rows: GlmRows, means: Float64Array) =>
  summed(rows, means, () => 1) / summed(rows, means, (y, mean) => (y / mean - 1) ** 2)

function bestTheta(rows: GlmRows, means: Float64Array, from: number): number {
  let theta = from
  for (let step = 0; step < 50; step++) {
    const move = scoreOf(rows, means, theta) / informationOf(rows, means, theta)
    // Past the turn of the likelihood the information is below 0 and the step points the wrong way.
    const next =
      Number.isFinite(move) && theta + move > 0 && move / theta < 4
        ? theta + move
        : theta * (move > 0 ? 4 : 0.25)
    if (next > mostTheta) return next
    const isThere = Math.abs(next - theta) <= 1e-12 * theta
    theta = next
    if (isThere) break
  }
  return theta
}

const scoreOf = (rows: GlmRows, means: Float64Array, theta: number) => {
  const own = Math.log(theta) + 1 - digamma(theta)
  return summed(
    rows,
    means,
    (y, mean) => own + digamma(y + theta) - Math.log(theta + mean) - (y + theta) / (mean + theta),
  )
}

const informationOf = (rows: GlmRows, means: Float64Array, theta: number) => {
  const own = trigamma(theta) - 1 / theta
  return summed(
    rows,
    means,
    (y, mean) => own - trigamma(y + theta) + 2 / (mean + theta) - (y + theta) / (mean + theta) ** 2,
  )
}

const logLikelihoodOf = (rows: GlmRows, means: Float64Array, theta: number) => {
  const own = theta * Math.log(theta) - logGamma(theta)
  return summed(
    rows,
    means,
    (y, mean) =>
      own +
      logGamma(theta + y) -
      logGamma(y + 1) +
      (y === 0 ? 0 : y * Math.log(mean)) -
      (theta + y) * Math.log(theta + mean),
  )
}

const poissonLogLikelihood = (rows: GlmRows, means: Float64Array) =>
  summed(rows, means, (y, mean) => (y === 0 ? 0 : y * Math.log(mean)) - mean - logGamma(y + 1))

import { normalQuantile } from './distributions.ts'
import { type GlmFit, type GlmRows, scoreFactorAt } from './glm.ts'
import type { Interval } from './intervals.ts'
import { type Matrix, product } from './least-squares.ts'

/**
 * The covariance of a model's coefficients when rows of one cluster may go together: k/(k-1) A⁻¹ B A⁻¹, where
 * B sums the outer products of each cluster's score and k is the number of clusters.
 *
 * @param cluster for each row its cluster, numbered from 0 without gaps.
 * @throws RangeError with fewer than 2 clusters: there is nothing to estimate a spread from.
 * @source Liang and Zeger, Biometrika 1986;73:13; the k/(k-1) factor as in R's sandwich::vcovCL, type HC0.
 */
export function clusterRobustCovariance(fit: GlmFit, rows: GlmRows, cluster: Int32Array): Matrix {
  const p = rows.x.columns
  const clusters = cluster.reduce((most, c) => Math.max(most, c + 1), 0)
  if (clusters < 2) throw new RangeError(`${clusters} cluster: at least 2 are needed for a spread`)
  const scores = new Float64Array(clusters * p)
  for (let i = 0; i < rows.y.length; i++) {
    const fitted = fit.fitted[i] ?? 0
    const residual =
      (rows.weights?.[i] ?? 1) * ((rows.y[i] ?? 0) - fitted) * scoreFactorAt(fit.family, fitted)
    const at = (cluster[i] ?? 0) * p
    for (let j = 0; j < p; j++)
      scores[at + j] = (scores[at + j] ?? 0) + residual * (rows.x.values[i * p + j] ?? 0)
  }
  const meat = crossProduct({ rows: clusters, columns: p, values: scores }, clusters / (clusters - 1))
  return product(product(fit.inverse, meat), fit.inverse)
}

function crossProduct({ rows, columns: p, values }: Matrix, factor: number): Matrix {
  const out = new Float64Array(p * p)
  for (let g = 0; g < rows; g++)
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++)
        out[i * p + j] = (out[i * p + j] ?? 0) + factor * (values[g * p + i] ?? 0) * (values[g * p + j] ?? 0)
  return { rows: p, columns: p, values: out }
}

/** What a model says of one coefficient on the scale of ratios: e to its power, with the normal interval. */
export function ratioOf(fit: GlmFit, covariance: Matrix, column: number, confidence = 0.95) {
  const log = fit.coefficients[column] ?? Number.NaN
  const standardError = Math.sqrt(covariance.values[column * covariance.columns + column] ?? Number.NaN)
  const reach = normalQuantile(1 - (1 - confidence) / 2) * standardError
  const ratio: Interval = { value: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach) }
  return { ...ratio, log, standardError }
}

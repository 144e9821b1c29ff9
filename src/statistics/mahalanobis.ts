import { choleskyOf } from './cholesky.ts'
import type { Matrix } from './least-squares.ts'

/**
 * Places whose straight-line distance is the Mahalanobis distance of the rows.
 *
 * @param x one row each; a column that the others explain adds nothing and is left at 0.
 * @param treated the spread is pooled within the treated and the others, as R's MatchIt does.
 * @source Rubin, Biometrics 1980;36:293; the inverse of the covariance's Cholesky factor makes the columns
 *   uncorrelated, of spread 1.
 */
export function mahalanobisPoints(x: Matrix, treated: Uint8Array): Float64Array {
  const p = x.columns
  const triangle = choleskyOf({ rows: p, columns: p, values: pooledCovariance(x, treated) })
  const out = new Float64Array(x.values.length)
  for (let row = 0; row < x.rows; row++) {
    const from = row * p
    for (let j = 0; j < p; j++) {
      const diagonal = triangle.r[j * p + j] ?? 0
      let rest = x.values[from + j] ?? 0
      for (let k = 0; k < j; k++) rest -= (triangle.r[k * p + j] ?? 0) * (out[from + k] ?? 0)
      out[from + j] = diagonal === 0 ? 0 : rest / diagonal
    }
  }
  return out
}

function pooledCovariance(x: Matrix, treated: Uint8Array): Float64Array {
  const p = x.columns
  const sizes = [0, 0]
  const means = [new Float64Array(p), new Float64Array(p)]
  for (let row = 0; row < x.rows; row++) {
    const group = treated[row] ?? 0
    sizes[group] = (sizes[group] ?? 0) + 1
    const sum = means[group] ?? new Float64Array(p)
    for (let j = 0; j < p; j++) sum[j] = (sum[j] ?? 0) + (x.values[row * p + j] ?? 0)
  }
  means.forEach((sum, group) => {
    for (let j = 0; j < p; j++) sum[j] = (sum[j] ?? 0) / (sizes[group] ?? 1)
  })
  const spread = new Float64Array(p * p)
  const gap = new Float64Array(p)
  for (let row = 0; row < x.rows; row++) {
    const mean = means[treated[row] ?? 0] ?? gap
    for (let j = 0; j < p; j++) gap[j] = (x.values[row * p + j] ?? 0) - (mean[j] ?? 0)
    for (let i = 0; i < p; i++)
      for (let j = i; j < p; j++) spread[i * p + j] = (spread[i * p + j] ?? 0) + (gap[i] ?? 0) * (gap[j] ?? 0)
  }
  return spread.map((sum) => sum / (x.rows - 2))
}

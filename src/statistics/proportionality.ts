import { times } from './cholesky.ts'
import { type CoxFit, centredOf } from './cox.ts'
import { type CoxRows, type CoxTime, coxSums, orderOf } from './cox-sums.ts'
import { type Matrix, matrixOf, product } from './least-squares.ts'
import { chiSquareAbove } from './students-t.ts'

/**
 * Whether each hazard ratio stays the same over time, against one that moves in proportion to time.
 *
 * @returns for each column its chi-square with 1 degree, and the chance of so large a one where it stays the same.
 * @source Grambsch and Therneau, Biometrika 1994;81:515, as the score test of R's cox.zph (survival 3) with
 *   transform "identity".
 */
export function proportionality(fit: CoxFit, rows: CoxRows): readonly { chiSquare: number; p: number }[] {
  const p = rows.x.columns
  const walk = orderOf({ ...rows, x: centredOf(rows.x) })
  const eta = times(walk.rows.x, fit.coefficients)
  const { slope, cross, square } = sumsOverTime(walk.rows, walk.order, eta, meanEventTime(rows))
  return Array.from({ length: p }, (_, j) => {
    const row: Matrix = matrixOf([Array.from({ length: p }, (_, k) => cross[j * p + k] ?? 0)])
    const explained =
      product(product(row, fit.covariance), { rows: p, columns: 1, values: row.values }).values[0] ?? 0
    const chiSquare = (slope[j] ?? 0) ** 2 / ((square[j * p + j] ?? 0) - explained)
    return { chiSquare, p: chiSquareAbove(chiSquare, 1) }
  })
}

/** What the score and its spread become when each coefficient may move in proportion to time. */
function sumsOverTime(rows: CoxRows, order: readonly number[], eta: Float64Array, middle: number) {
  const p = rows.x.columns
  const [slope, cross, square] = [new Float64Array(p), new Float64Array(p * p), new Float64Array(p * p)]
  const weightOf = (row: number) => rows.weights?.[row] ?? 1
  const onTime = ({ deaths, moments }: CoxTime) => {
    const each = deaths.reduce((sum, row) => sum + weightOf(row), 0) / deaths.length
    const g = (moments[0]?.time ?? 0) - middle
    for (let j = 0; j < p; j++) {
      const seen = deaths.reduce((sum, row) => sum + weightOf(row) * (rows.x.values[row * p + j] ?? 0), 0)
      const expected = moments.reduce((sum, { mean }) => sum + each * (mean[j] ?? 0), 0)
      slope[j] = (slope[j] ?? 0) + g * (seen - expected)
    }
  }
  coxSums({ rows, order }, eta, onTime, ({ time }, covariance, weight) => {
    const g = time - middle
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) {
        const value = weight * (covariance[Math.min(i, j) * p + Math.max(i, j)] ?? 0)
        cross[i * p + j] = (cross[i * p + j] ?? 0) + g * value
        square[i * p + j] = (square[i * p + j] ?? 0) + g * g * value
      }
  })
  return { slope, cross, square }
}

function meanEventTime({ times: all, events, weights }: CoxRows): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < all.length; i++)
    if (events[i]) {
      sum += (weights?.[i] ?? 1) * (all[i] ?? 0)
      count += weights?.[i] ?? 1
    }
  return sum / count
}

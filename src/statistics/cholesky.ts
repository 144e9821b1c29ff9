import type { Matrix, Triangle } from './least-squares.ts'

/**
 * The upper triangle R for which R'R is a square, symmetric matrix that is positive definite.
 *
 * A column that the others explain gets a diagonal of 0; `isSingular` says so.
 *
 * @source Golub and Van Loan, Matrix Computations, 4.2.
 */
export function choleskyOf({ rows: size, values }: Matrix, rhs = new Float64Array(size)): Triangle {
  const r = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    let diagonal = values[i * size + i] ?? 0
    for (let k = 0; k < i; k++) diagonal -= (r[k * size + i] ?? 0) ** 2
    const root = diagonal > 1e-13 * Math.abs(values[i * size + i] ?? 0) ? Math.sqrt(diagonal) : 0
    r[i * size + i] = root
    for (let j = i + 1; j < size; j++) {
      let sum = values[i * size + j] ?? 0
      for (let k = 0; k < i; k++) sum -= (r[k * size + i] ?? 0) * (r[k * size + j] ?? 0)
      r[i * size + j] = root === 0 ? 0 : sum / root
    }
  }
  return { size, r, rhs }
}

/** A matrix times a vector. */
export function times({ rows, columns, values }: Matrix, vector: Float64Array): Float64Array {
  const out = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += (values[i * columns + j] ?? 0) * (vector[j] ?? 0)
    out[i] = sum
  }
  return out
}

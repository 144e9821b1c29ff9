/** The lower triangle L of a positive definite matrix L L', row after row. */
export type Factor = { readonly size: number; readonly values: Float64Array }

/**
 * Factorises a symmetric positive definite matrix of which the lower triangle is given.
 *
 * @param stride how far apart its rows stand. @returns undefined when it is not positive definite to rounding.
 * @source Golub and Van Loan, Matrix Computations, 4.2.
 */
export function factorise(matrix: Float64Array, size: number, stride = size): Factor | undefined {
  const values = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * stride + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (values[i * size + k] ?? 0) * (values[j * size + k] ?? 0)
      if (i !== j) values[i * size + j] = sum / (values[j * size + j] ?? 1)
      else if (sum <= 1e-14 * (matrix[i * stride + i] ?? 0) || !Number.isFinite(sum)) return undefined
      else values[i * size + i] = Math.sqrt(sum)
    }
  return { size, values }
}

/** The x for which L L' x is the right-hand side. */
export function solve({ size, values }: Factor, rightHand: Float64Array): Float64Array {
  const x = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    let sum = rightHand[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (values[i * size + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (values[i * size + i] ?? 1)
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < size; k++) sum -= (values[k * size + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (values[i * size + i] ?? 1)
  }
  return x
}

import { blockOf, blockRows, type Matrix, type RowBlocks, type Triangle } from './least-squares.ts'

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

/**
 * The triangle of [weighted x | weighted z] by the normal equations: quick, and only good enough to walk towards an
 * answer, for the condition of x is squared.
 *
 * @param rootWeight the square root of each row's weight.
 */
export function normalTriangleOf(x: Matrix | RowBlocks, z: Float64Array, rootWeight: Float64Array): Triangle {
  const p = x.columns
  const width = p + 1
  const sums = new Float64Array(width * width)
  const four = new Float64Array(4 * width)
  for (let block = 0; block < x.rows; block += blockRows) {
    const rows = Math.min(blockRows, x.rows - block)
    const values = blockOf(x, block, rows)
    for (let start = 0; start < rows; start += 4) {
      four.fill(0)
      for (let k = 0; k < Math.min(4, rows - start); k++) {
        const row = start + k
        const scale = rootWeight[block + row] ?? 0
        for (let j = 0; j < p; j++) four[k * width + j] = (values[row * p + j] ?? 0) * scale
        four[k * width + p] = (z[block + row] ?? 0) * scale
      }
      addFour(sums, four, width)
    }
  }
  const values = new Float64Array(p * p)
  const right = new Float64Array(p)
  for (let i = 0; i < p; i++) {
    for (let j = i; j < p; j++) values[i * p + j] = sums[i * width + j] ?? 0
    right[i] = sums[i * width + p] ?? 0
  }
  const triangle = choleskyOf({ rows: p, columns: p, values })
  return { ...triangle, rhs: forward(triangle, right) }
}

/** Adds the products of four rows at once: one pass over the sums does for all of them. */
function addFour(sums: Float64Array, four: Float64Array, width: number): void {
  for (let i = 0; i < width; i++) {
    const a = four[i] ?? 0
    const b = four[width + i] ?? 0
    const c = four[2 * width + i] ?? 0
    const d = four[3 * width + i] ?? 0
    const row = i * width
    for (let j = i; j < width; j++)
      sums[row + j] =
        (sums[row + j] ?? 0) +
        a * (four[j] ?? 0) +
        b * (four[width + j] ?? 0) +
        c * (four[2 * width + j] ?? 0) +
        d * (four[3 * width + j] ?? 0)
  }
}

/** The q for which R'q equals the right-hand side; 0 where the diagonal is. */
function forward({ size, r }: Triangle, right: Float64Array): Float64Array {
  const q = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    let rest = right[i] ?? 0
    for (let k = 0; k < i; k++) rest -= (r[k * size + i] ?? 0) * (q[k] ?? 0)
    const diagonal = r[i * size + i] ?? 0
    q[i] = diagonal === 0 ? 0 : rest / diagonal
  }
  return q
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

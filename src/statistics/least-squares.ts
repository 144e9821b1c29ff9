/** A table of numbers, row after row: value (i, j) stands at i * columns + j. */
export type Matrix = { readonly rows: number; readonly columns: number; readonly values: Float64Array }

/** Rows that are read a few at a time: the numbers of `count` rows from `start`, row after row, until read again. */
export type RowBlocks = {
  readonly rows: number
  readonly columns: number
  readonly block: (start: number, count: number) => Float64Array
}

/** How many rows are read at once. */
export const blockRows = 128

/** Some rows of a table that stands in memory, or of one that is made as it is read. */
export const blockOf = (x: Matrix | RowBlocks, start: number, count: number): Float64Array =>
  'block' in x ? x.block(start, count) : x.values.subarray(start * x.columns, (start + count) * x.columns)

/** The upper triangle R of a QR factorisation, `size` across, row after row; and R's own right-hand side. */
export type Triangle = { readonly size: number; readonly r: Float64Array; readonly rhs: Float64Array }

/**
 * Factorises the rows of [weighted x | weighted z] without ever holding more than a block of them.
 *
 * Householder reflections fold each block of rows into the triangle, so the normal equations are never
 * formed and the condition of x is not squared.
 *
 * @param rootWeight the square root of each row's weight.
 * @source Golub and Van Loan, Matrix Computations, 5.2 and 6.5 (updating QR by rows).
 */
export function triangleOf(x: Matrix | RowBlocks, z: Float64Array, rootWeight: Float64Array): Triangle {
  const p = x.columns
  const height = p + blockRows
  const work = new Float64Array(height * (p + 1))
  for (let start = 0; start < x.rows; start += blockRows) {
    const rows = Math.min(blockRows, x.rows - start)
    const values = blockOf(x, start, rows)
    for (let i = 0; i < rows; i++) {
      const scale = rootWeight[start + i] ?? 0
      for (let j = 0; j < p; j++) work[j * height + p + i] = (values[i * p + j] ?? 0) * scale
      work[p * height + p + i] = (z[start + i] ?? 0) * scale
    }
    fold(work, p, rows)
  }
  return unpack(work, p)
}

/**
 * Folds `rows` new rows, standing below the triangle in `work`, into the triangle. Columns stand one after another, so
 * that a reflection runs along memory.
 */
function fold(work: Float64Array, p: number, rows: number): void {
  const height = p + blockRows
  for (let j = 0; j < p; j++) {
    const top = j * height
    const pivot = work[top + j] ?? 0
    let below = 0
    for (let i = p; i < p + rows; i++) {
      const value = work[top + i] ?? 0
      // value ** 2 takes many times longer here than the product.
      below += value * value
    }
    if (below === 0) continue
    const length = Math.sqrt(pivot * pivot + below)
    const diagonal = pivot > 0 ? -length : length
    const head = pivot - diagonal
    const half = (head * head + below) / 2
    for (let k = j + 1; k <= p; k++) reflect(work, p, rows, { j, k, head, half })
    work[top + j] = diagonal
  }
}

type Reflection = { readonly j: number; readonly k: number; readonly head: number; readonly half: number }

function reflect(work: Float64Array, p: number, rows: number, { j, k, head, half }: Reflection): void {
  const height = p + blockRows
  const [own, other] = [j * height, k * height]
  let dot = head * (work[other + j] ?? 0)
  for (let i = p; i < p + rows; i++) dot += (work[own + i] ?? 0) * (work[other + i] ?? 0)
  const by = dot / half
  work[other + j] = (work[other + j] ?? 0) - by * head
  for (let i = p; i < p + rows; i++) work[other + i] = (work[other + i] ?? 0) - by * (work[own + i] ?? 0)
}

function unpack(work: Float64Array, p: number): Triangle {
  const height = p + blockRows
  const r = new Float64Array(p * p)
  const rhs = new Float64Array(p)
  for (let i = 0; i < p; i++) {
    for (let j = i; j < p; j++) r[i * p + j] = work[j * height + i] ?? 0
    rhs[i] = work[p * height + i] ?? 0
  }
  return { size: p, r, rhs }
}

/** True when a column of x is, to rounding, a sum of the columns before it. */
export function isSingular({ size, r }: Triangle): boolean {
  for (let j = 0; j < size; j++) {
    let column = 0
    for (let i = 0; i <= j; i++) column += (r[i * size + j] ?? 0) ** 2
    if (Math.abs(r[j * size + j] ?? 0) <= 1e-10 * Math.sqrt(column)) return true
  }
  return false
}

/** The triangle as if x also had one row of this weight for each column alone: a ridge. */
export function withRidge({ size, r, rhs }: Triangle, ridge: number): Triangle {
  const values = new Float64Array(2 * size * size)
  values.set(r)
  for (let j = 0; j < size; j++) values[(size + j) * size + j] = Math.sqrt(ridge)
  const z = new Float64Array(2 * size)
  z.set(rhs)
  return triangleOf({ rows: 2 * size, columns: size, values }, z, new Float64Array(2 * size).fill(1))
}

/** The coefficients b for which R b equals the right-hand side. */
export function solveTriangle({ size, r, rhs }: Triangle): Float64Array {
  const b = new Float64Array(size)
  for (let i = size - 1; i >= 0; i--) {
    let rest = rhs[i] ?? 0
    for (let j = i + 1; j < size; j++) rest -= (r[i * size + j] ?? 0) * (b[j] ?? 0)
    b[i] = rest / (r[i * size + i] ?? 0)
  }
  return b
}

/** The inverse of R'R, which is the inverse of x'Wx: a square, symmetric matrix. */
export function inverseOf({ size, r }: Triangle): Matrix {
  const inverseR = new Float64Array(size * size)
  for (let k = 0; k < size; k++) {
    const unit = new Float64Array(size)
    unit[k] = 1
    const column = solveTriangle({ size, r, rhs: unit })
    for (let i = 0; i <= k; i++) inverseR[i * size + k] = column[i] ?? 0
  }
  const values = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = 0
      for (let k = Math.max(i, j); k < size; k++)
        sum += (inverseR[i * size + k] ?? 0) * (inverseR[j * size + k] ?? 0)
      values[i * size + j] = sum
    }
  return { rows: size, columns: size, values }
}

/** a × b for two matrices that fit. */
export function product(a: Matrix, b: Matrix): Matrix {
  const values = new Float64Array(a.rows * b.columns)
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++) {
      const factor = a.values[i * a.columns + k] ?? 0
      for (let j = 0; j < b.columns; j++)
        values[i * b.columns + j] =
          (values[i * b.columns + j] ?? 0) + factor * (b.values[k * b.columns + j] ?? 0)
    }
  return { rows: a.rows, columns: b.columns, values }
}

/** Builds a matrix from its rows; every row as long as the first. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0
  const values = new Float64Array(rows.length * columns)
  rows.forEach((row, i) => {
    if (row.length !== columns)
      throw new RangeError(`row ${i} has ${row.length} numbers, expected ${columns}`)
    values.set(row, i * columns)
  })
  return { rows: rows.length, columns, values }
}

import type { Column } from './types.ts'

/** One look at every row with the coefficients as they are: loss, gradient and, if wanted, the Gram matrix x'Wx. */
export type RidgePass = {
  readonly kind: 'ridge pass'
  readonly rows: number
  readonly blockRows: number
  readonly columns: readonly Column[]
  readonly means: Float64Array
  /** 1 / standard deviation; 0 for a column that never varies. */
  readonly scales: Float64Array
  readonly outcome: Uint8Array | Float64Array
  /** How often each row counts; once unless given. */
  readonly weights: Uint16Array | undefined
  /** The fold of each row, and which to look at: all, all but `fold`, or only `fold`. */
  readonly folds: Uint8Array | undefined
  readonly fold: number
  readonly which: 'all' | 'others' | 'fold'
  /** The intercept first. */
  readonly coefficients: Float64Array
  readonly withGram: boolean
  /** For each block: loss, weight, squared loss, gradient (width), Gram (width × width). */
  readonly out: Float64Array
}

/** Coefficients with the intercept, made up to a multiple of 4. */
export const widthOf = (columns: number): number => Math.ceil((columns + 1) / 4) * 4

/** What one block writes. */
export const slotOf = (columns: number): number => 2 + widthOf(columns) * (widthOf(columns) + 1)

const panelRows = 256

/** Does one block of rows, a panel of 256 at a time, so that a panel stays in the processor's own memory. */
export function ridgePass(work: RidgePass, block: number): void {
  const { columns, out } = work
  const width = widthOf(columns.length)
  const slot = slotOf(columns.length)
  const sums = out.subarray(block * slot, (block + 1) * slot).fill(0)
  const gradient = sums.subarray(2, 2 + width)
  const gram = sums.subarray(2 + width)
  const panel = new Float64Array(width * panelRows)
  const chosen = new Int32Array(panelRows)
  const last = Math.min(work.rows, (block + 1) * work.blockRows)
  let row = block * work.blockRows
  while (row < last) {
    let count = 0
    for (; row < last && count < panelRows; row++) if (isChosen(work, row)) chosen[count++] = row
    fillPanel(work, panel, chosen, count)
    weighPanel(work, panel, chosen, count, sums, gradient)
    if (work.withGram) addGram(panel, width, count, gram)
  }
}

function isChosen({ which, folds, fold, weights }: RidgePass, row: number): boolean {
  if (weights && weights[row] === 0) return false
  return which === 'all' || (folds?.[row] === fold) === (which === 'fold')
}

function fillPanel(
  { columns, means, scales }: RidgePass,
  panel: Float64Array,
  chosen: Int32Array,
  count: number,
) {
  panel.fill(1, 0, count)
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j]
    if (!column) continue
    const mean = means[j] ?? 0
    const scale = scales[j] ?? 0
    const from = (j + 1) * panelRows
    for (let i = 0; i < count; i++) panel[from + i] = ((column[chosen[i] ?? 0] ?? 0) - mean) * scale
  }
}

const eta = new Float64Array(panelRows)

/** Adds the panel's loss and gradient, and leaves its rows multiplied by the root of their weight. */
function weighPanel(
  { columns, coefficients, outcome, weights, withGram }: RidgePass,
  panel: Float64Array,
  chosen: Int32Array,
  count: number,
  sums: Float64Array,
  gradient: Float64Array,
) {
  eta.fill(0)
  for (let j = 0; j <= columns.length; j++) {
    const by = coefficients[j] ?? 0
    if (by === 0) continue
    for (let i = 0; i < count; i++) eta[i] = (eta[i] ?? 0) + by * (panel[j * panelRows + i] ?? 0)
  }
  const roots = new Float64Array(panelRows)
  for (let i = 0; i < count; i++) {
    const row = chosen[i] ?? 0
    const line = eta[i] ?? 0
    const happened = outcome[row] ?? 0
    const times = weights ? (weights[row] ?? 0) : 1
    const small = Math.exp(-Math.abs(line))
    const risk = line >= 0 ? 1 / (1 + small) : small / (1 + small)
    sums[0] = (sums[0] ?? 0) + times * (Math.log1p(small) + Math.max(line, 0) - happened * line)
    sums[1] = (sums[1] ?? 0) + times
    eta[i] = times * (happened - risk)
    roots[i] = Math.sqrt(times * risk * (1 - risk))
  }
  for (let j = 0; j <= columns.length; j++) {
    const from = j * panelRows
    let sum = 0
    for (let i = 0; i < count; i++) sum += (panel[from + i] ?? 0) * (eta[i] ?? 0)
    gradient[j] = (gradient[j] ?? 0) + sum
    if (withGram) for (let i = 0; i < count; i++) panel[from + i] = (panel[from + i] ?? 0) * (roots[i] ?? 0)
  }
}

/** Adds panel × panel' to the lower triangle, 4 by 4, so that 16 sums stay in the processor's registers. */
function addGram(panel: Float64Array, width: number, count: number, gram: Float64Array): void {
  for (let a = 0; a < width; a += 4)
    for (let b = 0; b <= a; b += 4) addSquare(panel, a, b, count, gram, width)
}

function addSquare(
  panel: Float64Array,
  a: number,
  b: number,
  count: number,
  gram: Float64Array,
  width: number,
) {
  const [a0, b0] = [a * panelRows, b * panelRows]
  let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0]
  let [s20, s21, s22, s23, s30, s31, s32, s33] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    const x0 = panel[a0 + i] ?? 0
    const x1 = panel[a0 + 256 + i] ?? 0
    const x2 = panel[a0 + 512 + i] ?? 0
    const x3 = panel[a0 + 768 + i] ?? 0
    const y0 = panel[b0 + i] ?? 0
    const y1 = panel[b0 + 256 + i] ?? 0
    const y2 = panel[b0 + 512 + i] ?? 0
    const y3 = panel[b0 + 768 + i] ?? 0
    s00 += x0 * y0
    s01 += x0 * y1
    s02 += x0 * y2
    s03 += x0 * y3
    s10 += x1 * y0
    s11 += x1 * y1
    s12 += x1 * y2
    s13 += x1 * y3
    s20 += x2 * y0
    s21 += x2 * y1
    s22 += x2 * y2
    s23 += x2 * y3
    s30 += x3 * y0
    s31 += x3 * y1
    s32 += x3 * y2
    s33 += x3 * y3
  }
  addFour(gram, a * width + b, s00, s01, s02, s03)
  addFour(gram, (a + 1) * width + b, s10, s11, s12, s13)
  addFour(gram, (a + 2) * width + b, s20, s21, s22, s23)
  addFour(gram, (a + 3) * width + b, s30, s31, s32, s33)
}

function addFour(gram: Float64Array, at: number, s0: number, s1: number, s2: number, s3: number): void {
  gram[at] = (gram[at] ?? 0) + s0
  gram[at + 1] = (gram[at + 1] ?? 0) + s1
  gram[at + 2] = (gram[at + 2] ?? 0) + s2
  gram[at + 3] = (gram[at + 3] ?? 0) + s3
}

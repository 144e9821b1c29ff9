import type { Column } from './types.ts'

/** Sorts a column's training values into at most 63 bins; bin 63 is for what is missing. */
export type BinColumns = {
  readonly kind: 'bin columns'
  readonly rows: number
  readonly columns: readonly Column[]
  /** Column after column, a byte a row. */
  readonly binned: Uint8Array
  /** 63 a column: the highest value of each bin but the last; Infinity past the last. */
  readonly edges: Float64Array
}

export const bins = 64
export const missingBin = 63
const valueBins = 63

/**
 * Does one column: its edges, then each row's bin.
 *
 * Up to 63 distinct values get a bin each; more are cut where as near as can be the same number of rows falls in each
 * of the bins that are left. An edge stands midway between two values, so that the same value is never in two bins.
 */
export function binColumn({ rows, columns, binned, edges }: BinColumns, part: number): void {
  const column = columns[part]
  if (!column) return
  const own = edges.subarray(part * valueBins, (part + 1) * valueBins).fill(Number.POSITIVE_INFINITY)
  own.set(edgesOf(column))
  const into = binned.subarray(part * rows, (part + 1) * rows)
  for (let i = 0; i < rows; i++) {
    const value = column[i] ?? Number.NaN
    into[i] = Number.isNaN(value) ? missingBin : binOf(own, value)
  }
}

/** The first bin whose edge is not below the value. */
function binOf(edges: Float64Array, value: number): number {
  let [low, high] = [0, valueBins - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= (edges[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}

/** Between 0 and 62 edges, rising. */
export function edgesOf(column: Column): Float64Array {
  const known = column.filter((value) => !Number.isNaN(value)).sort()
  const distinct = countDistinct(known)
  const edges = new Float64Array(Math.max(0, Math.min(distinct, valueBins) - 1))
  let [made, inBin, left] = [0, 0, known.length]
  for (let i = 0; i + 1 < known.length && made < edges.length; i++) {
    inBin++
    const [value, next] = [known[i] ?? 0, known[i + 1] ?? 0]
    if (value === next) continue
    const isFull = distinct <= valueBins || inBin >= left / (edges.length + 1 - made)
    if (!isFull) continue
    edges[made++] = midway(value, next)
    left -= inBin
    inBin = 0
  }
  return edges.subarray(0, made)
}

function countDistinct(inOrder: Column): number {
  let distinct = 0
  for (let i = 0; i < inOrder.length; i++) if (i === 0 || inOrder[i] !== inOrder[i - 1]) distinct++
  return distinct
}

/** Between the two, never equal to the upper one by rounding. */
function midway(value: number, next: number): number {
  const middle = value / 2 + next / 2
  return middle >= value && middle < next ? middle : value
}

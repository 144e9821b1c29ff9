import { bins, missingBin } from './bins.ts'

/** Sums over the rows of a node. */
export type Sums = { readonly slope: number; readonly curve: number; readonly rows: number }

/** Between which a node's value must stay, so that the forks above it keep their sign. */
export type Bounds = { readonly low: number; readonly high: number }

export type Fork = {
  readonly column: number
  readonly lastLeftBin: number
  readonly missingLeft: boolean
  readonly gain: number
  readonly left: Sums
  readonly right: Sums
}

export type ForkRules = {
  /** 1, -1 or 0 a column. */
  readonly signs: Int8Array
  readonly smallestLeaf: number
}

const lambda2 = 1
const smallestCurve = 1e-3

/** The value of a node: the minimum of its rows' loss, to second order, within its bounds. */
export function nodeValue({ slope, curve }: Sums, { low, high }: Bounds): number {
  return Math.min(high, Math.max(low, -slope / (curve + lambda2)))
}

/** Twice what the node takes off the loss at this value. */
const taken = ({ slope, curve }: Sums, value: number) =>
  -(2 * slope * value + (curve + lambda2) * value * value)

/**
 * The fork that takes most off the loss; the first column and the lowest value of several.
 *
 * @param histogram slope, curve and rows of each bin, 4 numbers a bin, 64 bins a column.
 * @returns undefined when no fork leaves enough rows on both sides and makes anything better.
 * @source Chen and Guestrin, KDD 2016, (7), and its way with missing values: tried on both sides.
 */
export function bestFork(
  histogram: Float64Array,
  node: Sums,
  bounds: Bounds,
  rules: ForkRules,
): Fork | undefined {
  const own = taken(node, nodeValue(node, bounds))
  let best: Fork | undefined
  for (let column = 0; column < rules.signs.length; column++) {
    const missing = binSums(histogram, column, missingBin)
    for (const missingLeft of missing.rows > 0 ? [true, false] : [false]) {
      const fork = bestAlong(histogram, node, bounds, rules, { column, missing, missingLeft, own })
      if (fork && fork.gain > (best?.gain ?? 1e-10)) best = fork
    }
  }
  return best
}

const binSums = (histogram: Float64Array, column: number, bin: number): Sums => {
  const at = (column * bins + bin) * 4
  return { slope: histogram[at] ?? 0, curve: histogram[at + 1] ?? 0, rows: histogram[at + 2] ?? 0 }
}

type Along = {
  readonly column: number
  readonly missing: Sums
  readonly missingLeft: boolean
  readonly own: number
}

function bestAlong(
  histogram: Float64Array,
  node: Sums,
  bounds: Bounds,
  { signs, smallestLeaf }: ForkRules,
  { column, missing, missingLeft, own }: Along,
): Fork | undefined {
  const sign = signs[column] ?? 0
  let [slope, curve, rows] = missingLeft ? [missing.slope, missing.curve, missing.rows] : [0, 0, 0]
  let best: Fork | undefined
  for (let bin = 0; bin < missingBin; bin++) {
    const at = (column * bins + bin) * 4
    const count = histogram[at + 2] ?? 0
    if (count === 0) continue
    slope += histogram[at] ?? 0
    curve += histogram[at + 1] ?? 0
    rows += count
    if (rows < smallestLeaf) continue
    if (node.rows - rows < smallestLeaf) break
    const left = { slope, curve, rows }
    const right = { slope: node.slope - slope, curve: node.curve - curve, rows: node.rows - rows }
    if (left.curve < smallestCurve || right.curve < smallestCurve) continue
    const [leftValue, rightValue] = [nodeValue(left, bounds), nodeValue(right, bounds)]
    if (sign * (rightValue - leftValue) < 0) continue
    const gain = taken(left, leftValue) + taken(right, rightValue) - own
    if (gain <= (best?.gain ?? 0)) continue
    const followsMost = missing.rows > 0 ? missingLeft : left.rows >= right.rows
    best = { column, lastLeftBin: bin, missingLeft: followsMost, gain, left, right }
  }
  return best
}

/** The children's bounds: with a sign, neither may pass the middle between their values. */
export function boundsBelow(fork: Fork, bounds: Bounds, sign: number): readonly [Bounds, Bounds] {
  if (sign === 0) return [bounds, bounds]
  const middle = (nodeValue(fork.left, bounds) + nodeValue(fork.right, bounds)) / 2
  const [below, above] = [
    { low: bounds.low, high: middle },
    { low: middle, high: bounds.high },
  ]
  return sign > 0 ? [below, above] : [above, below]
}

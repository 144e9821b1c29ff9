import { bins, missingBin } from './bins.ts'

/** What the rows are while trees grow: all of it shared by the threads. */
export type Grove = {
  readonly rows: number
  readonly blockRows: number
  readonly columns: number
  readonly binned: Uint8Array
  readonly outcome: Uint8Array
  /** First and second derivative of each row's loss. */
  readonly slopes: Float64Array
  readonly curves: Float64Array
  readonly logOdds: Float64Array
  /** Which node of the level being grown each row is in. */
  readonly nodes: Uint8Array
  /** For each block: the rows in nodes whose histogram is to be counted, and how many. */
  readonly listed: Int32Array
  readonly listedCounts: Int32Array
}

/** Sums of slope, curve and rows by bin, for the nodes that are counted; 4 numbers a bin, 64 bins, 2 nodes a column. */
export type GrowHistograms = {
  readonly kind: 'grow histograms'
  readonly grove: Grove
  /** All rows, in one node; else the listed rows, in two by `slots`. */
  readonly isRoot: boolean
  /** For each node the place of its histogram, 0 or 1. */
  readonly slots: Uint8Array
  readonly histograms: Float64Array
}

/** How a node's rows part: column -1 for a node that does not. */
export type Forks = {
  readonly columns: Int32Array
  readonly lastLeftBins: Int32Array
  readonly missingLeft: Uint8Array
}

/** Sends each row to its child, and lists the rows of the children that are counted. */
export type RouteRows = {
  readonly kind: 'route rows'
  readonly grove: Grove
  readonly forks: Forks
  /** For each child: the place of its histogram, 255 when it is not counted. */
  readonly slots: Uint8Array
}

/** Sends each row to its leaf, adds the leaf's value, and takes the derivatives anew. */
export type Boost = {
  readonly kind: 'boost'
  readonly grove: Grove
  readonly forks: Forks
  readonly leafValues: Float64Array
}

export const columnsAtOnce = 4
export const histogramSize = 2 * bins * 4

/** Counts one group of columns, block of rows by block: a block's derivatives stay near while the columns pass. */
export function growHistograms({ grove, isRoot, slots, histograms }: GrowHistograms, part: number): void {
  const first = part * columnsAtOnce
  const last = Math.min(grove.columns, first + columnsAtOnce)
  histograms.fill(0, first * histogramSize, last * histogramSize)
  for (let from = 0, block = 0; from < grove.rows; from += grove.blockRows, block++)
    for (let column = first; column < last; column++) {
      const own = histograms.subarray(column * histogramSize, (column + 1) * histogramSize)
      const binned = grove.binned.subarray(column * grove.rows, (column + 1) * grove.rows)
      if (isRoot) countAll(grove, binned, own, from, Math.min(grove.rows, from + grove.blockRows))
      else countListed(grove, binned, own, slots, from, grove.listedCounts[block] ?? 0)
    }
}

function countAll(
  { slopes, curves }: Grove,
  binned: Uint8Array,
  own: Float64Array,
  from: number,
  to: number,
) {
  for (let i = from; i < to; i++) {
    const at = (binned[i] ?? 0) << 2
    own[at] = (own[at] ?? 0) + (slopes[i] ?? 0)
    own[at + 1] = (own[at + 1] ?? 0) + (curves[i] ?? 0)
    own[at + 2] = (own[at + 2] ?? 0) + 1
  }
}

function countListed(
  { slopes, curves, nodes, listed }: Grove,
  binned: Uint8Array,
  own: Float64Array,
  slots: Uint8Array,
  from: number,
  count: number,
) {
  for (let k = from; k < from + count; k++) {
    const i = listed[k] ?? 0
    const at = (((slots[nodes[i] ?? 0] ?? 0) << 6) + (binned[i] ?? 0)) << 2
    own[at] = (own[at] ?? 0) + (slopes[i] ?? 0)
    own[at + 1] = (own[at + 1] ?? 0) + (curves[i] ?? 0)
    own[at + 2] = (own[at + 2] ?? 0) + 1
  }
}

/** A row's child: twice its node, and one more to the right. A node that does not part sends all to the left. */
function childOf({ binned, rows }: Grove, forks: Forks, node: number, row: number): number {
  const column = forks.columns[node] ?? -1
  if (column < 0) return 2 * node
  const bin = binned[column * rows + row] ?? 0
  const isLeft = bin === missingBin ? forks.missingLeft[node] === 1 : bin <= (forks.lastLeftBins[node] ?? 0)
  return isLeft ? 2 * node : 2 * node + 1
}

export function routeBlock({ grove, forks, slots }: RouteRows, block: number): void {
  const from = block * grove.blockRows
  const to = Math.min(grove.rows, from + grove.blockRows)
  let next = from
  for (let i = from; i < to; i++) {
    const child = childOf(grove, forks, grove.nodes[i] ?? 0, i)
    grove.nodes[i] = child
    if (slots[child] !== 255) grove.listed[next++] = i
  }
  grove.listedCounts[block] = next - from
}

export function boostBlock({ grove, forks, leafValues }: Boost, block: number): void {
  const from = block * grove.blockRows
  const to = Math.min(grove.rows, from + grove.blockRows)
  for (let i = from; i < to; i++) {
    const leaf = childOf(grove, forks, grove.nodes[i] ?? 0, i)
    const line = (grove.logOdds[i] ?? 0) + (leafValues[leaf] ?? 0)
    const risk = 1 / (1 + Math.exp(-line))
    grove.logOdds[i] = line
    grove.slopes[i] = risk - (grove.outcome[i] ?? 0)
    grove.curves[i] = risk * (1 - risk)
    grove.nodes[i] = 0
  }
}

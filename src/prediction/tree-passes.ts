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
  /** For each block: the rows in nodes whose histogram is to be counted, how many, and copies of what is counted. */
  readonly listed: Int32Array
  readonly listedSlopes: Float64Array
  readonly listedCurves: Float64Array
  /** 0 or 256: where the row's node has its histogram. */
  readonly listedPlaces: Uint16Array
  readonly listedCounts: Int32Array
}

/** Sums of slope, curve and rows by bin, for the nodes that are counted; 4 numbers a bin, 64 bins, 2 nodes a column. */
export type GrowHistograms = {
  readonly kind: 'grow histograms'
  readonly grove: Grove
  /** All rows, in one node; else the listed rows, in two. */
  readonly isRoot: boolean
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
export function growHistograms({ grove, isRoot, histograms }: GrowHistograms, part: number): void {
  const first = part * columnsAtOnce
  const last = Math.min(grove.columns, first + columnsAtOnce)
  histograms.fill(0, first * histogramSize, last * histogramSize)
  for (let from = 0, block = 0; from < grove.rows; from += grove.blockRows, block++)
    for (let column = first; column < last; column++) {
      const own = histograms.subarray(column * histogramSize, (column + 1) * histogramSize)
      const binned = grove.binned.subarray(column * grove.rows, (column + 1) * grove.rows)
      if (isRoot) countAll(grove, binned, own, from, Math.min(grove.rows, from + grove.blockRows))
      else countListed(grove, binned, own, from, grove.listedCounts[block] ?? 0)
    }
}

// Two rows at a time into two histograms, added up at the end: like values in turn need not wait for each other.
function countAll(
  { slopes, curves }: Grove,
  binned: Uint8Array,
  own: Float64Array,
  from: number,
  to: number,
) {
  other.fill(0)
  for (let i = from; i + 1 < to; i += 2) {
    const at = (binned[i] ?? 0) << 2
    const next = (binned[i + 1] ?? 0) << 2
    own[at] = (own[at] ?? 0) + (slopes[i] ?? 0)
    other[next] = (other[next] ?? 0) + (slopes[i + 1] ?? 0)
    own[at + 1] = (own[at + 1] ?? 0) + (curves[i] ?? 0)
    other[next + 1] = (other[next + 1] ?? 0) + (curves[i + 1] ?? 0)
    own[at + 2] = (own[at + 2] ?? 0) + 1
    other[next + 2] = (other[next + 2] ?? 0) + 1
  }
  if ((to - from) % 2 === 1) {
    const at = (binned[to - 1] ?? 0) << 2
    own[at] = (own[at] ?? 0) + (slopes[to - 1] ?? 0)
    own[at + 1] = (own[at + 1] ?? 0) + (curves[to - 1] ?? 0)
    own[at + 2] = (own[at + 2] ?? 0) + 1
  }
  for (let at = 0; at < other.length; at++) own[at] = (own[at] ?? 0) + (other[at] ?? 0)
}

const other = new Float64Array(histogramSize)

function countListed(
  { listed, listedSlopes, listedCurves, listedPlaces }: Grove,
  binned: Uint8Array,
  own: Float64Array,
  from: number,
  count: number,
) {
  other.fill(0)
  const to = from + count
  for (let k = from; k + 1 < to; k += 2) {
    const at = (listedPlaces[k] ?? 0) + ((binned[listed[k] ?? 0] ?? 0) << 2)
    const next = (listedPlaces[k + 1] ?? 0) + ((binned[listed[k + 1] ?? 0] ?? 0) << 2)
    own[at] = (own[at] ?? 0) + (listedSlopes[k] ?? 0)
    other[next] = (other[next] ?? 0) + (listedSlopes[k + 1] ?? 0)
    own[at + 1] = (own[at + 1] ?? 0) + (listedCurves[k] ?? 0)
    other[next + 1] = (other[next + 1] ?? 0) + (listedCurves[k + 1] ?? 0)
    own[at + 2] = (own[at + 2] ?? 0) + 1
    other[next + 2] = (other[next + 2] ?? 0) + 1
  }
  if (count % 2 === 1) {
    const at = (listedPlaces[to - 1] ?? 0) + ((binned[listed[to - 1] ?? 0] ?? 0) << 2)
    own[at] = (own[at] ?? 0) + (listedSlopes[to - 1] ?? 0)
    own[at + 1] = (own[at + 1] ?? 0) + (listedCurves[to - 1] ?? 0)
    own[at + 2] = (own[at + 2] ?? 0) + 1
  }
  for (let at = 0; at < other.length; at++) own[at] = (own[at] ?? 0) + (other[at] ?? 0)
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
    const slot = slots[child] ?? 255
    if (slot === 255) continue
    grove.listed[next] = i
    grove.listedSlopes[next] = grove.slopes[i] ?? 0
    grove.listedCurves[next] = grove.curves[i] ?? 0
    grove.listedPlaces[next] = slot * bins * 4
    next++
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

import { bins } from './bins.ts'
import type { Blocks } from './blocks.ts'
import type { Crew } from './crew.ts'
import {
  type Bounds,
  bestFork,
  boundsBelow,
  type Fork,
  type ForkRules,
  nodeValue,
  type Sums,
} from './tree-forks.ts'
import { columnsAtOnce, type Forks, type Grove, histogramSize } from './tree-passes.ts'
import type { TreeNode } from './types.ts'

export type Growing = {
  readonly crew: Crew
  readonly grove: Grove
  readonly blocks: Blocks
  readonly rules: ForkRules
  readonly edges: Float64Array
  readonly histograms: Float64Array
  readonly learningRate: number
}

/** A node of the level being grown: where it will stand in the tree, and its rows' sums. */
type Node = {
  readonly at: number
  readonly position: number
  readonly sums: Sums
  readonly bounds: Bounds
  readonly histogram: Float64Array
}

const depth = 3

/**
 * Grows one tree to depth 3, level by level, and adds its values to the rows' log-odds.
 *
 * Of two sisters only the one with fewer rows is counted; the other's histogram is their mother's less hers.
 *
 * @returns its nodes, the root first; undefined when no fork makes anything better: boosting is done.
 */
export async function growTree(growing: Growing): Promise<readonly TreeNode[] | undefined> {
  const nodes: TreeNode[] = [leafOf(0, 0)]
  let level: readonly Node[] = [await rootNode(growing)]
  const leafValues = new Float64Array(2 ** depth)
  for (let height = 0; height < depth; height++) {
    const forks = noForks(2 ** height)
    const forked = level.flatMap((node) => {
      const fork = bestFork(node.histogram, node.sums, node.bounds, growing.rules)
      if (fork) return [{ node, fork, children: branch(growing, nodes, node, fork, forks) }]
      leafValues[node.position << (depth - height)] = settle(growing, nodes, node)
      return []
    })
    if (height === 0 && forked.length === 0) return undefined
    if (height === depth - 1) {
      for (const { children } of forked)
        for (const child of children) leafValues[child.position] = settle(growing, nodes, child)
      const { crew, grove, blocks } = growing
      await crew.run({ kind: 'boost', grove, forks, leafValues }, blocks.count)
    } else level = await countChildren(growing, forks, forked)
  }
  return nodes
}

async function rootNode({ crew, grove, histograms }: Growing): Promise<Node> {
  const parts = Math.ceil(grove.columns / columnsAtOnce)
  await crew.run({ kind: 'grow histograms', grove, isRoot: true, histograms }, parts)
  const histogram = histogramIn(histograms, grove.columns, 0)
  let [slope, curve, rows] = [0, 0, 0]
  for (let at = 0; at < bins * 4; at += 4) {
    slope += histogram[at] ?? 0
    curve += histogram[at + 1] ?? 0
    rows += histogram[at + 2] ?? 0
  }
  const bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  return { at: 0, position: 0, sums: { slope, curve, rows }, bounds, histogram }
}

/** One node's histogram, out of the places of all columns. */
function histogramIn(histograms: Float64Array, columns: number, slot: number): Float64Array {
  const half = histogramSize / 2
  const own = new Float64Array(columns * half)
  for (let column = 0; column < columns; column++) {
    const from = column * histogramSize + slot * half
    own.set(histograms.subarray(from, from + half), column * half)
  }
  return own
}

const noForks = (nodes: number): Forks => ({
  columns: new Int32Array(nodes).fill(-1),
  lastLeftBins: new Int32Array(nodes),
  missingLeft: new Uint8Array(nodes),
})

const leafOf = (value: number, cover: number): TreeNode => ({
  column: -1,
  threshold: 0,
  missingLeft: false,
  left: 0,
  right: 0,
  cover,
  value,
})

function settle({ learningRate }: Growing, nodes: TreeNode[], node: Omit<Node, 'histogram'>): number {
  const value = learningRate * nodeValue(node.sums, node.bounds)
  nodes[node.at] = leafOf(value, node.sums.rows)
  return value
}

type Child = Omit<Node, 'histogram'>

function branch({ edges, rules }: Growing, nodes: TreeNode[], node: Node, fork: Fork, forks: Forks) {
  const { column, lastLeftBin, missingLeft } = fork
  forks.columns[node.position] = column
  forks.lastLeftBins[node.position] = lastLeftBin
  forks.missingLeft[node.position] = missingLeft ? 1 : 0
  const [left, right] = [nodes.push(leafOf(0, 0)) - 1, nodes.push(leafOf(0, 0)) - 1]
  const edge = edges[column * (bins - 1) + lastLeftBin] ?? 0
  // Every value left and what is missing right: the edge is endless, which JSON cannot say.
  const threshold = Math.max(-Number.MAX_VALUE, Math.min(edge, Number.MAX_VALUE))
  nodes[node.at] = { column, threshold, missingLeft, left, right, cover: node.sums.rows, value: 0 }
  const [below, above] = boundsBelow(fork, node.bounds, rules.signs[column] ?? 0)
  const first: Child = { at: left, position: 2 * node.position, sums: fork.left, bounds: below }
  const second: Child = { at: right, position: 2 * node.position + 1, sums: fork.right, bounds: above }
  return [first, second] as const
}

type Forked = { readonly node: Node; readonly children: readonly [Child, Child] }

async function countChildren(
  { crew, grove, blocks, histograms }: Growing,
  forks: Forks,
  forked: readonly Forked[],
): Promise<readonly Node[]> {
  const slots = new Uint8Array(2 * forks.columns.length).fill(255)
  const pairs = forked.map(({ node, children: [left, right] }, slot) => {
    const [small, large] = left.sums.rows <= right.sums.rows ? [left, right] : [right, left]
    slots[small.position] = slot
    return { node, small, large, slot }
  })
  await crew.run({ kind: 'route rows', grove, forks, slots }, blocks.count)
  const parts = Math.ceil(grove.columns / columnsAtOnce)
  await crew.run({ kind: 'grow histograms', grove, isRoot: false, histograms }, parts)
  return pairs.flatMap(({ node, small, large, slot }) => {
    const counted = histogramIn(histograms, grove.columns, slot)
    const rest = node.histogram.map((value, i) => value - (counted[i] ?? 0))
    return [
      { ...small, histogram: counted },
      { ...large, histogram: rest },
    ]
  })
}

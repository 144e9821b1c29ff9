import type { Column, TreesModel } from './types.ts'

/** Adds up the trees of each row, block by block. */
export type TreeScores = {
  readonly kind: 'tree scores'
  readonly rows: number
  readonly blockRows: number
  readonly columns: readonly Column[]
  readonly base: number
  readonly logOdds: Float64Array
} & FlatTrees

/** Every node of every tree in one row of arrays: children by their place, column -1 a leaf. */
type FlatTrees = {
  readonly roots: Int32Array
  readonly nodeColumns: Int32Array
  readonly thresholds: Float64Array
  readonly lefts: Int32Array
  readonly rights: Int32Array
  readonly missingLefts: Uint8Array
  readonly values: Float64Array
}

export function flatTrees({ trees }: TreesModel): FlatTrees {
  const starts = Int32Array.from(trees.keys())
  let start = 0
  for (const [i, tree] of trees.entries()) {
    starts[i] = start
    start += tree.length
  }
  const nodes = trees.flatMap((tree, i) => tree.map((node) => ({ ...node, start: starts[i] ?? 0 })))
  return {
    roots: starts,
    nodeColumns: Int32Array.from(nodes, ({ column }) => column),
    thresholds: Float64Array.from(nodes, ({ threshold }) => threshold),
    lefts: Int32Array.from(nodes, (node) => node.start + node.left),
    rights: Int32Array.from(nodes, (node) => node.start + node.right),
    missingLefts: Uint8Array.from(nodes, ({ missingLeft }) => (missingLeft ? 1 : 0)),
    values: Float64Array.from(nodes, ({ value }) => value),
  }
}

export function treeScores(work: TreeScores, block: number): void {
  const from = block * work.blockRows
  const to = Math.min(work.rows, from + work.blockRows)
  work.logOdds.fill(work.base, from, to)
  for (let start = from; start < to; start += 1024)
    for (let tree = 0; tree < work.roots.length; tree++)
      addTree(work, work.roots[tree] ?? 0, start, Math.min(to, start + 1024))
}

function addTree(work: TreeScores, root: number, from: number, to: number): void {
  const { columns, nodeColumns, thresholds, lefts, rights, missingLefts, values, logOdds } = work
  for (let i = from; i < to; i++) {
    let node = root
    let column = nodeColumns[node] ?? -1
    while (column >= 0) {
      const value = columns[column]?.[i] ?? Number.NaN
      const isLeft = Number.isNaN(value) ? missingLefts[node] === 1 : value <= (thresholds[node] ?? 0)
      node = (isLeft ? lefts[node] : rights[node]) ?? 0
      column = nodeColumns[node] ?? -1
    }
    logOdds[i] = (logOdds[i] ?? 0) + (values[node] ?? 0)
  }
}

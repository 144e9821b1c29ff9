import { bins } from './bins.ts'
import { blocksOf, sharedBytes, sharedDoubles } from './blocks.ts'
import { type Crew, type Running, withCrew } from './crew.ts'
import { eventsOf } from './fit-ridge.ts'
import { type Growing, growTree } from './grow-tree.ts'
import { sharedTable } from './table.ts'
import { columnsAtOnce, type Grove, histogramSize } from './tree-passes.ts'
import type { Sample, Table, TreeNode, TreesModel, TreesRecipe } from './types.ts'

/**
 * Fits gradient-boosted trees on histograms: depth 3, 64 bins, no sampling, monotone where the recipe says so.
 *
 * Missing goes to the side that fits better. The smallest leaf holds max(50, rows / 2000) rows; λ2 is 1. The result
 * is the same to the byte on any number of threads.
 *
 * @throws RangeError for no rows, an outcome that never varies, or a sign for a column there is not: the caller's
 *   mistake.
 * @source risk design 5.2; Chen and Guestrin, KDD 2016 (gain, exact second order); Ke and others, NIPS 2017 (bins).
 */
export async function fitTrees(
  sample: Sample,
  recipe: TreesRecipe,
  running: Running = {},
): Promise<TreesModel> {
  const events = eventsOf(sample)
  const { table } = sample
  const base = Math.log(events / (table.rows - events))
  const wanted = recipe.trees ?? 200
  return await withCrew(running, 50 * table.rows * table.columns.length, async (crew) => {
    const growing = await planted(crew, sample, recipe, base)
    const trees: (readonly TreeNode[])[] = []
    while (trees.length < wanted) {
      const tree = await growTree(growing)
      if (!tree) break
      trees.push(tree)
      running.onProgress?.(trees.length / wanted, 'growing trees')
    }
    const fit = { rows: table.rows, events, steps: trees.length, halvings: 0, converged: true }
    return { kind: 'trees', names: table.names, base, trees, fit }
  })
}

async function planted(crew: Crew, sample: Sample, recipe: TreesRecipe, base: number): Promise<Growing> {
  const { table, outcome } = sample
  const { rows } = table
  const blocks = blocksOf(rows)
  const columns = table.columns.length
  const binned = new Uint8Array(new SharedArrayBuffer(rows * columns))
  const edges = sharedDoubles((bins - 1) * columns)
  await crew.run({ kind: 'bin columns', rows, columns: sharedTable(table).columns, binned, edges }, columns)
  const grove: Grove = {
    rows,
    blockRows: blocks.size,
    columns,
    binned,
    outcome: sharedBytes(outcome),
    slopes: sharedDoubles(rows),
    curves: sharedDoubles(rows),
    logOdds: sharedDoubles(rows).fill(base),
    nodes: new Uint8Array(new SharedArrayBuffer(rows)),
    listed: new Int32Array(new SharedArrayBuffer(4 * rows)),
    listedSlopes: sharedDoubles(rows),
    listedCurves: sharedDoubles(rows),
    listedPlaces: new Uint16Array(new SharedArrayBuffer(2 * rows)),
    listedCounts: new Int32Array(new SharedArrayBuffer(4 * blocks.count)),
  }
  const none = { columns: Int32Array.of(-1), lastLeftBins: new Int32Array(1), missingLeft: new Uint8Array(1) }
  await crew.run({ kind: 'boost', grove, forks: none, leafValues: new Float64Array(1) }, blocks.count)
  return {
    crew,
    grove,
    blocks,
    edges,
    rules: { signs: signsOf(table, recipe), smallestLeaf: Math.max(50, Math.floor(rows / 2000)) },
    histograms: sharedDoubles(Math.ceil(columns / columnsAtOnce) * columnsAtOnce * histogramSize),
    learningRate: recipe.learningRate ?? 0.1,
  }
}

function signsOf(table: Table, { signs = {} }: TreesRecipe): Int8Array {
  const stray = Object.keys(signs).find((name) => !table.names.includes(name))
  if (stray !== undefined) throw new RangeError(`the table has no column ${stray}`)
  return Int8Array.from(table.names, (name) => signs[name] ?? 0)
}

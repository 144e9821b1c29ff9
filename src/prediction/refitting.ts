import { type Crew, type Running, withCrew } from './crew.ts'
import { drawUp } from './design.ts'
import { fitTrees } from './fit-trees.ts'
import { type Design, lookAt, newton } from './newton.ts'
import { riskOf } from './scoring.ts'
import { rowsOf, sharedTable } from './table.ts'
import type { Model, Recipe, RidgeRecipe, Sample, TreesRecipe } from './types.ts'

/** Fits again with each row counted so many times, and gives the risk of every row. */
export type Refit = (times: Uint16Array) => Promise<Float64Array>

/** Lets the work fit a recipe again and again on the same rows, with the fitted model's λ for as many rows. */
export async function withRefits<T>(
  sample: Sample,
  recipe: Recipe,
  model: Model,
  running: Running,
  work: (refit: Refit) => Promise<T>,
): Promise<T> {
  const quiet = { threads: running.threads }
  if (recipe.kind === 'trees') return await work(treesRefit(sample, recipe, quiet))
  const lambdaARow = model.kind === 'ridge' ? model.lambda / model.fit.rows : 0
  const { rows, columns } = sample.table
  return await withCrew(quiet, 20 * rows * columns.length, async (crew) =>
    work(await ridgeRefit(crew, sample, recipe, lambdaARow)),
  )
}

function treesRefit(sample: Sample, recipe: TreesRecipe, running: Running): Refit {
  return async (times) => {
    const chosen = new Int32Array(times.reduce((sum, count) => sum + count, 0))
    let next = 0
    times.forEach((count, row) => {
      for (let i = 0; i < count; i++) chosen[next++] = row
    })
    const outcome = Uint8Array.from(chosen, (row) => sample.outcome[row] ?? 0)
    const model = await fitTrees({ table: rowsOf(sample.table, chosen), outcome }, recipe, running)
    return await riskOf(model, sample.table, running)
  }
}

/** Begins from the fit on all rows with its curvature: a few looks bring it to rows not far from them. */
async function ridgeRefit(
  crew: Crew,
  sample: Sample,
  recipe: RidgeRecipe,
  lambdaARow: number,
): Promise<Refit> {
  const { design } = await drawUp(crew, { ...sample, table: sharedTable(sample.table) }, recipe)
  const start = new Float64Array(design.columns.length + 1)
  const all = await newton(lookAt(crew, design), {
    lambda: lambdaARow * design.rows,
    from: start,
    tolerance: 1e-6,
  })
  const weights = new Uint16Array(new SharedArrayBuffer(2 * design.rows))
  const looking = lookAt(crew, { ...design, weights })
  return async (times) => {
    weights.set(times)
    const counted = times.reduce((sum, count) => sum + count, 0)
    const { coefficients } = await newton(looking, {
      lambda: lambdaARow * counted,
      from: all.coefficients,
      curvature: all.curvature,
      tolerance: 1e-4,
    })
    return risksOf(design, coefficients)
  }
}

function risksOf({ rows, columns, means, scales }: Design, coefficients: Float64Array): Float64Array {
  const line = new Float64Array(rows).fill(coefficients[0] ?? 0)
  columns.forEach((column, j) => {
    const by = (coefficients[j + 1] ?? 0) * (scales[j] ?? 0)
    const mean = means[j] ?? 0
    for (let i = 0; i < rows; i++) line[i] = (line[i] ?? 0) + by * ((column[i] ?? 0) - mean)
  })
  return line.map((value) => 1 / (1 + Math.exp(-value)))
}

import { type Running, withCrew } from './crew.ts'
import { type Drawn, drawUp } from './design.ts'
import { chooseLambda } from './lambda-path.ts'
import { lookAt, newton, type Solution } from './newton.ts'
import { sharedTable } from './table.ts'
import type { RidgeModel, RidgeRecipe, Sample } from './types.ts'

/**
 * Fits a ridge logistic model by Newton's method with step-halving; the intercept is not penalised.
 *
 * The result is the same to the byte on any number of threads.
 *
 * @throws RangeError for no rows, an outcome that never varies, or (plain) a missing value: the caller's mistake.
 * @source risk design 5.2; le Cessie and van Houwelingen, Applied Statistics 1992;41:191.
 */
export async function fitRidge(
  sample: Sample,
  recipe: RidgeRecipe,
  running: Running = {},
): Promise<RidgeModel> {
  const events = eventsOf(sample)
  if (recipe.kind === 'plain') refuseMissing(sample)
  const { table } = sample
  return await withCrew(running, table.rows * table.columns.length, async (crew) => {
    const drawn = await drawUp(crew, { ...sample, table: sharedTable(table) }, recipe)
    const { lambda, path } =
      recipe.lambda !== undefined || recipe.kind === 'plain'
        ? { lambda: recipe.lambda ?? 1, path: [] }
        : await chooseLambda(crew, drawn.design, sample.groups, running.onProgress)
    running.onProgress?.(0.95, 'fitting the model')
    const solution = await newton(lookAt(crew, drawn.design), {
      lambda,
      from: new Float64Array(drawn.design.columns.length + 1),
      tolerance: 1e-11,
    })
    const fit = { rows: table.rows, events, ...counted(solution) }
    return { ...modelFrom(drawn, solution.coefficients, lambda), recipe: recipe.kind, path, fit }
  })
}

/** Rows with the outcome. @throws RangeError when a fit can come of nothing: the caller's mistake. */
export function eventsOf({ table, outcome }: Sample): number {
  if (outcome.length !== table.rows)
    throw new RangeError(`the table has ${table.rows} rows, the outcome ${outcome.length}`)
  let events = 0
  for (const happened of outcome) events += happened
  if (events === 0 || events === outcome.length) throw new RangeError('the outcome never varies')
  return events
}

function refuseMissing({ table }: Sample): void {
  table.columns.forEach((column, j) => {
    let missing = 0
    for (let i = 0; i < column.length; i++) if (Number.isNaN(column[i] ?? 0)) missing++
    if (missing > 0) throw new RangeError(`column ${table.names[j]} has ${missing} missing values`)
  })
}

const counted = ({ steps, halvings, converged }: Solution) => ({ steps, halvings, converged })

const modelFrom = ({ readings, terms }: Drawn, coefficients: Float64Array, lambda: number) => ({
  kind: 'ridge' as const,
  readings,
  terms: terms.map((term, j) => ({ ...term, coefficient: coefficients[j + 1] ?? 0 })),
  intercept: coefficients[0] ?? 0,
  lambda,
})

// A model learned again and again from the same records and other outcomes.
import type { randomStream } from '#statistics'
import { levelsOf } from '../src/case-finding/model/practice-levels.ts'
import type { Crew } from '../src/prediction/crew.ts'
import { chooseLambda } from '../src/prediction/lambda-path.ts'
import { type Curvature, lookAt, newton } from '../src/prediction/newton.ts'
import type { Year } from './redraw-years.ts'

export type Learned = {
  readonly coefficients: Float64Array
  readonly levels: Float64Array
  readonly variance: number
  readonly curvature: Curvature
}

/** What happened, or the chance of it: in shared memory, for every fit reads it from there. */
export const outcomes = (rows: number) => new Float64Array(new SharedArrayBuffer(8 * rows))

/** The columns as a model multiplies them: they are standardised already. */
function designOf({ table }: Year, outcome: Float64Array) {
  return {
    rows: table.rows,
    columns: table.columns,
    means: new Float64Array(table.columns.length),
    scales: new Float64Array(table.columns.length).fill(1),
    outcome,
  }
}

/** The penalty as a training chooses it: five folds that part no practice. */
export async function penaltyFor(crew: Crew, year: Year): Promise<number> {
  const outcome = outcomes(year.table.rows)
  outcome.set(year.outcome)
  const { lambda } = await chooseLambda(crew, designOf(year, outcome), year.practice, undefined)
  return lambda
}

/**
 * Learns from one year's people by another outcome each time: the whole way, or one step of Newton's method from what was learned
 * before. One step is as good to the first order (van der Vaart, Asymptotic Statistics, 5.7), and 20 times cheaper; how far it is
 * from the whole way is told with every run (`oneStepAway`).
 */
export function learner(crew: Crew, year: Year, places: number, lambda: number) {
  const outcome = outcomes(year.table.rows)
  const looking = lookAt(crew, designOf(year, outcome))
  return async (happened: ArrayLike<number>, before?: Learned): Promise<Learned> => {
    outcome.set(happened)
    const from = before?.coefficients ?? new Float64Array(year.table.columns.length + 1)
    const start = { lambda, from, tolerance: before ? Number.POSITIVE_INFINITY : 1e-8 }
    const { coefficients, curvature } = await newton(looking, {
      ...start,
      ...(before && { curvature: before.curvature }),
    })
    const line = lineOf(year, coefficients)
    const { levels, variance } = levelsOf({ codes: year.practice, count: places, line, happened: outcome })
    return { coefficients, levels, variance, curvature: before?.curvature ?? curvature }
  }
}

/** The log-odds of everybody, without the levels of their practices. */
function lineOf({ table }: Year, coefficients: Float64Array): Float64Array {
  const line = new Float64Array(table.rows).fill(coefficients[0] ?? 0)
  for (const [j, column] of table.columns.entries()) {
    const by = coefficients[j + 1] ?? 0
    if (by !== 0) for (let i = 0; i < line.length; i++) line[i] = (line[i] ?? 0) + by * (column[i] ?? 0)
  }
  return line
}

/** What was learned says of a year's people. */
export function risksOf(year: Year, { coefficients, levels }: Learned): Float64Array {
  const line = lineOf(year, coefficients)
  for (let i = 0; i < line.length; i++) {
    const level = levels[year.practice[i] ?? -1] ?? 0
    line[i] = 1 / (1 + Math.exp(-((line[i] ?? 0) + level)))
  }
  return line
}

/** Draws whether it happened to each, by their chance of it. */
export function drawnFrom(risk: Float64Array, stream: ReturnType<typeof randomStream>): Uint8Array {
  const happened = new Uint8Array(risk.length)
  for (let i = 0; i < risk.length; i++) happened[i] = stream.uniform() < (risk[i] ?? 0) ? 1 : 0
  return happened
}

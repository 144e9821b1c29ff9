import { blocksOf, sharedDoubles } from './blocks.ts'
import { type Running, withCrew } from './crew.ts'
import { sourcesOf } from './design.ts'
import { columnOf, sharedTable } from './table.ts'
import { flatTrees } from './tree-scores.ts'
import type { Model, Recalibration, Table } from './types.ts'
import type { Work } from './work.ts'

/**
 * The model's log-odds of each row, recalibration by intercept and slope inside.
 *
 * A value missing where training had none is read as the training median (ridge) or goes the way most rows went
 * (trees).
 *
 * @throws RangeError if the table lacks a column of the model: the caller's mistake.
 */
export async function logOddsOf(model: Model, table: Table, running: Running = {}): Promise<Float64Array> {
  const logOdds = sharedDoubles(table.rows)
  const blocks = blocksOf(table.rows)
  const shared = sharedTable(table)
  await withCrew(running, table.rows * table.columns.length, (crew) =>
    crew.run(scoresWork(model, shared, logOdds, blocks.size), blocks.count),
  )
  const { intercept, slope } = model.recalibration ?? { intercept: 0, slope: 1 }
  for (let i = 0; i < logOdds.length; i++) logOdds[i] = intercept + slope * (logOdds[i] ?? 0)
  return logOdds
}

function scoresWork(model: Model, table: Table, logOdds: Float64Array, blockRows: number): Work {
  const rows = table.rows
  if (model.kind === 'trees')
    return {
      kind: 'tree scores',
      rows,
      blockRows,
      columns: model.names.map((name) => columnOf(table, name)),
      base: model.base,
      logOdds,
      ...flatTrees(model),
    }
  return {
    kind: 'term scores',
    rows,
    blockRows,
    sources: sourcesOf(model, table),
    means: Float64Array.from(model.terms, ({ mean }) => mean),
    slopes: Float64Array.from(model.terms, ({ coefficient, spread }) =>
      spread > 0 ? coefficient / spread : 0,
    ),
    intercept: model.intercept,
    logOdds,
  }
}

/** The model's risk of each row, 0 to 1, recalibration inside. */
export async function riskOf(model: Model, table: Table, running: Running = {}): Promise<Float64Array> {
  const logOdds = await logOddsOf(model, table, running)
  return logOdds.map((line) => riskAt(line, model.recalibration))
}

/** The risk that belongs to log-odds which hold intercept and slope already: the isotonic steps are the last word. */
export function riskAt(logOdds: number, recalibration: Recalibration | undefined): number {
  const risk = 1 / (1 + Math.exp(-logOdds))
  const steps = recalibration?.steps
  return steps ? along(steps.from, steps.to, risk) : risk
}

function along(from: readonly number[], to: readonly number[], risk: number): number {
  let [low, high] = [0, from.length - 1]
  if (risk <= (from[low] ?? 0)) return to[low] ?? risk
  if (risk >= (from[high] ?? 1)) return to[high] ?? risk
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((from[middle] ?? 0) <= risk) low = middle
    else high = middle
  }
  const share = (risk - (from[low] ?? 0)) / ((from[high] ?? 1) - (from[low] ?? 0))
  return (to[low] ?? 0) + share * ((to[high] ?? 0) - (to[low] ?? 0))
}

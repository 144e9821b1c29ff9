import type { Running } from './fit-ridge.ts'
import type { Model, Table } from './types.ts'

/**
 * The model's log-odds of each row, recalibration by intercept and slope inside.
 *
 * @throws RangeError if the table lacks a column of the model: the caller's mistake.
 */
export async function logOddsOf(model: Model, table: Table, running: Running = {}): Promise<Float64Array> {
  throw new Error(`not built: ${model} ${table} ${running}`)
}

/** The model's risk of each row, 0 to 1, recalibration inside. */
export async function riskOf(model: Model, table: Table, running: Running = {}): Promise<Float64Array> {
  throw new Error(`not built: ${model} ${table} ${running}`)
}

import { type Spread, spreadOf, type Table } from '#prediction'
import type { ModelSpec } from '../model/types.ts'

export type Reference = NonNullable<ModelSpec['reference']>

/** How a model's columns and risks lie among some people: kept with it, to be held against those of later days. */
export async function referenceOf(table: Table, risk: Float64Array): Promise<Reference> {
  const columns: Record<string, Spread> = {}
  for (const [at, name] of table.names.entries()) {
    columns[name] = spreadOf(table.columns[at] ?? new Float64Array())
    // Of a million people this is seconds: others of the program are let in between.
    await new Promise((next) => setImmediate(next))
  }
  return { risk: spreadOf(risk), columns }
}

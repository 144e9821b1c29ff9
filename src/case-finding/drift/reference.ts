import { spreadOf, type Table } from '#prediction'
import type { ModelSpec } from '../model/types.ts'

export type Reference = NonNullable<ModelSpec['reference']>

/** How a model's columns and risks lie among some people: kept with it, to be held against those of later days. */
export const referenceOf = (table: Table, risk: Float64Array): Reference => ({
  risk: spreadOf(risk),
  columns: Object.fromEntries(
    table.names.map((name, at) => [name, spreadOf(table.columns[at] ?? new Float64Array())]),
  ),
})

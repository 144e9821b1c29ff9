import type { Explanation, Model, Table } from './types.ts'

/**
 * Why one row's risk is what it is.
 *
 * Ridge: (value - reference) times the coefficients, exactly, each product shared by its two columns; `base` is the
 * log-odds of the reference. Trees: path-dependent TreeSHAP, exactly; `base` is the mean over the training rows and no
 * reference is used. A recalibration by intercept and slope is inside; isotonic steps change `risk` alone.
 *
 * @param reference one value a column of the table, in its order (a person of this age and sex); the training means
 *   unless given. Trees refuse one.
 * @throws RangeError if `base` and parts do not add up to the log-odds within 1e-9: our fault.
 * @source Lundberg and others, Nature Machine Intelligence 2020;2:56 (TreeSHAP, path-dependent).
 */
export function explain(model: Model, table: Table, row: number, reference?: Float64Array): Explanation {
  throw new Error(`not built: ${model.kind} ${table.rows} ${row} ${reference}`)
}

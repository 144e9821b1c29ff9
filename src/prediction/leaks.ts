import type { Leak, Performance } from './report-types.ts'
import type { Model, Sample } from './types.ts'

/** For each row, days from the index day to the latest fact the column used: 0 or more is too late. */
export type Evidence = Readonly<Record<string, Float64Array | Int32Array>>

/**
 * Looks for the outcome among the columns, one column at a time. Empty: nothing found, which is no proof.
 *
 * @param evidence what the caller knows of dates, by column name.
 */
export function findLeaks(sample: Sample, evidence: Evidence = {}): readonly Leak[] {
  throw new Error(`not built: ${sample.table.rows} ${evidence}`)
}

/** The same of a whole model on other rows: AUC above 0.95, or a calibration slope outside 0.5 to 2. */
export function tooGood(
  performance: Pick<Performance, 'auc' | 'calibrationSlope'>,
  model: Model,
): readonly Leak[] {
  throw new Error(`not built: ${performance} ${model}`)
}

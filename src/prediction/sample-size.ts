import type { SampleSize } from './report-types.ts'
import type { Sample } from './types.ts'

/** Why this many rows may not train a model, in sentences; empty when they may. @source risk design 5.2, 4. */
export function refusals(sample: Pick<Sample, 'outcome'>, parameters: number): readonly string[] {
  throw new Error(`not built: ${sample} ${parameters}`)
}

/**
 * People needed to develop a model of a yes/no outcome.
 *
 * @param rate of the outcome, 0 to 1. @param rSquared the Cox-Snell R² hoped for.
 * @source Riley and others, BMJ 2020;368:m441.
 */
export function sampleSizeNeeded(rate: number, parameters: number, rSquared: number): SampleSize {
  throw new Error(`not built: ${rate} ${parameters} ${rSquared}`)
}

import type { Model, Sample } from './types.ts'

/**
 * Brings a model to a later year: intercept alone, intercept and slope, or an isotonic curve.
 *
 * @returns the model with its recalibration, an earlier one replaced.
 * @throws RangeError for an isotonic curve on 1,000 events or fewer: the caller's mistake.
 * @source risk design 5.2, 3; Cox 1958; Zadrozny and Elkan, KDD 2002 (isotonic).
 */
export function recalibrate<M extends Model>(
  model: M,
  sample: Sample,
  how: 'intercept' | 'slope' | 'isotonic',
): M {
  throw new Error(`not built: ${model} ${sample} ${how}`)
}

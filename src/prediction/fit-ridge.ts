import type { RidgeModel, RidgeRecipe, Sample } from './types.ts'

/** How a fit is run: how many threads (0: this one; the cores unless said), and who hears how far it is. */
export type Running = {
  readonly threads?: number
  readonly onProgress?: (shareDone: number, words: string) => void
}

/**
 * Fits a ridge logistic model by Newton's method with step-halving; the intercept is not penalised.
 *
 * The result is the same to the byte on any number of threads.
 *
 * @throws RangeError for no rows, an outcome that never varies, or (plain) a missing value: the caller's mistake.
 * @source risk design 5.2; Hoerl and Kennard 1970; le Cessie and van Houwelingen, Applied Statistics 1992;41:191.
 */
export async function fitRidge(
  sample: Sample,
  recipe: RidgeRecipe,
  running: Running = {},
): Promise<RidgeModel> {
  throw new Error(`not built: ${sample.table.rows} ${recipe.kind} ${running.threads}`)
}

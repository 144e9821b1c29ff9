import type { Crew, Running } from './crew.ts'
import { foldsOf } from './folds.ts'
import { type Design, lookAt, newton } from './newton.ts'

type Tried = { readonly lambda: number; readonly loss: number; readonly error: number }
type Losses = { readonly lambda: number; readonly byFold: readonly number[] }

/** λ as shares of the rows, from the strongest: 0.1 down to one millionth, two a power of ten. */
const shares = Array.from({ length: 11 }, (_, i) => 10 ** (-1 - i / 2))

/**
 * Chooses λ by held-out loss: the strongest whose loss is within one standard error of the least.
 *
 * The error is that of the difference from the least, fold by fold: folds differ far more from each other than any
 * λ from its neighbour, and that spread is common to all.
 *
 * Each λ is solved on all rows first; the folds start from there with its curvature, so that they need few looks.
 *
 * @param groups rows never parted by the folds; min(5, groups) folds.
 * @returns λ and the path; λ 1 and no path when there is only one group, which nothing can be held out of.
 * @source Hastie, Tibshirani and Friedman, Elements of Statistical Learning, 7.10 (one-standard-error rule).
 */
export async function chooseLambda(
  crew: Crew,
  design: Design,
  groups: Int32Array | undefined,
  onProgress: Running['onProgress'],
): Promise<{ readonly lambda: number; readonly path: readonly Tried[] }> {
  const { folds, count } = foldsOf(design.rows, groups, 5)
  if (count < 2) return { lambda: 1, path: [] }
  const looking = lookAt(crew, { ...design, folds })
  const tried: Losses[] = []
  let from: Float64Array = new Float64Array(design.columns.length + 1)
  for (const [i, share] of shares.entries()) {
    onProgress?.((i + 1) / (shares.length + 1), 'choosing the penalty')
    const lambda = share * design.rows
    const whole = await newton(looking, { lambda, from, tolerance: 1e-3 })
    from = whole.coefficients
    const byFold: number[] = []
    for (let fold = 0; fold < count; fold++) {
      const rows = { which: 'others', fold } as const
      const { coefficients } = await newton(looking, {
        lambda: lambda * (1 - 1 / count),
        from,
        rows,
        curvature: whole.curvature,
        tolerance: 1e-3,
      })
      const held = await looking(coefficients, false, { which: 'fold', fold })
      byFold.push(held.loss / held.weight)
    }
    tried.push({ lambda, byFold })
  }
  const path = pathOf(tried)
  return { lambda: strongestWithinOneError(path), path }
}

function pathOf(tried: readonly Losses[]): readonly Tried[] {
  const best = tried.reduce((least, one) => (mean(one.byFold) < mean(least.byFold) ? one : least))
  return tried.map(({ lambda, byFold }) => {
    const more = byFold.map((loss, fold) => loss - (best.byFold[fold] ?? 0))
    const squares = more.reduce((sum, value) => sum + (value - mean(more)) ** 2, 0)
    const error = Math.sqrt(squares / (more.length - 1) / more.length)
    return { lambda, loss: mean(byFold), error }
  })
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function strongestWithinOneError(path: readonly Tried[]): number {
  const least = path.reduce((best, tried) => (tried.loss < best.loss ? tried : best))
  return path.find(({ loss, error }) => loss <= least.loss + error)?.lambda ?? least.lambda
}

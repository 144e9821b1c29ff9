import type { Crew, Running } from './crew.ts'
import { foldsOf } from './folds.ts'
import { type Design, lookAt, newton } from './newton.ts'

type Tried = { readonly lambda: number; readonly loss: number; readonly error: number }

/** λ as shares of the rows, from the strongest: 0.1 down to one millionth, two a power of ten. */
const shares = Array.from({ length: 11 }, (_, i) => 10 ** (-1 - i / 2))

/**
 * Chooses λ by held-out loss: the strongest whose loss is within one standard error of the least.
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
  const path: Tried[] = []
  let from: Float64Array = new Float64Array(design.columns.length + 1)
  for (const [i, share] of shares.entries()) {
    onProgress?.((i + 1) / (shares.length + 1), 'choosing the penalty')
    const lambda = share * design.rows
    const whole = await newton(looking, { lambda, from, tolerance: 1e-3 })
    from = whole.coefficients
    const losses: number[] = []
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
      losses.push(held.loss / held.weight)
    }
    path.push({ lambda, ...meanAndError(losses) })
  }
  return { lambda: strongestWithinOneError(path), path }
}

function meanAndError(losses: readonly number[]): { loss: number; error: number } {
  const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length
  const squares = losses.reduce((sum, value) => sum + (value - loss) ** 2, 0)
  return { loss, error: Math.sqrt(squares / (losses.length - 1) / losses.length) }
}

function strongestWithinOneError(path: readonly Tried[]): number {
  const least = path.reduce((best, tried) => (tried.loss < best.loss ? tried : best))
  return path.find(({ loss }) => loss <= least.loss + least.error)?.lambda ?? least.lambda
}

import { blocksOf, sharedDoubles } from './blocks.ts'
import { type Factor, factorise, solve } from './cholesky.ts'
import type { Crew } from './crew.ts'
import { type RidgePass, slotOf, widthOf } from './ridge-pass.ts'
import type { Column } from './types.ts'

/** Standardised columns and what happened: all in shared memory. */
export type Design = {
  readonly rows: number
  readonly columns: readonly Column[]
  readonly means: Float64Array
  readonly scales: Float64Array
  /** 1 or 0; a share between them where the chance of each row is known and not only what came of it. */
  readonly outcome: Uint8Array | Float64Array
  readonly weights?: Uint16Array | undefined
  readonly folds?: Uint8Array | undefined
}

export type Look = {
  readonly loss: number
  readonly weight: number
  readonly gradient: Float64Array
  readonly gram: Float64Array
}

export type Rows = { readonly which: 'all' | 'others' | 'fold'; readonly fold: number }

export type Looking = (coefficients: Float64Array, withGram: boolean, rows?: Rows) => Promise<Look>

/** Looks at the rows of a design through a crew; the blocks' sums are added in their order. */
export function lookAt(crew: Crew, design: Design): Looking {
  const blocks = blocksOf(design.rows)
  const slot = slotOf(design.columns.length)
  const width = widthOf(design.columns.length)
  const out = sharedDoubles(blocks.count * slot)
  return async (coefficients, withGram, { which, fold } = { which: 'all', fold: 0 }) => {
    const pass: RidgePass = {
      kind: 'ridge pass',
      ...design,
      weights: design.weights,
      folds: design.folds,
      blockRows: blocks.size,
      coefficients,
      withGram,
      which,
      fold,
      out,
    }
    await crew.run(pass, blocks.count)
    const sums = new Float64Array(slot)
    for (let block = 0; block < blocks.count; block++)
      for (let i = 0; i < slot; i++) sums[i] = (sums[i] ?? 0) + (out[block * slot + i] ?? 0)
    const [loss = 0, weight = 0] = sums
    return { loss, weight, gradient: sums.slice(2, 2 + width), gram: sums.slice(2 + width) }
  }
}

export type Solution = {
  readonly coefficients: Float64Array
  readonly steps: number
  readonly halvings: number
  readonly converged: boolean
  /** The Gram matrix last used and the weight of its rows, for a neighbouring problem to begin with. */
  readonly curvature: Curvature
}

export type Curvature = { readonly gram: Float64Array; readonly weight: number }

type Start = {
  readonly lambda: number
  readonly from: Float64Array
  readonly rows?: Rows
  readonly curvature?: Curvature
  /** Stops when no coefficient would move by this. */
  readonly tolerance: number
}

const mostSteps = 100
/** Of a standardised coefficient in one step: beyond it the loss is so flat that its curvature means nothing. */
const longestMove = 5

/**
 * Minimises loss + λ/2 × sum of squares (not the intercept's) by Newton's method.
 *
 * A step that is too long or makes it worse is shortened: plain Newton runs away on skewed counts and columns that repeat each other.
 * The Gram matrix is made again only while steps are long or do not shrink to a third; near the end the old
 * one points the same way and a look without it is twenty times cheaper.
 *
 * @source Nocedal and Wright, Numerical Optimization, 3.1 and 3.3 (backtracking, inexact Newton).
 */
export async function newton(looking: Looking, start: Start): Promise<Solution> {
  const { lambda, rows, tolerance } = start
  let at = start.from
  let curvature = start.curvature
  let look = await looking(at, !curvature, rows)
  let isFresh = !curvature
  let [steps, halvings, lastMove] = [0, 0, Number.POSITIVE_INFINITY]
  for (; steps < mostSteps; steps++) {
    curvature ??= { gram: look.gram, weight: look.weight }
    const step = stepFrom(look, curvature, at, lambda)
    const move = step.reduce((most, by) => Math.max(most, Math.abs(by)), 0)
    if (move < tolerance) {
      at = at.map((value, j) => value + (step[j] ?? 0))
      return { coefficients: at, steps: steps + 1, halvings, converged: true, curvature }
    }
    const keeps = move < 0.3 && move < 0.3 * lastMove
    const found = await halved(looking, look, at, step, start, keeps)
    if (!found && isFresh) break
    lastMove = found ? move : Number.POSITIVE_INFINITY
    halvings += found?.halvings ?? 0
    // An old curvature that leads nowhere is made again where we stand.
    ;({ at, look } = found ?? { at, look: await looking(at, true, rows) })
    isFresh = !found || !keeps
    if (isFresh) curvature = undefined
  }
  curvature ??= { gram: look.gram, weight: look.weight }
  return { coefficients: at, steps, halvings, converged: false, curvature }
}

/** The Newton step: (x'Wx + λ)⁻¹ (gradient - λ coefficients), with a larger penalty while the matrix is singular. */
function stepFrom(look: Look, curvature: Curvature, at: Float64Array, lambda: number): Float64Array {
  const size = at.length
  const width = Math.ceil(size / 4) * 4
  const share = look.weight / curvature.weight
  const downhill = at.map((value, j) => (look.gradient[j] ?? 0) - (j === 0 ? 0 : lambda * value))
  let factor: Factor | undefined
  for (let extra = 0; !factor; extra = extra === 0 ? 1e-8 * look.weight : extra * 10) {
    const matrix = curvature.gram.map((value) => value * share)
    for (let j = 0; j < size; j++)
      matrix[j * width + j] = (matrix[j * width + j] ?? 0) + (j === 0 ? 0 : lambda) + extra
    factor = factorise(matrix, size, width)
  }
  return solve(factor, downhill)
}

async function halved(
  looking: Looking,
  before: Look,
  at: Float64Array,
  step: Float64Array,
  { lambda, rows }: Start,
  keepsCurvature: boolean,
) {
  const worst = objective(before, at, lambda)
  const longest = step.reduce((most, by) => Math.max(most, Math.abs(by)), 0)
  const first = longest > longestMove ? 1 : 0
  for (let halvings = first; halvings < 40; halvings++) {
    const by = first === 0 ? 0.5 ** halvings : (longestMove / longest) * 0.5 ** (halvings - 1)
    const next = at.map((value, j) => value + by * (step[j] ?? 0))
    const look = await looking(next, !keepsCurvature, rows)
    if (objective(look, next, lambda) <= worst + 1e-12 * Math.abs(worst)) return { at: next, look, halvings }
  }
  return undefined
}

const objective = ({ loss }: Look, coefficients: Float64Array, lambda: number) =>
  coefficients.reduce((sum, value, j) => sum + (j === 0 ? 0 : (lambda / 2) * value * value), loss)

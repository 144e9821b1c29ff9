import { normalTriangleOf } from './cholesky.ts'
import {
  blockOf,
  blockRows,
  inverseOf,
  isSingular,
  type Matrix,
  type RowBlocks,
  solveTriangle,
  triangleOf,
  withRidge,
} from './least-squares.ts'

/** What a model is fitted to: one row of x for each y. A weight is 1 and an offset 0 unless given. */
export type GlmRows<X extends Matrix | RowBlocks = Matrix> = {
  readonly x: X
  readonly y: Float64Array
  readonly weights?: Float64Array
  /** Added to the linear predictor as it stands: for rates, the logarithm of the exposure. */
  readonly offset?: Float64Array
}

/**
 * How y spreads about its mean: as a count (log link), as a yes or no (logit link), as a count that varies more than
 * chance (log link; variance = mean + mean² / theta), or evenly (identity link).
 */
export type GlmFamily = 'poisson' | 'logistic' | 'linear' | { readonly theta: number }

export type GlmFit = {
  readonly family: GlmFamily
  readonly coefficients: Float64Array
  /**
   * The inverse of x'Wx at the solution: the covariance if the family's own variance is believed; for a linear model
   * still to be multiplied by the variance about the line.
   */
  readonly inverse: Matrix
  /** The expected y of each row. */
  readonly fitted: Float64Array
  readonly deviance: number
  readonly iterations: number
  readonly converged: boolean
  /** A ridge of 1e-8 was added because a column repeats the others. */
  readonly ridged: boolean
  /** A linear predictor passed ±30: some rows are told apart without error. */
  readonly separated: boolean
}

type AnyRows = GlmRows<Matrix | RowBlocks>

type Step = { readonly coefficients: Float64Array; readonly eta: Float64Array; readonly deviance: number }

const ridge = 1e-8
const manyRows = 20_000

/**
 * Fits a model of one of the families by iteratively reweighted least squares.
 *
 * Stops when no coefficient moves by 1e-10 or the deviance by 1e-12 of itself, at 50 steps at the latest; a
 * step that makes the deviance worse is halved. The last steps, at least two, are QR factorisations.
 *
 * @returns the fit; look at `converged`, `ridged` and `separated` before believing it.
 * @throws RangeError if there are fewer rows than columns or lengths differ: the caller's mistake.
 * @source McCullagh and Nelder, Generalized Linear Models, 2.5; rules of convergence as in R's glm.fit, tighter.
 */
export function fitGlm(family: GlmFamily, rows: AnyRows): GlmFit {
  checkRows(rows)
  const first = startingEta(family, rows)
  let now: Step = {
    coefficients: new Float64Array(rows.x.columns),
    eta: first,
    deviance: Number.POSITIVE_INFINITY,
  }
  let iterations = 0
  let converged = false
  let ridged = false
  // With many rows the way there is walked by normal equations, four times cheaper; the last steps are always QR.
  let isRough = rows.x.rows >= manyRows
  while (!converged && iterations < 50) {
    iterations++
    const [full, wasRidged] = leastSquaresStep(family, rows, now.eta, isRough)
    ridged = wasRidged
    const next = halveWhileWorse(family, rows, now, full)
    converged = !isRough && isSettled(now, next)
    isRough &&= largestMove(now, next) > 1e-3
    now = next
  }
  const fitted = now.eta.map((eta) => meanAt(family, eta))
  const inverse = inverseOf(workingTriangle(family, rows, now.eta)[0])
  const separated =
    family !== 'linear' && now.eta.some((eta, i) => Math.abs(eta - (rows.offset?.[i] ?? 0)) > 30)
  return {
    family,
    coefficients: now.coefficients,
    inverse,
    fitted,
    deviance: now.deviance,
    iterations,
    converged,
    ridged,
    separated,
  }
}

function checkRows({ x, y, weights, offset }: AnyRows): void {
  if (x.rows !== y.length || (weights ?? y).length !== y.length || (offset ?? y).length !== y.length)
    throw new RangeError(`x has ${x.rows} rows, y ${y.length}: every part needs one value a row`)
  if (x.rows < x.columns) throw new RangeError(`${x.rows} rows cannot hold ${x.columns} coefficients`)
}

/** Every row at the overall rate or share; a linear model starts anywhere. */
function startingEta(family: GlmFamily, { y, weights, offset }: AnyRows): Float64Array {
  if (family === 'linear') return y.map((_, i) => offset?.[i] ?? 0)
  if (family === 'logistic') {
    const level = logOdds(y, weights)
    return y.map((_, i) => level + (offset?.[i] ?? 0))
  }
  let events = 0
  let exposure = 0
  for (let i = 0; i < y.length; i++) {
    events += (weights?.[i] ?? 1) * (y[i] ?? 0)
    exposure += (weights?.[i] ?? 1) * Math.exp(offset?.[i] ?? 0)
  }
  const level = Math.log(Math.max(events, 0.5) / exposure)
  return y.map((_, i) => level + (offset?.[i] ?? 0))
}

function logOdds(y: Float64Array, weights: Float64Array | undefined): number {
  let [hits, all] = [0, 0]
  for (let i = 0; i < y.length; i++) {
    hits += (weights?.[i] ?? 1) * (y[i] ?? 0)
    all += weights?.[i] ?? 1
  }
  const share = Math.min(Math.max(hits / all, 1e-6), 1 - 1e-6)
  return Math.log(share / (1 - share))
}

function meanAt(family: GlmFamily, eta: number): number {
  if (family === 'logistic') return 1 / (1 + Math.exp(-eta))
  return family === 'linear' ? eta : Math.exp(Math.min(eta, 700))
}

/** How fast the mean rises with the linear predictor. */
function slopeAt(family: GlmFamily, mean: number): number {
  if (family === 'linear') return 1
  return Math.max(family === 'logistic' ? mean * (1 - mean) : mean, 1e-300)
}

/** What a residual y - mean counts for in the score: the slope of the mean over the variance of y. */
export const scoreFactorAt = (family: GlmFamily, mean: number) =>
  typeof family === 'object' ? 1 / (1 + mean / family.theta) : 1

function workingTriangle(family: GlmFamily, rows: AnyRows, eta: Float64Array, isRough = false) {
  const z = new Float64Array(eta.length)
  const rootWeight = new Float64Array(eta.length)
  for (let i = 0; i < eta.length; i++) {
    const mean = meanAt(family, eta[i] ?? 0)
    const slope = slopeAt(family, mean)
    z[i] = (eta[i] ?? 0) - (rows.offset?.[i] ?? 0) + ((rows.y[i] ?? 0) - mean) / slope
    rootWeight[i] = Math.sqrt((rows.weights?.[i] ?? 1) * slope * scoreFactorAt(family, mean))
  }
  const rough = isRough ? normalTriangleOf(rows.x, z, rootWeight) : undefined
  if (rough && !isSingular(rough)) return [rough, false] as const
  const triangle = triangleOf(rows.x, z, rootWeight)
  const singular = isSingular(triangle)
  return [singular ? withRidge(triangle, ridge) : triangle, singular] as const
}

function leastSquaresStep(family: GlmFamily, rows: AnyRows, eta: Float64Array, isRough: boolean) {
  const [triangle, singular] = workingTriangle(family, rows, eta, isRough)
  return [stepTo(family, rows, solveTriangle(triangle)), singular] as const
}

function stepTo(family: GlmFamily, rows: AnyRows, coefficients: Float64Array): Step {
  const eta = linearPredictor(rows, coefficients)
  return { coefficients, eta, deviance: devianceAt(family, rows, eta) }
}

function halveWhileWorse(family: GlmFamily, rows: AnyRows, now: Step, full: Step): Step {
  let next = full
  for (let halvings = 0; halvings < 30; halvings++) {
    if (Number.isFinite(next.deviance) && next.deviance <= now.deviance + 1e-9 * Math.abs(now.deviance)) break
    if (!Number.isFinite(now.deviance) && Number.isFinite(next.deviance)) break
    next = stepTo(
      family,
      rows,
      next.coefficients.map((b, j) => (b + (now.coefficients[j] ?? 0)) / 2),
    )
  }
  return next
}

const largestMove = (before: Step, after: Step) =>
  after.coefficients.reduce((most, b, j) => Math.max(most, Math.abs(b - (before.coefficients[j] ?? 0))), 0)

function isSettled(before: Step, after: Step): boolean {
  return (
    largestMove(before, after) < 1e-10 ||
    Math.abs(after.deviance - before.deviance) < 1e-12 * (Math.abs(after.deviance) + 1e-3)
  )
}

/** x times the coefficients, with the offset. */
export function linearPredictor({ x, offset }: Pick<AnyRows, 'x' | 'offset'>, coefficients: Float64Array) {
  const eta = new Float64Array(x.rows)
  for (let start = 0; start < x.rows; start += blockRows) {
    const rows = Math.min(blockRows, x.rows - start)
    const values = blockOf(x, start, rows)
    for (let i = 0; i < rows; i++) {
      let sum = offset?.[start + i] ?? 0
      for (let j = 0; j < x.columns; j++) sum += (values[i * x.columns + j] ?? 0) * (coefficients[j] ?? 0)
      eta[start + i] = sum
    }
  }
  return eta
}

function devianceAt(family: GlmFamily, { y, weights }: AnyRows, eta: Float64Array): number {
  let sum = 0
  for (let i = 0; i < y.length; i++) {
    const [count, line] = [y[i] ?? 0, eta[i] ?? 0]
    sum += (weights?.[i] ?? 1) * deviancePart(family, count, line)
  }
  return 2 * sum
}

function deviancePart(family: GlmFamily, y: number, eta: number): number {
  if (family === 'poisson') return poissonPart(y, eta)
  if (family === 'logistic') return logisticPart(y, eta)
  return family === 'linear' ? (y - eta) ** 2 / 2 : negativeBinomialPart(y, eta, family.theta)
}

const poissonPart = (count: number, eta: number) =>
  (count === 0 ? 0 : count * (Math.log(count) - eta)) - count + Math.exp(eta)

/** Minus the log-likelihood of y (from 0 to 1), written so that a large predictor does not overflow. */
const logisticPart = (y: number, eta: number) =>
  Math.log1p(Math.exp(-Math.abs(eta))) + Math.max(eta, 0) - y * eta

function negativeBinomialPart(count: number, eta: number, theta: number): number {
  const mean = Math.exp(eta)
  const own = count === 0 ? 0 : count * (Math.log(count) - eta)
  return own - (count + theta) * (Math.log(count + theta) - Math.log(mean + theta))
}

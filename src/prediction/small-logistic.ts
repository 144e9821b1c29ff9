import { factorise, solve } from './cholesky.ts'

/** Rows, or groups of like rows: how many, how many events, and the values of a few columns, row after row. */
export type SmallRows = {
  readonly columns: number
  readonly x: Float64Array
  readonly people: Float64Array
  readonly events: Float64Array
  readonly offset?: Float64Array
}

export type SmallFit = {
  readonly coefficients: Float64Array
  /** Covariance, row after row. */
  readonly covariance: Float64Array
}

/**
 * Logistic regression on a few columns and many rows, by Newton's method with halved steps.
 *
 * @returns undefined when there is no answer: the columns repeat each other or tell the rows apart without error.
 * @source McCullagh and Nelder, Generalized Linear Models, 4.4.
 */
export function smallLogistic(rows: SmallRows): SmallFit | undefined {
  const size = rows.columns
  let at = new Float64Array(size)
  let look = lookAt(rows, at)
  for (let step = 0; step < 60; step++) {
    const factor = factorise(look.gram, size)
    if (!factor) return undefined
    const move = solve(factor, look.gradient)
    const longest = move.reduce((most, by) => Math.max(most, Math.abs(by)), 0)
    if (longest < 1e-10) return { coefficients: at, covariance: inverse(factor, size) }
    const gain = move.reduce((sum, by, j) => sum + (by * (look.gradient[j] ?? 0)) / 2, 0)
    // The sum of so many rows no longer tells better from worse: halving would look for what rounding hides.
    if (gain < 1e-11 * look.loss) {
      return {
        coefficients: at.map((value, j) => value + (move[j] ?? 0)),
        covariance: inverse(factor, size),
      }
    }
    let by = 1
    let next = look
    for (; by > 1e-9; by /= 2) {
      const tried = at.map((value, j) => value + by * (move[j] ?? 0))
      next = lookAt(rows, tried)
      if (next.loss <= look.loss + 1e-12 * Math.abs(look.loss)) {
        at = tried
        break
      }
    }
    if (by <= 1e-9 || at.some((value) => Math.abs(value) > 1e6)) return undefined
    look = next
  }
  return undefined
}

function lookAt({ columns, x, people, events, offset }: SmallRows, at: Float64Array) {
  const gradient = new Float64Array(columns)
  const gram = new Float64Array(columns * columns)
  let loss = 0
  for (let i = 0; i < people.length; i++) {
    const row = i * columns
    let line = offset?.[i] ?? 0
    for (let j = 0; j < columns; j++) line += (at[j] ?? 0) * (x[row + j] ?? 0)
    const [n, happened] = [people[i] ?? 0, events[i] ?? 0]
    const small = Math.exp(-Math.abs(line))
    const risk = line >= 0 ? 1 / (1 + small) : small / (1 + small)
    loss += n * (Math.log1p(small) + Math.max(line, 0)) - happened * line
    const weight = n * risk * (1 - risk)
    for (let j = 0; j < columns; j++) {
      const value = x[row + j] ?? 0
      gradient[j] = (gradient[j] ?? 0) + value * (happened - n * risk)
      for (let k = 0; k <= j; k++)
        gram[j * columns + k] = (gram[j * columns + k] ?? 0) + weight * value * (x[row + k] ?? 0)
    }
  }
  return { loss, gradient, gram }
}

function inverse(factor: Parameters<typeof solve>[0], size: number): Float64Array {
  const covariance = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size)
    unit[j] = 1
    covariance.set(solve(factor, unit), j * size)
  }
  return covariance
}

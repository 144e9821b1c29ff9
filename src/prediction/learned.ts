import { type Factor, factorise, solve } from './cholesky.ts'
import { type Running, withCrew } from './crew.ts'
import { drawUp, sourcesOf } from './design.ts'
import { type Design, lookAt } from './newton.ts'
import { widthOf } from './ridge-pass.ts'
import { sharedTable } from './table.ts'
import { fillTerm } from './terms.ts'
import type { RidgeModel, RidgeRecipe, Sample, Table } from './types.ts'

/** What a ridge model learned from. */
export type Taught = {
  readonly model: RidgeModel
  readonly recipe: RidgeRecipe
  /** Its groups are those that have a level each. */
  readonly sample: Sample
  /** Between the levels of the groups, on the log-odds; 0 where the model gives them none. */
  readonly levelVariance: number
}

/** The people a model is judged on. */
export type Expected = {
  readonly table: Table
  readonly risk: Float64Array
  /** The code in the sample of the group whose level each row has; -1 for a group that was not there. */
  readonly levels: Int32Array
  /** A code for each row, by grouping. */
  readonly groupings: readonly { readonly codes: Int32Array; readonly count: number }[]
}

/**
 * By how much chance among those a model learned from moves what it expects of a group: the standard error of the
 * logarithm of the expected number, by grouping and code.
 *
 * The number itself is learned: a practice that happened to have more admitted in the year of training is expected to have
 * more. An interval that counts only the chance of the year tested on leaves that out, and excludes 1 for about one
 * group in six where nothing is wrong.
 *
 * @returns undefined where the coefficients cannot be told apart.
 * @source Covariance of a penalised fit, (x'Wx + λ)⁻¹: Wood, Generalized Additive Models, 2nd ed., 6.10; a level drawn towards 0 is
 *   one more coefficient with the inverse of their variance as its penalty (Robinson, Statistical Science 1991;6:15);
 *   error of a logarithm by the delta method.
 */
export async function expectedErrors(
  taught: Taught,
  expected: Expected,
  running: Running = {},
): Promise<readonly Float64Array[] | undefined> {
  return (await learnedChance(taught, expected, running))?.errors
}

/** The chance of the year a model learned from: each group's error, and how those of two groups go together. */
export type LearnedChance = {
  /** By grouping and code: as `expectedErrors`. */
  readonly errors: readonly Float64Array[]
  /** Of the logarithms of what is expected, row after row; the groups of the first grouping first. */
  readonly covariance: Float64Array
}

/** `expectedErrors`, with how the errors of two groups go together: the same people, and the same coefficients, are in both. */
export async function learnedChance(
  taught: Taught,
  expected: Expected,
  running: Running = {},
): Promise<LearnedChance | undefined> {
  const factor = await precisionOf(taught, running)
  if (!factor) return undefined
  const pulls = pullsOf(taught.model, expected, factor.size).flatMap(({ totals, gradients }) =>
    Array.from(totals, (total, code) => {
      const pull = gradients.subarray(code * factor.size, (code + 1) * factor.size)
      return pull.map((by) => (total > 0 ? by / total : 0))
    }),
  )
  const covariance = new Float64Array(pulls.length ** 2)
  pulls.forEach((pull, a) => {
    const turned = solve(factor, pull)
    for (const [b, other] of pulls.entries())
      covariance[a * pulls.length + b] = other.reduce((sum, by, j) => sum + by * (turned[j] ?? 0), 0)
  })
  let at = 0
  const errors = expected.groupings.map(({ count }) =>
    Float64Array.from({ length: count }, () => Math.sqrt(covariance[at++ * (pulls.length + 1)] ?? 0)),
  )
  return { errors, covariance }
}

/** How sharply the coefficients and levels are known, factorised: intercept, terms, then a level for each group. */
async function precisionOf(
  { model, recipe, sample, levelVariance }: Taught,
  running: Running,
): Promise<Factor | undefined> {
  const { rows, columns } = sample.table
  return await withCrew(running, rows * columns.length, async (crew) => {
    const { design } = await drawUp(crew, { ...sample, table: sharedTable(sample.table) }, recipe)
    const coefficients = Float64Array.from([model.intercept, ...model.terms.map((term) => term.coefficient)])
    const { gram } = await lookAt(crew, design)(coefficients, true)
    const levels = levelVariance > 0 ? (sample.groupNames?.length ?? 0) : 0
    const known = coefficients.length
    const size = known + levels
    const matrix = new Float64Array(size * size)
    const width = widthOf(design.columns.length)
    for (let i = 0; i < known; i++)
      for (let j = 0; j <= i; j++)
        matrix[i * size + j] = (gram[i * width + j] ?? 0) + (i === j && i > 0 ? model.lambda : 0)
    if (levels > 0) addLevels(matrix, size, design, coefficients, sample.groups, 1 / levelVariance)
    return factorise(matrix, size)
  })
}

function addLevels(
  matrix: Float64Array,
  size: number,
  design: Design,
  coefficients: Float64Array,
  groups: Int32Array | undefined,
  penalty: number,
): void {
  const known = coefficients.length
  const weight = sharpnessOf(design, coefficients)
  const rowOf = (row: number) => (known + (groups?.[row] ?? 0)) * size
  for (let level = known; level < size; level++) matrix[level * size + level] = penalty
  for (let row = 0; row < design.rows; row++) {
    const at = rowOf(row)
    const own = at + at / size
    matrix[own] = (matrix[own] ?? 0) + (weight[row] ?? 0)
    matrix[at] = (matrix[at] ?? 0) + (weight[row] ?? 0)
  }
  design.columns.forEach((column, j) => {
    const [mean, scale] = [design.means[j] ?? 0, design.scales[j] ?? 0]
    for (let row = 0; row < design.rows; row++) {
      const at = rowOf(row) + j + 1
      matrix[at] = (matrix[at] ?? 0) + (weight[row] ?? 0) * scale * ((column[row] ?? 0) - mean)
    }
  })
}

const sharpness = (risk: number) => risk * (1 - risk)

function sharpnessOf({ rows, columns, means, scales }: Design, coefficients: Float64Array): Float64Array {
  const line = new Float64Array(rows).fill(coefficients[0] ?? 0)
  columns.forEach((column, j) => {
    const by = (coefficients[j + 1] ?? 0) * (scales[j] ?? 0)
    const mean = means[j] ?? 0
    for (let row = 0; row < rows; row++) line[row] = (line[row] ?? 0) + by * ((column[row] ?? 0) - mean)
  })
  return line.map((value) => sharpness(1 / (1 + Math.exp(-value))))
}

/** What is expected of each group, and how it changes with each coefficient and level. */
function pullsOf(model: RidgeModel, { table, risk, levels, groupings }: Expected, size: number) {
  const known = model.terms.length + 1
  const pulls = groupings.map(({ codes, count }) => ({
    codes,
    totals: new Float64Array(count),
    gradients: new Float64Array(count * size),
  }))
  const add = (row: number, at: number, by: number) => {
    for (const { codes, gradients } of pulls) {
      const own = (codes[row] ?? 0) * size + at
      gradients[own] = (gradients[own] ?? 0) + by
    }
  }
  const weight = risk.map(sharpness)
  for (let row = 0; row < table.rows; row++) {
    for (const { codes, totals } of pulls)
      totals[codes[row] ?? 0] = (totals[codes[row] ?? 0] ?? 0) + (risk[row] ?? 0)
    add(row, 0, weight[row] ?? 0)
    const level = levels[row] ?? -1
    if (level >= 0 && known + level < size) add(row, known + level, weight[row] ?? 0)
  }
  const values = new Float64Array(table.rows)
  sourcesOf(model, table).forEach((source, j) => {
    const { mean = 0, spread = 0 } = model.terms[j] ?? {}
    if (spread <= 0) return
    fillTerm(source, values, 0, table.rows)
    for (let row = 0; row < table.rows; row++)
      add(row, j + 1, ((weight[row] ?? 0) * ((values[row] ?? 0) - mean)) / spread)
  })
  return pulls
}

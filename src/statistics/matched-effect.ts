import { normalQuantile } from './distributions.ts'
import { fitGlm, type GlmFit, type GlmRows } from './glm.ts'
import type { Interval } from './intervals.ts'
import { type Matrix, matrixOf } from './least-squares.ts'
import { designOf, type StudyTable } from './matched-study.ts'
import { clusterRobustCovariance } from './sandwich.ts'
import type { TableSet } from './table-matching.ts'

/** A difference in means with its limits and how they were made. */
export type MatchedEffect = Interval & { readonly standardError: number; readonly method: string }

/** The mean outcome of the matched treated less that of their controls, each set's controls counting as one. */
export function differenceOf(outcome: Float64Array, sets: readonly TableSet[]): number {
  let sum = 0
  for (const { treated, controls } of sets) {
    let own = 0
    for (const control of controls) own += outcome[control] ?? 0
    sum += (outcome[treated] ?? 0) - own / controls.length
  }
  return sum / sets.length
}

/**
 * What being treated made of the outcome, among the treated that were matched: as it stands, or adjusted for every
 * covariate.
 *
 * @returns NaN limits with fewer than 2 sets.
 * @source Weighted least squares with errors that allow for sets (Abadie and Spiess, Journal of the American
 *   Statistical Association 2022;117:983); where controls serve several sets also for the person, by Cameron, Gelbach and
 *   Miller, Journal of Business and Economic Statistics 2011;29:238.
 */
export function matchedEffect(
  study: StudyTable,
  outcome: Float64Array,
  sets: readonly TableSet[],
  kind: 'as it stands' | 'adjusted',
): MatchedEffect {
  const { rows, set, person } = longRows(study, outcome, sets, kind === 'adjusted')
  const fit = fitGlm('linear', rows)
  const value = fit.coefficients[1] ?? Number.NaN
  const isReused = new Set(person).size < person.length
  const standardError = sets.length < 2 ? Number.NaN : errorOf(fit, rows, set, isReused ? person : undefined)
  const reach = normalQuantile(0.975) * standardError
  const errors = `errors by matched set${isReused ? ' and person' : ''}`
  const method = `difference in means${kind === 'adjusted' ? ' adjusted for the covariates' : ''}, ${errors}`
  return { value, low: value - reach, high: value + reach, standardError, method }
}

function longRows(study: StudyTable, outcome: Float64Array, sets: readonly TableSet[], isAdjusted: boolean) {
  const person = sets.flatMap(({ treated, controls }) => [treated, ...controls])
  const set = sets.flatMap(({ controls }, i) => new Array<number>(controls.length + 1).fill(i))
  const weights = sets.flatMap(({ controls }) => [1, ...controls.map(() => 1 / controls.length)])
  const covariates = study.covariates.map(({ name, values }) => ({
    name,
    values: Float64Array.from(person, (row) => values[row] ?? 0),
  }))
  const design = isAdjusted ? designOf(covariates) : undefined
  const x = matrixOf(
    person.map((row, i) => [
      1,
      study.treated[row] ?? 0,
      ...(design ? design.block(i, 1).subarray(1, design.columns) : []),
    ]),
  )
  const y = Float64Array.from(person, (row) => outcome[row] ?? 0)
  return { rows: { x, y, weights: Float64Array.from(weights) }, set: Int32Array.from(set), person }
}

function errorOf(fit: GlmFit, rows: GlmRows, set: Int32Array, person: readonly number[] | undefined): number {
  const variance = (covariance: Matrix) => covariance.values[covariance.columns + 1] ?? Number.NaN
  const bySet = variance(clusterRobustCovariance(fit, rows, set))
  if (!person) return Math.sqrt(bySet)
  const known = new Map<number, number>()
  const number = (row: number) => {
    const own = known.get(row) ?? known.size
    known.set(row, own)
    return own
  }
  const byPerson = variance(clusterRobustCovariance(fit, rows, Int32Array.from(person, number)))
  const byRow = variance(clusterRobustCovariance(fit, rows, Int32Array.from(person.keys())))
  return Math.sqrt(Math.max(bySet + byPerson - byRow, bySet, byPerson))
}

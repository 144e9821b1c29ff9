import { type Balance, balanceOf, effectiveSize, moments } from './balance.ts'
import { fitGlm } from './glm.ts'
import { blockRows, type Matrix, type RowBlocks } from './least-squares.ts'
import { mahalanobisPoints } from './mahalanobis.ts'
import { type MatchTable, matchTable, type TableSet } from './table-matching.ts'

/** A table with who was treated and what may make them differ from the others. */
export type StudyTable = {
  readonly treated: Uint8Array
  readonly covariates: readonly { readonly name: string; readonly values: Float64Array }[]
  /** What must be exactly equal, as a number from 0 for each row. */
  readonly strata: Int32Array
}

export type StudyRule = {
  readonly distance: 'propensity' | 'mahalanobis'
  /** The scale of the propensity score on which distances are taken. */
  readonly scale: 'probability' | 'logit'
  /** How many standard deviations of the propensity score a pair may lie apart; no limit when undefined. */
  readonly caliper?: number
  /** Whose standard deviation: of all rows, or pooled within the treated and the others. */
  readonly caliperOf: 'all' | 'within'
  readonly ratio: number
  readonly replaces: boolean
}

/** The propensity score, with what must be said of it. */
export type Propensity = {
  readonly scores: Float64Array
  /** The standard deviation in which the caliper is counted. */
  readonly spread: number
  readonly converged: boolean
  readonly ridged: boolean
  /** The covariates tell the treated from the others without error: nobody can be compared. */
  readonly separated: boolean
}

/**
 * How likely each row was to be treated, by its covariates.
 *
 * @source Rosenbaum and Rubin, Biometrika 1983;70:41, by a logistic model; spread of all rows as MatchIt's caliper, or
 *   pooled within groups (Austin, Pharmaceutical Statistics 2011;10:150).
 */
export function propensityOf({ treated, covariates }: StudyTable, rule: StudyRule): Propensity {
  const fit = fitGlm('logistic', { x: designOf(covariates), y: Float64Array.from(treated) })
  const logit = (p: number) => Math.log(p / (1 - p))
  const scores = rule.scale === 'logit' ? fit.fitted.map(logit) : fit.fitted
  const within = (wanted: number) => moments(scores.filter((_, row) => treated[row] === wanted)).variance
  const variance = rule.caliperOf === 'all' ? moments(scores).variance : (within(1) + within(0)) / 2
  const { converged, ridged, separated } = fit
  return { scores, spread: Math.sqrt(variance), converged, ridged, separated: separated || !converged }
}

/**
 * A column of ones, then each covariate less its mean and divided by its spread: no fit changes, none is ill-made. Rows are
 * made as they are read: of a million people the same numbers do not stand twice.
 */
export function designOf(covariates: StudyTable['covariates']): RowBlocks {
  const rows = covariates[0]?.values.length ?? 0
  const columns = covariates.length + 1
  const scales = covariates.map(({ values }) => {
    const { mean, variance } = moments(values)
    return { values, mean, spread: Math.sqrt(variance) || 1 }
  })
  const into = new Float64Array(columns * blockRows)
  const block = (start: number, count: number) => {
    for (let i = 0; i < count; i++) into[i * columns] = 1
    scales.forEach(({ values, mean, spread }, k) => {
      for (let i = 0; i < count; i++) into[i * columns + k + 1] = ((values[start + i] ?? 0) - mean) / spread
    })
    return into
  }
  return { rows, columns, block }
}

/** What the search is to be made on. Without a caliper and by Mahalanobis distance the propensity score plays no part. */
export function matchTableFor(
  { treated, covariates, strata }: StudyTable,
  { scores, spread }: Propensity,
  rule: StudyRule,
): MatchTable {
  const reach = (rule.caliper ?? Number.POSITIVE_INFINITY) * spread
  if (rule.distance === 'propensity') return { treated, strata, scores, near: [] }
  const design = designOf(covariates)
  const directions = covariates.length
  const x: Matrix = { rows: design.rows, columns: directions, values: withoutOnes(design) }
  const values = mahalanobisPoints(x, treated)
  const lead = Float64Array.from({ length: design.rows }, (_, i) => values[i * directions] ?? 0)
  const near = Number.isFinite(reach) ? [{ values: scores, caliper: reach }] : []
  return { treated, strata, scores: lead, points: { values, directions }, near }
}

function withoutOnes(design: RowBlocks): Float64Array {
  const { rows, columns } = design
  const out = new Float64Array(rows * (columns - 1))
  for (let i = 0; i < rows; i++) out.set(design.block(i, 1).subarray(1, columns), i * (columns - 1))
  return out
}

/** Finds the sets by the rule. */
export function matchedSets(
  study: StudyTable,
  propensity: Propensity,
  rule: StudyRule,
  onProgress?: (done: number, of: number) => void,
): readonly TableSet[] {
  const reach = (rule.caliper ?? Number.POSITIVE_INFINITY) * propensity.spread
  return matchTable(
    matchTableFor(study, propensity, rule),
    {
      ratio: rule.ratio,
      replaces: rule.replaces,
      caliper: rule.distance === 'propensity' ? reach : Number.POSITIVE_INFINITY,
      choosing: rule.distance === 'propensity' ? 'highest first' : 'as they stand',
    },
    onProgress,
  )
}

/** The controls of all sets, each once, with its weight: each set's controls together count as one treated row. */
export function weightedControls(sets: readonly TableSet[]) {
  const weightOf = new Map<number, number>()
  for (const { controls } of sets)
    for (const control of controls) weightOf.set(control, (weightOf.get(control) ?? 0) + 1 / controls.length)
  const rows = Int32Array.from([...weightOf.keys()].sort((a, b) => a - b))
  const scale = rows.length / Math.max(sets.length, 1)
  const weights = Float64Array.from(rows, (row) => (weightOf.get(row) ?? 0) * scale)
  return { rows, weights, effectiveSize: effectiveSize(weights) }
}

/** How alike the groups are in each covariate and in the score, before and after. */
export function studyBalance(
  study: StudyTable,
  propensity: Propensity,
  sets: readonly TableSet[],
): readonly (Balance & { readonly name: string })[] {
  const { rows, weights } = weightedControls(sets)
  const treatedRows = sets.map((set) => set.treated)
  const [allTreated, pool] = [rowsOf(study.treated, 1), rowsOf(study.treated, 0)]
  const take = (values: Float64Array, from: ArrayLike<number>) => {
    const out = new Float64Array(from.length)
    for (let i = 0; i < out.length; i++) out[i] = values[from[i] ?? 0] ?? 0
    return out
  }
  const all = [{ name: 'propensity score', values: propensity.scores }, ...study.covariates]
  return all.map(({ name, values }) => ({
    name,
    ...balanceOf({
      treated: take(values, allTreated),
      pool: take(values, pool),
      matchedTreated: take(values, treatedRows),
      matchedControls: take(values, rows),
      weights,
    }),
  }))
}

function rowsOf(treated: Uint8Array, wanted: 0 | 1): Int32Array {
  const rows = new Int32Array(treated.length)
  let found = 0
  for (let row = 0; row < treated.length; row++) if (treated[row] === wanted) rows[found++] = row
  return rows.subarray(0, found)
}

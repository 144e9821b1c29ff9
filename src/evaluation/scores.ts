import { fitGlm, type GlmRows, linearPredictor, type Matrix, moments } from '#statistics'
import type { Covariate, History, StudyRows } from './types.ts'

/** A covariate brought to a scale on which models are well behaved: minus its mean, over its spread. */
type Standard = { readonly covariate: Covariate; readonly mean: number; readonly spread: number }

/** How somebody with this history would have fared: fitted once on the past, then only applied. */
export type Prognosis = {
  /** Expected emergency admissions a year, as a logarithm, for each row. */
  readonly logRates: (rows: StudyRows) => Float64Array
  /** How much more the counts varied than chance around their expectation: variance = mean + this × mean². */
  readonly overdispersion: number
}

const onScale = ({ scale }: Covariate, value: number) => (scale === 'log' ? Math.log1p(value) : value)

/** A covariate's values on the scale of the models. */
export function scaledValues(covariate: Covariate, rows: StudyRows): Float64Array {
  const values = rows.values[covariate.name]
  if (!values) throw new Error(`study: the cut has no column ${covariate.name}`)
  return values.map((value) => onScale(covariate, value))
}

/** The covariates that vary in these rows, with their mean and spread. */
export function standardsOf(covariates: readonly Covariate[], rows: StudyRows): readonly Standard[] {
  return covariates.flatMap((covariate) => {
    const { mean, variance } = moments(scaledValues(covariate, rows))
    return variance > 1e-12 ? [{ covariate, mean, spread: Math.sqrt(variance) }] : []
  })
}

/** A column of 1, then the columns given first, then each standardised covariate. */
export function designOf(
  standards: readonly Standard[],
  rows: StudyRows,
  first: readonly Float64Array[] = [],
): Matrix {
  const n = rows.persons.length
  const scaled = standards.map(({ covariate, mean, spread }) =>
    scaledValues(covariate, rows).map((value) => (value - mean) / spread),
  )
  const columns = [new Float64Array(n).fill(1), ...first, ...scaled]
  const values = new Float64Array(n * columns.length)
  columns.forEach((column, j) => {
    for (let i = 0; i < n; i++) values[i * columns.length + j] = column[i] ?? 0
  })
  return { rows: n, columns: columns.length, values }
}

/**
 * Fits the prognostic score on people whose outcomes ended before anybody joined, so that no outcome of the
 * study can shape its matching.
 *
 * @source Hansen, Biometrika 2008;95:481. Overdispersion by moments: sum((y - m)² - m) / sum(m²), at least 0.
 */
export function prognosisFrom(covariates: readonly Covariate[], history: History): Prognosis {
  const standards = standardsOf(covariates, history)
  const input: GlmRows = {
    x: designOf(standards, history),
    y: history.events,
    offset: history.years.map((years) => Math.log(years)),
  }
  const fit = fitGlm('poisson', input)
  if (!fit.converged) throw new Error(`study: the prognostic score did not settle in ${fit.iterations} steps`)
  let [excess, squares] = [0, 0]
  history.events.forEach((events, i) => {
    const expected = fit.fitted[i] ?? 0
    excess += (events - expected) ** 2 - expected
    squares += expected * expected
  })
  return {
    logRates: (rows) => linearPredictor({ x: designOf(standards, rows) }, fit.coefficients),
    overdispersion: Math.max(0, excess / squares),
  }
}

/**
 * How likely each row was to join, on the log-odds scale, from what was known before.
 *
 * @returns the treated rows' scores and the pool's. Separation is no fault here: the caliper then keeps nobody
 *   who could not have joined.
 */
export function propensities(covariates: readonly Covariate[], treated: StudyRows, pool: StudyRows) {
  const all = joined(treated, pool)
  const x = designOf(standardsOf(covariates, all), all)
  const y = Float64Array.from(all.persons, (_, i) => (i < treated.persons.length ? 1 : 0))
  const scores = linearPredictor({ x }, fitGlm('logistic', { x, y }).coefficients)
  return [scores.slice(0, treated.persons.length), scores.slice(treated.persons.length)] as const
}

/** The rows of one after the rows of the other. */
export function joined(a: StudyRows, b: StudyRows): StudyRows {
  const values = Object.entries(a.values).map(([name, column]) => {
    const both = new Float64Array(a.persons.length + b.persons.length)
    both.set(column)
    both.set(b.values[name] ?? [], column.length)
    return [name, both] as const
  })
  return {
    persons: [...a.persons, ...b.persons],
    indexOns: [...a.indexOns, ...b.indexOns],
    values: Object.fromEntries(values),
  }
}

/** The rows by person and day, so that no sum depends on the order they were read in. */
export function inOrder(rows: StudyRows): StudyRows {
  const keys = rows.persons.map((person, i) => `${person} ${rows.indexOns[i]}`)
  if (keys.every((key, i) => i === 0 || (keys[i - 1] ?? '') <= key)) return rows
  const order = [...keys.keys()].sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1))
  return rowsAt(rows, order)
}

/** Only some of the rows, in the order asked. */
export function rowsAt(rows: StudyRows, at: readonly number[]): StudyRows {
  const values = Object.entries(rows.values).map(
    ([name, column]) => [name, Float64Array.from(at, (i) => column[i] ?? 0)] as const,
  )
  return {
    persons: at.map((i) => rows.persons[i] ?? ''),
    indexOns: at.flatMap((i) => rows.indexOns[i] ?? []),
    values: Object.fromEntries(values),
  }
}

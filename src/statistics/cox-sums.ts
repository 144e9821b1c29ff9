import type { Matrix } from './least-squares.ts'

/** One person a row, with what may change how soon the event comes. */
export type CoxRows = {
  readonly times: Float64Array
  /** 1 where the event came, 0 where it had not come by then. */
  readonly events: ArrayLike<number>
  /** No column of ones: the baseline takes its place. */
  readonly x: Matrix
  /** 1 unless given. */
  readonly weights?: Float64Array
  /** The stratum of each row: each has a baseline of its own, as matched sets do. */
  readonly strata?: ArrayLike<number>
}

/** Rows in the order in which they are walked: stratum by stratum, the longest followed first. */
export type CoxOrder = { readonly rows: CoxRows; readonly order: readonly number[] }

/** One of the tied events at a time, as Efron counts them. */
export type CoxMoment = {
  readonly time: number
  /** The mean of x among those at risk, and how much hazard came at this moment. */
  readonly mean: Float64Array
  readonly hazard: number
  /** The share of their own risk that people whose event is at this time still count with. */
  readonly ownShare: number
}

/** What a walk hands over at each time at which an event came. */
export type CoxTime = {
  /** The first row (in order) at risk, and the rows whose event is at this time. */
  readonly stratumStart: number
  readonly lastAtRisk: number
  readonly deaths: readonly number[]
  readonly moments: readonly CoxMoment[]
}

/** The log partial likelihood with its slope and curvature. */
export type CoxSums = {
  readonly logLikelihood: number
  readonly slope: Float64Array
  readonly information: Matrix
}

export function orderOf(rows: CoxRows): CoxOrder {
  const stratum = (row: number) => rows.strata?.[row] ?? 0
  const order = Array.from(rows.times.keys()).sort(
    (a, b) => stratum(a) - stratum(b) || (rows.times[b] ?? 0) - (rows.times[a] ?? 0) || a - b,
  )
  return { rows, order }
}

type Risk = { weight: number; readonly sum: Float64Array; readonly squares: Float64Array }

const noRisk = (p: number): Risk => ({
  weight: 0,
  sum: new Float64Array(p),
  squares: new Float64Array(p * p),
})

function addRow(risk: Risk, rows: CoxRows, row: number, weight: number): void {
  const p = rows.x.columns
  const from = row * p
  const { values } = rows.x
  risk.weight += weight
  for (let i = 0; i < p; i++) {
    const part = weight * (values[from + i] ?? 0)
    risk.sum[i] = (risk.sum[i] ?? 0) + part
    for (let j = i; j < p; j++)
      risk.squares[i * p + j] = (risk.squares[i * p + j] ?? 0) + part * (values[from + j] ?? 0)
  }
}

/** How much x of those at risk spreads at a moment: the upper half of its covariance. */
export type OnMoment = (moment: CoxMoment, covariance: Float64Array, weight: number) => void

/**
 * Walks from the longest followed to the shortest, adding people to those at risk, and sums up the likelihood.
 *
 * @source Efron, Journal of the American Statistical Association 1977;72:557: of d tied events the l-th (from 0) meets
 *   a risk set in which the tied count only 1 - l/d; weights as in R's coxph.
 */
export function coxSums(
  { rows, order }: CoxOrder,
  eta: Float64Array,
  onTime?: (time: CoxTime) => void,
  onMoment?: OnMoment,
): CoxSums {
  const p = rows.x.columns
  const sums = { logLikelihood: 0, slope: new Float64Array(p), information: new Float64Array(p * p) }
  let risk = noRisk(p)
  let stratumStart = 0
  for (let i = 0; i < order.length; ) {
    const row = order[i] ?? 0
    if (i > 0 && rows.strata?.[row] !== rows.strata?.[order[i - 1] ?? 0])
      [risk, stratumStart] = [noRisk(p), i]
    const joining = takeTime(rows, order, i, eta, risk)
    i = joining.next
    if (joining.deaths.length === 0) continue
    const moments = momentsAt(risk, joining.tied, joining, rows.times[row] ?? 0)
    addEvents(sums, rows, eta, joining.deaths)
    for (const { moment, covariance, denominator } of moments) {
      addMoment(sums, moment, covariance, denominator, joining.each)
      onMoment?.(moment, covariance, joining.each)
    }
    onTime?.({
      stratumStart,
      lastAtRisk: i,
      deaths: joining.deaths,
      moments: moments.map(({ moment }) => moment),
    })
  }
  const information = { rows: p, columns: p, values: mirrored(sums.information, p) }
  return { logLikelihood: sums.logLikelihood, slope: sums.slope, information }
}

type Sums = { logLikelihood: number; readonly slope: Float64Array; readonly information: Float64Array }

/** Everybody of one time joins those at risk. */
type Joining = {
  readonly next: number
  readonly deaths: readonly number[]
  readonly tied: Risk
  readonly each: number
}

function takeTime(
  rows: CoxRows,
  order: readonly number[],
  from: number,
  eta: Float64Array,
  risk: Risk,
): Joining {
  const first = order[from] ?? 0
  const [time, stratum] = [rows.times[first] ?? 0, rows.strata?.[first]]
  const tied = noRisk(rows.x.columns)
  const deaths: number[] = []
  let [next, weightOfDeaths] = [from, 0]
  for (; next < order.length && isAt(rows, order[next] ?? 0, time, stratum); next++) {
    const row = order[next] ?? 0
    const weight = rows.weights?.[row] ?? 1
    const counted = weight * Math.exp(eta[row] ?? 0)
    addRow(risk, rows, row, counted)
    if (!rows.events[row] || weight === 0) continue
    addRow(tied, rows, row, counted)
    deaths.push(row)
    weightOfDeaths += weight
  }
  return { next, deaths, tied, each: weightOfDeaths / deaths.length }
}

function addEvents(sums: Sums, rows: CoxRows, eta: Float64Array, deaths: readonly number[]): void {
  const p = rows.x.columns
  for (const row of deaths) {
    const weight = rows.weights?.[row] ?? 1
    sums.logLikelihood += weight * (eta[row] ?? 0)
    for (let j = 0; j < p; j++)
      sums.slope[j] = (sums.slope[j] ?? 0) + weight * (rows.x.values[row * p + j] ?? 0)
  }
}

function addMoment(
  sums: Sums,
  { mean }: CoxMoment,
  covariance: Float64Array,
  denominator: number,
  each: number,
): void {
  sums.logLikelihood -= each * Math.log(denominator)
  for (let j = 0; j < mean.length; j++) sums.slope[j] = (sums.slope[j] ?? 0) - each * (mean[j] ?? 0)
  for (let k = 0; k < covariance.length; k++)
    sums.information[k] = (sums.information[k] ?? 0) + each * (covariance[k] ?? 0)
}

const isAt = (rows: CoxRows, row: number, time: number, stratum: number | undefined) =>
  rows.times[row] === time && rows.strata?.[row] === stratum

function momentsAt(risk: Risk, tied: Risk, { deaths, each }: Joining, time: number) {
  const p = risk.sum.length
  return Array.from({ length: deaths.length }, (_, l) => {
    const share = l / deaths.length
    const denominator = risk.weight - share * tied.weight
    const mean = risk.sum.map((sum, j) => (sum - share * (tied.sum[j] ?? 0)) / denominator)
    const covariance = new Float64Array(p * p)
    for (let i = 0; i < p; i++)
      for (let j = i; j < p; j++) {
        const square = (risk.squares[i * p + j] ?? 0) - share * (tied.squares[i * p + j] ?? 0)
        covariance[i * p + j] = square / denominator - (mean[i] ?? 0) * (mean[j] ?? 0)
      }
    const moment: CoxMoment = { time, mean, hazard: each / denominator, ownShare: 1 - share }
    return { moment, covariance, denominator }
  })
}

/** The lower half as the upper. */
export function mirrored(values: Float64Array, p: number): Float64Array {
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) values[i * p + j] = values[j * p + i] ?? 0
  return values
}

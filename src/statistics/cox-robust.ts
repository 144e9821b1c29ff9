import { times } from './cholesky.ts'
import { type CoxFit, centredOf } from './cox.ts'
import { type CoxOrder, type CoxRows, coxSums, orderOf } from './cox-sums.ts'
import { type Matrix, product } from './least-squares.ts'

/**
 * The covariance of the coefficients when people of one cluster may go together, or when weights are not counts.
 *
 * @param cluster the cluster of each row, numbered from 0; each row its own unless given.
 * @source Lin and Wei, Journal of the American Statistical Association 1989;84:1074; as R's coxph with cluster: no
 *   correction for the number of clusters.
 */
export function coxRobustCovariance(fit: CoxFit, rows: CoxRows, cluster?: ArrayLike<number>): Matrix {
  const p = rows.x.columns
  const residuals = scoreResiduals(orderOf({ ...rows, x: centredOf(rows.x) }), fit.coefficients)
  const sums = new Map<number, Float64Array>()
  for (let row = 0; row < rows.times.length; row++) {
    const key = cluster?.[row] ?? row
    const sum = sums.get(key) ?? new Float64Array(p)
    for (let j = 0; j < p; j++)
      sum[j] = (sum[j] ?? 0) + (rows.weights?.[row] ?? 1) * (residuals.values[row * p + j] ?? 0)
    sums.set(key, sum)
  }
  const meat = new Float64Array(p * p)
  for (const sum of sums.values())
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) meat[i * p + j] = (meat[i * p + j] ?? 0) + (sum[i] ?? 0) * (sum[j] ?? 0)
  return product(product(fit.covariance, { rows: p, columns: p, values: meat }), fit.covariance)
}

/** For each row how much it pulls at each coefficient: what happened to it less what its hazard expected. */
function scoreResiduals(walk: CoxOrder, coefficients: Float64Array): Matrix {
  const { rows, order } = walk
  const p = rows.x.columns
  const values = new Float64Array(rows.x.rows * p)
  const eta = times(rows.x, coefficients)
  // Hazard, and hazard times mean, that came at or before each place of the order: longest followed first.
  const hazards = new Float64Array(order.length + 1)
  const drifts = new Float64Array((order.length + 1) * p)
  coxSums(walk, eta, ({ lastAtRisk, deaths, moments }) => {
    for (const { mean, hazard, ownShare } of moments) {
      hazards[lastAtRisk - 1] = (hazards[lastAtRisk - 1] ?? 0) + hazard
      for (let j = 0; j < p; j++) {
        const at = (lastAtRisk - 1) * p + j
        drifts[at] = (drifts[at] ?? 0) + hazard * (mean[j] ?? 0)
      }
      for (const row of deaths)
        settleDeath(values, rows, row, eta, { mean, hazard, ownShare, ties: deaths.length })
    }
  })
  spendHazard(walk, eta, hazards, drifts, values)
  return { rows: rows.x.rows, columns: p, values }
}

type Settling = {
  readonly mean: Float64Array
  readonly hazard: number
  readonly ownShare: number
  readonly ties: number
}

/** An event adds x less the mean at its moments; Efron's ties met only part of their own hazard. */
function settleDeath(
  values: Float64Array,
  { x }: CoxRows,
  row: number,
  eta: Float64Array,
  { mean, hazard, ownShare, ties }: Settling,
): void {
  const p = x.columns
  const spared = (1 - ownShare) * hazard * Math.exp(eta[row] ?? 0)
  for (let j = 0; j < p; j++) {
    const distance = (x.values[row * p + j] ?? 0) - (mean[j] ?? 0)
    values[row * p + j] = (values[row * p + j] ?? 0) + distance / ties + spared * distance
  }
}

/** Everybody expected exp(eta) of each hazard they lived to see: those at places at or after theirs in the stratum. */
function spendHazard(
  { rows, order }: CoxOrder,
  eta: Float64Array,
  hazards: Float64Array,
  drifts: Float64Array,
  values: Float64Array,
): void {
  const p = rows.x.columns
  let [hazard, drift] = [0, new Float64Array(p)]
  for (let place = order.length - 1; place >= 0; place--) {
    const row = order[place] ?? 0
    const next = order[place + 1]
    if (next !== undefined && rows.strata?.[next] !== rows.strata?.[row])
      [hazard, drift] = [0, new Float64Array(p)]
    hazard += hazards[place] ?? 0
    const own = Math.exp(eta[row] ?? 0)
    for (let j = 0; j < p; j++) {
      drift[j] = (drift[j] ?? 0) + (drifts[place * p + j] ?? 0)
      const expected = own * (hazard * (rows.x.values[row * p + j] ?? 0) - (drift[j] ?? 0))
      values[row * p + j] = (values[row * p + j] ?? 0) - expected
    }
  }
}

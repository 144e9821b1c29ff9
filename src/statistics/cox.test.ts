import { describe, expect, it } from 'vitest'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { column, tableCalled, wordsOf } from '../../test/tables.ts'
import { cumulativeIncidence } from './competing.ts'
import { fitCox, hazardRatio } from './cox.ts'
import { coxRobustCovariance } from './cox-robust.ts'
import type { CoxRows } from './cox-sums.ts'
import { type Matrix, matrixOf } from './least-squares.ts'
import { logRank } from './log-rank.ts'
import { proportionality } from './proportionality.ts'
import { kaplanMeier } from './survival.ts'

const from = (...values: number[]) => Float64Array.from(values)
const errors = (m: Matrix) =>
  Array.from({ length: m.rows }, (_, i) => Math.sqrt(m.values[i * m.columns + i] ?? 0))

type Table = ReturnType<typeof tableCalled>

function rowsOf(
  table: Table,
  columns: readonly string[],
  events: Float64Array,
  keep: (i: number) => boolean,
) {
  const kept = Array.from(events.keys()).filter(keep)
  const take = (values: Float64Array) => Float64Array.from(kept, (i) => values[i] ?? 0)
  const x = matrixOf(kept.map((i) => columns.map((name) => column(table, name)[i] ?? 0)))
  return { kept, take, rows: { times: take(column(table, 'time')), events: take(events), x } }
}

const lung = tableCalled('lung')
const inst = column(lung, 'inst')
const ecog = column(lung, 'ecog')
const ofLung = rowsOf(lung, ['male', 'age', 'ecog'], column(lung, 'died'), (i) => !Number.isNaN(ecog[i]))
const ofLungCluster = rowsOf(
  lung,
  ['male', 'age', 'ecog'],
  column(lung, 'died'),
  (i) => !Number.isNaN(ecog[i]) && !Number.isNaN(inst[i]),
)
const veteran = tableCalled('veteran')
const cells = wordsOf('veteran').cell ?? []
const kindsOfCell = [...new Set(cells)]
const ofVeteran: CoxRows = {
  ...rowsOf(veteran, ['trt', 'karno', 'age'], column(veteran, 'died'), () => true).rows,
  strata: cells.map((cell) => kindsOfCell.indexOf(cell)),
}
const melanoma = tableCalled('melanoma')
const thick = { ...melanoma, thickness: column(melanoma, 'thickness').map(Math.log) }
const ofMelanoma: CoxRows = {
  ...rowsOf(
    thick,
    ['male', 'ulcer', 'thickness'],
    column(melanoma, 'status').map((s) => +(s === 1)),
    () => true,
  ).rows,
  weights: Float64Array.from({ length: 205 }, (_, i) => [1, 0.5, 2][i % 3] ?? 1),
}

describe('Cox models', () => {
  it.each([
    ['lung', ofLung.rows, reference.cox.lung],
    ['lung, hospitals as clusters', ofLungCluster.rows, reference.cox.lungCluster],
    ['veteran, stratified by cell', ofVeteran, reference.cox.veteran],
    ['melanoma, weighted', ofMelanoma, reference.cox.melanoma],
  ] as const)('agree with R on %s: coefficients, errors, likelihoods and proportionality', (_, rows, r) => {
    const fit = fitCox(rows)
    expect([fit.converged, fit.ridged, fit.separated]).toEqual([true, false, false])
    r.coefficients.forEach((value, j) => {
      expect(fit.coefficients[j]).toBeCloseTo(value, 8)
    })
    errors(fit.covariance).forEach((error, j) => {
      expect(error).toBeCloseTo(r.se[j] ?? Number.NaN, 8)
    })
    expect(fit.logLikelihoodOfNone).toBeCloseTo(r.loglik[0] ?? 0, 8)
    expect(fit.logLikelihood).toBeCloseTo(r.loglik[1] ?? 0, 8)
    proportionality(fit, rows).forEach(({ chiSquare }, j) => {
      expect(chiSquare).toBeCloseTo(r.zph[j] ?? Number.NaN, 5)
    })
  })

  it('errors that allow for clusters and for weights agree with R', () => {
    const hospital = Array.from(ofLungCluster.take(inst))
    const clustered = coxRobustCovariance(fitCox(ofLungCluster.rows), ofLungCluster.rows, hospital)
    errors(clustered).forEach((error, j) => {
      expect(error).toBeCloseTo(reference.cox.lungCluster.robust[j] ?? Number.NaN, 8)
    })
    const weighted = coxRobustCovariance(fitCox(ofMelanoma), ofMelanoma)
    errors(weighted).forEach((error, j) => {
      expect(error).toBeCloseTo(reference.cox.melanoma.robust[j] ?? Number.NaN, 8)
    })
  })

  it('give a ratio with limits around it', () => {
    const fit = fitCox(ofLung.rows)
    const { value, low, high } = hazardRatio(fit, fit.covariance, 0)
    expect(value).toBeCloseTo(Math.exp(reference.cox.lung.coefficients[0] ?? 0), 8)
    expect(low < value && value < high).toBe(true)
  })

  it('say so when a column repeats another, and when the events are told apart without error', () => {
    const x = matrixOf(
      Array.from(ofLung.rows.x.values.keys())
        .filter((k) => k % 3 === 0)
        .map((k) => [ofLung.rows.x.values[k] ?? 0, 2 * (ofLung.rows.x.values[k] ?? 0)]),
    )
    expect(fitCox({ ...ofLung.rows, x }).ridged).toBe(true)
    const apart = fitCox({ times: from(1, 2, 3, 4), events: [1, 1, 0, 0], x: matrixOf([[1], [1], [0], [0]]) })
    expect(apart.separated || !apart.converged || (apart.coefficients[0] ?? 0) > 10).toBe(true)
  })

  it('refuse a table without events', () => {
    expect(() => fitCox({ times: from(1, 2), events: [0, 0], x: matrixOf([[1], [2]]) })).toThrow('0 events')
  })
})

describe('groups by the log-rank test', () => {
  it.each([
    [
      'lung',
      column(lung, 'time'),
      column(lung, 'died'),
      Array.from(column(lung, 'male')),
      reference.logRank.lung,
    ],
    [
      'veteran',
      column(veteran, 'time'),
      column(veteran, 'died'),
      cells.map((c) => kindsOfCell.indexOf(c)),
      reference.logRank.veteran,
    ],
    [
      'melanoma',
      column(melanoma, 'time'),
      column(melanoma, 'status').map((s) => +(s === 1)),
      Array.from(column(melanoma, 'ulcer')),
      reference.logRank.melanoma,
    ],
  ] as const)('agree with R on %s', (_, times, events, group, chiSquare) => {
    const kinds = [...new Set(group)]
    const found = logRank(
      kinds.map((kind) => ({
        times: times.filter((_, i) => group[i] === kind),
        events: Array.from(events).filter((_, i) => group[i] === kind),
      })),
    )
    expect(found.chiSquare).toBeCloseTo(chiSquare, 8)
    expect(found.degrees).toBe(kinds.length - 1)
  })
})

describe('incidence where other events end the matter', () => {
  const mgus = tableCalled('mgus')
  it.each([
    [
      'melanoma',
      column(melanoma, 'time'),
      column(melanoma, 'status').map((s) => (s === 2 ? 0 : s === 1 ? 1 : 2)),
      reference.competing.melanoma,
    ],
    ['a protein in the blood', column(mgus, 'time'), column(mgus, 'status'), reference.competing.mgus],
    [
      'lung, by age',
      column(lung, 'time'),
      column(lung, 'died').map((d, i) => d && 1 + +((column(lung, 'age')[i] ?? 0) > 65)),
      reference.competing.lung,
    ],
  ] as const)('agrees with R on %s', (_, times, kinds, r) => {
    for (const [kind, expected, se] of [
      [1, r.first, r.firstSe],
      [2, r.second, r.secondSe],
    ] as const) {
      const steps = cumulativeIncidence({ times, kinds }, kind)
      r.at.forEach((time, i) => {
        const step = steps.findLast((s) => s.time <= time)
        expect(step?.incidence).toBeCloseTo(expected[i] ?? Number.NaN, 12)
        // R's error is by the jackknife, ours by the delta method: near, not equal.
        expect(Math.abs((step?.standardError ?? 0) / (se[i] ?? 1) - 1)).toBeLessThan(0.02)
      })
    }
  })

  it('of a single kind is 1 less the share without it, with Greenwood’s error', () => {
    const [times, died] = [column(lung, 'time'), column(lung, 'died')]
    const steps = cumulativeIncidence({ times, kinds: died }, 1)
    const curve = kaplanMeier({ times, events: died })
    curve.slice(0, -1).forEach((step, i) => {
      expect(steps[i]?.incidence).toBeCloseTo(1 - step.survival, 12)
      expect(steps[i]?.standardError).toBeCloseTo(step.standardError, 10)
    })
  })

  it('with nobody lost is a simple share, with its error', () => {
    const times = from(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    const kinds = [1, 2, 1, 2, 2, 1, 2, 2, 2, 1]
    const step = cumulativeIncidence({ times, kinds }, 1)[7]
    expect(step?.incidence).toBeCloseTo(0.3, 12)
    expect(step?.standardError).toBeCloseTo(Math.sqrt((0.3 * 0.7) / 10), 12)
  })
})

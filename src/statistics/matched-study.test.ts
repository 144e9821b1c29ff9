import { describe, expect, it } from 'vitest'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { column, tableCalled } from '../../test/tables.ts'
import { fitGlm } from './glm.ts'
import { matrixOf } from './least-squares.ts'
import { differenceOf, matchedEffect } from './matched-effect.ts'
import {
  designOf,
  matchedSets,
  propensityOf,
  type StudyRule,
  type StudyTable,
  studyBalance,
  weightedControls,
} from './matched-study.ts'
import { orderOfValues } from './order.ts'
import { randomStream } from './random.ts'
import { type MatchTable, matchTable, type TableRule, type TableSet } from './table-matching.ts'
import { checkTableMatches } from './table-matching-check.ts'

const plain: StudyRule = {
  distance: 'propensity',
  scale: 'probability',
  caliperOf: 'all',
  ratio: 1,
  replaces: false,
}

type Study = { readonly study: StudyTable; readonly outcome: Float64Array; readonly exact: Int32Array }

function studyOf(
  name: string,
  treated: string,
  covariates: string[],
  outcome: string,
  exact: string[],
): Study {
  const table = tableCalled(name)
  const who = Uint8Array.from(column(table, treated))
  return {
    outcome: column(table, outcome),
    exact: Int32Array.from(who, (_, i) =>
      exact.reduce((code, key) => 2 * code + (column(table, key)[i] ?? 0), 0),
    ),
    study: {
      treated: who,
      covariates: covariates.map((name) => ({ name, values: column(table, name) })),
      strata: new Int32Array(who.length),
    },
  }
}

const lalonde = studyOf(
  'lalonde',
  'treat',
  ['age', 'educ', 'black', 'hispan', 'married', 'nodegree', 're74', 're75'],
  're78',
  ['married', 'black'],
)
const birthwt = studyOf('birthwt', 'smoke', ['age', 'lwt', 'black', 'other', 'ht', 'ui'], 'bwt', [
  'black',
  'other',
])
const melanoma = studyOf('melanoma-ulcer', 'ulcer', ['male', 'age', 'year'], 'thickness', ['male'])

const rules = (canTwo: boolean): Record<string, Partial<StudyRule>> => ({
  nearest: {},
  two: { ratio: 2, replaces: !canTwo },
  replaced: { replaces: true },
  exact: {},
  mahalanobis: { distance: 'mahalanobis' },
  caliper: { caliper: 0.2 },
  both: { distance: 'mahalanobis', caliper: 0.2, ratio: 3 },
})

const cases = [
  ['lalonde', lalonde, reference.matching.lalonde, true],
  ['birthwt', birthwt, reference.matching.birthwt, false],
  ['melanoma', melanoma, reference.matching.melanoma, false],
] as const

const pairsOf = (sets: readonly TableSet[]) =>
  sets.map(({ treated, controls }) => [treated, ...controls].map((row) => row + 1).join(' '))

describe('matched studies', () => {
  it.each(
    cases.flatMap(([name, own, r, canTwo]) =>
      Object.entries(rules(canTwo)).map(([key, change]) => [name, key, own, change, r] as const),
    ),
  )('agree pair by pair with a plain search in R: %s, %s', (_, key, own, change, r) => {
    const found = Object.entries(r).find(([name]) => name === key)?.[1]
    if (!found) return expect.unreachable()
    const rule = { ...plain, ...change }
    const study = key === 'exact' ? { ...own.study, strata: own.exact } : own.study
    const propensity = propensityOf(study, rule)
    const sets = matchedSets(study, propensity, rule)
    expect(pairsOf(sets)).toEqual(found.pairs)
    const { rows, effectiveSize } = weightedControls(sets)
    expect([sets.length, rows.length]).toEqual([found.sets, found.controls])
    expect(effectiveSize).toBeCloseTo(found.ess, 8)
    const effect = matchedEffect(study, own.outcome, sets, 'as it stands')
    expect(effect.value).toBeCloseTo(found.effect, 6)
    expect(differenceOf(own.outcome, sets)).toBeCloseTo(found.effect, 6)
    const adjusted = matchedEffect(study, own.outcome, sets, 'adjusted')
    expect(adjusted.value).toBeCloseTo(found.adjusted, 6)
    if (!rule.replaces) expect(effect.standardError).toBeCloseTo(found.se, 6)
    if (!rule.replaces) expect(adjusted.standardError).toBeCloseTo(found.adjustedSe, 6)
    studyBalance(study, propensity, sets)
      .slice(1)
      .forEach(({ differenceAfter, largestGap, varianceRatio }, j) => {
        expect(differenceAfter).toBeCloseTo(found.smd[j] ?? Number.NaN, 9)
        expect(largestGap).toBeCloseTo(found.ks[j] ?? Number.NaN, 9)
        if (found.vr[j] === null) expect(varianceRatio).toBeNull()
        else expect(varianceRatio).toBeCloseTo(found.vr[j] ?? Number.NaN, 8)
      })
  })

  it('of lalonde have the published answers: 185 pairs and 894.37; with 0.0580627 113 pairs, 0.156 and 1,571.74', () => {
    const answer = (rule: StudyRule) => {
      const propensity = propensityOf(lalonde.study, rule)
      const sets = matchedSets(lalonde.study, propensity, rule)
      const worst = studyBalance(lalonde.study, propensity, sets).map((line) =>
        Math.abs(line.differenceAfter),
      )
      return { sets, propensity, difference: differenceOf(lalonde.outcome, sets), worst: Math.max(...worst) }
    }
    const nearest = answer(plain)
    expect([nearest.sets.length, nearest.difference]).toEqual([185, expect.closeTo(894.37, 2)])
    const caliper = answer({ ...plain, caliper: 0.2 })
    expect(0.2 * caliper.propensity.spread).toBeCloseTo(0.0580627, 7)
    expect([caliper.sets.length, caliper.difference]).toEqual([113, expect.closeTo(1571.74, 2)])
    expect(caliper.worst).toBeCloseTo(0.156, 3)
    const within = propensityOf(lalonde.study, { ...plain, caliperOf: 'within' })
    expect([caliper.propensity.spread, within.spread]).toEqual([
      expect.closeTo(0.29, 3),
      expect.closeTo(0.225, 3),
    ])
  })

  it('with two controls each and by Mahalanobis distance R’s MatchIt 4.5.1 agrees as well', () => {
    const of = (rule: StudyRule) =>
      differenceOf(lalonde.outcome, matchedSets(lalonde.study, propensityOf(lalonde.study, rule), rule))
    expect(of({ ...plain, ratio: 2 })).toBeCloseTo(reference.matchIt.two, 8)
    expect(of({ ...plain, distance: 'mahalanobis' })).toBeCloseTo(reference.matchIt.mahalanobis, 8)
  })

  it('refuse to believe a score that tells the treated from the others without error', () => {
    const study = {
      ...melanoma.study,
      covariates: [{ name: 'same', values: Float64Array.from(melanoma.study.treated) }],
    }
    expect(propensityOf(study, plain).separated).toBe(true)
  })
})

describe('matching in a table', () => {
  it('agrees with a search of every pair on 30 random problems with ties, strata, calipers and replacement', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = randomStream(seed)
      const n = 120
      const whole = (values: number) => Math.floor(random.uniform() * values)
      const table: MatchTable = {
        treated: Uint8Array.from({ length: n }, () => +(random.uniform() < 0.25)),
        strata: Int32Array.from({ length: n }, () => whole(3)),
        scores: Float64Array.from({ length: n }, () => Math.round(random.normal() * 8) / 8),
        near: [{ values: Float64Array.from({ length: n }, () => whole(20)), caliper: 6 }],
      }
      const rule: TableRule = {
        ratio: 1 + (seed % 3),
        caliper: seed % 2 ? 0.5 : Number.POSITIVE_INFINITY,
        replaces: seed % 5 === 0,
        choosing: seed % 4 === 0 ? 'as they stand' : 'highest first',
      }
      expect(matchTable(table, rule)).toEqual(plainSearch(table, rule))
    }
  })

  it('stops at the first pair that breaks a rule', () => {
    const table: MatchTable = {
      treated: Uint8Array.from([1, 1, 0, 0, 0]),
      strata: Int32Array.from([0, 0, 0, 1, 0]),
      scores: Float64Array.from([0.5, 0.5, 0.5, 0.5, 0.9]),
      near: [{ values: Float64Array.from([80, 80, 86, 80, 80]), caliper: 5 }],
    }
    const rule: TableRule = { ratio: 1, caliper: 0.2, replaces: false, choosing: 'highest first' }
    const look =
      (sets: TableSet[], other = table) =>
      () =>
        checkTableMatches(other, rule, sets)
    const free = { ...table, near: [] }
    expect(look([{ treated: 0, controls: [2] }], free)).not.toThrow()
    expect(look([{ treated: 0, controls: [3] }])).toThrow('must be equal')
    expect(look([{ treated: 0, controls: [4] }])).toThrow('outside the caliper')
    expect(look([{ treated: 0, controls: [2] }])).toThrow('caliper 1')
    expect(look([{ treated: 0, controls: [1] }])).toThrow('stands as a control')
    expect(look([{ treated: 0, controls: [2, 2] }])).toThrow('expected 1 to 1')
    const twice = [
      { treated: 0, controls: [2] },
      { treated: 1, controls: [2] },
    ]
    expect(look(twice, free)).toThrow('used twice')
  })

  it('puts values in order as a plain sort does, equal ones as they stand', () => {
    const random = randomStream(3)
    const values = Float64Array.from({ length: 3000 }, () => Math.round(random.normal() * 50) / 7)
    values.set([-0, 0, 1e-320, -1e300, 5e-324, 1e300])
    const expected = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b)
    expect(Array.from(orderOfValues(values))).toEqual(expected)
  })
})

/** The specification, word for word and slow. */
function plainSearch(table: MatchTable, rule: TableRule): TableSet[] {
  const rows = Array.from(table.treated.keys())
  const score = (row: number) => table.scores[row] ?? 0
  const order = rows.filter((row) => table.treated[row] === 1)
  if (rule.choosing === 'highest first') order.sort((a, b) => score(b) - score(a) || a - b)
  const used = new Set<number>()
  const chosen = new Map<number, number[]>()
  for (let pass = 1; pass <= rule.ratio; pass++)
    for (const t of order) {
      const own = chosen.get(t) ?? []
      if (own.length < pass - 1) continue
      const open = rows.filter(
        (c) =>
          table.treated[c] === 0 &&
          !used.has(c) &&
          !own.includes(c) &&
          table.strata[c] === table.strata[t] &&
          Math.abs(score(c) - score(t)) <= rule.caliper + 1e-12 &&
          table.near.every(({ values, caliper }) => Math.abs((values[c] ?? 0) - (values[t] ?? 0)) <= caliper),
      )
      const best = open.sort(
        (a, b) => Math.abs(score(a) - score(t)) - Math.abs(score(b) - score(t)) || a - b,
      )[0]
      if (best === undefined) continue
      if (!rule.replaces) used.add(best)
      chosen.set(t, [...own, best])
    }
  return [...chosen]
    .map(([treated, controls]) => ({ treated, controls }))
    .sort((a, b) => a.treated - b.treated)
}

describe('a table that does not stand in memory twice', () => {
  it('gives the same numbers to the last digit whether its rows are made as they are read or stand ready', () => {
    const random = randomStream(7)
    // More than the 20,000 rows from which the way there is walked by normal equations, and no whole number of blocks.
    const n = 20_131
    const covariates = ['age', 'conditions', 'carer'].map((name, k) => ({
      name,
      values: Float64Array.from({ length: n }, () => (k < 2 ? random.normal() : +(random.uniform() < 0.3))),
    }))
    const y = Float64Array.from({ length: n }, () => +(random.uniform() < 0.1))
    const asRead = designOf(covariates)
    const rows = Array.from({ length: n }, (_, row) => [...asRead.block(row, 1).subarray(0, asRead.columns)])
    const [made, ready] = [asRead, matrixOf(rows)].map((x) => fitGlm('logistic', { x, y }))
    expect(made?.converged).toBe(true)
    expect(made).toEqual(ready)
  })
})

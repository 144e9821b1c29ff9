import { describe, expect, it } from 'vitest'
import { randomStream } from '#statistics'
import { netBenefitOf } from './cuts.ts'
import { aucOf, averagePrecisionOf } from './discrimination.ts'
import { wilson } from './estimates.ts'
import {
  checkOf,
  churn,
  drift,
  movedFrom,
  refusals,
  sampleSizeNeeded,
  spreadOf,
  tableOf,
  validate,
} from './index.ts'

/** SYNTHETIC risks that are right, or made too bold by a slope. */
function risks(people: number, seed: number, boldness = 1) {
  const stream = randomStream(seed)
  const line = Float64Array.from({ length: people }, () => -2.2 + 1.1 * stream.normal())
  const outcome = Uint8Array.from(line, (at) => (stream.uniform() < 1 / (1 + Math.exp(-at)) ? 1 : 0))
  return { risk: line.map((at) => 1 / (1 + Math.exp(-boldness * at))), outcome, list: { percent: 5 } }
}

describe('measures of a model', () => {
  it('V17 rank by AUC: 0.75 of four people, and a half when two are alike', () => {
    expect(aucOf(Float64Array.of(0.1, 0.4, 0.35, 0.8), Uint8Array.of(0, 0, 1, 1)).value).toBe(0.75)
    expect(aucOf(Float64Array.of(0.3, 0.3), Uint8Array.of(0, 1)).value).toBe(0.5)
  })

  it('V18 weigh ten right listings against twenty wrong ones: 0.05 a person', () => {
    expect(netBenefitOf(100, 10, 20, 0.2).value).toBeCloseTo(0.05, 12)
    expect(netBenefitOf(100, 15, 85, 0.2).value).toBeCloseTo(-0.0625, 12)
  })

  it('give average precision as the mean PPV at each event', () => {
    const risk = Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5)
    expect(averagePrecisionOf(risk, Uint8Array.of(1, 0, 1, 0, 0)).value).toBeCloseTo((1 + 2 / 3) / 2, 12)
    expect(averagePrecisionOf(risk.fill(0.4), Uint8Array.of(1, 0, 1, 0, 0)).value).toBeCloseTo(0.4, 12)
  })

  it('give a share its score interval', () => {
    const { low, high } = wilson(10, 100)
    expect(low).toBeCloseTo(0.0552, 4)
    expect(high).toBeCloseTo(0.1744, 4)
    expect(wilson(0, 20).low).toBe(0)
  })

  it('count pairs as slowly as can be and agree, ties too', () => {
    const { risk, outcome } = risks(300, 1)
    const rounded = risk.map((value) => Math.round(20 * value) / 20)
    let [sum, pairs] = [0, 0]
    rounded.forEach((one, i) => {
      rounded.forEach((other, j) => {
        if (outcome[i] !== 1 || outcome[j] !== 0) return
        pairs++
        sum += one > other ? 1 : one === other ? 0.5 : 0
      })
    })
    expect(aucOf(rounded, outcome).value).toBeCloseTo(sum / pairs, 12)
  })

  it('find risks that are right to be right, and bold ones bold', () => {
    const right = validate(risks(20_000, 2))
    for (const [estimate, truth] of [
      [right.calibrationSlope, 1],
      [right.calibrationInTheLarge, 0],
      [right.observedOverExpected, 1],
    ] as const) {
      expect(estimate.low).toBeLessThan(truth)
      expect(estimate.high).toBeGreaterThan(truth)
    }
    expect(right.ici.value).toBeLessThan(0.008)
    const bold = validate(risks(20_000, 2, 2))
    expect(bold.calibrationSlope.value).toBeCloseTo(right.calibrationSlope.value / 2, 6)
    expect(bold.ici.low).toBeGreaterThan(right.ici.high ?? 1)
    expect(bold.auc).toEqual(right.auc)
  })

  it('give every figure an interval that holds it, and the same report for the same risks', () => {
    const report = validate(risks(4000, 3))
    const { auc, averagePrecision, brier, scaledBrier, ici, e90, rate } = report
    const ofCuts = report.cuts.flatMap(({ ppv, sensitivity, lift, numberNeeded }) => [
      ppv,
      sensitivity,
      lift,
      numberNeeded,
    ])
    const benefits = report.decision.map(({ model }) => model)
    for (const { value, low, high } of [
      auc,
      averagePrecision,
      brier,
      scaledBrier,
      rate,
      ...ofCuts,
      ...benefits,
    ]) {
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
    }
    expect(ici.low).toBeLessThan(e90.high ?? 0)
    expect(report.bins).toHaveLength(10)
    expect(report.curve.length).toBe(50)
    expect(JSON.stringify(validate(risks(4000, 3)))).toBe(JSON.stringify(report))
  })

  it('hide a subgroup of under 10 events, and another with it so that no taking away finds it', () => {
    const judged = risks(3000, 4)
    const codes = Int32Array.from(judged.outcome, (_, i) => (i < 40 ? 0 : i < 900 ? 1 : 2))
    const report = validate({ ...judged, subgroups: [{ by: 'practice', codes, names: ['A', 'B', 'C'] }] })
    expect(report.subgroups.map(({ group, events }) => [group, events === null])).toEqual([
      ['A', true],
      ['B', true],
      ['C', false],
    ])
    expect(report.subgroups[0]).toMatchObject({ people: 40, auc: null, ppv: null })
  })

  it('say how many on the list have a mark, and how rules would have done', () => {
    const judged = risks(2000, 5)
    const report = validate({
      ...judged,
      list: { people: 50 },
      marks: { everybody: new Uint8Array(2000).fill(1) },
      comparators: { 'nobody at all': new Uint8Array(2000) },
    })
    expect(report.marked[0]).toMatchObject({ mark: 'everybody', people: 50 })
    expect(report.cuts.at(-1)).toMatchObject({ percent: null, people: 50 })
    expect(report.decision[4]?.comparators['nobody at all']?.value).toBe(0)
  })

  it('refuse risks that are none', () => {
    const outcome = Uint8Array.of(0, 1)
    expect(() => validate({ risk: Float64Array.of(0.5, 1.2), outcome, list: { percent: 5 } })).toThrow('1.2')
    expect(() => validate({ risk: Float64Array.of(0.5), outcome, list: { percent: 5 } })).toThrow(
      '2 outcomes',
    )
  })
})

describe('how much data a model needs', () => {
  it('is what Riley and others work out for 24 parameters, R² 0.288 and a rate of 0.174', () => {
    expect(sampleSizeNeeded(0.174, 24, 0.288)).toMatchObject({
      shrinkage: 623,
      optimism: 662,
      intercept: 221,
      people: 662,
    })
  })

  it('is at least 200 events, and 10 a coefficient', () => {
    const outcome = (events: number) => Uint8Array.from({ length: 5000 }, (_, i) => (i < events ? 1 : 0))
    expect(refusals({ outcome: outcome(199) }, 5)).toEqual([
      'There are 199 events. A model needs 200 at least.',
    ])
    expect(refusals({ outcome: outcome(200) }, 20)).toEqual([])
    expect(refusals({ outcome: outcome(200) }, 21)[0]).toContain('21 coefficients need 210')
  })
})

describe('what moves from month to month', () => {
  it('is nothing for the same people, and much for people twice as old', () => {
    const stream = randomStream(6)
    const age = Float64Array.from({ length: 2000 }, () => 40 + 10 * stream.normal())
    const kept = spreadOf(age)
    expect(drift({ age: kept }, tableOf({ age }))).toEqual([{ column: 'age', index: 0 }])
    const twice = age.map((years) => 2 * years)
    expect(movedFrom(kept, twice)).toBeGreaterThan(0.25)
    const halfMissing = age.map((years, i) => (i % 2 ? years : Number.NaN))
    expect(movedFrom(kept, halfMissing)).toBeGreaterThan(0.25)
    expect(() => drift({}, tableOf({ age }))).toThrow('nothing was kept of the column age')
  })

  it('is the index as Siddiqi adds it up: 0.5 of people from each half, then 0.8 from one', () => {
    const kept = { edges: [1], shares: [0.5, 0.5, 0.0001] }
    const now = Float64Array.from({ length: 5000 }, (_, i) => (i % 5 < 4 ? 0 : 2))
    expect(movedFrom(kept, now)).toBeCloseTo(0.3 * Math.log(1.6) - 0.3 * Math.log(0.4), 10)
  })

  it('is kept as plain numbers, and of a column of a few values an edge once', () => {
    const flag = Float64Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 1 : 0))
    const kept = spreadOf(flag)
    expect(kept.edges).toEqual([0, 1])
    expect(drift(JSON.parse(JSON.stringify({ flag: kept })), tableOf({ flag }))).toEqual([
      { column: 'flag', index: 0 },
    ])
  })

  it('is looked at by the very figures of the whole report', () => {
    const { risk, outcome } = risks(5000, 9)
    const [check, whole] = [checkOf({ risk, outcome }, 5), validate({ risk, outcome, list: { percent: 5 } })]
    expect(check?.observedOverExpected).toEqual(whole.observedOverExpected)
    expect(check?.slope).toEqual(whole.calibrationSlope)
    expect(check?.auc).toEqual(whole.auc)
    expect(check?.cut.ppv).toEqual(whole.cuts.at(-1)?.ppv)
    expect(checkOf({ risk, outcome: outcome.map(() => 0) }, 5)).toBeUndefined()
  })

  it('is the share of the list that was not on it', () => {
    expect(churn(new Set(['a', 'b', 'c']), new Set(['b', 'c', 'd', 'e']))).toMatchObject({
      joined: 2,
      left: 1,
      stayed: 2,
      share: { value: 0.5 },
    })
  })
})

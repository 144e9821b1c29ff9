import { describe, expect, it } from 'vitest'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { column, tableCalled } from '../../test/tables.ts'
import { bootstrap, percentileInterval } from './bootstrap.ts'
import { detectableDifference, detectableShare } from './detectable.ts'
import { concentrationIndex, relativeIndex, relativeIndexOfRates, slopeIndex } from './inequality.ts'

const { inequality, concentration, power } = reference
const at = (values: readonly number[], i: number) => values[i] ?? Number.NaN

describe('the slope and relative index of inequality', () => {
  it.each([
    ['insurance claims by district', inequality.insurance],
    ['a cancer by drinking', inequality.esoph],
    ['breaks of wool by tension', inequality.warpbreaks],
  ])('agree with R’s weighted line: %s', (_, r) => {
    const groups = r.people.map((people, i) => ({ people, mean: at(r.mean, i) }))
    const slope = slopeIndex(groups)
    expect(slope.value).toBeCloseTo(r.slope, 10)
    expect(slope.standardError).toBeCloseTo(r.se, 10)
    expect(slope.low).toBeCloseTo(at(r.ci, 0), 8)
    expect(slope.high).toBeCloseTo(at(r.ci, 1), 8)
    // A line that passes below 0 has no ratio: R divides all the same.
    if (r.rii > 0) expect(relativeIndex(groups)).toBeCloseTo(r.rii, 10)
    else expect(relativeIndex(groups)).toBeNaN()
  })

  it.each([
    ['insurance', inequality.insuranceRates],
    ['cancer', inequality.esophRates],
    ['wool', inequality.warpRates],
  ])('of rates agrees with R’s Poisson model: %s', (_, r) => {
    const found = relativeIndexOfRates(r.people.map((people, i) => ({ people, events: at(r.events, i) })))
    expect(found.value).toBeCloseTo(r.rii, 8)
    expect(found.low).toBeCloseTo(at(r.ci, 0), 6)
    expect(found.high).toBeCloseTo(at(r.ci, 1), 6)
  })

  it('2 groups leave no error to estimate', () => {
    const two = [
      { people: 10, mean: 1 },
      { people: 10, mean: 2 },
    ]
    expect(() => slopeIndex(two)).toThrow(RangeError)
  })
})

describe('the concentration index', () => {
  const lalonde = tableCalled('lalonde')
  const seatbelts = tableCalled('seatbelts')
  const days = column(tableCalled('quine'), 'days')

  it.each([
    ['days away from school', days, Float64Array.from(days.keys()), concentration.quine],
    ['earnings by years of school', column(lalonde, 're78'), column(lalonde, 'educ'), concentration.lalonde],
    [
      'deaths by the price of petrol',
      column(seatbelts, 'killed'),
      column(seatbelts, 'petrol'),
      concentration.seatbelts,
    ],
  ])('agrees with the covariance formula in R: %s', (_, values, ranks, r) => {
    const found = concentrationIndex(values, ranks)
    expect(found.value).toBeCloseTo(r.value, 12)
    // The regression's error takes the spread as even along the ladder; ours does not.
    expect(Math.abs(found.standardError / r.seRegression - 1)).toBeLessThan(0.25)
  })

  it('has the spread that 400 bootstraps of the same people have', () => {
    const [values, ranks] = [days, Float64Array.from(days.keys())]
    const all = bootstrap({ clusters: 146, times: 400, seed: 1 }, (t) => {
      const rows = Array.from(t).flatMap((times, i) => new Array<number>(times).fill(i))
      const take = (from: Float64Array) => Float64Array.from(rows, (row) => from[row] ?? 0)
      return [concentrationIndex(take(values), take(ranks)).value]
    })
    const spread = percentileInterval(all).standardError
    expect(Math.abs(concentrationIndex(values, ranks).standardError / spread - 1)).toBeLessThan(0.12)
  })

  it('is 0 when everybody has the same, and near 1 when the last has all', () => {
    const ranks = Float64Array.from({ length: 100 }, (_, i) => i)
    expect(concentrationIndex(new Float64Array(100).fill(3), ranks).value).toBeCloseTo(0, 12)
    const all = new Float64Array(100)
    all[99] = 1
    expect(concentrationIndex(all, ranks).value).toBeCloseTo(0.99, 12)
  })
})

describe('what two groups can show', () => {
  it('agrees with R for shares', () => {
    expect(detectableShare(0.3, { people: 300, otherEach: 1 })).toBeCloseTo(power.shares, 8)
  })

  it('agrees with R for means: 64 each show half a standard deviation', () => {
    const found = detectableDifference(1, { people: 64, otherEach: 1 })
    expect(found).toBeCloseTo(power.difference, 10)
    expect(Math.abs(found / power.byT - 1)).toBeLessThan(0.01)
    expect(detectableDifference(1, { people: 64, otherEach: 1 }, 0.6)).toBeCloseTo(found * 0.8, 10)
  })

  it('3 people cannot show a share below 10%', () => {
    expect(detectableShare(0.1, { people: 3, otherEach: 1 })).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { poolImputations } from './imputation.ts'
import { expectedNextScore, scoreRegression } from './normal-regression.ts'
import { comparePairs } from './paired.ts'
import { randomStream } from './random.ts'
import { directlyStandardised, indexedTo100, standardisedMean } from './standardised.ts'

const { mcnemar, pooling, standardised } = reference

describe('pairs with a yes or no', () => {
  it.each([
    ['approval of a prime minister', mcnemar.performance],
    ['few pairs', mcnemar.small],
  ])('agree with R: %s', (_, r) => {
    const found = comparePairs(r.b, r.c, true)
    expect(found.p).toBeCloseTo(r.p, 12)
    expect(found.odds.low).toBeCloseTo(r.odds[0] ?? Number.NaN, 8)
    expect(found.odds.high).toBeCloseTo(r.odds[1] ?? Number.NaN, 8)
  })

  it('take the corrected chi-square from 25 pairs that differ, and the exact test below', () => {
    const many = comparePairs(150, 86)
    expect(many.method).toBe('chi-square with continuity correction')
    expect(many.p).toBeCloseTo(mcnemar.performance.corrected, 12)
    expect(comparePairs(12, 12).method).toBe('exact')
    expect(comparePairs(12, 13).method).toBe('chi-square with continuity correction')
  })

  it('that all differ one way have no upper end, and none that differ say nothing', () => {
    expect(comparePairs(0, 6).p).toBeCloseTo(mcnemar.oneSided.p, 12)
    expect(comparePairs(6, 0).odds).toMatchObject({
      value: Number.POSITIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    })
    expect(comparePairs(0, 0)).toMatchObject({ p: 1, odds: { value: Number.NaN } })
  })
})

describe('estimates from imputed tables', () => {
  it.each([
    ['earnings', pooling.lalonde],
    ['days away', pooling.quine],
    ['birth weight', pooling.birthwt],
  ])('are pooled as R’s mitools does, with the degrees of Barnard and Rubin: %s', (_, r) => {
    const found = poolImputations(r.estimates, r.variances, r.complete)
    expect(found.value / r.value).toBeCloseTo(1, 10)
    expect(found.standardError / r.se).toBeCloseTo(1, 10)
    expect(found.degrees / r.df).toBeCloseTo(1, 8)
    expect(poolImputations(r.estimates, r.variances).degrees / r.dfWithoutLimit).toBeCloseTo(1, 8)
    expect(found.low / (r.ci[0] ?? Number.NaN)).toBeCloseTo(1, 8)
    expect(found.high / (r.ci[1] ?? Number.NaN)).toBeCloseTo(1, 8)
  })

  it('that all agree have nothing missing in them', () => {
    const found = poolImputations([2, 2, 2], [1, 1, 1])
    expect(found).toMatchObject({ missingShare: 0, degrees: Number.POSITIVE_INFINITY, standardError: 1 })
  })

  it('from 1 table cannot be pooled', () => {
    expect(() => poolImputations([2], [1])).toThrow(RangeError)
  })
})

describe('standardised figures', () => {
  it.each([
    ['insurance, first district', standardised.district1],
    ['insurance, fourth district', standardised.district4],
    ['a cancer at one level of drinking', standardised.esoph],
  ])('have the rate and limits of the published formula worked out in R: %s', (_, r) => {
    const bands = r.events.map((events, i) => ({
      events,
      exposure: r.people[i] ?? 0,
      standard: r.standard[i] ?? 0,
    }))
    const found = directlyStandardised(bands)
    expect(found.value).toBeCloseTo(r.value, 12)
    expect(found.low).toBeCloseTo(r.low, 10)
    expect(found.high).toBeCloseTo(r.high, 10)
  })

  it('with no event at all still leave room for some', () => {
    const none = directlyStandardised([{ events: 0, exposure: 100, standard: 1 }])
    expect(none).toMatchObject({ value: 0, low: 0, high: expect.closeTo(0.03688879, 8) })
    expect(() => directlyStandardised([{ events: 0, exposure: 0, standard: 1 }])).toThrow(RangeError)
  })

  it('12 seen where 10 were expected are 120, from 62 to 210', () => {
    const { value, low, high } = indexedTo100(12, 10)
    expect([value, Math.round(low), Math.round(high)]).toEqual([120, 62, 210])
  })

  it('a mean is weighted by the standard, not by who answered', () => {
    const bands = [
      { people: 10, mean: 1, spread: 2, standard: 3 },
      { people: 90, mean: 5, spread: 2, standard: 1 },
    ]
    const { value, high } = standardisedMean(bands)
    expect(value).toBe(2)
    expect(high - value).toBeCloseTo(1.959964 * Math.sqrt(0.5625 * 0.4 + (0.0625 * 4) / 90), 5)
  })
})

describe('scores that were high once', () => {
  const population = { mean: 50, spread: 10, correlation: 0.6 }

  it('fall by (1 - correlation) of their distance from the mean', () => {
    const { before, after } = scoreRegression(population, 60)
    expect(before).toBeCloseTo(50 + 10 * (0.24197072451914337 / 0.15865525393145707), 10)
    expect(after - 50).toBeCloseTo(0.6 * (before - 50), 10)
    expect(expectedNextScore(population, 70)).toBe(62)
  })

  it('fall less when chosen by the mean of 2 measures', () => {
    const [once, twice] = [scoreRegression(population, 60), scoreRegression(population, 60, 2)]
    expect(Math.abs(twice.change)).toBeLessThan(Math.abs(once.change))
    expect(scoreRegression({ ...population, correlation: 1 }, 60).change).toBeCloseTo(0, 12)
  })

  it('fall as 200,000 people drawn at random do', () => {
    const random = randomStream(1)
    const seen: [number, number][] = []
    for (let i = 0; i < 200_000; i++) {
      const own = 50 + Math.sqrt(60) * random.normal()
      const first = own + Math.sqrt(40) * random.normal()
      if (first > 60) seen.push([first, own + Math.sqrt(40) * random.normal()])
    }
    const mean = seen.reduce((sum, [first, second]) => sum + second - first, 0) / seen.length
    expect(Math.abs(mean - scoreRegression(population, 60).change)).toBeLessThan(0.15)
  })
})

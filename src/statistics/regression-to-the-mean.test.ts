import { describe, expect, it } from 'vitest'
import { eValue } from './e-value.ts'
import { detectableRatio, enrolledNeeded } from './power.ts'
import { randomStream } from './random.ts'
import { expectedNextCount, gammaPoissonFrom, regressionToTheMean } from './regression-to-the-mean.ts'

describe('regression to the mean', () => {
  it('2 or more a year, where the mean is 0.25 and the shape 0.5, falls 59.7% with no service', () => {
    const fall = regressionToTheMean({ mean: 0.25, shape: 0.5 }, 2)
    expect(fall.before).toBeCloseTo(2.402, 3)
    expect(fall.after).toBeCloseTo(0.967, 3)
    expect(fall.changePercent).toBeCloseTo(-59.7, 1)
  })

  it('4 or more a year, where the mean is 1.2 and the shape 1.5, falls 42.0%', () => {
    expect(regressionToTheMean({ mean: 1.2, shape: 1.5 }, 4).changePercent).toBeCloseTo(-42.0, 1)
  })

  it('choosing nobody in particular changes nothing', () => {
    expect(regressionToTheMean({ mean: 0.25, shape: 0.5 }, 0).changePercent).toBeCloseTo(0, 8)
  })

  it('people who are all alike fall all the way back to the mean', () => {
    expect(expectedNextCount(5, { mean: 0.3, shape: Number.POSITIVE_INFINITY })).toBe(0.3)
    expect(gammaPoissonFrom([1, 1, 1, 1]).shape).toBe(Number.POSITIVE_INFINITY)
  })

  it('the formula meets 200,000 people drawn at random within a hundredth', () => {
    const random = randomStream(1)
    const [first, second]: [number[], number[]] = [[], []]
    for (let person = 0; person < 200_000; person++) {
      const rate = (random.gamma(0.5) / 0.5) * 0.25
      first.push(random.poisson(rate))
      second.push(random.poisson(rate))
    }
    const fitted = gammaPoissonFrom(first)
    expect(fitted.mean).toBeCloseTo(0.25, 2)
    const chosen = second.filter((_, person) => (first[person] ?? 0) >= 2)
    const mean = chosen.reduce((sum, count) => sum + count, 0) / chosen.length
    expect(Math.abs(mean / regressionToTheMean(fitted, 2).after - 1)).toBeLessThan(0.03)
  })
})

describe('power', () => {
  const table = [
    [50, 58.9, 52.3, 50.7],
    [100, 44.4, 38.6, 37.2],
    [200, 33.0, 28.2, 27.0],
    [500, 21.9, 18.4, 17.6],
    [1000, 15.8, 13.2, 12.6],
  ] as const

  it('the smallest fall that can be seen is as the table says', () => {
    for (const [enrolled, one, three, five] of table)
      for (const [controlsEach, percent] of [
        [1, one],
        [3, three],
        [5, five],
      ] as const) {
        const design = { controlsEach, years: 1, baseRate: 1, overdispersion: 0.8 }
        expect((1 - detectableRatio(enrolled, design)) * 100).toBeCloseTo(percent, 1)
      }
  })

  it('the people needed for a fall are the people who can see it', () => {
    const design = { controlsEach: 3, years: 1, baseRate: 1, overdispersion: 0.8 }
    expect(enrolledNeeded(detectableRatio(200, design), design)).toBeGreaterThanOrEqual(200)
    expect(enrolledNeeded(detectableRatio(200, design), design)).toBeLessThanOrEqual(201)
  })

  it('nobody enrolled can see nothing, and 1 person hardly more', () => {
    const design = { controlsEach: 3, years: 1, baseRate: 0.1, overdispersion: 0.8 }
    expect(detectableRatio(0, design)).toBe(0)
    expect(detectableRatio(1, design)).toBeLessThan(0.01)
  })
})

describe('E-values', () => {
  it('a ratio of 3.9 needs 7.263', () => {
    expect(eValue({ value: 3.9, low: 1.8, high: 8.7 }).estimate).toBeCloseTo(7.263, 3)
  })

  it('a ratio below 1 is turned over, and an interval that holds 1 needs nothing', () => {
    expect(eValue({ value: 1 / 3.9, low: 0.1, high: 1.2 })).toEqual({
      estimate: expect.closeTo(7.263, 3),
      nearest: 1,
    })
    expect(eValue({ value: 0.8, low: 0.7, high: 0.9 }).nearest).toBeCloseTo(
      1 / 0.9 + Math.sqrt((1 / 0.9) * (1 / 0.9 - 1)),
      12,
    )
  })
})

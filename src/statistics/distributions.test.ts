import { describe, expect, it } from 'vitest'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { betaBelow, gammaAbove, gammaBelow, logGamma, normalBelow, normalQuantile } from './distributions.ts'
import { binomialInterval, poissonRateInterval, rateRatioInterval } from './intervals.ts'

const relative = (value: number, expected: number) => Math.abs(value / expected - 1)

describe('distributions agree with R', () => {
  it('the gamma function of whole numbers is the factorial, of a half the root of pi', () => {
    expect(relative(logGamma(11), Math.log(3_628_800))).toBeLessThan(1e-14)
    expect(relative(logGamma(0.5), Math.log(Math.PI) / 2)).toBeLessThan(1e-13)
  })

  it('the normal distribution is exact in the middle and far in the tail', () => {
    expect(relative(normalBelow(-8), 6.220960574271785e-16)).toBeLessThan(1e-12)
    expect(relative(normalBelow(1.959963984540054), 0.975)).toBeLessThan(1e-14)
    expect(relative(normalQuantile(0.975), 1.959963984540054)).toBeLessThan(1e-13)
    expect(relative(normalQuantile(0.8), 0.8416212335729143)).toBeLessThan(1e-12)
  })

  it('the upper tail of chi-square is not rounded to nothing', () => {
    expect(gammaAbove(450, 6)).toBeGreaterThan(5.6e-185)
    expect(gammaAbove(450, 6)).toBeLessThan(5.8e-185)
    expect(gammaBelow(2, 1)).toBeCloseTo(1 - Math.exp(-2), 15)
  })

  it('the beta distribution adds up from either side', () => {
    expect(betaBelow(0.3, 2, 3)).toBeCloseTo(0.3483, 12)
    expect(betaBelow(0.7, 3, 2)).toBeCloseTo(1 - 0.3483, 12)
  })
})

describe('exact intervals agree with R', () => {
  const { exact } = reference
  const ends = (found: { low: number; high: number }, ci: readonly number[]) => {
    expect(relative(found.low, ci[0] ?? Number.NaN)).toBeLessThan(1e-8)
    expect(relative(found.high, ci[1] ?? Number.NaN)).toBeLessThan(1e-8)
  }

  it('of rates, shares and ratios in three public tables each', () => {
    for (const { events, exposure, ci } of exact.rates) ends(poissonRateInterval(events, exposure), ci)
    for (const { hits, n, ci } of exact.shares) ends(binomialInterval(hits, n), ci)
    for (const { events, exposure, ratio, ci } of exact.ratios) {
      const [a = 0, b = 0] = events
      const [t = 0, u = 0] = exposure
      const found = rateRatioInterval([a, t], [b, u])
      expect(relative(found.value, ratio)).toBeLessThan(1e-12)
      ends(found, ci)
    }
  })

  it('10 events in 1 person-year are compatible with 4.8 to 18.4', () => {
    const { low, high } = poissonRateInterval(10, 1)
    expect(relative(low, 4.795389)).toBeLessThan(1e-6)
    expect(relative(high, 18.39036)).toBeLessThan(1e-6)
  })

  it('0 events still leave room for 3.7', () => {
    expect(poissonRateInterval(0, 2)).toEqual({
      value: 0,
      low: 0,
      high: expect.closeTo(3.688879454113936 / 2, 12),
    })
  })

  it('8 of 10 are compatible with 44% to 97%', () => {
    const { low, high } = binomialInterval(8, 10)
    expect(relative(low, 0.4439045)).toBeLessThan(1e-6)
    expect(relative(high, 0.9747893)).toBeLessThan(1e-6)
  })

  it('none of 10 and all of 10 mirror each other', () => {
    expect(binomialInterval(0, 10).low).toBe(0)
    expect(binomialInterval(10, 10).high).toBe(1)
    expect(binomialInterval(0, 10).high).toBeCloseTo(1 - 0.025 ** (1 / 10), 12)
  })

  it('a ratio of two small counts comes from the binomial share of the first', () => {
    const ratio = rateRatioInterval([8, 10], [2, 10])
    const share = binomialInterval(8, 10)
    expect(ratio.value).toBe(4)
    expect(ratio.low).toBeCloseTo(share.low / (1 - share.low), 12)
    expect(rateRatioInterval([3, 1], [0, 1]).high).toBe(Number.POSITIVE_INFINITY)
  })
})

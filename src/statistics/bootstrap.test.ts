import { describe, expect, it } from 'vitest'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { column, tableCalled } from '../../test/tables.ts'
import { biasCorrectedInterval, bootstrap, percentileInterval } from './bootstrap.ts'
import { meanOf, quantileOf } from './quantiles.ts'
import { studentBelow, studentQuantile } from './students-t.ts'

const city = tableCalled('city')
const hours = column(tableCalled('aircondit'), 'hours')
const flow = column(tableCalled('nile'), 'flow')

const weighted = (values: Float64Array, times: Float64Array) =>
  values.reduce((sum, value, i) => sum + value * (times[i] ?? 0), 0)
const ratio = (times: Float64Array) => [
  weighted(column(city, 'x'), times) / weighted(column(city, 'u'), times),
]
const mean = (times: Float64Array) => [weighted(hours, times) / times.reduce((sum, t) => sum + t, 0)]
const median = (times: Float64Array) => {
  const drawn: number[] = []
  times.forEach((t, i) => {
    for (let k = 0; k < t; k++) drawn.push(flow[i] ?? 0)
  })
  return [quantileOf(drawn, 0.5)]
}

const near = (found: number, expected: number, share: number) =>
  expect(Math.abs(found - expected)).toBeLessThan(share)

describe('the bootstrap', () => {
  it.each([
    ['a ratio of two sums', 10, ratio, reference.bootstrap.city],
    ['a mean of very skewed times', 12, mean, reference.bootstrap.aircondit],
    ['a median', 100, median, reference.bootstrap.nile],
  ] as const)(
    'agrees with R on %s, percentile and BCa, within the noise of the draws',
    (_, clusters, statistic, r) => {
      const all = bootstrap({ clusters, times: 10_000, seed: 1 }, statistic)
      const [low = 0, high = 0] = r.percentile
      const [lowBca = 0, highBca = 0] = r.bca
      const percentile = percentileInterval(all)
      const bca = biasCorrectedInterval(all)
      expect(percentile.value).toBeCloseTo(r.value, 10)
      near(percentile.standardError / r.se, 1, 0.03)
      for (const [found, expected] of [
        [percentile.low, low],
        [percentile.high, high],
        [bca.low, lowBca],
        [bca.high, highBca],
      ] as const)
        near(found, expected, 0.12 * r.se)
    },
  )

  it('gives the same numbers for the same seed and others for another', () => {
    const low = (seed: number) => percentileInterval(bootstrap({ clusters: 12, times: 200, seed }, mean)).low
    expect(low(3)).toBe(low(3))
    expect(low(3)).not.toBe(low(4))
  })

  it('draws clusters whole: people of one practice stand or fall together', () => {
    const practices = [
      [1, 1, 1, 1],
      [3, 3, 3, 3],
      [5, 5, 5, 5],
      [7, 7, 7, 7],
    ]
    const byPractice = bootstrap({ clusters: 4, times: 2000, seed: 1 }, (t) => [
      practices.reduce((sum, people, i) => sum + (t[i] ?? 0) * meanOf(people), 0) / 4,
    ])
    const flat = practices.flat()
    const byPerson = bootstrap({ clusters: 16, times: 2000, seed: 1 }, (t) => [
      flat.reduce((sum, value, i) => sum + (t[i] ?? 0) * value, 0) / 16,
    ])
    near(percentileInterval(byPractice).standardError / percentileInterval(byPerson).standardError, 2, 0.1)
  })

  it('leaves aside a draw in which nothing can be worked out, and says how many', () => {
    const all = bootstrap({ clusters: 3, times: 500, seed: 1 }, ([a = 0, b = 0]) => [a / b])
    const { undefinedDraws, low, high } = percentileInterval(all)
    expect(undefinedDraws).toBeGreaterThan(50)
    expect(Number.isFinite(low) && Number.isFinite(high)).toBe(true)
  })

  it('works out several quantities of the same draws together', () => {
    const all = bootstrap({ clusters: 5, times: 100, seed: 1 }, ([a = 0]) => [a, 2 * a])
    expect(Array.from(all.draws[1] ?? [])).toEqual(Array.from(all.draws[0] ?? [], (draw) => 2 * draw))
  })

  it('refuses 1 cluster', () => {
    expect(() => bootstrap({ clusters: 1, times: 10, seed: 1 }, () => [1])).toThrow(RangeError)
  })
})

describe('Student’s t', () => {
  it('agrees with R in the middle, with fractions of degrees, and far out', () => {
    const { t } = reference.points
    expect(studentQuantile(0.975, 4.5)).toBeCloseTo(t.q1, 10)
    expect(studentQuantile(0.975, 200)).toBeCloseTo(t.q2, 10)
    expect(studentQuantile(0.9, 1)).toBeCloseTo(t.q3, 10)
    expect(studentBelow(-3, 2.5)).toBeCloseTo(t.p1, 12)
    expect(studentBelow(1.3, 40)).toBeCloseTo(t.p2, 12)
    expect(studentQuantile(0.975, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 10)
  })
})

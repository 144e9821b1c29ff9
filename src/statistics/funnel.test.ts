import { describe, expect, it } from 'vitest'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { binomial, countAt, poisson } from './discrete.ts'
import { funnelOf } from './funnel.ts'

const at = (values: readonly (number | null)[], i: number) => values[i] ?? Number.NaN

describe('funnels', () => {
  it.each([
    ['insurance claims of 16 groups', reference.funnel.insurance],
    ['admissions of 6 departments', reference.funnel.admissions],
    ['bacteria in 50 children', reference.funnel.bacteria],
  ])('agree with Spiegelhalter’s limits worked out in R: %s', (_, r) => {
    const units = r.r.map((events, i) => ({ events, of: at(r.n, i) }))
    const funnel = funnelOf(units, { kind: 'share' })
    expect(funnel.target).toBeCloseTo(r.target, 12)
    expect(funnel.phi).toBeCloseTo(r.phi, 9)
    expect(funnel.tauSquared).toBeCloseTo(r.tau2, 10)
    funnel.points.forEach(({ limits95, limits998 }, i) => {
      expect(limits95.low).toBeCloseTo(Math.max(0, at(r.low95, i)), 8)
      expect(limits95.high).toBeCloseTo(Math.min(1, at(r.high95, i)), 8)
      expect(limits998.low).toBeCloseTo(at(r.low998, i), 8)
      expect(limits998.high).toBeCloseTo(Math.min(1, at(r.high998, i)), 8)
    })
    const added = funnelOf(units, { kind: 'share', overdispersion: 'add' })
    if (added.isOverdispersed)
      added.points.forEach(({ limits998 }, i) => {
        expect(limits998.high).toBeCloseTo(at(r.added998, i), 8)
      })
  })

  it('of ratios use Poisson limits over what was expected', () => {
    const { o, e, low95, high998 } = reference.funnel.ratio
    const { points } = funnelOf(
      o.map((events, i) => ({ events, of: at(e, i) })),
      { kind: 'ratio' },
    )
    points.forEach((point, i) => {
      expect(point.limits95.low).toBeCloseTo(Math.max(0, at(low95, i)), 8)
      expect(point.limits998.high).toBeCloseTo(at(high998, i), 8)
    })
  })

  it('multiplied limits widen by the root of phi, and distances shrink by it', () => {
    const { r, n } = reference.funnel.admissions
    const units = r.map((events, i) => ({ events, of: at(n, i) }))
    const [plain, wide] = [
      funnelOf(units, { kind: 'share' }),
      funnelOf(units, { kind: 'share', overdispersion: 'multiply' }),
    ]
    expect(plain.points.some(({ place }) => place === 'outside 99.8%')).toBe(true)
    expect((plain.points[0]?.distance ?? 0) / (wide.points[0]?.distance ?? 1)).toBeCloseTo(
      Math.sqrt(plain.phi),
      10,
    )
    expect(wide.points.every(({ place }) => place === 'as expected')).toBe(true)
  })

  it('do not widen where chance explains the spread', () => {
    const units = [10, 11, 9, 10, 12, 8].map((events) => ({ events, of: 100 }))
    const asked = funnelOf(units, { kind: 'share', overdispersion: 'multiply' })
    expect(asked.isOverdispersed).toBe(false)
    expect(asked.points[0]?.limits95).toEqual(funnelOf(units, { kind: 'share' }).points[0]?.limits95)
  })

  it('refuse a unit of nobody and hits beyond the people', () => {
    expect(() => funnelOf([], { kind: 'share' })).toThrow(RangeError)
    expect(() => funnelOf([{ events: 1, of: 0 }], { kind: 'ratio' })).toThrow(RangeError)
    expect(() => funnelOf([{ events: 3, of: 2 }], { kind: 'share' })).toThrow(RangeError)
  })
})

describe('counts', () => {
  it('quantiles and shares agree with R', () => {
    const { binom, pois } = reference.points
    expect([0.001, 0.025, 0.5, 0.975].map((p) => countAt(binomial(810, 0.0739), p))).toEqual(binom.q)
    expect(binomial(810, 0.0739).upTo(46)).toBeCloseTo(binom.p, 12)
    expect([countAt(poisson(1234.5), 0.5), countAt(poisson(3), 0.975)]).toEqual(pois.q)
    expect(poisson(6.2).upTo(4)).toBeCloseTo(pois.p, 12)
  })

  it('a chance of 0 or 1 leaves one count', () => {
    expect([countAt(binomial(5, 0), 0.9), countAt(binomial(5, 1), 0.1)]).toEqual([0, 5])
    expect(binomial(5, 1).at(5)).toBe(1)
  })
})

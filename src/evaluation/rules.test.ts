import { describe, expect, it } from 'vitest'
import { bandOf } from './match.ts'
import { protocol } from './protocol.data.ts'
import { breachesOf, verdictOn } from './rules.ts'
import type { BalanceLine, Matched } from './types.ts'

const line = (part: Partial<BalanceLine>): BalanceLine => ({
  name: 'age',
  label: 'Age',
  before: 0.4,
  after: 0.02,
  limit: 0.1,
  treatedMean: 74,
  controlMean: 74,
  denominator: 10,
  varianceRatio: 1,
  largestGap: 0.02,
  gapLimit: 0.1,
  ...part,
})

const matchedWith = (sets: number, unmatched: number, balance: readonly BalanceLine[]): Matched => ({
  sets: Array.from({ length: sets }, (_, treated) => ({ treated, controls: [treated] })),
  unmatched: Array.from({ length: unmatched }, (_, i) => sets + i),
  attempts: [],
  balance,
  effectiveControls: sets,
  scoreSpread: 1,
  expectedRates: new Float64Array(sets + unmatched),
})

const breaches = (part: Partial<BalanceLine>) =>
  breachesOf(protocol, matchedWith(95, 5, [line(part)])).map(({ label, found }) => `${label}: ${found}`)

describe('a result is kept back', () => {
  it('when a fact differs by more than its limit, on either side, and not at the limit', () => {
    expect(breaches({ after: 0.11 })).toEqual(['Age: 0.11 apart, limit 0.10'])
    expect(breaches({ after: -0.11 })).toEqual(['Age: 0.11 apart, limit 0.10'])
    expect(breaches({ after: 0.1 })).toEqual([])
  })

  it('when one group varies more than twice or less than half as much', () => {
    expect(breaches({ varianceRatio: 2.01 })).toHaveLength(1)
    expect(breaches({ varianceRatio: 0.49 })).toHaveLength(1)
    expect(breaches({ varianceRatio: Number.NaN })).toHaveLength(1)
    expect([...breaches({ varianceRatio: 2 }), ...breaches({ varianceRatio: 0.5 })]).toEqual([])
    expect(breaches({ varianceRatio: null })).toEqual([])
  })

  it('when the two groups are spread differently', () => {
    expect(breaches({ largestGap: 0.12 })).toEqual(['Age: spread differently by 0.12, limit 0.10'])
  })

  it('when fewer than 9 in 10 had somebody like them', () => {
    const few = breachesOf(protocol, matchedWith(89, 11, [line({})]))
    expect(few).toEqual([{ label: 'Enough matched', found: '89 in 100 had somebody like them' }])
    expect(breachesOf(protocol, matchedWith(90, 10, [line({})]))).toEqual([])
    // 89.6 in 100 falls short of 90 and must not read as 90.
    expect(breachesOf(protocol, matchedWith(224, 26, [line({})]))[0]?.found).toMatch(/^89 in 100/)
  })
})

describe('the verdict', () => {
  it('is fewer or more only where the whole interval lies on one side of 1', () => {
    expect(verdictOn({ value: 0.8, low: 0.7, high: 0.99 })).toBe('fewer')
    expect(verdictOn({ value: 0.8, low: 0.6, high: 1 })).toBe('cannot tell')
    expect(verdictOn({ value: 1.2, low: 1, high: 1.4 })).toBe('cannot tell')
    expect(verdictOn({ value: 1.2, low: 1.01, high: 1.4 })).toBe('more')
  })
})

describe('bands that a pair must share', () => {
  it('0 to 6 or more emergency admissions each have their own', () => {
    const edges =
      protocol.closeness[0]?.exact.find(({ covariate }) => covariate === 'admissions365')?.edges ?? []
    expect([0, 1, 2, 5, 6, 20].map((count) => bandOf(count, edges))).toEqual([0, 1, 2, 5, 6, 6])
  })

  it('an age belongs to the band it has reached: 65 is not 64', () => {
    const edges = protocol.closeness[0]?.exact.find(({ covariate }) => covariate === 'age')?.edges ?? []
    expect([18, 39, 40, 64, 65, 74, 75, 84, 85, 101].map((age) => bandOf(age, edges))).toEqual([
      1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
    ])
  })
})

it('every fact but the score says which record it is read from, or is known of everybody', () => {
  const everybody = ['expected', 'age', 'woman', 'deprivation', 'livesAlone']
  for (const { name, from } of protocol.covariates) expect(from === undefined).toBe(everybody.includes(name))
})

import { describe, expect, it } from 'vitest'
import { type Replication, replicate } from '../../src/evaluation/replicate.ts'
import type { Scenario } from '../../src/evaluation/simulated-town.ts'

const seeds = Array.from({ length: 12 }, (_, i) => i + 1)
const answered = (name: string, scenario: Scenario): readonly NonNullable<Replication['found']>[] =>
  seeds.flatMap((seed) => replicate(name, scenario, seed).found ?? [])
const town = { people: 40_000, enrolled: 500, trueRatio: 1 }

describe('twelve towns of each kind, seeds 1 to 12', () => {
  it('a service that does harm is found to: more admissions than matched people, though their own rate fell', () => {
    const found = answered('harm', { ...town, trueRatio: 1.3 })
    expect(found.length).toBeGreaterThanOrEqual(6)
    expect(found.filter(({ ratio }) => ratio.low > 1).length).toBeGreaterThanOrEqual(found.length - 1)
    expect(found.filter(({ ratio }) => ratio.high < 1)).toEqual([])
    for (const { ownChangePercent } of found) expect(ownChangePercent).toBeLessThan(0)
  })

  it('one that helps only the two most deprived fifths is told from one that helps everybody', () => {
    const some = answered('deprived only', { ...town, trueRatioDeprived: 0.6 })
    const all = answered('everybody', { ...town, trueRatio: 0.8 })
    const told = (found: typeof some) => found.filter(({ deprived }) => deprived && deprived.high < 1).length
    expect(told(some)).toBeGreaterThanOrEqual(some.length - 2)
    expect(told(all)).toBeLessThanOrEqual(2)
  })

  it('people chosen by an unseen cause are betrayed by the things a service cannot change', () => {
    const found = answered('unseen', { ...town, unseenOdds: 4, unseenRatio: 2.5 })
    const warned = found.filter(({ unaffected }) => unaffected && unaffected.low > 1)
    expect(warned.length).toBeGreaterThanOrEqual(found.length * 0.55)
  })
})

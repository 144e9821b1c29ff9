import { describe, expect, it } from 'vitest'
import { tryMethod } from './made-up-services.ts'
import { prepare } from './rules.ts'
import { simulate } from './simulation.ts'

describe('the method tried on services that were not', () => {
  it('says “effect” about as seldom as chance allows, and the same whenever it is tried again', async () => {
    const { protocol, cut, outcomesOf } = simulate(1, { people: 20_000, enrolled: 100, trueRatio: 0.5 })
    const prepared = prepare(protocol, { joined: 100, followed: 100 }, cut)
    if (prepared.kind === 'stopped') throw new Error(`expected a study, came ${prepared.answer.kind}`)
    const told: number[] = []
    const once = () =>
      tryMethod(protocol, prepared, outcomesOf(prepared.cut.pool), 12, async (done) => {
        told.push(done)
      })
    const trial = await once()
    expect(trial.saidEffect).toBeLessThanOrEqual(3)
    expect(trial.withheld).toBeLessThan(12)
    expect(told.at(-1)).toBe(12)
    expect(await once()).toEqual(trial)
  })
})

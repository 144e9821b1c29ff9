import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goRound, type LoopDone } from '../../benchmarks/loop.ts'
import type { AdvanceEffect } from '../../town/index.ts'
import { testFolder } from '../house.ts'

const folders: string[] = []

async function roundWith(effect: AdvanceEffect): Promise<LoopDone> {
  const folder = testFolder(`loop-${effect}`)
  folders.push(folder)
  // Few enough that enough others of the list are left to compare them with.
  return await goRound({ people: 30_000, effect, seed: 1, folder, mostAQuarter: 100 })
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

function answered({ answer }: LoopDone) {
  if (answer.kind !== 'answered') throw new Error(`expected an answer, came ${answer.kind}`)
  return answer
}

/** The same people are accepted in both worlds, and the same admissions happen but for those prevented. */
describe('the loop of truth, small: 30,000 people, four quarters of acceptance and a year', () => {
  let none: LoopDone
  let fall20: LoopDone
  beforeAll(async () => {
    none = await roundWith('none')
    fall20 = await roundWith('fall20')
  }, 2_400_000)

  it('where the service does nothing the interval holds 1, and before-after shows a fall of 30% or more', () => {
    const { ratio, regression } = answered(none)
    expect(ratio.low).toBeLessThan(1)
    expect(ratio.high).toBeGreaterThan(1)
    expect(regression.ownChangePercent).toBeLessThanOrEqual(-30)
  })

  it('where it prevents 1 admission in 5 the interval holds 0.80, below where it does nothing', () => {
    const { ratio, regression } = answered(fall20)
    expect(ratio.low).toBeLessThan(0.8)
    expect(ratio.high).toBeGreaterThan(0.8)
    expect(ratio.value).toBeLessThan(answered(none).ratio.value)
    expect(regression.ownChangePercent).toBeLessThanOrEqual(-30)
  })

  it('the fall of matched people is the same in both: nothing was done for them', () => {
    const gap =
      answered(none).regression.controlChangePercent - answered(fall20).regression.controlChangePercent
    expect(Math.abs(gap)).toBeLessThan(5)
  })

  it('what was recorded is what the town was told: everybody accepted has contacts', () => {
    for (const done of [none, fall20]) expect(done.contacts).toBeGreaterThan(done.accepted)
  })
})

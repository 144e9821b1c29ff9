import { describe, expect, it } from 'vitest'
import { tryMethod } from './made-up-services.ts'
import { prepare } from './rules.ts'
import { secondPool } from './second-pool.ts'
import { simulate } from './simulation.ts'
import type { StudyRows } from './types.ts'

function study() {
  const { protocol, cut, outcomesOf } = simulate(1, { people: 20_000, enrolled: 100, trueRatio: 0.5 })
  const prepared = prepare(protocol, { joined: 100, followed: 100 }, cut)
  if (prepared.kind === 'stopped') throw new Error(`expected a study, came ${prepared.answer.kind}`)
  return { protocol, prepared, outcomesOf }
}

describe('the method tried on services that were not', () => {
  it('says “effect” about as seldom as chance allows, and the same whenever it is tried again', async () => {
    const { protocol, prepared, outcomesOf } = study()
    const told: number[] = []
    const once = () =>
      tryMethod(protocol, prepared, outcomesOf(prepared.cut.pool), 6, async (done) => {
        told.push(done)
      })
    const trial = await once()
    expect(trial.saidEffect).toBeLessThanOrEqual(2)
    expect(trial.withheld).toBeLessThan(6)
    expect(told.at(-1)).toBe(6)
    expect(await once()).toEqual(trial)
  })
})

describe('a second pool of practices where nobody joined', () => {
  const inPractices = (ofPool: (person: number) => number) => {
    const { protocol, prepared, outcomesOf } = study()
    const placed = (rows: StudyRows, of: (person: number) => number): StudyRows => ({
      ...rows,
      values: { ...rows.values, practice: Float64Array.from(rows.persons, (person) => of(Number(person))) },
    })
    const { treated, pool } = prepared.cut
    const cut = { ...prepared.cut, treated: placed(treated, () => 1), pool: placed(pool, ofPool) }
    const read: string[] = []
    const way = secondPool(
      protocol,
      { ...prepared, cut },
      async (rows, helped) => {
        read.push(...rows.persons.slice(helped))
        return outcomesOf(rows)
      },
      async () => cut,
    )
    return { way, read }
  }

  it('compares with nobody of a practice that was reached', async () => {
    const { way, read } = inPractices((person) => 1 + (person % 3 === 0 ? 0 : 1))
    expect((await way).ratio?.value ?? 1).toBeLessThan(0.9)
    expect(read.filter((person) => Number(person) % 3 === 0)).toEqual([])
  })

  it('says so where every practice was reached', async () => {
    expect(await inPractices(() => 1).way).toMatchObject({ whyNone: 'There are none with enough people' })
  })
})

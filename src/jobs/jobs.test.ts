import { describe, expect, it } from 'vitest'
import { transaction } from '#database'
import { openHouse } from '../../test/house.ts'
import { joinWaiting, laterIn, sayInTurn, takeUpLeftBehind } from './index.ts'

const house = await openHouse()

const waiting = async () => {
  const rows = await house.arrange(
    `select id::text as id, locked_at is not null as "isTaken" from graphile_worker.jobs order by id`,
  )
  return rows as readonly { readonly id: string; readonly isTaken: boolean }[]
}

describe('promised work', () => {
  it('two who promise the same work at the same time wait for nobody, and it is done once', async () => {
    // The queue writes a task's name down once; the work process has done so before anybody promises.
    await house.asSystem('count free places', ({ later }) => later('count free places', {}))
    await house.arrange('delete from graphile_worker._private_jobs')
    await transaction(house.pool, async (first) => {
      await laterIn(first)('count free places', {}, 'count free places')
      await transaction(house.pool, async (second) => {
        await second.client.query(`set local statement_timeout = '10s'`)
        await laterIn(second)('count free places', {}, 'count free places')
      })
    })
    await house.asSystem('rank', ({ later }) => later('rank', {}, 'rank'))
    const [begun, , other] = await waiting()
    expect(other).toBeDefined()
    await transaction(house.workPool, (db) => joinWaiting(db, begun?.id ?? ''))
    expect(await waiting()).toEqual([begun, other])
  })

  it('work promised without a key is done as often as it was promised', async () => {
    await house.arrange('delete from graphile_worker._private_jobs')
    for (const folder of ['one', 'two'])
      await house.asSystem('load', ({ later }) => later('load', { folder }))
    const [begun] = await waiting()
    await transaction(house.workPool, (db) => joinWaiting(db, begun?.id ?? ''))
    expect(await waiting()).toHaveLength(2)
  })

  it('work under way when everything was killed is free at the next start, and never while its process lives', async () => {
    const killed = () =>
      house.arrange(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-gone'`)
    await killed()
    const client = await house.workPool.connect()
    try {
      await takeUpLeftBehind({ client })
      expect((await waiting()).map(({ isTaken }) => isTaken)).toEqual([false, false])
      await killed()
      await transaction(house.workPool, takeUpLeftBehind)
      expect((await waiting()).map(({ isTaken }) => isTaken)).toEqual([true, true])
    } finally {
      client.release(true)
    }
  })
})

describe('how far long work is', () => {
  it('never falls, though parts of it go on at once and what is said first is kept last', async () => {
    const kept: [string, number][] = []
    const say = sayInTurn(async (words, share) => {
      await new Promise((done) => setTimeout(done, words === 'Getting identity ready' ? 30 : 1))
      kept.push([words, share])
    })
    await Promise.all([
      say('Getting identity ready', 0.54),
      say('Reading admissions', 0.43),
      say('Storing', 0.6),
    ])
    expect(kept).toEqual([
      ['Getting identity ready', 0.54],
      ['Reading admissions', 0.54],
      ['Storing', 0.6],
    ])
  })

  it('is said again after once it could not be said', async () => {
    const kept: number[] = []
    const say = sayInTurn(async (words, share) => {
      if (words === 'lost') throw new Error('the database was away')
      kept.push(share)
    })
    await expect(say('lost', 0.2)).rejects.toThrow('away')
    await say('told', 0.3)
    expect(kept).toEqual([0.3])
  })
})

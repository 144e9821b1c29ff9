import { getHeapSpaceStatistics } from 'node:v8'
import { afterAll, describe, expect, it } from 'vitest'
import { openHouse } from '../../test/house.ts'
import { connect, many, one, run, sql, transaction } from './index.ts'

const house = await openHouse()
const pool = connect(house.ownerUrl, 1, 'together')
afterAll(() => pool.end())
await house.arrange('create table said (words text)')

describe('questions asked together', () => {
  it('are answered each with its own answer', async () => {
    const numbers = await transaction(pool, (db) =>
      Promise.all([1, 2, 3].map((n) => one<{ n: number }>(db, sql`select ${n}::integer as n`))),
    )
    expect(numbers).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  it('keep nothing of any of them when one fails', async () => {
    const work = transaction(pool, (db) =>
      Promise.all([
        run(db, sql`insert into said values ('first')`),
        run(db, sql`select 1 / 0`),
        run(db, sql`insert into said values ('third')`),
      ]),
    )
    await expect(work).rejects.toThrow('division by zero')
    expect(await transaction(pool, (db) => many(db, sql`select words from said`))).toEqual([])
  })

  it('ask nothing more once their transaction is over, so that nothing of theirs stands in somebody else’s', async () => {
    let goOn = () => {}
    const later = new Promise<void>((go) => (goOn = go))
    let straggler: Promise<unknown> = Promise.resolve()
    const work = transaction(pool, async (db) => {
      straggler = later.then(() => run(db, sql`insert into said values ('straggler')`))
      straggler.catch(() => {})
      await run(db, sql`select 1 / 0`)
    })
    await expect(work).rejects.toThrow('division by zero')
    await transaction(pool, async (db) => {
      await run(db, sql`insert into said values ('the next')`)
      goOn()
      await expect(straggler).rejects.toThrow('over')
    })
    expect(await transaction(pool, (db) => many(db, sql`select words from said`))).toEqual([
      { words: 'the next' },
    ])
  })
})

describe('a transaction', () => {
  it('whose work asks nothing and fails leaves its connection to the next', async () => {
    await expect(transaction(pool, () => Promise.reject(new Error('not this time')))).rejects.toThrow(
      'not this time',
    )
    expect(await transaction(pool, (db) => one(db, sql`select 1 as n`))).toEqual({ n: 1 })
  })
})

describe('what the database said', () => {
  const oldMb = () =>
    getHeapSpaceStatistics()
      .filter(({ space_name }) => space_name === 'old_space')
      .reduce((sum, space) => sum + space.space_used_size, 0) / 1e6

  it('is not kept among what is old once it was read', async () => {
    const before = oldMb()
    let most = 0
    for (let n = 0; n < 3000; n++) {
      await transaction(pool, (db) => one(db, sql`select repeat('x', 40000) as words`))
      most = Math.max(most, oldMb() - before)
    }
    // 120 MB were read.
    expect(most).toBeLessThan(30)
  })

  it('where it fails, tells where it was asked', async () => {
    const asking = () => transaction(pool, (db) => one(db, sql`select 1 / 0`))
    const failed = await asking().catch((error: Error) => error)
    expect(failed instanceof Error && failed.stack).toContain('connection.ts')
  })
})

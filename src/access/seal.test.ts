import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { one, run, sql, transaction } from '#database'
import { type House, openHouse, staffId, testFolder } from '../../test/house.ts'
import {
  type AuditProof,
  runSealer,
  sealKeys,
  sealOnce,
  sealPublicKey,
  secondPlaceIn,
  verifyAudit,
} from './index.ts'
import { idsOf, rangesOf, stillWaiting } from './seal-words.ts'

const folder = testFolder('seals')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const keys = () => sealKeys(folder)
const place = () => secondPlaceIn(folder)
const sealAll = async (house: House) => {
  while ((await sealOnce(house.workPool, keys(), place())) > 0);
}
const verify = (house: House): Promise<AuditProof> =>
  transaction(house.workPool, (db) => verifyAudit(db, sealPublicKey(folder), place()))

/** Rows as a busy morning leaves them. */
const fillLog = (house: House, rows: number) =>
  house.arrange(
    `insert into access.entry (staff_id, purpose, verb, outcome) select $1, 'direct care', 'read the record ' || g, 'done'
     from generate_series(1, $2::int) g`,
    [staffId('amina'), rows],
  )

describe('the access log is sealed', () => {
  let house: House
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    house = await openHouse()
    await fillLog(house, 2500)
    await sealAll(house)
  })

  it('whole, in seals of at most 1,000 rows, and proves it', async () => {
    expect(await verify(house)).toEqual({ isWhole: true, rows: 2500, seals: 3 })
  })

  it('nothing is sealed twice: with nothing new there is no new seal', async () => {
    expect(await sealOnce(house.workPool, keys(), place())).toBe(0)
  })

  it('the private key is readable by its owner alone, and the page’s sign-in may not read seals', async () => {
    expect(statSync(join(folder, 'keys', 'seal.key')).mode & 0o777).toBe(0o600)
    await expect(house.pool.query('select * from access.log_seal')).rejects.toThrow(/permission denied/)
    await expect(house.workPool.query('delete from access.log_seal')).rejects.toThrow(/permission denied/)
    await expect(house.workPool.query('update access.log_seal set high_water = 9')).rejects.toThrow(
      /permission denied/,
    )
    await expect(house.workPool.query('delete from access.entry')).rejects.toThrow(/permission denied/)
  })

  it('the high-water mark cannot go back, even by the owner of the table', async () => {
    await expect(
      house.arrange(
        `insert into access.log_seal select n + 1, sealed_at, '{[1,2)}', digests, waiting, high_water - 1, n, high_water,
           hash, hash, signature from access.log_seal order by n desc limit 1`,
      ),
    ).rejects.toThrow(/check/)
  })

  it('a line torn by a power cut is caught up at the next start', async () => {
    const file = join(folder, 'seals.jsonl')
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, whole.slice(0, -40))
    await fillLog(house, 1)
    const stop = new AbortController()
    const sealer = runSealer({
      pool: house.workPool,
      keys: keys(),
      secondPlace: place(),
      signal: stop.signal,
      fault: (error) => {
        throw error
      },
    })
    stop.abort()
    await sealer
    expect(await verify(house)).toMatchObject({ isWhole: true, seals: 4 })
  })
})

// Each attack is made by somebody who owns the database, on a log sealed in three seals of 50 rows.
describe('A41 verify-audit names the first row that does not fit', () => {
  let house: House
  beforeEach(async () => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    house ??= await openHouse()
    await house.arrange('truncate access.entry, access.log_seal restart identity')
    for (let seal = 0; seal < 3; seal++) {
      await fillLog(house, 50)
      await sealAll(house)
    }
    expect(await verify(house)).toMatchObject({ isWhole: true, rows: 150, seals: 3 })
  })

  it.each([
    [
      'a purpose changed by one letter',
      `update access.entry set purpose = 'Direct care' where id = 60`,
      'row 60 altered',
    ],
    [
      'a time moved by 1 microsecond',
      `update access.entry set at = at + interval '1 microsecond' where id = 61`,
      'row 61 altered',
    ],
    [
      'who looked changed',
      `update access.entry set staff_id = '${staffId('omar')}' where id = 62`,
      'row 62 altered',
    ],
    [
      'two rows swapped',
      `update access.entry e set verb = o.verb from access.entry o where (e.id, o.id) in ((70, 71), (71, 70))`,
      'row 70 altered',
    ],
    ['a row taken out', 'delete from access.entry where id = 75', 'seal 2: row 75 gone'],
    ['the last 10 rows taken out', 'delete from access.entry where id > 140', 'seal 3: row 141 gone'],
    [
      'the last rows and their seal taken out',
      'delete from access.log_seal where n = 3; delete from access.entry where id > 100',
      'chain ends at 2, the second place says 3',
    ],
    [
      'a row put in behind the chain',
      `insert into access.entry (id, staff_id, purpose, verb, outcome) overriding system value
         values (-5, '${staffId('omar')}', 'direct care', 'x', 'done')`,
      '1 row not sealed: row -5',
    ],
    [
      'a second row under the number of another',
      `insert into access.entry (id, staff_id, purpose, verb, outcome) overriding system value
         values (80, '${staffId('omar')}', 'direct care', 'x', 'done')`,
      'row 80 is there 2 times',
    ],
    [
      'a row and its digest changed',
      `update access.entry set verb = 'x' where id = 1;
       update access.log_seal set digests = (select sha256(convert_to(jsonb_build_array(id,
         to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), staff_id, post_id, session_id, system, purpose,
         verb, person_id, encode(list_hash, 'hex'), tie, outcome)::text, 'UTF8')) from access.entry where id = 1)
         || substring(digests from 33) where n = 1`,
      'seal 1 altered',
    ],
    [
      'a seal taken out of the middle',
      `alter table access.log_seal drop constraint log_seal_previous_n_previous_high_water_fkey;
       delete from access.log_seal where n = 2;
       alter table access.log_seal add foreign key (previous_n, previous_high_water)
         references access.log_seal (n, high_water) not valid`,
      'seal 2 gone',
    ],
    [
      'a seal made to name more rows than there are',
      `update access.log_seal set row_ranges = '{[101,999999999999)}' where n = 3`,
      'seal 3 altered',
    ],
  ])('%s', async (_, attack, said) => {
    await house.arrange(attack)
    expect(await verify(house)).toMatchObject({ isWhole: false, firstFault: said })
  })

  it('a log sealed anew with another key', async () => {
    await house.arrange('truncate access.log_seal')
    const other = generateKeyPairSync('ed25519')
    const elsewhere = { append: () => undefined, lastNumber: () => 0, read: place().read }
    while ((await sealOnce(house.workPool, other, elsewhere)) > 0);
    expect(await verify(house)).toMatchObject({ isWhole: false, firstFault: 'seal 1 altered' })
  })

  it('a log sealed anew with the stolen key is not what the second place has', async () => {
    await house.arrange(`truncate access.log_seal; update access.entry set verb = 'x' where id = 3`)
    const elsewhere = { append: () => undefined, lastNumber: () => 0, read: place().read }
    while ((await sealOnce(house.workPool, keys(), elsewhere)) > 0);
    expect((await verify(house)).firstFault).toBe('seal 1 is not the one the second place has')
  })

  it('a second place that was emptied', async () => {
    writeFileSync(join(folder, 'seals.jsonl'), '')
    expect((await verify(house)).firstFault).toBe('the second place ends at 0, the chain goes on')
  })

  it('one byte of one row, any row, any column', async () => {
    const columns = ['purpose', 'verb', 'outcome'] as const
    for (const id of [1, 17, 50, 51, 99, 100, 101, 150]) {
      const column = columns[id % 3]
      const before = await house.arrange(`select ${column} as was from access.entry where id = $1`, [id])
      await house.arrange('alter table access.entry drop constraint entry_outcome_check')
      await house.arrange(
        `update access.entry set ${column} = overlay(${column} placing '~' from 2 for 1) where id = $1`,
        [id],
      )
      expect((await verify(house)).firstFault).toBe(`row ${id} altered`)
      await house.arrange(`update access.entry set ${column} = $2 where id = $1`, [id, before[0]?.was])
      await house.arrange(
        `alter table access.entry add constraint entry_outcome_check check (outcome in ('done', 'refused'))`,
      )
    }
    expect(await verify(house)).toMatchObject({ isWhole: true })
  })
})

describe('many at once', () => {
  it('16 callers, some slow and some undone: each row that was kept is sealed exactly once', async () => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const house = await openHouse()
    const tokens = await Promise.all(Array.from({ length: 16 }, () => house.signIn('amina')))
    const stop = new AbortController()
    const faults: unknown[] = []
    const sealers = [1, 2].map(() =>
      runSealer({
        pool: house.workPool,
        keys: keys(),
        secondPlace: place(),
        signal: stop.signal,
        fault: (error) => faults.push(error),
      }),
    )
    await Promise.all(tokens.map((token, caller) => manyLooks(house, token, caller)))
    stop.abort()
    await Promise.all(sealers)
    await sealAll(house)
    const kept = await house.arrange('select array_agg(id::int order by id) as ids from access.entry')
    const sealed = await house.arrange(`select row_ranges::text as ranges from access.log_seal`)
    const ids = sealed.flatMap(({ ranges }) => idsOf(String(ranges))).sort((a, b) => a - b)
    expect(faults).toEqual([])
    expect(ids).toEqual(kept[0]?.ids)
    expect(await verify(house)).toMatchObject({ isWhole: true, rows: ids.length })
  })

  it('several sealers that begin at one moment write each seal to the second place once, in order', async () => {
    const house = await openHouse()
    for (let round = 1; round <= 5; round++) {
      rmSync(join(folder, 'seals.jsonl'), { force: true })
      await fillLog(house, 20)
      const stop = new AbortController()
      const faults: unknown[] = []
      const parts = { pool: house.workPool, keys: keys(), signal: stop.signal }
      const sealers = Array.from({ length: 6 }, () =>
        runSealer({ ...parts, secondPlace: place(), fault: (error) => faults.push(error) }),
      )
      await pause(200)
      stop.abort()
      await Promise.all(sealers)
      const known: number[] = []
      for await (const { n } of place().read()) known.push(n)
      expect(faults).toEqual([])
      expect(known).toEqual(Array.from({ length: round }, (_, at) => at + 1))
    }
  })

  it('rows are sealed while an extract is being taken into the record', async () => {
    const house = await openHouse()
    await fillLog(house, 3)
    await transaction(house.workPool, async (db) => {
      // What a load holds until it is kept, for minutes.
      await run(db, sql`select pg_advisory_xact_lock(72433)`)
      expect(await sealOnce(house.workPool, keys(), place())).toBe(3)
    })
  })

  it('a row whose transaction stays open is passed over and sealed when it is kept', async () => {
    const house = await openHouse()
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const look = (work: () => Promise<unknown>) =>
      house.as('amina', async (visit) => {
        await run(visit.db, sql`select access.open_list('team', null, 'direct care', 'read a list')`)
        await work()
      })
    await look(async () => {
      await look(async () => undefined)
      await sealAll(house)
      const end = await house.arrange('select waiting from access.log_seal order by n desc limit 1')
      expect(end[0]?.waiting).toHaveLength(1)
    })
    expect(await sealOnce(house.workPool, keys(), place())).toBe(1)
    expect(await verify(house)).toMatchObject({ isWhole: true })
  })

  async function manyLooks(house: House, token: string, caller: number): Promise<void> {
    for (let look = 0; look < 25; look++) {
      const isUndone = (caller + look) % 10 === 0
      await transaction(house.pool, async (db) => {
        await one(db, sql`select * from access.enter(${token})`)
        await run(db, sql`select access.open_list('team', null, 'direct care', 'read a list')`)
        if ((caller + look) % 7 === 0) await pause(150)
        if (isUndone) throw new Error('undone')
      }).catch((error: unknown) => {
        if (!isUndone) throw error
      })
    }
  }
})

describe('what a seal names', () => {
  it('ids as ranges, and back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500)), (some) => {
        const ids = [...some].sort((a, b) => a - b)
        expect(idsOf(rangesOf(ids))).toEqual(ids)
      }),
    )
  })

  it('awaits the gaps for an hour and no longer', () => {
    const first = stillWaiting([], 10, [11, 14], 0)
    expect(first).toEqual([
      [12, 0],
      [13, 0],
    ])
    expect(stillWaiting(first, 14, [12, 15], 1000)).toEqual([[13, 0]])
    expect(stillWaiting(first, 14, [15], 3_600_000)).toEqual([])
  })
})

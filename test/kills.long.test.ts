import { appendFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { permit } from '#access'
import { recordContact } from '#co-ordination'
import { connect, createDatabase, migrate, prepareRoles, startEmbedded, transaction, urlOf } from '#database'
import { someoneInCare } from './care.ts'
import { furnish, houseAt, testFolder } from './house.ts'
import { killEverythingIn } from './processes.ts'

const folder = testFolder('kills')
const rounds = 10

afterAll(() => {
  killEverythingIn(folder)
  rmSync(folder, { recursive: true, force: true })
})

describe('F01 nothing acknowledged is lost', () => {
  it(`in ${rounds} kills of the database in mid-write, every contact that was acknowledged is there, and whole`, async () => {
    rmSync(folder, { recursive: true, force: true })
    const passwords = { app: 'kills-app', work: 'kills-work' }
    const first = await startEmbedded(folder)
    await prepareRoles(first.ownerUrl, 'keyworker_web', passwords)
    await createDatabase(first.ownerUrl, 'kills')
    const url = urlOf(first.ownerUrl, { database: 'kills' })
    await migrate(url)
    await furnish(url)
    const before = houseAt(url, passwords)
    const person = await someoneInCare(before, { family: 'Okafor', given: 'June' })
    await Promise.all([before.pool.end(), before.workPool.end()])
    const acknowledged = new Set<string>()
    let server = first
    for (let round = 0; round < rounds; round++) {
      const house = houseAt(urlOf(server.ownerUrl, { database: 'kills' }), passwords)
      const writers = Array.from({ length: 4 }, () => writeUntilKilled(house, person, acknowledged))
      await new Promise((done) => setTimeout(done, 150 + 60 * round))
      killEverythingIn(folder)
      await Promise.all(writers)
      await Promise.all([house.pool.end(), house.workPool.end()]).catch(() => {})
      server = await startEmbedded(folder)
    }
    const pool = connect(urlOf(server.ownerUrl, { database: 'kills' }), 1)
    const rows = await transaction(
      pool,
      async ({ client }) =>
        (
          await client.query<{ id: string; noted: number }>(
            `select c.id, (select count(*)::int from journal.entry j where j.what = 'contact recorded'
           and j.facts ->> 'contactId' = c.id::text) as noted from co_ordination.contact c`,
          )
        ).rows,
    )
    await pool.end()
    await server.stop()
    const kept = new Set(rows.map(({ id }) => id))
    expect(acknowledged.size).toBeGreaterThan(rounds)
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([])
    // Saved and noted in one transaction: never one without the other.
    expect(rows.filter(({ noted }) => noted !== 1)).toEqual([])
  }, 180_000)

  it('started again while a query of the killed database still runs, it waits for that to end and then starts', async () => {
    rmSync(folder, { recursive: true, force: true })
    const first = await startEmbedded(folder)
    const pool = connect(first.ownerUrl, 1)
    pool.on('error', () => {})
    const { rows } = await pool.query<{ at: number }>('select pg_backend_pid() as at')
    const query = pool.query('select count(*) from generate_series(1, 30000000)').catch(() => {})
    await new Promise((done) => setTimeout(done, 200))
    process.kill(
      Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGKILL',
    )
    expect(isRunning(rows[0]?.at ?? 0)).toBe(true)
    const saying = setInterval(() => appendFileSync(join(folder, 'database.log'), lastWords), 5)
    let waits = 0
    const again = await startEmbedded(folder, () => waits++).finally(() => clearInterval(saying))
    expect(waits, 'whoever started it is told once').toBe(1)
    expect(isRunning(rows[0]?.at ?? 0)).toBe(false)
    const other = connect(again.ownerUrl, 1)
    expect((await other.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await Promise.all([query, pool.end().catch(() => {}), other.end()])
    await again.stop()
  }, 60_000)
})

// What each process of a killed database writes into the log as it ends, at whatever moment that is.
const lastWords = 'FATAL:  terminating connection due to unexpected postmaster exit\n'.repeat(3)

// One that has ended and was not yet fetched by its parent is still in the list, as a zombie.
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function writeUntilKilled(
  house: ReturnType<typeof houseAt>,
  person: string,
  acknowledged: Set<string>,
): Promise<void> {
  for (let n = 0; n < 1000; n++) {
    try {
      const id = await house.as('amina', async (visit) => {
        const leave = await permit(visit, person, {
          may: 'record contacts',
          part: 'whole',
          purpose: 'direct care',
          verb: 'record a contact',
        })
        const outcome = await recordContact(visit, leave, {
          id: crypto.randomUUID(),
          kind: 'telephone',
          happenedAt: visit.now,
          minutes: 5,
          words: 'Rang.',
        })
        if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
        return outcome.value.contactId
      })
      acknowledged.add(id)
    } catch {
      return
    }
  }
}

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import { Pool, type PoolClient } from 'pg'

const folder = fileURLToPath(new URL('../../migrations', import.meta.url))

export type Migration = { readonly number: number; readonly name: string; readonly text: string }

// Two migrations went out in two wordings before it was seen. Either wording comes to the same tables by the end, so a record on which the other
// ran is not refused. None is to be added: write a new migration instead.
const otherWordings: ReadonlyMap<number, string> = new Map([
  [1062, '5daa2648a45cf49e7e652d70fb1975a0c32a929ec051516a3825bb6f6da4ef7a'],
  [1070, '4074ee93c61ba98183802c62c7ebf5adfa993624542741714c53522a0c380575'],
])

/** The migrations in their order. @throws Error when two carry one number: that is ours to put right. */
export function migrations(): readonly Migration[] {
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      number: Number(name.slice(0, 4)),
      name,
      text: readFileSync(join(folder, name), 'utf8'),
    }))
  const twice = all.find((migration, at) => all[at + 1]?.number === migration.number)
  if (twice) throw new Error(`Two migrations carry the number ${twice.number}.`)
  return all
}

/**
 * Brings a database to the tables of this version: each migration once, in its own transaction, under a lock.
 *
 * @param ownerUrl somebody who may act as `keyworker_gate`.
 * @returns how many migrations ran now.
 * @throws Error when a migration that ran before was changed since: a new one must be written instead.
 */
export async function migrate(ownerUrl: string): Promise<number> {
  const url = new URL(ownerUrl)
  url.searchParams.set('options', '-c role=keyworker_gate -c client_min_messages=warning')
  const pool = new Pool({ connectionString: url.toString(), max: 2 })
  for (const event of ['error', 'connect'] as const) pool.on(event, () => {})
  try {
    const client = await pool.connect()
    try {
      await client.query('select pg_advisory_lock(72432)')
      await client.query(`create table if not exists public.migration
        (number int primary key, name text not null, sha256 text not null, ran_at timestamptz not null default now())`)
      await runMigrations({ pgPool: pool, logger: silent })
      return await runEach(client)
    } finally {
      client.release(true)
    }
  } finally {
    await pool.end()
  }
}

async function runEach(client: PoolClient): Promise<number> {
  const known = await client.query<{ number: number; sha256: string }>('select number, sha256 from migration')
  const ran = new Map(known.rows.map((row) => [row.number, row.sha256]))
  let count = 0
  for (const { number, name, text } of migrations()) {
    const sha256 = createHash('sha256').update(text).digest('hex')
    const before = ran.get(number)
    if (before === sha256 || (before && before === otherWordings.get(number))) continue
    if (before) throw new Error(`Migration ${name} was changed after it ran. Write a new one.`)
    await client.query('begin')
    await client.query(text)
    await client.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [
      number,
      name,
      sha256,
    ])
    await client.query('commit')
    count++
  }
  return count
}

const silent = new (await import('graphile-worker')).Logger(() => () => {})

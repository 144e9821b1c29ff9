import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { forgetSealsAfter } from '#access'
import { createDatabase, dropDatabase, urlOf } from '#database'

const pristineOf = (name: string) => `${name}_pristine`

/** Whether there is a copy to go back to. */
export const hasPristine = (ownerUrl: string, name: string): Promise<boolean> =>
  asOwner(ownerUrl, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [pristineOf(name)])
    return found.rowCount === 1
  })

/**
 * Keeps a copy of a database as it is now, to go back to. Where there is one already nothing happens.
 *
 * For the copy every connection to the database is ended and none is let in: about a second for the demonstration.
 * Whoever was connected must connect again.
 */
export async function keepPristine(ownerUrl: string, name: string): Promise<void> {
  if (await hasPristine(ownerUrl, name)) return
  await asOwner(ownerUrl, (client) => alone(client, name, () => copy(client, name, pristineOf(name))))
}

/**
 * Puts a database back to its kept copy.
 *
 * @param folder the data folder: the copy speaks of files in it.
 * @returns false when it cannot: no copy was kept, or the files it speaks of are gone because another extract was
 *   loaded since. Then nothing was changed, and only making the town again helps.
 */
export async function startAgain(ownerUrl: string, name: string, folder: string): Promise<boolean> {
  if (!(await hasPristine(ownerUrl, name))) return false
  if (!(await hasFiles(ownerUrl, pristineOf(name), folder))) return false
  await asOwner(ownerUrl, async (client) => {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`)
    await copy(client, pristineOf(name), name)
  })
  // Or the log of the town put back would not fit the seals kept outside it, as if somebody had altered it.
  forgetSealsAfter(folder, await lastSealOf(ownerUrl, name))
  return true
}

/** Takes away the database and its copy, and the seals of its log, so that the next start makes the town again. */
export async function forgetAll(ownerUrl: string, name: string, folder: string): Promise<void> {
  forgetSealsAfter(folder, 0)
  await dropDatabase(ownerUrl, pristineOf(name))
  await dropDatabase(ownerUrl, name)
  await createDatabase(ownerUrl, name)
}

const hasFiles = (ownerUrl: string, pristine: string, folder: string): Promise<boolean> =>
  inside(ownerUrl, pristine, async (client) => {
    const found = await client.query<{ folder: string }>(
      'select folder from population.load order by n desc limit 1',
    )
    return found.rows.every((row) => existsSync(join(folder, row.folder)))
  })

const lastSealOf = (ownerUrl: string, name: string): Promise<number> =>
  inside(ownerUrl, name, async (client) => {
    const found = await client.query<{ n: number }>(
      'select coalesce(max(n), 0)::int as n from access.log_seal',
    )
    return found.rows[0]?.n ?? 0
  })

async function inside<T>(
  ownerUrl: string,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: urlOf(ownerUrl, { database }) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

// A copy made by the file is the whole database in the time its files take to copy.
const copy = (client: Client, from: string, to: string) =>
  client.query(
    `create database ${client.escapeIdentifier(to)} owner keyworker_gate
       template ${client.escapeIdentifier(from)} strategy file_copy`,
  )

async function alone(client: Client, name: string, work: () => Promise<unknown>): Promise<void> {
  const database = client.escapeIdentifier(name)
  await client.query(`alter database ${database} with allow_connections false`)
  try {
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [name],
    )
    await work()
  } finally {
    await client.query(`alter database ${database} with allow_connections true`)
  }
}

// Never through the database that is copied or dropped: the one every server has.
const asOwner = <T>(ownerUrl: string, work: (client: Client) => Promise<T>): Promise<T> =>
  inside(ownerUrl, 'postgres', work)

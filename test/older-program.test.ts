import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbedded, urlOf } from '#database'
import { databaseName, openRecord } from '../src/record.ts'
import { testFolder } from './house.ts'
import { freePort } from './processes.ts'

const folder = testFolder('older-program')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeAll(async () => {
  const record = await openRecord({ folder })
  await ask(
    record.ownerUrl,
    `insert into public.migration (number, name, sha256)
    values (9998, '9998-beds-have-windows.sql', 'x'), (9999, '9999-windows-have-curtains.sql', 'x')`,
  )
  await record.stop()
})

async function ask(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Every table and every sign-in as they stand, by when their rows were written. */
async function asItStands(): Promise<unknown> {
  const server = await startEmbedded(folder)
  const url = urlOf(server.ownerUrl, { database: databaseName })
  try {
    return [
      await ask(url, 'select number, xmin::text from public.migration order by number'),
      await ask(url, 'select rolname, xmin::text from pg_authid order by rolname'),
      await ask(url, `select oid::text, xmin::text from pg_class where relkind = 'r' order by oid`),
      await ask(url, 'select task, xmin::text from jobs.progress'),
    ]
  } finally {
    await server.stop()
  }
}

const root = resolve(import.meta.dirname, '..')
const run = (verb: string, port: number) =>
  spawnSync(
    process.execPath,
    [join(root, 'run.mjs'), ...verb.split(' '), '--data', folder, '--port', String(port)],
    { cwd: root, encoding: 'utf8', timeout: 50_000 },
  )

describe('a record that a newer program has opened', () => {
  it.each([
    'start',
    'start --demonstration',
    'rank',
    'prepare-database',
    `backup ${folder}-copy`,
    'day --to 2026-05-01',
  ])('is refused by an older one in a sentence, before anything of it is changed: %s', async (verb) => {
    const before = await asItStands()
    const { status, stderr, stdout } = run(verb, await freePort())
    expect({ status, said: stderr.trim().split('\n').at(-1) }).toEqual({
      status: 1,
      said: `A newer version of Keyworker has opened the record of ${folder}: it holds a change this one does not know (9999-windows-have-curtains and 1 before it). Nothing was read or changed. Start it with that version or a newer one, or name another folder with --data.`,
    })
    expect(stdout).toBe('')
    expect(await asItStands()).toEqual(before)
  })
})

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { forgetSealsAfter, newId } from '#access'
import { createDatabase, dropDatabase, urlOf } from '#database'
import { testFolder } from '../../test/house.ts'
import { forgetAll, hasPristine, keepPristine, startAgain } from './pristine.ts'

const { ownerUrl, template } = inject('house')
const name = `again_${newId().replaceAll('-', '')}`
const folder = testFolder('pristine')
const load = newId()

const ask = async (text: string) => {
  const client = new Client({ connectionString: urlOf(ownerUrl, { database: name }) })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
const change = () =>
  ask(`insert into organisations.organisation (id, kind, name) values ('${newId()}', 'charity', 'X')`)
const changes = async () =>
  (await ask(`select count(*)::int as n from organisations.organisation where kind = 'charity'`))[0].n

beforeAll(async () => {
  await createDatabase(ownerUrl, name, template)
  await ask(`insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out,
      policy_version, key_version, taken_at, seconds)
    values ('${load}', 'population/${load}', '2026-04-01', '2026-03-31', '[]', '[]', '{}', '{}', 1, 1, now(), 1)`)
  mkdirSync(join(folder, 'population', load), { recursive: true })
})
afterAll(async () => {
  await dropDatabase(ownerUrl, `${name}_pristine`)
  await dropDatabase(ownerUrl, name)
  rmSync(folder, { recursive: true, force: true })
})

const seals = join(folder, 'seals.jsonl')
const sealed = (n: number) => `{"n":${n},"hash":"${n}","signature":"s"}\n`

describe('start again', () => {
  it('without a kept copy changes nothing and says so', async () => {
    await change()
    expect(await startAgain(ownerUrl, name, folder)).toBe(false)
    expect(await changes()).toBe(1)
  })

  it('puts the town back as it was kept, as often as asked, while somebody is connected', async () => {
    const visitor = new Client({ connectionString: urlOf(ownerUrl, { database: name }) })
    visitor.on('error', () => {})
    await visitor.connect()
    await keepPristine(ownerUrl, name)
    expect(await hasPristine(ownerUrl, name)).toBe(true)
    for (let time = 0; time < 2; time++) {
      await change()
      expect(await changes()).toBe(2)
      writeFileSync(seals, sealed(1) + sealed(2))
      expect(await startAgain(ownerUrl, name, folder)).toBe(true)
      expect(await changes()).toBe(1)
      // Or the log put back would look as if somebody had altered it.
      expect(readFileSync(seals, 'utf8')).toBe('')
    }
    await visitor.end().catch(() => {})
  })

  it('outside the database forgets the seals of what is undone, and no others', () => {
    writeFileSync(seals, sealed(1) + sealed(2) + sealed(3))
    forgetSealsAfter(folder, 2)
    expect(readFileSync(seals, 'utf8')).toBe(sealed(1) + sealed(2))
  })

  it('a copy once kept is not replaced by a later one', async () => {
    await change()
    await keepPristine(ownerUrl, name)
    await startAgain(ownerUrl, name, folder)
    expect(await changes()).toBe(1)
  })

  it('where the copy speaks of files that are gone nothing is changed', async () => {
    await change()
    rmSync(join(folder, 'population'), { recursive: true })
    expect(await startAgain(ownerUrl, name, folder)).toBe(false)
    expect(await changes()).toBe(2)
  })

  it('after forgetting everything there is an empty database and no copy', async () => {
    await forgetAll(ownerUrl, name, folder)
    expect(await hasPristine(ownerUrl, name)).toBe(false)
    expect(await ask(`select 1 from pg_namespace where nspname = 'organisations'`)).toEqual([])
  })
})

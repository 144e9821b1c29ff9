import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Route } from '#access'
import { administration } from '#administration'
import { connect, type Pool, transaction } from '#database'
import { bringBack } from '../../src/bring-back.ts'
import { copyIfDue } from '../../src/nightly-copies.ts'
import { openRecord } from '../../src/record.ts'
import { readSettings, type Settings } from '../../src/settings.ts'
import { askedWith, pageOf, wordsOf } from '../asking.ts'
import { furnish, type House, houseAt, testFolder } from '../house.ts'
import { stopDatabaseIn } from '../processes.ts'

const folder = testFolder('nightly')
const [data, copies, back, apart] = ['data', 'copies', 'back', 'apart'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
  string,
]

const settingsWith = (into: string, where = data): Settings => {
  const read = readSettings({ BACKUP: into }, { data: where })
  if ('problem' in read) throw new Error(read.problem)
  return read
}

const hours = (count: number, from = new Date()) => new Date(from.getTime() + count * 3_600_000)

describe('F36 HZ33 a copy made by itself each night', () => {
  let house: House
  let owner: Pool

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const record = await openRecord(settingsWith(copies))
    await furnish(record.ownerUrl, 'real')
    house = houseAt(record.ownerUrl, JSON.parse(readFileSync(join(data, 'database-sign-ins.json'), 'utf8')))
    mkdirSync(join(data, 'keys'), { recursive: true })
    writeFileSync(join(data, 'keys', 'seal.pub'), 'made up')
    cpSync(join(data, 'keys'), apart, { recursive: true })
    owner = connect(record.ownerUrl, 1)
  }, 120_000)

  afterAll(async () => {
    await Promise.all([house.pool.end(), house.workPool.end(), owner.end()])
    for (const where of [data, back]) stopDatabaseIn(where)
    rmSync(folder, { recursive: true, force: true })
  })

  const page = async (): Promise<string> =>
    wordsOf(
      pageOf(
        await house.as('jo', (visit): Promise<Answer> => {
          const routes: readonly Route[] = administration({}).screens
          const route = routes.find(({ path }) => path === '/organisations/copies')
          if (!route) throw new Error('there is no page of copies')
          return route.answer(visit, askedWith())
        }),
      ),
    )
  const namedIn = (where: string) => (existsSync(where) ? readdirSync(where).toSorted() : [])

  it('says in plain words why one could not be made, on the page and to whoever started it', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const { failed } = await copyIfDue(settingsWith(file), owner, hours(-3))
    expect(failed).toBe('What was named is a file, not a folder.')
    expect(await page()).toMatch(/No copy was ever made The last try failed, .*: What was named is a file/)
  })

  it('is made once a night, and is said to be good', async () => {
    const { made } = await copyIfDue(settingsWith(copies), owner, new Date())
    expect(namedIn(copies)).toEqual([made?.slice(copies.length + 1)])
    expect(existsSync(join(made ?? '', 'keys'))).toBe(false)
    expect((await copyIfDue(settingsWith(copies), owner, hours(0.01))).made).toBeUndefined()
    expect(await page()).toMatch(/The last good copy is from today/)
  }, 60_000)

  it('keeps the newest 7, and never what it did not make', async () => {
    mkdirSync(join(copies, 'keyworker-2020-01-01-0045'))
    for (let night = 1; night <= 7; night++) await copyIfDue(settingsWith(copies), owner, hours(24 * night))
    const kept = namedIn(copies)
    expect(kept).toContain('keyworker-2020-01-01-0045')
    expect(kept).toHaveLength(8)
    expect(await page()).toContain('Good, and deleted: newer ones are kept')
  }, 180_000)

  it('brings the record back', async () => {
    const newest = namedIn(copies).at(-1) ?? ''
    const answer = await bringBack(settingsWith(copies, back), join(copies, newest), apart)
    expect(answer).toHaveProperty('madeAt')
    const record = await openRecord(settingsWith(copies, back))
    const pool = connect(record.ownerUrl, 1)
    const staff = await transaction(
      pool,
      async ({ client }) =>
        (await client.query<{ name: string }>('select name from organisations.staff')).rows,
    )
    await pool.end()
    await record.stop()
    expect(staff.map(({ name }) => name)).toContain('Amina Yusuf')
  }, 60_000)
})

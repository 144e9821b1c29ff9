import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permit, runSealer, sealKeys, secondPlaceIn } from '#access'
import { recordContact } from '#co-ordination'
import { connect, transaction } from '#database'
import { openRecord } from '../../src/record.ts'
import { readSettings } from '../../src/settings.ts'
import { someoneInCare } from '../care.ts'
import { furnish, houseAt, testFolder } from '../house.ts'
import { stopDatabaseIn } from '../processes.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = testFolder('backup')
const [data, copy, back, apart] = ['data', 'copy', 'back', 'apart'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
  string,
]

function keyworker(...args: readonly string[]) {
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'run.mjs'), ...args, '--json'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: undefined, DATABASE_OWNER_URL: undefined },
  })
  return { code: status, json: stdout.trim() ? JSON.parse(stdout) : undefined }
}

async function recordAt(where: string) {
  const settings = readSettings({}, { data: where })
  if ('problem' in settings) throw new Error(settings.problem)
  return await openRecord(settings)
}

const contactsIn = async (where: string): Promise<readonly string[]> => {
  const pool = connect((await recordAt(where)).ownerUrl, 1)
  const rows = await transaction(
    pool,
    async ({ client }) => (await client.query<{ id: string }>('select id from co_ordination.contact')).rows,
  )
  await pool.end()
  return rows.map(({ id }) => id)
}

describe('F36 HZ33 a copy of an installation', () => {
  const before: string[] = []
  const during: string[] = []
  let code: number | null = null

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    const record = await recordAt(data)
    await furnish(record.ownerUrl)
    const passwords = JSON.parse(readFileSync(join(data, 'database-sign-ins.json'), 'utf8'))
    const house = houseAt(record.ownerUrl, passwords)
    const person = await someoneInCare(house, { family: 'Okafor', given: 'June' })
    const write = async (into: string[]) => {
      const id = await house.as('amina', async (visit) => {
        const asked = { may: 'record contacts', part: 'whole', purpose: 'direct care' } as const
        const leave = await permit(visit, person, { ...asked, verb: 'record a contact' })
        const draft = { kind: 'telephone', happenedAt: visit.now, words: 'As before' } as const
        const outcome = await recordContact(visit, leave, { id: crypto.randomUUID(), ...draft })
        if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
        return outcome.value.contactId
      })
      into.push(id)
    }
    for (let n = 0; n < 20; n++) await write(before)
    const pool = connect(record.workUrl, 2)
    const parts = {
      pool,
      keys: sealKeys(data),
      secondPlace: secondPlaceIn(data),
      signal: AbortSignal.abort(),
    }
    await runSealer({ ...parts, fault: (error) => Promise.reject(error) })
    await pool.end()
    let isCopying = true
    const writing = (async () => {
      while (isCopying) await write(during)
    })()
    code = await new Promise<number | null>((done) => {
      spawn(process.execPath, [join(root, 'run.mjs'), 'backup', copy, '--data', data], { cwd: root }).once(
        'exit',
        done,
      )
    })
    isCopying = false
    await writing
    await Promise.all([house.pool.end(), house.workPool.end()])
    cpSync(join(data, 'keys'), apart, { recursive: true })
  }, 240_000)

  afterAll(() => {
    for (const where of [data, back]) stopDatabaseIn(where)
    rmSync(folder, { recursive: true, force: true })
  })

  it('is made while people go on working', () => {
    expect(code).toBe(0)
    expect(during.length).toBeGreaterThan(0)
    expect(existsSync(join(copy, 'keys'))).toBe(false)
  })

  it('is not brought back with other keys, over something, or when one letter of it is another', () => {
    const other = join(folder, 'other-keys')
    cpSync(apart, other, { recursive: true })
    writeFileSync(join(other, 'seal.pub'), 'another')
    const asked = (from: string, keys: string, into: string) =>
      keyworker('restore', from, '--keys', keys, '--data', into)
    expect(asked(copy, other, back).json.refused).toMatch(/not those of this backup/)
    expect(asked(copy, apart, data).json.refused).toMatch(/is not empty/)
    expect(asked(apart, apart, back).json.refused).toMatch(/is not a backup/)
    const spoiled = join(folder, 'spoiled')
    cpSync(copy, spoiled, { recursive: true })
    writeFileSync(join(spoiled, 'database-password'), 'another')
    expect(asked(spoiled, apart, back).json.refused).toMatch(/database-password is another/)
    expect(readdirSync(folder)).not.toContain('back')
  })

  it('brought back has everything acknowledged before it began, nothing half done, and proves its access log', async () => {
    const answer = keyworker('restore', copy, '--keys', apart, '--data', back)
    expect(answer).toMatchObject({ code: 0, json: { log: { isWhole: true } } })
    const kept = new Set(await contactsIn(back))
    expect(before.filter((id) => !kept.has(id))).toEqual([])
    const ofDuring = during.filter((id) => kept.has(id))
    // What came during it is there up to a moment, and not beyond.
    expect(ofDuring).toEqual(during.slice(0, ofDuring.length))
    expect(kept.size).toBe(before.length + ofDuring.length)
    expect(keyworker('verify-audit', '--data', back)).toMatchObject({ code: 0, json: { isWhole: true } })
  }, 120_000)

  it('never goes over one that is there, nor into the installation itself', () => {
    expect(keyworker('backup', copy, '--data', data).json.refused).toMatch(/is there already/)
    expect(keyworker('backup', join(data, 'inside'), '--data', data).json.refused).toMatch(
      /lies in the installation/,
    )
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    expect(keyworker('backup', join(file, 'copy'), '--data', data)).toMatchObject({
      code: 1,
      json: { refused: expect.stringMatching(/nothing is left of it\. What was named is a file/) },
    })
    expect(keyworker('backup', join(folder, 'x'), '--data', join(folder, 'none')).json.refused).toMatch(
      /no installation in/,
    )
  })
})

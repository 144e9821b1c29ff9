import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { testFolder } from '../test/house.ts'
import { openRecord } from './record.ts'
import { whyNot } from './why-not.ts'

const folder = testFolder('why-not')
mkdirSync(folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const opening = async (data: string) =>
  await openRecord({ folder: data }).then(
    () => 'opened',
    (error: unknown) => whyNot(error, data),
  )

it('a file in the place of the data folder is said to be one', async () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, 'x')
  expect(await opening(file)).toBe(`${file} is a file. Name a folder for the installation with --data.`)
  const under = join(file, 'data')
  expect(await opening(under)).toMatch(/is a file\. Name a folder/)
})

it.each([
  [
    'nobody may write',
    Object.assign(new Error('open'), { code: 'EACCES', path: '/d/starting' }),
    /^\/d may not be written/,
  ],
  [
    'is on a disk for reading',
    Object.assign(new Error('open'), { code: 'EROFS', path: '/d' }),
    /^\/d may not be written/,
  ],
  [
    'is of another version',
    new Error('The data directory was initialized by PostgreSQL version 15, which is not compatible'),
    /^\/d was made by another version of Keyworker, with PostgreSQL 15/,
  ],
])('a data folder that %s is told in a sentence', async (_what, error, sentence) => {
  expect(await whyNot(error, '/d')).toMatch(sentence)
})

it('what is of another folder, or of no file, is our fault', async () => {
  const other = Object.assign(new Error('open'), { code: 'EACCES', path: '/other/file' })
  expect(await whyNot(other, folder)).toBeUndefined()
  expect(await whyNot(new Error('anything'), folder)).toBeUndefined()
})

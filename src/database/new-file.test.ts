import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeNew } from '#database'
import { testFolder } from '../../test/house.ts'

const folder = testFolder('new-file')
mkdirSync(folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a key is made once, for its owner alone, and never over another', () => {
  const file = join(folder, 'one.key')
  writeNew(file, 'the first')
  expect(() => writeNew(file, 'the second')).toThrow('EEXIST')
  expect(readFileSync(file, 'utf8')).toBe('the first')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

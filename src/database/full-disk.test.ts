import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { isDiskFull, isNearlyFull } from '#database'

it.each([
  ['the system', 'write', 'ENOSPC', true],
  ['PostgreSQL', 'could not extend file "base/5/3605": wrote only 4096 of 8192 bytes', '53100', true],
  ['PostgreSQL while it starts', 'could not write lock file: No space left on device', '', true],
  ['DuckDB', 'IO Error: Could not write file: disk full', '', true],
  ['PostgreSQL of something else', 'duplicate key value', '23505', false],
  ['the system of something else', 'open', 'EACCES', false],
])('that a disk is full is known from what %s says', (_who, message, code, isIt) => {
  expect(isDiskFull(Object.assign(new Error(message), { code }))).toBe(isIt)
})

it('a disk nobody can ask about is not called full', async () => {
  expect(isDiskFull('ENOSPC')).toBe(false)
  expect(await isNearlyFull(`${tmpdir()}/nowhere/at/all`)).toBe(false)
})

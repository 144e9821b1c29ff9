import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { smallExtract, writeExtract } from './extract.ts'
import { testFolder } from './house.ts'
import { stopDatabaseIn } from './processes.ts'

const root = resolve(import.meta.dirname, '..')
const disk = testFolder('small-disk')
const data = join(disk, 'data')
mkdirSync(disk, { recursive: true })

/** A disk of its own in memory, or the same with more room. Only an administrator may make one. */
const mount = (options: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status === 0
const hasDisk = mount('size=40m')
afterAll(() => {
  stopDatabaseIn(data)
  if (hasDisk) spawnSync('umount', ['--lazy', disk])
  rmSync(disk, { recursive: true, force: true })
})

function keyworker(...args: readonly string[]) {
  const run = spawnSync(process.execPath, [join(root, 'run.mjs'), ...args, '--data', data], {
    cwd: root,
    encoding: 'utf8',
  })
  return { code: run.status, said: run.stderr, words: run.stdout }
}

describe.skipIf(!hasDisk)('a full disk (skipped where this user may not mount one)', () => {
  const sentence = `The disk that holds ${data} is full. What was saved is kept: make room, then do the same again.\n`

  it('too small to begin on gets one sentence and no stack of ours; with room it begins', () => {
    const begun = keyworker('start', '--port', '1')
    expect([begun.code, begun.said]).toEqual([1, sentence])
    // Nothing runs on that nobody was told of, and nothing of it stands in the way.
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false)
    expect(mount('remount,size=300m')).toBe(true)
    expect(keyworker('prepare-database')).toMatchObject({ code: 0 })
  })

  it('filled by something else keeps the load that stands; with room again it goes on', () => {
    const small = writeExtract('small-disk-extract', smallExtract)
    expect(keyworker('load', small)).toMatchObject({ code: 0 })
    const filler = join(disk, 'filler')
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M'])
    const refused = keyworker('load', small)
    expect(refused.code).toBe(1)
    expect(`${refused.said}${refused.words}`).toMatch(/[Tt]he disk .*is full\./)
    expect(refused.said).not.toContain('fault')
    rmSync(filler)
    expect(existsSync(join(data, 'starting'))).toBe(false)
    expect(keyworker('load', small)).toMatchObject({ code: 0 })
  })
})

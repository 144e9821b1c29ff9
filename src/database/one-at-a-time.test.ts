import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testFolder } from '../../test/house.ts'
import { oneAtATime } from './one-at-a-time.ts'

const folder = testFolder('one-at-a-time')
const file = join(folder, 'starting')
const after = (ms: number) => new Promise((done) => setTimeout(() => done('still waiting'), ms))
beforeAll(() => mkdirSync(folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what one program may do at a time', () => {
  it('is never begun while another is at it, and is done by everybody in turn', async () => {
    let atIt = 0
    const most: number[] = []
    const work = async () => {
      atIt++
      most.push(atIt)
      await new Promise((done) => setTimeout(done, 30))
      atIt--
    }
    await Promise.all([1, 2, 3].map(() => oneAtATime(file, work)))
    expect(most).toEqual([1, 1, 1])
    expect(existsSync(file)).toBe(false)
  })

  it('is not held up by a program that was killed at it, nor by a file older than any work', async () => {
    // No program has so high a number.
    writeFileSync(file, '999999999')
    expect(await oneAtATime(file, async () => 'done')).toBe('done')
    writeFileSync(file, String(process.pid))
    const longAgo = new Date(Date.now() - 600_000)
    utimesSync(file, longAgo, longAgo)
    expect(await oneAtATime(file, async () => 'done')).toBe('done')
    // What a full disk leaves: made, and never written.
    writeFileSync(file, '')
    const aMomentAgo = new Date(Date.now() - 10_000)
    utimesSync(file, aMomentAgo, aMomentAgo)
    expect(await Promise.race([oneAtATime(file, async () => 'done'), after(3_000)])).toBe('done')
  })

  it('makes way for the next when it fails', async () => {
    await expect(oneAtATime(file, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room')
    expect(await oneAtATime(file, async () => 'done')).toBe('done')
  })
})

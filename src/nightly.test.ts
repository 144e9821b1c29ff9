import { describe, expect, it } from 'vitest'
import { londonInstant, readDate } from '#calendar'
import type { Copy } from '#jobs'
import { copyStanding } from './administration/copy-rules.ts'
import { copiesToDelete, copyFolder, isCopyDue, isRoomFor, whereCopiesGo } from './nightly-rules.ts'
import { readSettings } from './settings.ts'

const at = (day: string, hour: number, minute = 0) => {
  const on = readDate(day)
  if (!on) throw new Error(day)
  return londonInstant(on, hour, minute)
}
const copy = (begunAt: Date, outcome?: Copy['outcome'], words?: string): Copy => ({
  ...{ id: begunAt.toISOString(), folder: copyFolder('/c', begunAt), begunAt, outcome, words },
  endedAt: outcome && begunAt,
})

const settings = (environment: Record<string, string>) => {
  const read = readSettings(environment, { data: '/srv/ours' })
  if ('problem' in read) return read.problem
  return read
}
const goes = (environment: Record<string, string>, kind?: 'synthetic' | 'real') => {
  const read = settings(environment)
  return typeof read === 'string' ? read : whereCopiesGo(read, kind)
}

describe('F36 where a copy goes', () => {
  it.each([
    [{}, 'real', { into: '/srv/ours-copies' }],
    [{ BACKUP: '/mnt/other' }, 'real', { into: '/mnt/other' }],
    [{ BACKUP: '/mnt/other' }, 'synthetic', { into: '/mnt/other' }],
    [{}, 'synthetic', { noneBecause: 'made-up people' }],
    [{ BACKUP: 'no' }, 'real', { noneBecause: 'switched off' }],
    [{}, undefined, { noneBecause: 'nothing loaded' }],
    [
      { DATABASE_URL: 'postgres://a', DATABASE_OWNER_URL: 'postgres://b' },
      'real',
      { noneBecause: 'own database' },
    ],
  ] as const)('%j with %s people: %j', (environment, kind, expected) => {
    expect(goes(environment, kind)).toEqual(expected)
  })

  it('never into the installation itself, which would copy the copies', () => {
    expect(settings({ BACKUP: '/srv/ours/copies' })).toBe(
      'BACKUP must be a folder outside /srv/ours, on another disk, or "no".',
    )
  })
})

describe('F36 when a copy is made', () => {
  const good = copy(at('2026-11-22', 0, 50), 'done')
  const failed = copy(at('2026-11-23', 0, 46), 'failed', 'The disk it goes to is full.')

  it('each night after a quarter to one, once', () => {
    expect(isCopyDue([good], at('2026-11-22', 23, 59))).toBe(false)
    expect(isCopyDue([good], at('2026-11-23', 0, 44))).toBe(false)
    expect(isCopyDue([good], at('2026-11-23', 0, 45))).toBe(true)
    expect(isCopyDue([copy(at('2026-11-23', 0, 45), 'done'), good], at('2026-11-23', 9))).toBe(false)
  })

  it('by day where the machine was off at night, and at once where none was ever made', () => {
    expect(isCopyDue([good], at('2026-11-23', 9))).toBe(true)
    expect(isCopyDue([], at('2026-11-23', 15))).toBe(true)
  })

  it('again an hour after it failed or was cut short, and not before', () => {
    expect(isCopyDue([failed, good], at('2026-11-23', 1, 45))).toBe(false)
    expect(isCopyDue([failed, good], at('2026-11-23', 1, 46))).toBe(true)
    expect(isCopyDue([copy(at('2026-11-23', 0, 45)), good], at('2026-11-23', 1, 46))).toBe(true)
  })

  it('keeps the newest and deletes none of another installation, nor any it did not make', () => {
    const days = ['2026-11-25', '2026-11-24', '2026-11-23', '2026-11-22']
    const made = days.map((day) => copy(at(day, 0, 45), 'done'))
    const [newest, second, ...older] = made
    expect(copiesToDelete(made, '/c', 2)).toEqual(older)
    expect(copiesToDelete([...made, failed], '/c', 4)).toEqual([])
    expect(copiesToDelete(made, '/elsewhere', 2)).toEqual([])
    expect([newest, second].length).toBe(2)
  })

  it('not where the next would not fit', () => {
    expect(isRoomFor(1000, 1101)).toBe(true)
    expect(isRoomFor(1000, 1100)).toBe(false)
  })
})

describe('HZ33 what an administrator is told of the copies', () => {
  const plan = { into: '/c', keys: '/k', nights: 7, isSameDisk: false }
  const now = at('2026-11-23', 9)
  it.each([
    [
      'today’s is good',
      [copy(at('2026-11-23', 0, 45), 'done')],
      undefined,
      'The last good copy is from today, 12:45am',
    ],
    [
      'two nights were missed',
      [copy(at('2026-11-21', 0, 45), 'done')],
      'No copy since 21 November 2026',
      'The last good copy is from 21 November 2026, 12:45am',
    ],
    [
      'it failed and never went well',
      [copy(at('2026-11-23', 0, 45), 'failed', 'The disk it goes to is full.')],
      'No copy was ever made',
      'No copy was ever made',
    ],
    ['each was cut short', [copy(at('2026-11-20', 0, 45))], 'No copy was ever made', 'No copy was ever made'],
    ['it has just been started', [], undefined, 'No copy yet'],
  ] as const)('%s', (_, copies, isTold, heading) => {
    const standing = copyStanding(plan, copies, now)
    expect([standing.isTold, standing.heading]).toEqual([isTold, heading])
  })

  it('says why, in words, what failed', () => {
    const old = copy(at('2026-11-20', 0, 45), 'done')
    const failed = copy(at('2026-11-23', 0, 45), 'failed', 'The disk it goes to is full.')
    expect(copyStanding(plan, [failed, old], now).words).toBe(
      'What was written since would be lost with the disk. The last try failed: The disk it goes to is full. It is tried again every hour.',
    )
  })

  it('promises no copy before it is known whether any are made', () => {
    expect(copyStanding(undefined, [], now).words).toContain('Open this page again.')
    expect(copyStanding(plan, [], now).words).toContain('The first is made within the hour')
  })

  it('says so where somebody switched them off, and does not call that well', () => {
    expect(copyStanding({ noneBecause: 'switched off' }, [], now)).toMatchObject({
      isWell: false,
      heading: 'No copies are made',
    })
  })
})

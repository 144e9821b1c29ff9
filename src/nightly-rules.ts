import { join } from 'node:path'
import { addDays, londonDate, londonInstant, timeOfDay } from '#calendar'
import type { Copy, CopyPlan } from '#jobs'
import type { Settings } from './settings.ts'

/** Copies kept. A week: long enough to notice on a Monday what went wrong on a Tuesday. */
export const nightsKept = 7

const minutesBetweenTries = 60

/** Where copies go, or why none are made. Made-up people are copied only where a folder is named. */
export function whereCopiesGo(
  settings: Pick<Settings, 'folder' | 'copies' | 'database'>,
  kind: 'synthetic' | 'real' | undefined,
): { readonly into: string } | Extract<CopyPlan, { noneBecause: string }> {
  const { folder, copies, database } = settings
  if (database) return { noneBecause: 'own database' }
  if (copies === 'no') return { noneBecause: 'switched off' }
  if (!kind) return { noneBecause: 'nothing loaded' }
  if (copies !== 'beside') return copies
  return kind === 'synthetic' ? { noneBecause: 'made-up people' } : { into: `${folder}-copies` }
}

/** The last time it was a quarter to one at night. */
export function lastNight(now: Date): Date {
  const today = londonDate(now)
  const tonight = londonInstant(today, 0, 45)
  return tonight <= now ? tonight : londonInstant(addDays(today, -1), 0, 45)
}

/**
 * Whether a copy is to be made now: none since last night is good, and none was tried within the hour. A machine that was
 * off at night makes it when it is up again.
 */
export function isCopyDue(copies: readonly Copy[], now: Date): boolean {
  const since = lastNight(now)
  if (copies.some(({ outcome, begunAt }) => outcome === 'done' && begunAt >= since)) return false
  const tried = Math.max(0, ...copies.map(({ begunAt }) => begunAt.getTime()))
  return now.getTime() - tried >= minutesBetweenTries * 60_000
}

const two = (number: number) => String(number).padStart(2, '0')

/** A copy’s folder, named by the minute it was begun. */
export function copyFolder(into: string, now: Date): string {
  const { hour, minute } = timeOfDay(now)
  return join(into, `keyworker-${londonDate(now)}-${two(hour)}${two(minute)}`)
}

/**
 * The copies to delete: those older than the newest good ones that are kept. Only what this installation wrote down and
 * where it writes now: another installation’s copies in the same place are nobody’s to delete.
 */
export const copiesToDelete = (copies: readonly Copy[], into: string, kept: number): readonly Copy[] =>
  copies
    .filter(({ outcome, folder }) => outcome === 'done' && folder.startsWith(join(into, 'keyworker-')))
    .toSorted((a, b) => b.begunAt.getTime() - a.begunAt.getTime())
    .slice(kept)

/** Whether a copy as large as the last fits, with a tenth to spare; what was never copied counts as large as it lies there. */
export const isRoomFor = (bytes: number, freeBytes: number): boolean => freeBytes > bytes * 1.1

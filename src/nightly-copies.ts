import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '#access'
import { connect, type Pool, transaction } from '#database'
import { beginCopy, type Copy, type CopyPlan, copies, endCopy, setCopyPlan } from '#jobs'
import { installation } from '#organisations'
import { backUp } from './backup.ts'
import { whyNotWritten } from './backup-files.ts'
import {
  copiesToDelete,
  copyFolder,
  isCopyDue,
  isRoomFor,
  nightsKept,
  whereCopiesGo,
} from './nightly-rules.ts'
import type { OpenRecord } from './record.ts'
import type { Settings } from './settings.ts'
import type { Say } from './start.ts'

const minuteMs = 60_000

/**
 * Makes a copy of the installation each night for as long as the program is up, and says once where they go. What fails
 * is tried again after an hour, and the page of copies says so.
 */
export function copyEachNight(settings: Settings, record: OpenRecord, say: Say): void {
  const pool = connect(record.ownerUrl, 1)
  let said: string | undefined
  let isAtIt = false
  const look = async () => {
    if (isAtIt) return
    isAtIt = true
    try {
      const { plan, failed } = await copyIfDue(settings, pool, new Date())
      if ('into' in plan && said !== plan.into) {
        said = plan.into
        say(
          `A copy is made each night into ${plan.into}. Keep ${plan.keys} in another place: it is in no copy.`,
        )
      }
      if (failed) say(`The copy of tonight was not made: ${failed}`)
    } catch {
      // The record is being set aside or shut: the next look comes in a minute.
    } finally {
      isAtIt = false
    }
  }
  // Nobody who has just started waits for it.
  setInterval(() => void look(), minuteMs).unref()
}

/** Looks whether a copy is due and makes it. @returns what is planned, and why a copy that was due was not made. */
export async function copyIfDue(
  settings: Settings,
  pool: Pool,
  now: Date,
): Promise<{ readonly plan: CopyPlan; readonly made?: string; readonly failed?: string }> {
  const plan = await planNow(settings, pool)
  const known = await transaction(pool, (db) => copies(db))
  if (!('into' in plan) || !isCopyDue(known, now)) return { plan }
  const copy = { id: newId(), folder: copyFolder(plan.into, now), begunAt: now }
  await transaction(pool, (db) => beginCopy(db, copy))
  const ended = await tryCopy(settings, copy.folder, known)
  const end = { id: copy.id, at: new Date(now.getTime() + ended.tookMs), ...ended }
  await transaction(pool, (db) => endCopy(db, end))
  if (ended.outcome === 'failed') return { plan, failed: ended.words }
  await tidy(pool, plan, now)
  return { plan, made: copy.folder }
}

/** What is planned, written down for the page that says so. */
async function planNow(settings: Settings, pool: Pool): Promise<CopyPlan> {
  const { kind } = await transaction(pool, (db) => installation(db))
  const where = whereCopiesGo(settings, kind)
  const plan: CopyPlan =
    'into' in where
      ? {
          ...where,
          keys: join(settings.folder, 'keys'),
          nights: nightsKept,
          isSameDisk: await isSameDisk(settings.folder, where.into),
        }
      : where
  await transaction(pool, (db) => setCopyPlan(db, plan))
  return plan
}

async function isSameDisk(folder: string, into: string): Promise<boolean> {
  const deviceOf = async (path: string): Promise<number> =>
    stat(path).then(
      ({ dev }) => dev,
      () => (path === dirname(path) ? Number.NaN : deviceOf(dirname(path))),
    )
  return (await deviceOf(folder)) === (await deviceOf(into))
}

type Ended = Pick<Copy, 'words' | 'bytes'> & { readonly outcome: 'done' | 'failed'; readonly tookMs: number }

async function tryCopy(settings: Settings, folder: string, known: readonly Copy[]): Promise<Ended> {
  const began = performance.now()
  const ended = (end: Omit<Ended, 'tookMs'>): Ended => ({ ...end, tookMs: performance.now() - began })
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
    const bytes = known.find((copy) => copy.bytes)?.bytes ?? (await bytesIn(settings.folder))
    const { bavail, bsize } = await statfs(dirname(folder))
    if (!isRoomFor(bytes, bavail * bsize))
      return ended({ outcome: 'failed', words: noRoom(bytes, bavail * bsize) })
    const answer = await backUp(settings, folder)
    if ('refused' in answer) return ended({ outcome: 'failed', words: answer.refused })
    return ended({ outcome: 'done', bytes: answer.bytes })
  } catch (error) {
    await rm(`${folder}.part`, { recursive: true, force: true }).catch(() => {})
    return ended({
      outcome: 'failed',
      words: whyNotWritten(error) ?? `Something went wrong on our side${codeOf(error)}.`,
    })
  }
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_048_576).toLocaleString('en-GB')} MB`

const noRoom = (bytes: number, free: number) =>
  `There is no room: a copy takes about ${megabytes(bytes)}, and ${megabytes(free)} are free there.`

// Never an error's own words: they may quote the record.
const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const sizes = entries.map(async (entry) =>
    entry.isFile()
      ? stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        )
      : 0,
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** Deletes what is older than the copies kept, and what copies cut short left behind. */
async function tidy(pool: Pool, plan: Extract<CopyPlan, { into: string }>, now: Date): Promise<void> {
  const known = await transaction(pool, (db) => copies(db))
  for (const copy of copiesToDelete(known, plan.into, plan.nights)) {
    await rm(copy.folder, { recursive: true, force: true })
    await transaction(pool, (db) => endCopy(db, { id: copy.id, outcome: 'deleted', at: now }))
  }
  for (const { folder, outcome } of known)
    if (outcome !== 'done' && dirname(folder) === plan.into)
      await rm(`${folder}.part`, { recursive: true, force: true })
}

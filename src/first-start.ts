import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, type Db, transaction } from '#database'
import { laterAfter, laterIn, type Progress, progress, writeProgress } from '#jobs'
import { installation } from '#organisations'
import type { OpenRecord } from './record.ts'
import type { Settings } from './settings.ts'
import type { Say } from './start.ts'

/** The name of the job that makes the demonstration. */
export const demonstrationTask = 'make the demonstration'

/**
 * Promises the demonstration where this is its folder and nothing was ever loaded.
 *
 * @returns whether the demonstration is what this folder holds, made or to be made.
 */
export async function promiseDemonstration(settings: Settings, record: OpenRecord): Promise<boolean> {
  if (!settings.isDemonstration) return false
  const pool = connect(record.workUrl, 1)
  try {
    return await transaction(pool, async (db) => {
      const made = (await progress(db)).find(({ task }) => task === demonstrationTask)
      const { kind } = await installation(db)
      if (kind && !made) return false
      if (made?.outcome === 'done') return true
      await laterIn(db)(demonstrationTask, {}, demonstrationTask)
      return true
    })
  } finally {
    await pool.end()
  }
}

/** Says how far the demonstration is until it is made. @returns false when it could not be made, or `isOver`. */
export async function followDemonstration(
  record: OpenRecord,
  draw: (words: string, share: number) => void,
  isOver: () => boolean,
): Promise<boolean> {
  const pool = connect(record.workUrl, 1)
  try {
    while (!isOver()) {
      const rows = await transaction(pool, (db) => progress(db))
      const job = rows.find(({ task }) => task === demonstrationTask)
      if (job) draw(job.words, job.shareDone)
      if (job?.outcome) return job.outcome === 'done'
      await new Promise((done) => setTimeout(done, 300))
    }
    return false
  } finally {
    await pool.end()
  }
}

const openingTask = 'open the demonstration'

/** Whether strangers are let in: the town is made, and what is put back when somebody starts again is kept. */
export const isOpen = (done: readonly Progress[]): boolean => done.some(({ task }) => task === openingTask)

/** The same, asked of the record. */
export async function isDemonstrationOpen(record: OpenRecord): Promise<boolean> {
  const pool = connect(record.workUrl, 1)
  try {
    return isOpen(await transaction(pool, (db) => progress(db)))
  } finally {
    await pool.end()
  }
}

// The first answers come first: who enters by "Did it help?" does not wait for a model.
const secondsToFirstModel = 120

/**
 * Lets strangers in, and promises the first answers and, after them, a model whose report can be read. Doing it again
 * does no harm.
 */
export async function openDoors(db: Db): Promise<void> {
  await writeProgress(db, { task: openingTask, words: 'The doors are open', shareDone: 1, outcome: 'done' })
  for (const task of ['evaluate', 'look back']) await laterIn(db)(task, {}, task)
  await laterAfter(db, secondsToFirstModel, 'train', 'train')
}

/** The same, in the record. */
export async function openDemonstration(record: OpenRecord): Promise<void> {
  const pool = connect(record.workUrl, 1)
  try {
    await transaction(pool, openDoors)
  } finally {
    await pool.end()
  }
}

const nobodyMaySignIn =
  'Nobody on the staff list has a reference at your identity provider, so nobody can sign in yet. Stop, start once without ' +
  'OIDC_ISSUER, and sign in as the local administrator: under Staff, add yourself as system administrator, with the reference ' +
  'and the provider’s address that you are shown when you try to sign in with it. Then start with OIDC_ISSUER again.'

/**
 * Where no identity provider is named and this is no demonstration: makes the local administrator and says the
 * one-time password, once. Where one is named and nobody can sign in with it yet: says what to do.
 */
export async function sayLocalAdministrator(settings: Settings, record: OpenRecord, say: Say): Promise<void> {
  if (settings.isDemonstration) return
  const mark = join(settings.folder, 'local-administrator')
  if (existsSync(mark)) return
  // Read only here: every other start need not wait for it.
  const { isAnybodyReferred, makeLocalAdministrator } = await import('#access')
  const pool = connect(record.ownerUrl, 1)
  try {
    if (settings.issuer) {
      if (!(await transaction(pool, isAnybodyReferred))) say(nobodyMaySignIn)
      return
    }
    const password = await transaction(pool, (db) => makeLocalAdministrator(db))
    writeFileSync(mark, 'made')
    if (password) say(`Sign in as the local administrator with this one-time password: ${password}`)
  } finally {
    await pool.end()
  }
}

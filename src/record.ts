import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createDatabase,
  letGateBuild,
  migrate,
  newPassword,
  oneAtATime,
  prepareRoles,
  refuseNewer,
  startEmbedded,
  urlOf,
  writeNew,
} from '#database'
import type { Settings } from './settings.ts'

/** The record, ready: its address for each of the three who sign in to it. */
export type OpenRecord = {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly workUrl: string
  readonly isEmbedded: boolean
  /** Whether the server was there before: then it is not ours to stop. */
  readonly wasRunning: boolean
  readonly stop: () => Promise<void>
}

export const databaseName = 'keyworker'

/**
 * Brings the record up: starts or joins the built-in PostgreSQL or uses the one named, makes the roles, and brings
 * the tables to this version.
 *
 * @param onWait told once where a database killed before still has to end, which can take a minute.
 * @throws Error where a newer program has opened it: nothing was changed.
 */
export async function openRecord(
  settings: Pick<Settings, 'folder' | 'database'>,
  onWait?: () => void,
): Promise<OpenRecord> {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 })
  // Two starts at the same moment must not make passwords, database and tables twice.
  return await oneAtATime(join(settings.folder, 'starting'), () => openAlone(settings, onWait))
}

async function openAlone(
  settings: Pick<Settings, 'folder' | 'database'>,
  onWait: (() => void) | undefined,
): Promise<OpenRecord> {
  const passwords = passwordsIn(settings.folder)
  if (settings.database) return await openOwn(settings.database, passwords.work)
  const embedded = await startEmbedded(settings.folder, onWait)
  const ownerUrl = urlOf(embedded.ownerUrl, { database: databaseName })
  try {
    await refuseNewer(ownerUrl)
    await prepareRoles(embedded.ownerUrl, 'keyworker_web', passwords)
    await createDatabase(embedded.ownerUrl, databaseName)
    await migrate(ownerUrl)
  } catch (error) {
    // A server nobody is told of would run on after the program, and the next would take it for another's.
    if (!embedded.wasRunning) await embedded.stop()
    throw error
  }
  return {
    ownerUrl,
    appUrl: urlOf(ownerUrl, { user: 'keyworker_web', password: passwords.app }),
    workUrl: urlOf(ownerUrl, { user: 'keyworker_worker', password: passwords.work }),
    isEmbedded: true,
    wasRunning: embedded.wasRunning,
    stop: embedded.stop,
  }
}

async function openOwn(
  database: NonNullable<Settings['database']>,
  workPassword: string,
): Promise<OpenRecord> {
  await refuseNewer(database.ownerUrl)
  await prepareRoles(database.ownerUrl, new URL(database.appUrl).username, { work: workPassword })
  await letGateBuild(database.ownerUrl)
  await migrate(database.ownerUrl)
  return {
    ...database,
    workUrl: urlOf(database.ownerUrl, { user: 'keyworker_worker', password: workPassword }),
    isEmbedded: false,
    wasRunning: true,
    stop: async () => {},
  }
}

function passwordsIn(folder: string): { readonly app: string; readonly work: string } {
  const file = join(folder, 'database-sign-ins.json')
  if (!existsSync(file)) writeNew(file, JSON.stringify({ app: newPassword(), work: newPassword() }))
  const { app, work } = JSON.parse(readFileSync(file, 'utf8')) as { app: string; work: string }
  return { app, work }
}

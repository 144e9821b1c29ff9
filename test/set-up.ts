import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import {
  createDatabase,
  dropDatabase,
  migrate,
  migrations,
  prepareRoles,
  startEmbedded,
  urlOf,
} from '#database'
import { furnish } from './house.ts'

declare module 'vitest' {
  interface ProvidedContext {
    house: { ownerUrl: string; template: string; appPassword: string; workPassword: string }
  }
}

const prefix = 'keyworker-tests-'

/**
 * One PostgreSQL for the whole run, and one furnished database that every test file's own is copied from.
 *
 * All that a run writes, the browser's files too, lies in one folder that goes when the run ends: it is near 2 GB. What a run that
 * was killed left behind goes when the next begins.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const temporary = tmpdir()
  clearLeftovers(temporary)
  const folder = mkdtempSync(join(temporary, `${prefix}${process.pid}-`))
  // As the system's own is: some tests run as another user.
  chmodSync(folder, 0o1777)
  const database = await startEmbedded(join(folder, 'database'))
  process.env.TMPDIR = folder
  const passwords = { app: 'test-app', work: 'test-work' }
  await prepareRoles(database.ownerUrl, 'keyworker_web', passwords)
  const template = `template_${migrations().length}`
  await dropDatabase(database.ownerUrl, template)
  await createDatabase(database.ownerUrl, template)
  const url = urlOf(database.ownerUrl, { database: template })
  await migrate(url)
  await furnish(url)
  project.provide('house', {
    ownerUrl: database.ownerUrl,
    template,
    appPassword: passwords.app,
    workPassword: passwords.work,
  })
  return async () => {
    await database.stop()
    process.env.TMPDIR = temporary
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function clearLeftovers(temporary: string): void {
  for (const name of readdirSync(temporary)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    if (pid > 0 && !isRunning(pid)) clear(join(temporary, name))
  }
}

function clear(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Another user's, who clears it themselves.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process may not be asked, but runs.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

import { createHash } from 'node:crypto'
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

/** One PostgreSQL for the whole run, and one furnished database that every test file's own is copied from. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const checkout = createHash('sha1').update(process.cwd()).digest('hex').slice(0, 12)
  const database = await startEmbedded(join(tmpdir(), `keyworker-tests-${checkout}-${process.pid}`))
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
  return database.stop
}

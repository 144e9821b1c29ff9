import { existsSync, readdirSync } from 'node:fs'
import { cp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { connect, copyCluster, transaction } from '#database'
import { installation } from '#organisations'
import { currentLoad } from '#population'
import { hashesIn, type Manifest, manifestName, type Refusal, refusal } from './backup-files.ts'
import { openRecord } from './record.ts'
import type { Settings } from './settings.ts'

export type BackedUp = { readonly files: number; readonly bytes: number; readonly into: string }

/** Keys are kept apart from every backup, or whoever finds one could tell who is behind a pseudonym. */
const apart = new Set(['postgres', 'keys', 'database.log', 'starting', 'postgres.password'])

/**
 * Copies an installation with the built-in PostgreSQL into a folder, while it goes on working. The keys are not in it.
 *
 * @returns what was copied, or why not: a PostgreSQL of one's own, nothing there, a folder that is there already, or an
 *   extract taken meanwhile.
 */
export async function backUp(settings: Settings, target: string): Promise<BackedUp | Refusal> {
  const [folder, into] = [settings.folder, resolve(target)]
  if (settings.database)
    return refusal(
      `This installation is in a PostgreSQL of yours: back that up with its own tools, and copy ${folder} beside it.`,
    )
  if (!existsSync(join(folder, 'postgres', 'PG_VERSION')))
    return refusal(`There is no installation in ${folder}. Name its folder with --data.`)
  if (existsSync(into)) return refusal(`${into} is there already. Name a folder that is not there yet.`)
  if (!relative(folder, into).startsWith('..'))
    return refusal(`${into} lies in the installation itself. Name a folder outside it, on another disk.`)
  const part = `${into}.part`
  await rm(part, { recursive: true, force: true })
  const record = await openRecord(settings)
  try {
    const before = await standing(record.workUrl)
    await copyCluster(record.ownerUrl, {
      cluster: join(folder, 'postgres'),
      into: join(part, 'postgres'),
      beside: () => copyBeside(folder, part),
    })
    const after = await standing(record.workUrl)
    if (before.loadId !== after.loadId) {
      await rm(part, { recursive: true, force: true })
      return refusal(
        'An extract was taken meanwhile, so the copy would not be whole. Run the same command again.',
      )
    }
    return await close(part, into, folder, after.kind)
  } finally {
    if (!record.wasRunning) await record.stop()
  }
}

async function standing(url: string) {
  const pool = connect(url, 1)
  try {
    return await transaction(pool, async (db) => ({
      kind: (await installation(db)).kind ?? null,
      loadId: (await currentLoad(db))?.id,
    }))
  } finally {
    await pool.end()
  }
}

async function copyBeside(folder: string, into: string): Promise<void> {
  for (const name of readdirSync(folder))
    if (!apart.has(name)) await cp(join(folder, name), join(into, name), { recursive: true })
}

async function close(part: string, into: string, folder: string, kind: Manifest['kind']): Promise<BackedUp> {
  const files = await hashesIn(part)
  const keys = existsSync(join(folder, 'keys')) ? await hashesIn(join(folder, 'keys')) : {}
  const manifest: Manifest = {
    keyworkerBackup: 1,
    madeAt: new Date().toISOString(),
    ...{ kind, files, keys },
  }
  await writeFile(join(part, manifestName), JSON.stringify(manifest, undefined, 1), { mode: 0o600 })
  await rename(part, into)
  const sizes = await Promise.all(Object.keys(files).map(async (name) => (await stat(join(into, name))).size))
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0), into }
}

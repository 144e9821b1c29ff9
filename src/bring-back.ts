import { existsSync, readdirSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { hashesIn, type Manifest, manifestName, type Refusal, refusal } from './backup-files.ts'
import type { Settings } from './settings.ts'

/**
 * Brings a backup back into a folder that is not there yet, with the keys that were kept apart from it. Nothing is ever
 * overwritten, and nothing is left behind where it cannot be done.
 *
 * @returns when the backup was made, or why it was not brought back: not a backup, not whole, other keys, a folder in use.
 */
export async function bringBack(
  settings: Settings,
  source: string,
  keys: string,
): Promise<{ readonly madeAt: string } | Refusal> {
  const { folder } = settings
  const from = resolve(source)
  if (settings.database)
    return refusal(
      'A backup of the built-in database cannot go into a PostgreSQL of yours. Unset DATABASE_URL.',
    )
  if (existsSync(folder) && readdirSync(folder).length > 0)
    return refusal(`${folder} is not empty. Name a folder that is not there yet with --data.`)
  const manifest = await manifestIn(from)
  if (!manifest) return refusal(`${from} is not a backup made by this program: it has no ${manifestName}.`)
  const fault = faultIn(manifest.files, await hashesIn(from))
  if (fault) return refusal(`The backup is not as it was written: ${fault}. Nothing was brought back.`)
  const known = existsSync(keys) ? await hashesIn(resolve(keys)) : {}
  if (Object.entries(manifest.keys).some(([name, hash]) => known[name] !== hash))
    return refusal(`The keys in ${resolve(keys)} are not those of this backup. Nothing was brought back.`)
  const part = `${folder}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(from))
    if (name !== manifestName) await cp(join(from, name), join(part, name), { recursive: true })
  await cp(resolve(keys), join(part, 'keys'), { recursive: true })
  await rm(folder, { recursive: true, force: true })
  await rename(part, folder)
  return { madeAt: manifest.madeAt }
}

async function manifestIn(folder: string): Promise<Manifest | undefined> {
  try {
    const read: unknown = JSON.parse(await readFile(join(folder, manifestName), 'utf8'))
    return isManifest(read) ? read : undefined
  } catch {
    return undefined
  }
}

const isManifest = (read: unknown): read is Manifest =>
  typeof read === 'object' && read !== null && 'keyworkerBackup' in read && 'files' in read && 'keys' in read

function faultIn(written: Manifest['files'], found: Manifest['files']): string | undefined {
  const changed = Object.keys(written).find(
    (name) => found[name] !== undefined && found[name] !== written[name],
  )
  const gone = Object.keys(written).find((name) => found[name] === undefined)
  const added = Object.keys(found).find((name) => written[name] === undefined)
  if (changed) return `${changed} is another`
  if (gone) return `${gone} is gone`
  return added && `${added} was added`
}

import { createHmac, randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeNew } from '#database'

/** The key of case-finding's pseudonyms and which of its versions it is. */
export type Key = { readonly bytes: Buffer; readonly version: number }

/**
 * The key of the purpose, made the first time. It lies in the data folder's `keys`, readable by its owner alone; the
 * store, the database and their backups do not hold it, and pages never need it.
 */
export async function pseudonymKey(folder: string): Promise<Key> {
  const path = join(folder, 'keys', 'case-finding-1.key')
  const known = await readFile(path).catch(() => undefined)
  if (known?.length === 32) return { bytes: known, version: 1 }
  if (known) throw new Error(`the key file ${path} should hold 32 bytes and holds ${known.length}`)
  await mkdir(join(folder, 'keys'), { recursive: true, mode: 0o700 })
  const bytes = randomBytes(32)
  writeNew(path, bytes)
  return { bytes, version: 1 }
}

/** The pseudonym of a number or a local identity: the first 128 bits of its HMAC-SHA-256, as 32 hex digits. */
export const pseudonymOf = (key: Key, identity: string): string =>
  createHmac('sha256', key.bytes).update(identity).digest('hex').slice(0, 32)

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** What a backup says of itself: every file with its hash, and by which keys its pseudonyms and seals were made. */
export type Manifest = {
  readonly keyworkerBackup: 1
  readonly madeAt: string
  readonly kind: 'synthetic' | 'real' | null
  readonly files: Readonly<Record<string, string>>
  readonly keys: Readonly<Record<string, string>>
}

/** A sentence for whoever gave something that cannot be done. */
export type Refusal = { readonly refused: string }

export const refusal = (sentence: string): Refusal => ({ refused: sentence })

export const manifestName = 'backup.json'

/** The SHA-256 of every file below a folder, by its path with slashes. */
export async function hashesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {}
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).split(sep).join('/')
    if (name !== manifestName) hashes[name] = await hashOf(path)
  }
  return hashes
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk it goes to is full.',
  EDQUOT: 'The disk it goes to is full.',
  EACCES: 'The program may not write there.',
  EPERM: 'The program may not write there.',
  EROFS: 'The disk it goes to can only be read.',
  ENOTDIR: 'What was named is a file, not a folder.',
  EEXIST: 'What was named is a file, not a folder.',
  EIO: 'The disk it goes to does not answer.',
}

/** In plain words why a copy could not be written; undefined for what is ours. Never an error's own words. */
export const whyNotWritten = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined

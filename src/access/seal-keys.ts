import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { writeNew } from '#database'

export type SealKeys = { readonly privateKey: KeyObject; readonly publicKey: KeyObject }

/**
 * The keys that sign the access log's seals, made at the first asking. Only the work process may read this folder: the
 * private key is readable by its owner alone.
 *
 * @param folder the installation's data folder.
 */
export function sealKeys(folder: string): SealKeys {
  const secret = join(folder, 'keys', 'seal.key')
  mkdirSync(dirname(secret), { recursive: true, mode: 0o700 })
  if (!existsSync(secret)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    // First what may be made again: once the secret is there, neither is.
    writeFileSync(publicFile(folder), publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644 })
    writeNew(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  }
  const privateKey = createPrivateKey(readFileSync(secret))
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

const publicFile = (folder: string) => join(folder, 'keys', 'seal.pub')

/** The key that seals are checked with. @throws Error when no seal was ever made in this folder. */
export function sealPublicKey(folder: string): KeyObject {
  const file = publicFile(folder)
  if (!existsSync(file)) throw new Error(`There is no ${file}: nothing has been sealed from this folder yet.`)
  return createPublicKey(readFileSync(file))
}

/** What the second place knows of a seal: enough to show that one was taken away or made anew. */
export type SealLine = { readonly n: number; readonly hash: string; readonly signature: string }

/** A place outside the database that seals are also written to, in order, never changed. */
export type SecondPlace = {
  readonly append: (lines: readonly SealLine[]) => void
  /** The number of the last seal written here; 0 when there is none. */
  readonly lastNumber: () => number
  readonly read: () => AsyncIterable<SealLine>
}

/** A file of one line a seal, only ever added to. A line torn by a power cut is read as not there. */
export function secondPlaceIn(folder: string): SecondPlace {
  const file = join(folder, 'seals.jsonl')
  return {
    append: (lines) => {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
      const handle = openSync(file, 'a+', 0o600)
      try {
        const isTorn = !['', '\n'].includes(tailOf(handle).slice(-1))
        appendFileSync(handle, isTorn ? `\n${text}` : text)
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
    },
    lastNumber: () => {
      if (!existsSync(file)) return 0
      const handle = openSync(file, 'r')
      const lines = tailOf(handle).split('\n').flatMap(asLine)
      closeSync(handle)
      return lines.at(-1)?.n ?? 0
    },
    read: async function* () {
      if (!existsSync(file)) return
      for await (const text of createInterface({ input: createReadStream(file, 'utf8') })) yield* asLine(text)
    },
  }
}

/**
 * Takes the seals after one out of the second place: a made-up town was put back to before they were made. Of a real
 * installation nothing is ever put back.
 */
export function forgetSealsAfter(folder: string, last: number): void {
  const file = join(folder, 'seals.jsonl')
  if (!existsSync(file)) return
  const kept = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap(asLine)
    .filter(({ n }) => n <= last)
  writeFileSync(`${file}.new`, kept.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function tailOf(handle: number): string {
  const size = fstatSync(handle).size
  const tail = Buffer.alloc(Math.min(size, 4096))
  readSync(handle, tail, 0, tail.length, size - tail.length)
  return tail.toString('utf8')
}

function asLine(text: string): readonly SealLine[] {
  if (!text) return []
  try {
    const line: unknown = JSON.parse(text)
    return isLine(line) ? [line] : []
  } catch {
    return []
  }
}

const isLine = (value: unknown): value is SealLine =>
  typeof value === 'object' && value !== null && 'n' in value && 'hash' in value && 'signature' in value

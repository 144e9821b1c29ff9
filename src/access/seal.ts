import { sign } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Pool, transaction } from '#database'
import type { SealKeys, SecondPlace } from './seal-keys.ts'
import { addSeal, chainEnd, linesAfter, rowsToSeal, takeSequencer, waitForSequencer } from './seal-store.ts'
import { hashOfSeal, rangesOf, type SealWords, sha256, stillWaiting } from './seal-words.ts'

const rowsASeal = 1000
const noHash = Buffer.alloc(32)

/**
 * Seals the rows of the access log that were kept since the last seal, at most 1,000: one sequencer at a time, whoever
 * asks. Rows whose transaction is still open are passed over and taken by a later seal.
 *
 * @returns how many rows were sealed now; 0 when there are none or another sequencer is at work.
 */
export async function sealOnce(pool: Pool, keys: SealKeys, secondPlace: SecondPlace): Promise<number> {
  const made = await transaction(pool, async (db) => {
    if (!(await takeSequencer(db))) return undefined
    const before = await chainEnd(db)
    const waitingIds = (before?.waiting ?? []).map(([id]) => id)
    const rows = await rowsToSeal(db, before?.highWater ?? 0, waitingIds, rowsASeal)
    if (rows.length === 0) return undefined
    const now = new Date()
    const ids = rows.map(({ id }) => id)
    const words: SealWords = {
      n: (before?.n ?? 0) + 1,
      sealedAt: now.toISOString(),
      rowRanges: rangesOf(ids),
      highWater: Math.max(before?.highWater ?? 0, ids.at(-1) ?? 0),
      waiting: stillWaiting(before?.waiting ?? [], before?.highWater ?? 0, ids, now.getTime()),
      previousHash: before?.hash ?? noHash,
      digests: Buffer.concat(rows.map((row) => sha256(row.words))),
    }
    const hash = hashOfSeal(words)
    const signature = sign(null, hash, keys.privateKey)
    await addSeal(db, { ...words, hash, signature }, before)
    return rows.length
  })
  if (!made) return 0
  await catchUpSecondPlace(pool, secondPlace)
  return made
}

/**
 * Writes to the second place the seals that it does not have: one just kept, or those kept before a power cut.
 *
 * One at a time and in order, so that two sealers that begin at one moment write no seal twice: a second place with a seal in
 * it twice would be called tampered with.
 */
async function catchUpSecondPlace(pool: Pool, secondPlace: SecondPlace): Promise<void> {
  await transaction(pool, async (db) => {
    await waitForSequencer(db)
    const missing = await linesAfter(db, secondPlace.lastNumber())
    if (missing.length > 0) secondPlace.append(missing)
  })
}

/**
 * Seals every second, sooner when there is much, until told to stop; then once more.
 *
 * @param fault told of what goes wrong; the sealer goes on, for the log itself is kept all the same.
 */
export async function runSealer(parts: {
  readonly pool: Pool
  readonly keys: SealKeys
  readonly secondPlace: SecondPlace
  readonly signal: AbortSignal
  readonly fault: (error: unknown) => void
}): Promise<void> {
  const { pool, keys, secondPlace, signal, fault } = parts
  let isBehind = true
  const seal = async (): Promise<number> => {
    try {
      if (isBehind) await catchUpSecondPlace(pool, secondPlace)
      isBehind = false
      return await sealOnce(pool, keys, secondPlace)
    } catch (error) {
      isBehind = true
      fault(error)
      return 0
    }
  }
  while (!signal.aborted) {
    const rows = await seal()
    const waitMs = rows >= rowsASeal ? 0 : rows > 100 ? 200 : 1000
    await pause(waitMs, undefined, { signal }).catch(() => undefined)
  }
  while ((await seal()) >= rowsASeal);
}

import { type KeyObject, verify } from 'node:crypto'
import type { Db } from '#database'
import type { SealLine, SecondPlace } from './seal-keys.ts'
import { rowsIn, rowsNotSealed, type SealedRow, type StoredSeal, sealsAfter } from './seal-store.ts'
import { countOf, hashOfSeal, idsOf, sha256 } from './seal-words.ts'

export type AuditProof = {
  readonly isWhole: boolean
  /** How many rows and seals were looked at, up to the first that does not fit. */
  readonly rows: number
  readonly seals: number
  /** The first row or seal that does not fit, and how. */
  readonly firstFault?: string
}

const sealsAtOnce = 50

/**
 * Proves that the access log is as it was sealed: every row, every seal, their order, and what the second place knows.
 *
 * Rows of the last second are not sealed yet and are not looked at. What cannot be shown: a row taken out before it was
 * sealed, or a whole log sealed anew by somebody with the key and the second place.
 *
 * @param db of somebody who may read the log and its seals.
 */
export async function verifyAudit(
  db: Db,
  publicKey: KeyObject,
  secondPlace: SecondPlace,
): Promise<AuditProof> {
  const there = compareWith(secondPlace)
  let before: StoredSeal | undefined
  let rows = 0
  let seals = 0
  const broken = (firstFault: string): AuditProof => ({ isWhole: false, rows, seals, firstFault })
  for (;;) {
    const batch = await sealsAfter(db, before?.n ?? 0, sealsAtOnce)
    if (batch.length === 0) break
    const known = byId(await rowsIn(db, rangeOver(batch)))
    for (const seal of batch) {
      const fault =
        faultInChain(seal, before) ??
        faultInRows(seal, known) ??
        faultInSeal(seal, publicKey) ??
        (await there.fault(seal))
      if (fault) return broken(fault)
      rows += seal.digests.length / 32
      seals++
      before = seal
    }
  }
  const cut = await there.ending(before?.n ?? 0)
  if (cut) return broken(cut)
  const loose = await rowsNotSealed(
    db,
    before?.highWater ?? 0,
    (before?.waiting ?? []).map(([id]) => id),
  )
  if (loose?.rows) {
    return broken(
      loose.rows === 1
        ? `1 row not sealed: row ${loose.first}`
        : `${loose.rows} rows not sealed, from row ${loose.first}`,
    )
  }
  return { isWhole: true, rows, seals }
}

const rangeOver = (batch: readonly StoredSeal[]): string => {
  const ids = batch.flatMap((seal) => [...seal.rowRanges.matchAll(/\[\d+,\d+\)/g)].map(([range]) => range))
  return `{${ids.join(',')}}`
}

function byId(rows: readonly SealedRow[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>()
  for (const { id, words } of rows) {
    const same = found.get(id)
    if (same) same.push(words)
    else found.set(id, [words])
  }
  return found
}

function faultInChain(seal: StoredSeal, before: StoredSeal | undefined): string | undefined {
  const expected = (before?.n ?? 0) + 1
  if (seal.n !== expected) return `seal ${expected} gone`
  const follows = before ? seal.previousHash.equals(before.hash) : seal.previousHash.equals(Buffer.alloc(32))
  return follows ? undefined : `seal ${seal.n} altered: it does not follow the one before it`
}

function faultInRows(seal: StoredSeal, known: ReadonlyMap<number, readonly string[]>): string | undefined {
  // Counted before they are written out: an altered range could name more ids than there is memory for.
  if (seal.digests.length !== countOf(seal.rowRanges) * 32) return `seal ${seal.n} altered`
  const ids = idsOf(seal.rowRanges)
  for (const [at, id] of ids.entries()) {
    const here = known.get(id) ?? []
    const [words] = here
    if (words === undefined) return `seal ${seal.n}: row ${id} gone`
    if (here.length > 1) return `row ${id} is there ${here.length} times`
    if (!sha256(words).equals(seal.digests.subarray(at * 32, at * 32 + 32))) return `row ${id} altered`
  }
  return undefined
}

function faultInSeal(seal: StoredSeal, publicKey: KeyObject): string | undefined {
  const isAsSigned = hashOfSeal(seal).equals(seal.hash) && verify(null, seal.hash, publicKey, seal.signature)
  return isAsSigned ? undefined : `seal ${seal.n} altered`
}

// Both are read in order once, side by side.
function compareWith(secondPlace: SecondPlace) {
  const lines = secondPlace.read()[Symbol.asyncIterator]()
  let last = 0
  let unknown = 0
  let ahead: SealLine | undefined
  const next = async () => {
    const { value, done } = await lines.next()
    ahead = done ? undefined : value
  }
  return {
    fault: async (seal: StoredSeal): Promise<string | undefined> => {
      if (!ahead) await next()
      // The newest seal alone may be kept and not yet sent, when the work process was killed just then.
      if (!ahead) return ++unknown > 1 ? `the second place ends at ${last}, the chain goes on` : undefined
      if (ahead.n !== seal.n) return `the second place does not know seal ${seal.n}`
      if (ahead.hash !== seal.hash.toString('hex'))
        return `seal ${seal.n} is not the one the second place has`
      last = ahead.n
      ahead = undefined
      return undefined
    },
    ending: async (n: number): Promise<string | undefined> => {
      while (true) {
        if (!ahead) await next()
        if (!ahead) break
        last = ahead.n
        ahead = undefined
      }
      return last > n ? `chain ends at ${n}, the second place says ${last}` : undefined
    },
  }
}

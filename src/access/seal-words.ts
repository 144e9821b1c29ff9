import { createHash } from 'node:crypto'

/** An id passed over because its transaction was still open, and when that was first seen (milliseconds). */
export type Waiting = readonly (readonly [id: number, sinceMs: number])[]

/** A seal before it is signed: which rows, in what state, after which seal. */
export type SealWords = {
  readonly n: number
  readonly sealedAt: string
  /** As PostgreSQL writes a multirange: {[1,5),[7,9)}. */
  readonly rowRanges: string
  readonly highWater: number
  readonly waiting: Waiting
  readonly previousHash: Buffer
  /** SHA-256 of each row in the order of ids, one after another. */
  readonly digests: Buffer
}

export const sha256 = (words: string | Buffer): Buffer => createHash('sha256').update(words).digest()

/** What is signed: everything of the seal, and through the previous hash everything before it. */
export function hashOfSeal(seal: SealWords): Buffer {
  const head = JSON.stringify([seal.n, seal.sealedAt, seal.rowRanges, seal.highWater, seal.waiting])
  return createHash('sha256').update(seal.previousHash).update(sha256(head)).update(seal.digests).digest()
}

/** Ascending ids as PostgreSQL writes a multirange. */
export function rangesOf(ids: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const id of ids) {
    const last = ranges.at(-1)
    if (last && last[1] === id) last[1] = id + 1
    else ranges.push([id, id + 1])
  }
  return `{${ranges.map(([from, to]) => `[${from},${to})`).join(',')}}`
}

/** The ids of a multirange as PostgreSQL writes it, ascending. */
export function idsOf(ranges: string): readonly number[] {
  const ids: number[] = []
  for (const [, from, to] of ranges.matchAll(/\[(\d+),(\d+)\)/g)) {
    for (let id = Number(from); id < Number(to); id++) ids.push(id)
  }
  return ids
}

/** How many ids a multirange holds. */
export const countOf = (ranges: string): number =>
  [...ranges.matchAll(/\[(\d+),(\d+)\)/g)].reduce((sum, [, from, to]) => sum + Number(to) - Number(from), 0)

const longestWaitMs = 3_600_000

/**
 * The ids still awaited after a seal: those awaited before and new gaps, without what came. After an hour an id counts
 * as rolled back; were its row to appear later all the same, it would be shown as never sealed.
 */
export function stillWaiting(
  before: Waiting,
  highWater: number,
  came: readonly number[],
  nowMs: number,
): Waiting {
  const here = new Set(came)
  const kept = before.filter(([id, since]) => !here.has(id) && nowMs - since < longestWaitMs)
  const gaps: (readonly [number, number])[] = []
  for (let id = highWater + 1; id < (came.at(-1) ?? 0); id++) if (!here.has(id)) gaps.push([id, nowMs])
  return [...kept, ...gaps]
}

import { createHash } from 'node:crypto'
import type { InLine } from './types.ts'

/**
 * Puts those in a draw in the order of the lot. Whoever has the seed and the pseudonyms draws the same again, with
 * any tool: the order is that of the SHA-256 of "seed:pseudonym", in hexadecimal.
 */
export const inTurn = (people: readonly InLine[], seed: string): readonly InLine[] =>
  [...people]
    .map((one) => ({ one, key: sha256(`${seed}:${one.pseudonym}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one)

const sha256 = (words: string) => createHash('sha256').update(words).digest('hex')

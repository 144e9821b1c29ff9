import type { Counted } from './counts-store.ts'

/** A practice's part of a run: the cut's people of it are listed or left out, each for one reason. */
export type ListPart = {
  readonly practiceCode: string
  readonly considered: number
  readonly listed: number
  readonly withUs: number
  readonly objected: number
  /** Registered there and objecting: never considered at all. */
  readonly objecting: number
}

/**
 * Counts, for each practice, who of the cut is listed and who is left out and why. An objection counts first: of
 * somebody who objects we do not even say that they are with us.
 */
export function partsOf(
  considered: readonly { readonly practiceCode: string; readonly considered: number }[],
  cut: readonly Pick<Counted, 'practiceCode' | 'pseudonym'>[],
  leftOut: ReadonlyMap<string, 'objected' | 'with us'>,
  objecting: ReadonlyMap<string, number>,
): readonly ListPart[] {
  const tally = new Map<string, { listed: number; withUs: number; objected: number }>()
  for (const { practiceCode, pseudonym } of cut) {
    const counts = tally.get(practiceCode) ?? { listed: 0, withUs: 0, objected: 0 }
    const why = leftOut.get(pseudonym)
    if (why === 'objected') counts.objected++
    else if (why === 'with us') counts.withUs++
    else counts.listed++
    tally.set(practiceCode, counts)
  }
  return considered.map((practice) => ({
    ...practice,
    ...(tally.get(practice.practiceCode) ?? { listed: 0, withUs: 0, objected: 0 }),
    objecting: objecting.get(practice.practiceCode) ?? 0,
  }))
}

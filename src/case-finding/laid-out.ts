import type { LondonDate } from '#calendar'
import type { Store } from '#population'
import { countEverybody, firstPseudonyms } from './counts-store.ts'
import { evidenceFor } from './evidence-store.ts'
import type { Flags } from './flags/types.ts'
import { deficitList } from './model/record-facts-store.ts'
import { canScore, type ListScores, scoreList } from './model/score-list.ts'
import type { ModelSpec } from './model/types.ts'
import { layUse } from './profile/store.ts'
import { frailtyPoints } from './scores/hospital-frailty-store.ts'

/** A list that is to be made: of what age, how far down, and by the model in use or by the rule. */
export type ToList = { readonly fromAge: number; readonly percent: number; readonly spec?: ModelSpec }

/** The records behind somebody as they are kept, and of these what help could change. As text they take less room. */
export type KeptEvidence = { readonly flags: Flags | undefined; readonly json: string }

/**
 * What several lists of one load ask of its records, each read once: who is counted, everybody's number, and the records
 * behind those listed. A million people's are too much to read again for every programme and both ways.
 */
export type LaidOut = {
  readonly store: Store
  readonly indexOn: LondonDate
  readonly dataFolder: string
  /** Makes the tables `counted` and `used` of everybody of an age. @returns how many they are. */
  readonly countFrom: (fromAge: number) => Promise<number>
  /** Everybody's number by the model; undefined where these records cannot give one. */
  readonly scoresFrom: (fromAge: number, spec: ModelSpec) => Promise<ListScores | undefined>
  /** The records behind some of those counted last, by pseudonym. */
  readonly evidenceOf: (pseudonyms: readonly string[]) => Promise<ReadonlyMap<string, KeptEvidence>>
}

/** Begins with nothing read. @param lists all that are to be made: whoever is on one is read with the first. */
export function layOut(
  store: Store,
  { indexOn, dataFolder }: Pick<LaidOut, 'indexOn' | 'dataFolder'>,
  lists: readonly ToList[],
): LaidOut {
  const site = { deficits: deficitList(dataFolder), frailtyPoints: frailtyPoints(dataFolder) }
  let counted = { fromAge: Number.NaN, people: 0 }
  let scored: { fromAge: number; scores: ListScores } | undefined
  const evidence = new Map<string, KeptEvidence>()
  const countFrom: LaidOut['countFrom'] = async (fromAge) => {
    if (counted.fromAge !== fromAge) {
      counted = { fromAge, people: await countEverybody(store, { indexOn, fromAge }) }
      await layUse(store, indexOn)
    }
    return counted.people
  }
  const scoresFrom: LaidOut['scoresFrom'] = async (fromAge, spec) => {
    if (!canScore(store, spec)) return undefined
    if (scored?.fromAge !== fromAge) {
      // One set at a time: everybody's columns are in it.
      scored = undefined
      scored = { fromAge, scores: await scoreList(store, { indexOn, fromAge }, spec, site.deficits) }
    }
    return scored.scores
  }
  const firstOfAll = async () => {
    const mine = lists.filter(({ fromAge }) => fromAge === counted.fromAge)
    const first: string[] = []
    for (const { percent, spec } of furthest(mine)) {
      const cut = Math.ceil((counted.people * percent) / 100)
      const scores = spec && (await scoresFrom(counted.fromAge, spec))
      if (scores || !spec) first.push(...(scores?.order(cut) ?? (await firstPseudonyms(store, cut))))
    }
    return first
  }
  const evidenceOf: LaidOut['evidenceOf'] = async (pseudonyms) => {
    const missing = pseudonyms.filter((one) => !evidence.has(one))
    if (missing.length > 0) {
      const wanted = new Set([...missing, ...(await firstOfAll()).filter((one) => !evidence.has(one))])
      await evidenceFor(store, [...wanted], { indexOn, lists: site }, (who, { flags, ...found }) =>
        evidence.set(who, { flags, json: JSON.stringify({ ...found, flags }) }),
      )
    }
    return new Map(
      pseudonyms.flatMap((one) => {
        const found = evidence.get(one)
        return found ? [[one, found] as const] : []
      }),
    )
  }
  return { store, indexOn, dataFolder, countFrom, scoresFrom, evidenceOf }
}

/** Of each way of listing, the list that goes furthest down. */
const furthest = (lists: readonly ToList[]): readonly ToList[] =>
  [lists.filter(({ spec }) => !spec), lists.filter(({ spec }) => spec)].flatMap((way) =>
    way.toSorted((one, other) => other.percent - one.percent).slice(0, 1),
  )

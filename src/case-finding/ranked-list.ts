import type { LondonDate } from '#calendar'
import type { Programme } from '#organisations'
import type { Store } from '#population'
import {
  type Counted,
  consideredByPractice,
  countEverybody,
  countedAmong,
  firstRanked,
  returnedOf,
  totals,
  type Watched,
} from './counts-store.ts'
import { type ListPart, partsOf } from './cut.ts'
import { type Evidence, evidenceFor } from './evidence-store.ts'
import { flagsFor } from './flags/flag-store.ts'
import { countFlags, type FlagCount } from './flags/group-store.ts'
import { flagsOf } from './flags/rules.ts'
import type { Flags } from './flags/types.ts'
import { countGroups, type GroupCount, type JudgedAndAfter } from './group-store.ts'
import { deficitList } from './model/record-facts-store.ts'
import { canScore, type ListScores, risenOf, scoreList } from './model/score-list.ts'
import type { Told } from './model/scoring.ts'
import type { ModelSpec } from './model/types.ts'
import { profileOf } from './profile/store.ts'
import type { TierUse } from './profile/types.ts'
import type { NotToList, Ranked } from './run-store.ts'
import { ruralityList } from './rurality.ts'

/** What the record says before a list is made, and the model it is made by where one is in use. */
export type Asked = {
  readonly left: readonly (NotToList & Pick<Watched, 'pseudonym'>)[]
  readonly watched: readonly (Watched & { readonly riskThen?: number })[]
  readonly objecting: ReadonlyMap<string, number>
  readonly judged: readonly JudgedAndAfter[]
  readonly dataFolder: string
  readonly spec?: ModelSpec
  /** The scores of a list made just before: programmes of the same age are listed by the same risks. */
  readonly scoredBefore: Map<number, ListScores>
}

export type RankedList = {
  readonly considered: number
  readonly mean: number
  readonly variance: number
  readonly cut: number
  readonly parts: readonly ListPart[]
  readonly groups: readonly GroupCount[]
  readonly flagCounts: readonly FlagCount[]
  readonly profile: readonly TierUse[]
  readonly listed: readonly Ranked[]
  readonly returned: readonly Ranked[]
  readonly evidence: ReadonlyMap<string, Evidence>
}

/** One programme's list: cut first, then those with us and those who object left out. Undefined: the model cannot say. */
export async function listFor(
  store: Store,
  indexOn: LondonDate,
  { template }: Programme,
  asked: Asked,
): Promise<RankedList | undefined> {
  const { spec } = asked
  if (spec && !canScore(store, spec)) return undefined
  const deficits = deficitList(asked.dataFolder)
  const ages = { indexOn, fromAge: template.fromAge }
  await countEverybody(store, ages)
  const scores =
    spec && (asked.scoredBefore.get(ages.fromAge) ?? (await scoreList(store, ages, spec, deficits)))
  keepOnly(asked.scoredBefore, ages.fromAge, scores)
  const { considered, mean, variance } = await totals(store)
  const cut = Math.ceil((considered * template.targetPercent) / 100)
  const first = scores ? await inOrder(store, scores.order.slice(0, cut)) : await firstRanked(store, cut)
  const leftOut = new Map(asked.left.map(({ pseudonym, reason }) => [pseudonym, reason]))
  const parts = partsOf(await consideredByPractice(store), first, leftOut, asked.objecting)
  const areas = ruralityList(asked.dataFolder)
  const groups = await countGroups(store, indexOn, [...inCutOf(first)], asked.judged, areas)
  const listed = first.filter(({ pseudonym }) => !leftOut.has(pseudonym))
  const inCut = inCutOf(first)
  const returned = (await comingBack(store, asked.watched, scores, cut)).filter(
    ({ pseudonym }) => !inCut.has(pseudonym) && !leftOut.has(pseudonym),
  )
  const records = await evidenceFor(store, [...listed, ...returned], indexOn, deficits)
  const flags = records.size > 0 ? await flagsFor(store, indexOn) : new Map<string, Flags>()
  const evidence = new Map(
    [...records].map(([who, found]): [string, Evidence] => [
      who,
      { ...found, flags: flags.get(who), ...(scores?.risks.has(who) && { told: scores.told(who) }) },
    ]),
  )
  const whole = (one: Counted) => ({
    ...withNumber(one, evidence.get(one.pseudonym)?.told, scores),
    flags: flagsOf(flags.get(one.pseudonym)),
  })
  const found = listed.map(whole)
  return {
    ...{ considered, mean, variance, cut, parts, groups, evidence },
    flagCounts: await countFlags(store, indexOn, found),
    profile: await profileOf(
      store,
      indexOn,
      template.targetPercent,
      scores && ((howMany) => scores.order.slice(0, howMany)),
    ),
    listed: found,
    returned: returned.map(whole),
  }
}

/** One set of scores at a time: everybody's columns are in it. */
function keepOnly(kept: Map<number, ListScores>, fromAge: number, scores: ListScores | undefined): void {
  if (!scores) return
  kept.clear()
  kept.set(fromAge, scores)
}

const inCutOf = (first: readonly Counted[]): ReadonlySet<string> =>
  new Set(first.map(({ pseudonym }) => pseudonym))

/** The counts of some people, in the order given, which is their rank. @param after ranks begin after it. */
async function inOrder(store: Store, pseudonyms: readonly string[], after = 0): Promise<readonly Counted[]> {
  const counted = new Map((await countedAmong(store, pseudonyms)).map((one) => [one.pseudonym, one]))
  return pseudonyms.flatMap((pseudonym, at) => {
    const one = counted.get(pseudonym)
    return one ? [{ ...one, rank: after + at + 1 }] : []
  })
}

async function comingBack(
  store: Store,
  watched: Asked['watched'],
  scores: ListScores | undefined,
  cut: number,
): Promise<readonly Counted[]> {
  const admitted = await returnedOf(store, watched)
  if (!scores) return admitted
  const all = [...new Set([...admitted.map(({ pseudonym }) => pseudonym), ...risenOf(scores, watched)])]
  return inOrder(store, all, cut)
}

const withNumber = (one: Counted, told: Told | undefined, scores: ListScores | undefined): Ranked =>
  told
    ? {
        ...one,
        risk: told.risk,
        usualIn100: told.usualIn100,
        told: { up: wordsOf(told, 1, 3), down: wordsOf(told, -1, 1) },
        isRiskRising: scores?.isRising(one.pseudonym) ?? false,
      }
    : one

const wordsOf = (told: Told, way: 1 | -1, most: number): readonly string[] =>
  told.reasons
    .filter(({ part }) => Math.sign(part) === way)
    .slice(0, most)
    .map(({ words }) => words)

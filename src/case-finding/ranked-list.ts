import type { Programme } from '#organisations'
import type { Store } from '#population'
import {
  type Counted,
  consideredByPractice,
  countedAmong,
  firstRanked,
  returnedOf,
  totals,
  type Watched,
} from './counts-store.ts'
import { type ListPart, partsOf } from './cut.ts'
import { countFlags, type FlagCount } from './flags/group-store.ts'
import { flagsOf } from './flags/rules.ts'
import { countGroups, type GroupCount, type JudgedAndAfter } from './group-store.ts'
import type { KeptEvidence, LaidOut } from './laid-out.ts'
import { type ListScores, risenOf } from './model/score-list.ts'
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
  readonly spec?: ModelSpec
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
  /** By pseudonym, as text in JSON, made as it is asked for. */
  readonly evidence: Iterable<readonly [string, string]>
}

/** One programme's list: cut first, then those with us and those who object left out. Undefined: the model cannot say. */
export async function listFor(
  laid: LaidOut,
  { template }: Programme,
  asked: Asked,
): Promise<RankedList | undefined> {
  const { store, indexOn } = laid
  const scores = asked.spec && (await laid.scoresFrom(template.fromAge, asked.spec))
  if (asked.spec && !scores) return undefined
  await laid.countFrom(template.fromAge)
  const { considered, mean, variance } = await totals(store)
  const cut = Math.ceil((considered * template.targetPercent) / 100)
  const first = scores ? await inOrder(store, scores.order(cut)) : await firstRanked(store, cut)
  const leftOut = new Map(asked.left.map(({ pseudonym, reason }) => [pseudonym, reason]))
  const parts = partsOf(await consideredByPractice(store), first, leftOut, asked.objecting)
  const areas = ruralityList(laid.dataFolder)
  const groups = await countGroups(store, indexOn, [...inCutOf(first)], asked.judged, areas)
  const listed = first.filter(({ pseudonym }) => !leftOut.has(pseudonym))
  const inCut = inCutOf(first)
  const returned = (await comingBack(store, asked.watched, scores, cut)).filter(
    ({ pseudonym }) => !inCut.has(pseudonym) && !leftOut.has(pseudonym),
  )
  const names = [...listed, ...returned].map(({ pseudonym }) => pseudonym)
  const records = await laid.evidenceOf(names)
  const rising = (await scores?.risingAmong(names)) ?? new Set()
  const whole = (one: Counted) => ({
    ...(scores ? withNumber(one, scores, rising) : one),
    flags: flagsOf(records.get(one.pseudonym)?.flags),
  })
  const found = listed.map(whole)
  return {
    ...{ considered, mean, variance, cut, parts, groups },
    evidence: keptOf(records, scores),
    flagCounts: await countFlags(store, indexOn, found),
    profile: await profileOf(store, template.targetPercent, scores?.order),
    listed: found,
    returned: returned.map(whole),
  }
}

/** The records of some people, and why each has their number, as text in JSON. */
function* keptOf(
  records: ReadonlyMap<string, KeptEvidence>,
  scores: ListScores | undefined,
): RankedList['evidence'] {
  for (const [who, { json }] of records)
    yield [
      who,
      scores?.risks.has(who) ? `${json.slice(0, -1)},"told":${JSON.stringify(scores.told(who))}}` : json,
    ]
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

function withNumber(one: Counted, scores: ListScores, rising: ReadonlySet<string>): Ranked {
  if (!scores.risks.has(one.pseudonym)) return one
  const told = scores.told(one.pseudonym)
  return {
    ...one,
    risk: told.risk,
    usualIn100: told.usualIn100,
    told: { up: wordsOf(told, 1, 3), down: wordsOf(told, -1, 1) },
    isRiskRising: rising.has(one.pseudonym),
  }
}

const wordsOf = (told: Told, way: 1 | -1, most: number): readonly string[] =>
  told.reasons
    .filter(({ part }) => Math.sign(part) === way)
    .slice(0, most)
    .map(({ words }) => words)

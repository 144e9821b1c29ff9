import type { LondonDate } from '#calendar'
import { addDays } from '#calendar'
import type { Store } from '#population'
import type { Watched } from '../counts-store.ts'
import { hasRisen } from '../rules.ts'
import { features } from './features.data.ts'
import { practiceLevel } from './practice-levels.ts'
import type { DeficitCode } from './prepare-store.ts'
import { type Scored, scoreEverybody, scoreSome, type Told } from './scoring.ts'
import { targetOf } from './targets.data.ts'
import type { ModelSpec } from './types.ts'

const risingOverDays = 90

/** Everybody's risk, in order, and whose has risen by half since 90 days before. */
export type ListScores = Scored & {
  /** The first so many, the highest risk first. */
  readonly order: (howMany: number) => readonly string[]
  /** Of some, those whose risk has risen. */
  readonly risingAmong: (pseudonyms: readonly string[]) => Promise<ReadonlySet<string>>
}

/** Whether these records still hold every source a model reads: without one there is no number. */
export const canScore = (store: Store, spec: ModelSpec): boolean =>
  (targetOf(spec).key !== 'care home entry' || store.careHomesFrom !== undefined) &&
  spec.columns.every((column) => {
    if (column === practiceLevel) return true
    if (column === 'livesInCareHome') return store.careHomesFrom !== undefined
    const from = features.find(({ key }) => key === column.split(':')[0])?.from
    return from !== undefined && store.has(from)
  })

/** Scores the list's day; the day 90 days before it is looked at for those asked of alone. */
export async function scoreList(
  store: Store,
  list: { readonly indexOn: LondonDate; readonly fromAge: number },
  spec: ModelSpec,
  deficits: readonly DeficitCode[],
): Promise<ListScores> {
  const now = await scoreEverybody(store, list, spec, deficits)
  let first: readonly string[] = []
  const told = new Map<string, Told>()
  const hasRisenOf = new Map<string, boolean>()
  const before = { ...list, indexOn: addDays(list.indexOn, -risingOverDays) }
  return {
    ...now,
    told: (pseudonym) => {
      const one = told.get(pseudonym) ?? now.told(pseudonym)
      told.set(pseudonym, one)
      return one
    },
    order: (howMany) => {
      if (howMany > first.length) first = byRisk(now, howMany)
      return first.slice(0, howMany)
    },
    risingAmong: async (pseudonyms) => {
      const unknown = pseudonyms.filter((one) => now.risks.has(one) && !hasRisenOf.has(one))
      const earlier = unknown.length > 0 ? await scoreSome(store, before, spec, unknown) : new Map()
      for (const one of unknown) {
        const was = earlier.get(one)
        hasRisenOf.set(one, was !== undefined && hasRisen(now.risks.get(one) ?? 0, was))
      }
      return new Set(pseudonyms.filter((one) => hasRisenOf.get(one)))
    },
  }
}

/**
 * The first by risk; of equal risks the smaller pseudonym first, so that a list is the same every time. Only those as high as the
 * last of them are put in order.
 */
export function byRisk({ risks }: Pick<Scored, 'risks'>, howMany: number): readonly string[] {
  const sorted = Float64Array.from(risks.values()).sort()
  const lowest = sorted[Math.max(0, sorted.length - howMany)] ?? 0
  return [...risks]
    .filter(([, risk]) => risk >= lowest)
    .sort(([a, riskA], [b, riskB]) => riskB - riskA || (a < b ? -1 : 1))
    .slice(0, howMany)
    .map(([pseudonym]) => pseudonym)
}

/** Those watched whose risk has risen by half since they were judged. */
export const risenOf = (
  { risks }: Scored,
  watched: readonly (Watched & { readonly riskThen?: number })[],
): readonly string[] =>
  watched
    .filter(
      ({ pseudonym, riskThen }) => riskThen !== undefined && hasRisen(risks.get(pseudonym) ?? 0, riskThen),
    )
    .map(({ pseudonym }) => pseudonym)

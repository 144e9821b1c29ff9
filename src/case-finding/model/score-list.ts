import type { LondonDate } from '#calendar'
import { addDays } from '#calendar'
import type { Store } from '#population'
import type { Watched } from '../counts-store.ts'
import { hasRisen } from '../rules.ts'
import { features } from './features.data.ts'
import { practiceLevel } from './practice-levels.ts'
import type { DeficitCode } from './prepare-store.ts'
import { type Scored, scoreEverybody } from './scoring.ts'
import { targetOf } from './targets.data.ts'
import type { ModelSpec } from './types.ts'

const risingOverDays = 90

/** Everybody's risk, in order, and whose has risen by half since 90 days before. */
export type ListScores = Scored & {
  /** The first by risk first. */
  readonly order: readonly string[]
  readonly isRising: (pseudonym: string) => boolean
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

/** Scores the list's day and the day 90 days before it. */
export async function scoreList(
  store: Store,
  list: { readonly indexOn: LondonDate; readonly fromAge: number },
  spec: ModelSpec,
  deficits: readonly DeficitCode[],
): Promise<ListScores> {
  // Only the risks are kept: why they were so is a table of everybody, as large as the one of now.
  const { risks: earlier } = await scoreEverybody(
    store,
    { ...list, indexOn: addDays(list.indexOn, -risingOverDays) },
    spec,
    deficits,
  )
  const now = await scoreEverybody(store, list, spec, deficits)
  return {
    ...now,
    order: byRisk(now),
    isRising: (pseudonym) => {
      const before = earlier.get(pseudonym)
      return before !== undefined && hasRisen(now.risks.get(pseudonym) ?? 0, before)
    },
  }
}

/** Everybody by risk; of equal risks the smaller pseudonym first, so that a list is the same every time. */
export const byRisk = ({ risks }: Pick<Scored, 'risks'>): readonly string[] =>
  [...risks]
    .sort(([a, riskA], [b, riskB]) => riskB - riskA || (a < b ? -1 : 1))
    .map(([pseudonym]) => pseudonym)

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

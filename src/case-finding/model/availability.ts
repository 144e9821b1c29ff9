import { addDays, type LondonDate } from '#calendar'
import type { StoreFile } from '#population'
import { conditionGroups } from '../condition-groups.data.ts'
import { codeLists } from './code-lists.data.ts'
import type { Feature } from './features.data.ts'

/** What is known of the records of a load: which sources are linked, how far back they go, in which code systems. */
export type RecordFacts = {
  readonly coversFrom: ReadonlyMap<StoreFile, LondonDate | undefined>
  readonly codeSystems: ReadonlyMap<StoreFile, ReadonlySet<string>>
  readonly hasDeficitList: boolean
  /** The first day of which they say who lived in a care home. */
  readonly careHomesFrom?: LondonDate
}

/** A feature that cannot be counted here, and why, as a sentence says it. */
export type LeftOut = { readonly feature: Feature; readonly why: string }

// A source said to begin up to a week into a window still counts as covering it.
const mayBeginLateDays = 7

/**
 * Which features can be counted on every one of some days, and why the others cannot. A feature that is not available
 * is left out by name: it is never counted as nought.
 *
 * @param indexOns the days features are counted on, the earliest look-back of which must be covered.
 */
export function availableFeatures(
  all: readonly Feature[],
  facts: RecordFacts,
  indexOns: readonly LondonDate[],
): { readonly used: readonly Feature[]; readonly leftOut: readonly LeftOut[] } {
  const used: Feature[] = []
  const leftOut: LeftOut[] = []
  for (const feature of all) {
    const why = whyNot(feature, facts, indexOns)
    if (why) leftOut.push({ feature, why })
    else used.push(feature)
  }
  return { used, leftOut }
}

function whyNot(feature: Feature, facts: RecordFacts, indexOns: readonly LondonDate[]): string | undefined {
  if (feature.isAuditOnly) return 'only used to look at fairness by group'
  if (feature.key === 'livesInCareHome') return whyNotWhereTheyLived(facts, indexOns)
  if (feature.from === 'people') return undefined
  if (!facts.coversFrom.has(feature.from)) return 'its source is not linked'
  const begins = facts.coversFrom.get(feature.from)
  const { lookBackDays } = feature
  const isTooShort = (day: LondonDate) =>
    begins !== undefined &&
    lookBackDays !== undefined &&
    addDays(begins, -mayBeginLateDays) > addDays(day, -lookBackDays)
  if (indexOns.some(isTooShort)) return 'its source does not reach back far enough'
  if (feature.key === 'deficitShare' && !facts.hasDeficitList) return 'no list of deficits is loaded'
  const systems = systemsOf(feature)
  const here = facts.codeSystems.get(feature.from)
  return systems.length > 0 && here && !systems.some((system) => here.has(system))
    ? `its source has no codes of ${systems.join(' or ')}`
    : undefined
}

// A yes or no of the day of the load is no answer for a day a year or two before it.
function whyNotWhereTheyLived(facts: RecordFacts, indexOns: readonly LondonDate[]): string | undefined {
  const { careHomesFrom } = facts
  if (!careHomesFrom)
    return 'nobody sends since when: no care-home package of the council and no such code of a practice'
  const firsts = [careHomesFrom, facts.coversFrom.get('social_care') ?? careHomesFrom]
  return indexOns.some((day) => firsts.some((first) => day <= first))
    ? 'its source does not reach back far enough'
    : undefined
}

function systemsOf(feature: Feature): readonly string[] {
  const list = codeLists.find(({ id }) => id === feature.codeList)
  if (list) return Object.keys(list.codes)
  if (feature.from === 'prescriptions') return ['bnf']
  const isGroup = conditionGroups.some(({ key }) => key === feature.codeList)
  return isGroup || feature.key === 'longTermConditions' ? ['snomed', 'icd10'] : []
}

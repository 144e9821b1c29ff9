import type { Price, TierUse, Use, Used } from './types.ts'

/** Up to which share of the people, in percent, the second tier reaches. */
const secondPercent = 20

/**
 * The three tiers, by rank: those a programme asks, the next up to 20 in 100, everybody else.
 *
 * @source Requirements R-018 (Department of Health long-term conditions model). Where the second ends is our choice, after the
 *   usual drawing of that model; not confirmed by anybody.
 */
export const tiersOf = (
  targetPercent: number,
): readonly { readonly tier: string; readonly toPercent: number }[] => [
  { tier: 'Case management', toPercent: targetPercent },
  { tier: 'Disease management', toPercent: Math.max(targetPercent, secondPercent) },
  { tier: 'Supported self-management', toPercent: 100 },
]

/** What is counted, with its words, and what the King's Fund webinar gives for high-risk people against everybody. */
export const uses: readonly { readonly use: Use; readonly words: string; readonly benchmark?: string }[] = [
  { use: 'emergencyAdmissions', words: 'Emergency admissions', benchmark: '6 times' },
  { use: 'emergencyNights', words: 'Nights in hospital after one' },
  { use: 'aeVisits', words: 'A&E visits' },
  { use: 'gpContacts', words: 'GP contacts', benchmark: '3 times' },
  { use: 'outpatient', words: 'Outpatient appointments kept' },
  { use: 'dayCases', words: 'Day cases' },
  { use: 'medicines', words: 'Different medicines', benchmark: '12 each' },
]

const pricedAs: Readonly<Record<string, Use>> = {
  'emergency admission, fixed part': 'emergencyAdmissions',
  'emergency bed-day': 'emergencyNights',
  'bed-day': 'emergencyNights',
  'night in hospital': 'emergencyNights',
  'day case': 'dayCases',
  'a&e attendance': 'aeVisits',
  'a&e visit': 'aeVisits',
  'gp contact': 'gpContacts',
  'outpatient attendance': 'outpatient',
  'outpatient visit': 'outpatient',
  'prescription item': 'items',
  'prescribed item': 'items',
}

/** The prices of a load that are of what is counted; one without a year or a source is not reckoned with. */
export function pricesOf(
  costs: readonly {
    readonly item: string
    readonly pounds: number
    readonly year: string | null
    readonly source: string | null
  }[],
): readonly Price[] {
  const found = costs.flatMap(({ item, pounds, year, source }): Price[] => {
    const use = pricedAs[item.trim().toLowerCase()]
    return use && year && source ? [{ use, item, pounds, year, source }] : []
  })
  return found.filter(({ use }, at) => found.findIndex((other) => other.use === use) === at)
}

/** What a tier's use cost, in pounds: only what is counted and has a price. Undefined where nothing has. */
export function poundsOf(used: Used, prices: readonly Price[]): number | undefined {
  const priced = prices.flatMap(({ use, pounds }) => {
    const count = used[use]
    return count === undefined ? [] : [count * pounds]
  })
  return priced.length > 0 ? priced.reduce((sum, part) => sum + part, 0) : undefined
}

/** Everybody together. */
export function everybodyOf(tiers: readonly TierUse[]): Pick<TierUse, 'people' | 'used'> {
  const keys = [...new Set(tiers.flatMap(({ used }) => Object.entries(used)))]
  const used: Record<string, number> = {}
  for (const [use, count] of keys) used[use] = (used[use] ?? 0) + (count ?? 0)
  return { people: tiers.reduce((sum, { people }) => sum + people, 0), used }
}

const fewestEvents = 10

const fewestPeople = 8

/** Whether a tier has so few people that its sums would speak of them, and those of the others give them away. */
export const isTooSmall = (tiers: readonly Pick<TierUse, 'people'>[]): boolean =>
  tiers.some(({ people }) => people > 0 && people < fewestPeople)

/** A tier's mean over everybody's; undefined under 10 of what is counted in either, or where it is not linked. */
export function timesAll(
  use: Use,
  tier: Pick<TierUse, 'people' | 'used'>,
  all: Pick<TierUse, 'people' | 'used'>,
): number | undefined {
  const [part, whole] = [tier.used[use], all.used[use]]
  if (part === undefined || whole === undefined || part < fewestEvents || tier.people === 0) return undefined
  return part / tier.people / (whole / all.people)
}

/** How many places so many in 100 of a weighted list are, to the nearest whole place. @source Requirements R-007. */
export const placesFor = (weightedListSize: number, percent: number): number =>
  Math.round((weightedListSize * percent) / 100)

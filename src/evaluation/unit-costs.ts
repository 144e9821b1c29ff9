import type { LoadedCost } from '#population'
import { type CostItem, costItems, type UnitCost } from './service-types.ts'
import { exampleCosts } from './unit-costs.data.ts'

// What an extract calls each of the things that are counted here, in small letters.
const knownAs: Readonly<Record<string, CostItem>> = {
  'night in hospital': 'night in hospital',
  'bed-day': 'night in hospital',
  'emergency bed-day': 'night in hospital',
  'a&e visit': 'A&E visit',
  'a&e attendance': 'A&E visit',
  'outpatient visit': 'outpatient visit',
  'outpatient attendance': 'outpatient visit',
  'gp contact': 'GP contact',
  'community contact': 'community contact',
  'prescribed item': 'prescribed item',
  'prescription item': 'prescribed item',
  'staff hour': 'staff hour',
}

/**
 * Prices that came with the records, of what is counted here; of two of one thing the first by name.
 *
 * A line without a year or a source is left out: a price nobody can look up is not reckoned with. A year such as 2023-24
 * is told by its first.
 */
export function pricesLoaded(costs: readonly LoadedCost[]): readonly UnitCost[] {
  return costs.flatMap(({ item, pounds, year, source }) => {
    const known = knownAs[item.trim().toLowerCase()]
    const priceYear = Number(/^(20\d\d)\b/.exec(year?.trim() ?? '')?.[1])
    if (!known || !source || Number.isNaN(priceYear)) return []
    return [{ item: known, pounds, priceYear, source: `${source}; came with the records` }]
  })
}

/** What is reckoned with: what somebody entered, else what came with the records, else an example. */
export const pricesInForce = (
  entered: readonly UnitCost[],
  loaded: readonly UnitCost[],
): readonly UnitCost[] =>
  costItems.flatMap(
    (wanted) => [...entered, ...loaded, ...exampleCosts].find(({ item }) => item === wanted) ?? [],
  )

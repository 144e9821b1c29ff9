import type { UnitCost } from './service-types.ts'

/**
 * What is used where nobody has entered a price and none came with the records. An example from one area, to be checked before use: an installation
 * enters its own. What an hour of staff or an A&E visit costs has no example here, so it is not guessed.
 *
 * @source one integrated care board's public method page, 2024 prices (evaluation design 2.10).
 */
export const exampleCosts: readonly UnitCost[] = [
  { item: 'night in hospital', pounds: 564, priceYear: 2024, source: 'An example, not yet checked here' },
  { item: 'GP contact', pounds: 51, priceYear: 2024, source: 'An example, not yet checked here' },
]

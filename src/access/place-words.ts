import type { OrganisationKind } from '#organisations'

/** What each kind of place is called. */
export const placeKindWords: Readonly<Record<OrganisationKind, string>> = {
  umbrella: 'Umbrella: everybody together',
  locality: 'Locality',
  practice: 'GP practice',
  team: 'Team',
  ward: 'Virtual ward',
  'out of hours': 'Out of hours',
  hospital: 'Hospital',
  provider: 'Other provider of care',
  charity: 'Charity',
}

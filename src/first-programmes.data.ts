import type { WithSuits } from '#case-finding'
import type { ProgrammeTemplate } from '#organisations'

/**
 * The two programmes an installation begins with; its administrator publishes other versions. 5% and about 50 people a
 * worker are a Conrane-style locality service, 0.5% and 39 beds a virtual ward (design requirements, section 6).
 */
export const firstProgrammes: Readonly<Record<string, ProgrammeTemplate & WithSuits>> = {
  'care-co-ordination': {
    name: 'Care co-ordination',
    kind: 'case management',
    targetPercent: 5,
    fromAge: 18,
    caseload: { limit: 50, unit: 'worker' },
    reviewEveryDays: { offered: 14, active: 28, monitoring: 91 },
    teams: ['TEAM1'],
    declineForMonths: 12,
    suits: ['acsc', 'gap'],
  },
  'virtual-ward': {
    name: 'Virtual ward',
    kind: 'virtual ward',
    targetPercent: 0.5,
    fromAge: 18,
    caseload: { limit: 39, unit: 'team' },
    reviewEveryDays: { offered: 2, active: 7, monitoring: 28 },
    beds: 39,
    teams: ['WARD1'],
    declineForMonths: 12,
    suits: ['acsc'],
  },
}

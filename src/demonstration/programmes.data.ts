import type { WithSuits } from '#case-finding'
import type { ProgrammeTemplate } from '#organisations'

/** The two programmes of Harrowmere. A programme is data: nothing else in the house knows these numbers. */
export const programmeSeeds: Readonly<Record<string, ProgrammeTemplate & WithSuits>> = {
  quayside: {
    name: 'Quayside care co-ordination',
    kind: 'case management',
    targetPercent: 5,
    fromAge: 18,
    caseload: { limit: 60, unit: 'worker' },
    reviewEveryDays: { offered: 14, active: 28, monitoring: 91 },
    teams: ['TEAM1', 'TEAM2'],
    declineForMonths: 12,
    suits: ['acsc', 'gap'],
  },
  'virtual-ward': {
    name: 'Harrowmere virtual ward',
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

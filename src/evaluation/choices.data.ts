import { protocol } from './protocol.data.ts'
import type { Covariate } from './types.ts'

/** How long people may be followed for, in days. */
export const horizonChoices = [90, 180, 365] as const

/** Ages from which a cohort may begin: the edges of the bands in which people are compared. */
export const ageChoices = [40, 65, 75, 85] as const

const shipped = (name: string): readonly Covariate[] =>
  protocol.covariates.filter((covariate) => covariate.name === name)

/**
 * Facts that may be left out of a study’s matching, or put in. What is not here is always in it: a person’s own past use of
 * care, age, sex and living in a care home, because that past is what falls back by itself.
 *
 * @source evaluation design 2.2: prior use in at least three windows, because the spike just before joining is what regresses.
 */
export const optionalCovariates: readonly { readonly covariate: Covariate; readonly isUsual: boolean }[] = [
  ...['outpatient365', 'gpContacts365', 'medicines365', 'conditions', 'deprivation', 'livesAlone']
    .flatMap(shipped)
    .map((covariate) => ({ covariate, isUsual: true })),
  {
    covariate: { name: 'minorityEthnic', label: 'Asian, Black, mixed or other ethnic group', scale: 'plain' },
    isUsual: false,
  },
  { covariate: { name: 'carer', label: 'Coded as a carer', scale: 'plain' }, isUsual: false },
]

/** Groups for whom a study may be asked whether it helped them as much: written down beforehand. */
export const subgroups: readonly {
  readonly key: string
  readonly group: string
  readonly rest: string
  readonly of: { readonly covariate: string; readonly isIn: (value: number) => boolean }
}[] = [
  {
    key: 'deprived',
    group: 'Most deprived 4 tenths',
    rest: 'Other tenths',
    of: { covariate: 'deprivation', isIn: (tenth) => tenth <= 4 },
  },
  { key: 'women', group: 'Women', rest: 'Men', of: { covariate: 'woman', isIn: (is) => is === 1 } },
  {
    key: 'older',
    group: '75 and over',
    rest: 'Under 75',
    of: { covariate: 'age', isIn: (age) => age >= 75 },
  },
  {
    key: 'alone',
    // Of the day of the load: no source dates it (decisions/2026-11-22-living-alone-has-no-date.md).
    group: 'Live alone, when the records were loaded',
    rest: 'Live with others',
    of: { covariate: 'livesAlone', isIn: (is) => is === 1 },
  },
  {
    key: 'ethnic',
    group: 'Asian, Black, mixed and other ethnic groups',
    rest: 'White, or not known',
    of: { covariate: 'minorityEthnic', isIn: (is) => is === 1 },
  },
  {
    key: 'carers',
    group: 'Coded as a carer',
    rest: 'Not coded as a carer',
    of: { covariate: 'carer', isIn: (is) => is === 1 },
  },
]

/** Further ways of asking that may be added to those that are always run. */
export const furtherChecks = [
  {
    key: 'closer',
    words: 'Matched twice as closely',
    hint: 'What is expected of the two within 0.1 standard deviations, and not 0.2',
  },
] as const

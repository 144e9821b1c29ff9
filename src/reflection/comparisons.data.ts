import type { FunnelKey } from './types.ts'

/** What is compared, how it is said, and how the expected is come by. */
export type Comparison = {
  readonly key: FunnelKey
  readonly words: string
  readonly heading: string
  readonly unit: string
  readonly method: string
}

const registered =
  'Expected: from a Poisson model of every adult registered here on the year’s first day, by age, sex, deprivation of where they live, number of long-term conditions and care home (where the records say who lived in one on that day), for the time each was registered. What they had in the year before is not allowed for: a practice may have changed it.'
const inCare =
  'Expected: from the same model of every adult registered here, with the emergency admissions of the year before as well, because people are chosen for them; each person in care as they were when their time in care in this year began. It is scaled so that all in care together had what was expected.'

export const comparisons: readonly Comparison[] = [
  {
    key: 'registered-admissions',
    words: 'Practices: emergency admissions',
    heading: 'Emergency admissions of everybody registered, by practice',
    unit: 'Emergency admissions, had over expected, by practice',
    method: registered,
  },
  {
    key: 'registered-attendances',
    words: 'Practices: A&E visits',
    heading: 'A&E visits of everybody registered, by practice',
    unit: 'A&E visits, had over expected, by practice',
    method: registered,
  },
  {
    key: 'care-by-team',
    words: 'Teams: people in care',
    heading: 'Emergency admissions of people in care, by team',
    unit: 'Emergency admissions of people in care, had over expected, by team',
    method: inCare,
  },
  {
    key: 'care-by-practice',
    words: 'Practices: people in care',
    heading: 'Emergency admissions of people in care, by practice',
    unit: 'Emergency admissions of people in care, had over expected, by practice',
    method: inCare,
  },
]

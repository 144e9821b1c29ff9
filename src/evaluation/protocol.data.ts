import type { ExactKey, Protocol } from './types.ts'

const priorYear: ExactKey = { covariate: 'admissions365', edges: [1, 2, 3, 4, 5, 6] }
const last90: ExactKey = { covariate: 'admissions90', edges: [1, 2, 3] }
const listed: ExactKey = { covariate: 'listed', edges: [1, 2] }

/**
 * The study every programme gets. Change it only by a new version: an answer keeps the version it was made by.
 *
 * The first closeness is that of the design; the wider ones are tried only when a small population leaves more
 * than 1 in 10 without a match, and that is printed. Age, sex and care home still count through the scores and in the
 * adjustment. 120 years and 1,000 spreads are no caliper.
 */
export const protocol: Protocol = {
  version: 1,
  covariates: [
    { name: 'expected', label: 'Expected from history', scale: 'plain', isStrict: true },
    {
      name: 'admissions365',
      label: 'Emergency admissions',
      scale: 'log',
      from: { file: 'inpatient', days: 365 },
      isStrict: true,
    },
    {
      name: 'admissions90',
      label: 'Admitted in last 90 days',
      scale: 'log',
      from: { file: 'inpatient', days: 365 },
    },
    {
      name: 'admissions30',
      label: 'Admitted in last 30 days',
      scale: 'log',
      from: { file: 'inpatient', days: 365 },
    },
    {
      name: 'admissions730',
      label: 'Admissions a year earlier',
      scale: 'log',
      from: { file: 'inpatient', days: 730 },
    },
    {
      name: 'attendances365',
      label: 'A&E visits',
      scale: 'log',
      from: { file: 'emergency_department', days: 365 },
    },
    {
      name: 'nights365',
      label: 'Nights in hospital',
      scale: 'log',
      from: { file: 'inpatient', days: 365 },
    },
    {
      name: 'outpatient365',
      label: 'Outpatient visits',
      scale: 'log',
      from: { file: 'outpatient', days: 365 },
    },
    {
      name: 'gpContacts365',
      label: 'GP contacts',
      scale: 'log',
      from: { file: 'gp_contacts', days: 365 },
    },
    {
      name: 'medicines365',
      label: 'Different medicines',
      scale: 'log',
      from: { file: 'prescriptions', days: 365 },
    },
    {
      name: 'conditions',
      label: 'Long-term conditions',
      scale: 'plain',
      from: { file: 'conditions', days: 0 },
    },
    { name: 'age', label: 'Age', scale: 'plain' },
    { name: 'woman', label: 'Woman', scale: 'plain' },
    { name: 'deprivation', label: 'Deprivation tenth', scale: 'plain' },
    {
      name: 'inCareHome',
      label: 'Lived in a care home on that day',
      scale: 'plain',
      from: { file: 'social_care', days: 0 },
    },
    { name: 'livesAlone', label: 'Lives alone, when the records were loaded', scale: 'plain' },
  ],
  closeness: [
    {
      exact: [
        listed,
        priorYear,
        last90,
        { covariate: 'woman', edges: [1] },
        { covariate: 'age', edges: [18, 40, 65, 75, 85] },
        { covariate: 'inCareHome', edges: [1] },
      ],
      ageYears: 5,
      propensitySpreads: 0.2,
    },
    { exact: [listed, priorYear, last90], ageYears: 10, propensitySpreads: 0.2 },
    { exact: [listed, priorYear, last90], ageYears: 120, propensitySpreads: 0.5 },
    { exact: [listed, priorYear, last90], ageYears: 120, propensitySpreads: 1000 },
  ],
  prognosticSpreads: 0.2,
  ratio: 3,
  horizonDays: 365,
  leastFollowUpDays: 90,
  leastMatchedShare: 0.9,
  largestFallPercent: 40,
}

import type { StoreFile } from '#population'

/** The 8 families a contribution is told under. */
export const families = [
  'Age and sex',
  'Emergency admissions',
  'A&E',
  'GP contacts',
  'Medicines',
  'Conditions',
  'Frailty and test results',
  'Home and care',
] as const

export type Family = (typeof families)[number]

/** How a feature is counted from the rows of its source in its look-back. */
export type Measure =
  | { readonly is: 'trait' }
  | { readonly is: 'count' | 'any' | 'days since' | 'nights' | 'longest stay'; readonly of: string }
  | { readonly is: 'at least'; readonly of: string; readonly times: number }
  | { readonly is: 'distinct'; readonly of: string; readonly what: string }
  | { readonly is: 'last value'; readonly of: string }
  | { readonly is: 'worked out' }

/**
 * One feature. `number` is the design's, 1 to 62; several may share one. What was not linked is not known, and never
 * nought: `ifNone` says what nothing recorded in a linked source counts as.
 */
export type Feature = {
  readonly number: number
  readonly key: string
  /** As a sentence says one and many of it: "1 emergency admission in 12 months". */
  readonly words: string
  readonly family: Family
  readonly from: StoreFile
  readonly lookBackDays?: number
  /** A list of code-lists.data.ts, or one of the 37 condition groups. */
  readonly codeList?: string
  readonly measure: Measure
  readonly ifNone: 'nought' | 'the look-back' | 'not measured'
  readonly transform: 'as it is' | 'logarithm, capped' | 'spline' | 'bands'
  /** 1: more never lowers what a tree says. -1: more never raises it. 0: either. */
  readonly sign: 1 | -1 | 0
  /** Only looked at by group, never given to a model unless a site chooses to. */
  readonly isAuditOnly?: true
}

const nought = { ifNone: 'nought', transform: 'logarithm, capped', sign: 1 } as const
const flag = { ifNone: 'nought', transform: 'as it is', sign: 1 } as const
const since = { ifNone: 'the look-back', transform: 'logarithm, capped', sign: -1 } as const

const stays = (
  number: number,
  key: string,
  of: string,
  lookBackDays: number,
  words: string,
  codeList?: string,
): Feature => ({
  ...nought,
  ...{ number, key, words, lookBackDays, family: 'Emergency admissions', from: 'inpatient' },
  ...(codeList && { codeList }),
  measure: { is: 'count', of },
})
const visits = (number: number, key: string, of: string, lookBackDays: number, words: string): Feature => ({
  ...nought,
  ...{
    number,
    key,
    words,
    lookBackDays,
    family: 'A&E',
    from: 'emergency_department',
    measure: { is: 'count', of },
  },
})
const gp = (number: number, key: string, of: string, lookBackDays: number, words: string): Feature => ({
  ...nought,
  ...{
    number,
    key,
    words,
    lookBackDays,
    family: 'GP contacts',
    from: 'gp_contacts',
    measure: { is: 'count', of },
  },
})
const medicine = (number: number, key: string, codeList: string, times: number, words: string): Feature => ({
  ...flag,
  ...{
    number,
    key,
    words,
    lookBackDays: times > 1 ? 365 : 90,
    family: 'Medicines',
    from: 'prescriptions',
    codeList,
  },
  measure: { is: 'at least', of: codeList, times },
})
const kinds = (number: number, key: string, lookBackDays: number, words: string): Feature => ({
  ...nought,
  ...{ number, key, words, lookBackDays, family: 'Medicines', from: 'prescriptions' },
  measure: { is: 'distinct', of: 'all', what: 'paragraph' },
})
const condition = (number: number, key: string, codeList: string, words: string): Feature => ({
  ...flag,
  ...{
    number,
    key,
    words,
    family: 'Conditions',
    from: 'conditions',
    codeList,
    measure: { is: 'any', of: codeList },
  },
})
const value = (key: string, words: string): Feature => ({
  ...{ number: 61, key, words, lookBackDays: 365, family: 'Frailty and test results', from: 'measurements' },
  ...{ ifNone: 'not measured', transform: 'bands', sign: 0, measure: { is: 'last value', of: key } },
})

/**
 * The features, in the design's order. Windows end the day before the index date.
 *
 * @source Design risk 5.1. Numbers 5 to 7 count only what was recorded with a day: a store's yes or no of today says
 *   nothing of an earlier year.
 */
export const features: readonly Feature[] = [
  {
    number: 1,
    key: 'age',
    words: 'age',
    family: 'Age and sex',
    from: 'people',
    measure: { is: 'trait' },
    ifNone: 'nought',
    transform: 'spline',
    sign: 0,
  },
  // A curve is straight past its last knot, which lies near 85: without this people of 95 are told a quarter too little.
  {
    number: 1,
    key: 'agePast85',
    words: 'years of age past 85',
    family: 'Age and sex',
    from: 'people',
    measure: { is: 'trait' },
    ifNone: 'nought',
    transform: 'as it is',
    sign: 0,
  },
  {
    number: 2,
    key: 'woman',
    words: 'woman',
    family: 'Age and sex',
    from: 'people',
    measure: { is: 'trait' },
    ifNone: 'nought',
    transform: 'as it is',
    sign: 0,
  },
  {
    number: 3,
    key: 'imdDecile',
    words: 'deprivation tenth of the area',
    family: 'Home and care',
    from: 'people',
    measure: { is: 'trait' },
    ifNone: 'not measured',
    transform: 'as it is',
    sign: 0,
  },
  {
    number: 4,
    key: 'ethnicity',
    words: 'ethnicity group',
    family: 'Age and sex',
    from: 'people',
    measure: { is: 'trait' },
    ifNone: 'not measured',
    transform: 'as it is',
    sign: 0,
    isAuditOnly: true,
  },
  // By the council's packages and the practice's codes: `lived_in_care_home` of the population store.
  {
    ...flag,
    number: 5,
    key: 'livesInCareHome',
    words: 'lives in a care home',
    family: 'Home and care',
    from: 'people',
    codeList: 'care home',
    measure: { is: 'worked out' },
  },
  { ...condition(6, 'livesAlone', 'lives alone', 'lives alone'), family: 'Home and care' },
  { ...condition(7, 'smokes', 'smokes', 'smokes'), family: 'Home and care' },
  { ...condition(7, 'usedToSmoke', 'used to smoke', 'used to smoke'), family: 'Home and care', sign: 0 },
  { ...value('bmi', 'body mass index'), number: 8 },
  { ...condition(9, 'alcoholHarm', 'alcohol harm', 'harm from alcohol'), family: 'Home and care' },
  stays(10, 'emergencyAdmissions30', 'emergency', 30, 'emergency admissions in 30 days'),
  stays(11, 'emergencyAdmissions90', 'emergency', 90, 'emergency admissions in 90 days'),
  stays(12, 'emergencyAdmissions365', 'emergency', 365, 'emergency admissions in 12 months'),
  stays(13, 'emergencyAdmissions1095', 'emergency', 1095, 'emergency admissions in 3 years'),
  {
    ...stays(14, 'daysSinceAdmission', 'emergency', 1095, 'days since an emergency admission'),
    ...since,
    measure: { is: 'days since', of: 'emergency' },
  },
  {
    ...stays(15, 'nights365', 'emergency', 365, 'nights in hospital in 12 months'),
    measure: { is: 'nights', of: 'emergency' },
  },
  {
    ...stays(16, 'longestStay365', 'emergency', 365, 'nights of the longest stay in 12 months'),
    measure: { is: 'longest stay', of: 'emergency' },
    sign: 0,
  },
  stays(
    17,
    'acscAdmissions1095',
    'acsc',
    1095,
    'admissions for a condition best cared for outside hospital, in 3 years',
    'acsc',
  ),
  stays(
    18,
    'fallAdmissions1095',
    'fall or fracture',
    1095,
    'admissions for a fall or fracture in 3 years',
    'fall or fracture',
  ),
  stays(
    19,
    'mentalHealthAdmissions1095',
    'mental health or self-harm',
    1095,
    'admissions for mental health or self-harm in 3 years',
    'mental health or self-harm',
  ),
  stays(
    20,
    'alcoholAdmissions1095',
    'alcohol or drugs',
    1095,
    'admissions for alcohol or drugs in 3 years',
    'alcohol or drugs',
  ),
  { ...stays(21, 'planned365', 'planned', 365, 'planned stays in 12 months'), sign: 0 },
  { ...stays(22, 'dayCases365', 'day case', 365, 'day cases in 12 months'), sign: 0 },
  {
    ...stays(23, 'chapters1095', 'known', 1095, 'chapters of illness treated in hospital in 3 years'),
    measure: { is: 'distinct', of: 'known', what: 'chapter' },
  },
  visits(24, 'ae30', 'all', 30, 'A&E visits in 30 days'),
  visits(25, 'ae90', 'all', 90, 'A&E visits in 90 days'),
  visits(26, 'ae365', 'all', 365, 'A&E visits in 12 months'),
  visits(27, 'ae1095', 'all', 1095, 'A&E visits in 3 years'),
  visits(28, 'aeAmbulance365', 'ambulance', 365, 'A&E visits by ambulance in 12 months'),
  {
    ...visits(29, 'daysSinceAe', 'all', 1095, 'days since an A&E visit'),
    ...since,
    measure: { is: 'days since', of: 'all' },
  },
  visits(30, 'aeLeft365', 'left early', 365, 'A&E visits left before treatment in 12 months'),
  {
    ...gp(31, 'outpatient365', 'attended', 365, 'outpatient appointments kept in 12 months'),
    from: 'outpatient',
    sign: 0,
  },
  {
    ...gp(32, 'missed365', 'missed', 365, 'outpatient appointments missed in 12 months'),
    from: 'outpatient',
  },
  {
    ...gp(33, 'specialties365', 'all', 365, 'outpatient specialties in 12 months'),
    from: 'outpatient',
    measure: { is: 'distinct', of: 'all', what: 'specialty' },
    sign: 0,
  },
  gp(34, 'gp30', 'all', 30, 'GP contacts in 30 days'),
  gp(35, 'gp90', 'all', 90, 'GP contacts in 90 days'),
  gp(36, 'gp365', 'all', 365, 'GP contacts in 12 months'),
  gp(37, 'homeVisits365', 'home visit', 365, 'GP home visits in 12 months'),
  {
    ...gp(38, 'daysSinceGp', 'all', 365, 'days since a GP contact'),
    ...since,
    measure: { is: 'days since', of: 'all' },
    sign: 0,
  },
  {
    ...gp(39, 'gpRising', 'all', 365, 'times as many GP contacts in the last 90 days as in the year'),
    measure: { is: 'worked out' },
    transform: 'as it is',
  },
  kinds(40, 'medicines90', 90, 'different kinds of medicine in 90 days'),
  kinds(41, 'medicines365', 365, 'different kinds of medicine in 12 months'),
  {
    ...kinds(42, 'tenMedicines', 90, '10 or more kinds of medicine in 90 days'),
    ...flag,
    measure: { is: 'worked out' },
  },
  medicine(43, 'opioid', 'opioids', 1, 'an opioid in 90 days'),
  medicine(44, 'steroids', 'oral steroids', 2, '2 or more courses of oral steroids in 12 months'),
  medicine(45, 'loopDiuretic', 'loop diuretics', 1, 'a water tablet (loop diuretic) in 90 days'),
  medicine(46, 'anticoagulant', 'anticoagulants', 1, 'an anticoagulant in 90 days'),
  medicine(
    47,
    'antipsychotic',
    'antipsychotics and dementia medicines',
    1,
    'an antipsychotic or dementia medicine in 90 days',
  ),
  medicine(48, 'antibiotics', 'antibiotics', 3, '3 or more courses of antibiotics in 12 months'),
  condition(49, 'heartFailure', 'hf', 'heart failure'),
  condition(50, 'copd', 'copd', 'COPD'),
  condition(51, 'kidneyDisease', 'ckd', 'kidney disease stage 3 to 5'),
  condition(52, 'diabetesComplicated', 'diabetes with a complication', 'diabetes with a complication'),
  condition(53, 'dementia', 'dementia', 'dementia'),
  condition(54, 'stroke', 'stroke', 'stroke or TIA'),
  condition(55, 'atrialFibrillation', 'af', 'atrial fibrillation'),
  { ...condition(56, 'activeCancer', 'cancer', 'cancer recorded in 5 years'), lookBackDays: 1825 },
  condition(57, 'severeMentalIllness', 'smi', 'severe mental illness'),
  condition(58, 'falls', 'falls', 'falls or fragility fracture'),
  // Counted with the others of number 59, and on their own: each raises the risk more than a condition more does.
  condition(59, 'liverDisease', 'liver', 'chronic liver disease'),
  condition(59, 'epilepsy', 'epi', 'epilepsy'),
  condition(59, 'type1Diabetes', 'dm1', 'type 1 diabetes'),
  condition(59, 'drugMisuse', 'drug', 'drug misuse'),
  // Looked at as a group of its own, so the model must be able to tell it apart.
  condition(59, 'learningDisability', 'ld', 'learning disability'),
  {
    ...stays(
      59,
      'charlson',
      'known',
      1095,
      'Charlson score (Quan 2011) of hospital illnesses in 3 years',
      'charlson',
    ),
    family: 'Conditions',
    measure: { is: 'worked out' },
  },
  {
    ...condition(59, 'longTermConditions', '37 groups', 'long-term conditions'),
    ...nought,
    codeList: '37 groups',
    measure: { is: 'worked out' },
  },
  {
    ...condition(60, 'deficitShare', 'deficits', 'share of frailty deficits recorded'),
    family: 'Frailty and test results',
    measure: { is: 'worked out' },
  },
  value('haemoglobin', 'haemoglobin'),
  value('egfr', 'kidney function (eGFR)'),
  value('sodium', 'sodium'),
  value('albumin', 'albumin'),
  {
    ...flag,
    number: 62,
    key: 'careHours',
    words: 'hours of social care a week',
    family: 'Home and care',
    from: 'social_care',
    transform: 'logarithm, capped',
    measure: { is: 'worked out' },
  },
  {
    ...flag,
    number: 62,
    key: 'newPackage365',
    words: 'a new social care package in 12 months',
    family: 'Home and care',
    from: 'social_care',
    lookBackDays: 365,
    measure: { is: 'any', of: 'all' },
  },
]

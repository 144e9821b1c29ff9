/** The sources a list could see, as a reader names them. One that is not linked is said to be, never counted as none. */
export const sourceWords: readonly {
  readonly file: string
  readonly words: string
  /** Counted by the rule that orders the list. */
  readonly isRanked?: true
  /** Of no rank and no number: only shown beside them, if at all. */
  readonly isBeside?: true
}[] = [
  { file: 'inpatient', words: 'Hospital admissions', isRanked: true },
  { file: 'emergency_department', words: 'A&E attendances', isRanked: true },
  { file: 'conditions', words: 'Recorded conditions', isRanked: true },
  { file: 'gp_contacts', words: 'GP contacts' },
  { file: 'prescriptions', words: 'Prescriptions' },
  { file: 'measurements', words: 'Measurements' },
  { file: 'outpatient', words: 'Outpatient appointments' },
  { file: 'urgent_contacts', words: '111, 999 and out of hours', isBeside: true },
  { file: 'community_contacts', words: 'Community contacts', isBeside: true },
  { file: 'social_care', words: 'Social care' },
]

/** The sources a list could see, as a reader names them. One that is not linked is said to be, never counted as none. */
export const sourceWords: readonly {
  readonly file: string
  readonly words: string
  readonly isRanked?: true
}[] = [
  { file: 'inpatient', words: 'Hospital admissions', isRanked: true },
  { file: 'emergency_department', words: 'A&E attendances', isRanked: true },
  { file: 'conditions', words: 'Recorded conditions', isRanked: true },
  { file: 'gp_contacts', words: 'GP contacts' },
  { file: 'prescriptions', words: 'Prescriptions' },
  { file: 'measurements', words: 'Measurements' },
  { file: 'outpatient', words: 'Outpatient appointments' },
  { file: 'urgent_contacts', words: '111, 999 and out of hours' },
  { file: 'community_contacts', words: 'Community contacts' },
  { file: 'social_care', words: 'Social care' },
]

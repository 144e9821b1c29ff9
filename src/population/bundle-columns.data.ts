/** The columns of the rows a resource becomes, in order. `reference` is the resource's own name for the person. */
export const bundleColumns = {
  people: [
    'reference',
    'nhs_number',
    'given_name',
    'family_name',
    'date_of_birth',
    'sex',
    'postcode',
    'practice_code',
    'died_on',
    'language',
    'address',
    'telephone',
    'email',
  ],
  conditions: ['reference', 'recorded_on', 'resolved_on', 'code_system', 'code'],
  prescriptions: ['reference', 'issued_on', 'code_system', 'code', 'name', 'days_supply'],
  measurements: ['reference', 'taken_on', 'code', 'value', 'unit'],
  allergies: ['reference', 'recorded_on', 'code_system', 'code', 'name', 'reaction'],
  inpatient: [
    'reference',
    'admitted_on',
    'discharged_on',
    'admission_method',
    'primary_diagnosis',
    'admitted_at',
  ],
  emergency_department: ['reference', 'arrived_at'],
} as const

/** The files resources become rows of. */
export const bundleFiles = [
  'people',
  'conditions',
  'prescriptions',
  'measurements',
  'allergies',
  'inpatient',
  'emergency_department',
] as const satisfies readonly (keyof typeof bundleColumns)[]

export type BundleFile = (typeof bundleFiles)[number]

/** People whose practice no bundle names belong here. */
export const noPractice = { code: 'ZZZ99', name: 'Practice not stated' } as const

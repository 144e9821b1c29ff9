/** Identity a hospital row carries when it has no usable NHS number; empty otherwise. */
const ownIdentity = {
  local_id: 'VARCHAR',
  given_name: 'VARCHAR',
  family_name: 'VARCHAR',
  date_of_birth: 'DATE',
  sex: 'VARCHAR',
  postcode: 'VARCHAR',
} as const

/** The files of an extract with their columns in order, and how far back each goes in years. */
export const extractFiles = {
  practices: {
    supplier: 'Harrowmere commissioning support (SYNTHETIC)',
    years: 0,
    columns: { practice_code: 'VARCHAR', name: 'VARCHAR', locality: 'VARCHAR', weighted_list_size: 'DOUBLE' },
  },
  people: {
    supplier: 'Harrowmere general practice (SYNTHETIC)',
    years: 5,
    columns: {
      nhs_number: 'VARCHAR',
      given_name: 'VARCHAR',
      family_name: 'VARCHAR',
      date_of_birth: 'DATE',
      sex: 'VARCHAR',
      postcode: 'VARCHAR',
      lsoa: 'VARCHAR',
      imd_decile: 'INTEGER',
      ethnicity: 'VARCHAR',
      practice_code: 'VARCHAR',
      registered_on: 'DATE',
      left_on: 'DATE',
      died_on: 'DATE',
      care_home: 'BOOLEAN',
      lives_alone: 'BOOLEAN',
      smoking: 'VARCHAR',
      language: 'VARCHAR',
    },
  },
  addresses: {
    supplier: 'Harrowmere general practice (SYNTHETIC)',
    years: 5,
    columns: {
      nhs_number: 'VARCHAR',
      address: 'VARCHAR',
      telephone: 'VARCHAR',
      email: 'VARCHAR',
      next_of_kin: 'VARCHAR',
      next_of_kin_telephone: 'VARCHAR',
    },
  },
  objections: {
    supplier: 'Harrowmere general practice (SYNTHETIC)',
    years: 5,
    columns: {
      nhs_number: 'VARCHAR',
      kind: 'VARCHAR',
      purpose: 'VARCHAR',
      recorded_on: 'DATE',
      withdrawn_on: 'DATE',
      source: 'VARCHAR',
      checked_at: 'TIMESTAMP',
    },
  },
  conditions: {
    supplier: 'Harrowmere general practice (SYNTHETIC)',
    years: 120,
    columns: {
      nhs_number: 'VARCHAR',
      recorded_on: 'DATE',
      resolved_on: 'DATE',
      code_system: 'VARCHAR',
      code: 'VARCHAR',
    },
  },
  registers: {
    supplier: 'Harrowmere general practice (SYNTHETIC)',
    years: 120,
    columns: { nhs_number: 'VARCHAR', register: 'VARCHAR', from: 'DATE', to: 'DATE' },
  },
  allergies: {
    supplier: 'Harrowmere general practice (SYNTHETIC)',
    years: 120,
    columns: {
      nhs_number: 'VARCHAR',
      recorded_on: 'DATE',
      code_system: 'VARCHAR',
      code: 'VARCHAR',
      name: 'VARCHAR',
      reaction: 'VARCHAR',
    },
  },
  prescriptions: {
    supplier: 'Harrowmere general practice (SYNTHETIC)',
    years: 3,
    columns: {
      nhs_number: 'VARCHAR',
      issued_on: 'DATE',
      code_system: 'VARCHAR',
      code: 'VARCHAR',
      name: 'VARCHAR',
      days_supply: 'INTEGER',
    },
  },
  gp_contacts: {
    supplier: 'Harrowmere general practice (SYNTHETIC)',
    years: 3,
    columns: { nhs_number: 'VARCHAR', date: 'DATE', kind: 'VARCHAR' },
  },
  measurements: {
    supplier: 'Harrowmere general practice (SYNTHETIC)',
    years: 3,
    columns: { nhs_number: 'VARCHAR', taken_on: 'DATE', code: 'VARCHAR', value: 'DOUBLE', unit: 'VARCHAR' },
  },
  inpatient: {
    supplier: 'Harrowmere hospitals (SYNTHETIC)',
    years: 5,
    columns: {
      nhs_number: 'VARCHAR',
      admitted_on: 'DATE',
      discharged_on: 'DATE',
      admission_method: 'VARCHAR',
      primary_diagnosis: 'VARCHAR',
      other_diagnoses: 'VARCHAR',
      specialty: 'VARCHAR',
      provider: 'VARCHAR',
      ...ownIdentity,
    },
  },
  emergency_department: {
    supplier: 'Harrowmere hospitals (SYNTHETIC)',
    years: 5,
    columns: {
      nhs_number: 'VARCHAR',
      arrived_at: 'TIMESTAMP',
      by_ambulance: 'BOOLEAN',
      disposal: 'VARCHAR',
      ...ownIdentity,
    },
  },
  urgent_contacts: {
    supplier: 'Harrowmere urgent care (SYNTHETIC)',
    years: 3,
    columns: { nhs_number: 'VARCHAR', at: 'TIMESTAMP', service: 'VARCHAR', outcome: 'VARCHAR' },
  },
  outpatient: {
    supplier: 'Harrowmere hospitals (SYNTHETIC)',
    years: 3,
    columns: { nhs_number: 'VARCHAR', date: 'DATE', specialty: 'VARCHAR', attended: 'BOOLEAN' },
  },
  social_care: {
    supplier: 'Harrowmere council (SYNTHETIC)',
    years: 5,
    columns: {
      nhs_number: 'VARCHAR',
      started_on: 'DATE',
      ended_on: 'DATE',
      package: 'VARCHAR',
      hours_a_week: 'DOUBLE',
    },
  },
  community_contacts: {
    supplier: 'Harrowmere community trust (SYNTHETIC)',
    years: 3,
    columns: { nhs_number: 'VARCHAR', date: 'DATE', team: 'VARCHAR', kind: 'VARCHAR' },
  },
  unit_costs: {
    supplier: 'Harrowmere commissioning support (SYNTHETIC)',
    years: 0,
    columns: { item: 'VARCHAR', cost: 'DOUBLE', year: 'VARCHAR', source: 'VARCHAR' },
  },
} as const

export type ExtractFile = keyof typeof extractFiles
export const extractFileNames = Object.keys(extractFiles) as ExtractFile[]

/** What a unit of use costs, for the town only: replaced by a site's own. */
export const unitCosts: readonly (readonly [string, number, string, string])[] = [
  ['GP contact', 38, '2024', 'practice team average, from one board’s table'],
  ['A&E attendance', 185, '2024', 'reference costs 2016-17, uplifted'],
  ['outpatient attendance', 165, '2024', 'reference costs 2016-17, uplifted'],
  ['day case', 850, '2024', 'reference costs 2016-17, uplifted'],
  ['planned overnight stay, extra', 4600, '2024', 'reference costs 2016-17, uplifted'],
  ['emergency admission, fixed part', 800, '2024', 'split of the mean non-elective cost'],
  ['emergency bed-day', 480, '2024', 'reference costs 2016-17, uplifted'],
  ['prescription item', 9, '2023-24', 'NHSBSA: £10.9 billion for 1.21 billion items'],
  ['ambulance, conveyed', 400, '2024', 'general knowledge: check before use'],
  ['home care hour', 26, '2024', 'general knowledge: check before use'],
  ['care home week', 1000, '2024', 'general knowledge: check before use'],
]

import type { ListName } from './codes.data.ts'
import type { FileName, StoreFile } from './types.ts'

/** How a column of the extract is read. `from list` is one of the closed lists of codes.data.ts. */
export type Column = {
  readonly is:
    | 'NHS number'
    | 'words'
    | 'code'
    | 'codes'
    | 'date'
    | 'time'
    | 'number'
    | 'whole number'
    | 'yes or no'
  readonly list?: ListName
  /** The heading must be there. */
  readonly isNeeded?: true
  /** A row with nothing here is refused. */
  readonly isAlwaysFilled?: true
  readonly least?: number
  readonly most?: number
}

export type ExtractFile = {
  readonly columns: Readonly<Record<string, Column>>
  /** The day a row speaks of: it must lie in what the source covers. */
  readonly day?: string
  /** A day that may not come before the row's own. */
  readonly end?: string
  /** The end may be planned, up to two years ahead. */
  readonly isEndPlanned?: true
  /** A row that says exactly what an earlier one said is refused as a repeat. */
  readonly refusesRepeats?: true
  /** What two columns of a row may not say together, as SQL of its typed columns. */
  readonly refuses?: readonly { readonly when: string; readonly column: string; readonly reason: string }[]
}

const who = { nhs_number: { is: 'NHS number', isNeeded: true } } as const satisfies ExtractFile['columns']
const filledDate = { is: 'date', isNeeded: true, isAlwaysFilled: true } as const
const filledTime = { is: 'time', isNeeded: true, isAlwaysFilled: true } as const
const filledCode = { is: 'code', isNeeded: true, isAlwaysFilled: true } as const
const words = { is: 'words' } as const
const date = { is: 'date' } as const

/** What a hospital says of somebody whose NHS number it does not have. */
export const ownIdentity = {
  local_id: words,
  given_name: words,
  family_name: words,
  date_of_birth: date,
  sex: { is: 'code', list: 'sex' },
  postcode: words,
} as const satisfies ExtractFile['columns']

/** Every file of an extract and every column it may have. A column that is not here is not read. */
export const extractFiles: Readonly<Record<FileName, ExtractFile>> = {
  practices: {
    columns: {
      practice_code: filledCode,
      name: { is: 'words', isNeeded: true, isAlwaysFilled: true },
      locality: words,
      weighted_list_size: { is: 'number', least: 0 },
    },
  },
  people: {
    columns: {
      ...who,
      local_id: words,
      given_name: { is: 'words', isNeeded: true, isAlwaysFilled: true },
      family_name: { is: 'words', isNeeded: true, isAlwaysFilled: true },
      date_of_birth: { is: 'date', isNeeded: true, isAlwaysFilled: true },
      sex: { is: 'code', list: 'sex', isNeeded: true },
      postcode: words,
      lsoa: { is: 'code' },
      imd_decile: { is: 'whole number', least: 1, most: 10 },
      ethnicity: { is: 'code', list: 'ethnicity' },
      practice_code: { is: 'code', isNeeded: true },
      registered_on: { is: 'date', isNeeded: true },
      left_on: date,
      died_on: date,
      care_home: { is: 'yes or no' },
      lives_alone: { is: 'yes or no' },
      smoking: { is: 'code', list: 'smoking' },
      language: words,
    },
  },
  addresses: {
    columns: {
      ...who,
      local_id: words,
      address: words,
      telephone: words,
      email: words,
      next_of_kin: words,
      next_of_kin_telephone: words,
    },
  },
  objections: {
    refusesRepeats: true,
    columns: {
      ...who,
      kind: { is: 'words', isNeeded: true, isAlwaysFilled: true },
      purpose: words,
      recorded_on: filledDate,
      withdrawn_on: date,
      source: words,
      checked_at: { is: 'time' },
    },
  },
  conditions: {
    day: 'recorded_on',
    end: 'resolved_on',
    isEndPlanned: true,
    refusesRepeats: true,
    columns: {
      ...who,
      local_id: words,
      recorded_on: filledDate,
      resolved_on: date,
      code_system: { is: 'code', list: 'code_system', isNeeded: true },
      code: filledCode,
    },
  },
  registers: {
    day: 'from',
    end: 'to',
    isEndPlanned: true,
    refusesRepeats: true,
    columns: {
      ...who,
      register: { is: 'code', list: 'register', isNeeded: true, isAlwaysFilled: true },
      from: filledDate,
      to: date,
    },
  },
  allergies: {
    refusesRepeats: true,
    columns: {
      ...who,
      local_id: words,
      recorded_on: date,
      code_system: { is: 'code', list: 'code_system' },
      code: { is: 'code' },
      name: { is: 'words', isNeeded: true, isAlwaysFilled: true },
      reaction: words,
    },
  },
  prescriptions: {
    day: 'issued_on',
    columns: {
      ...who,
      local_id: words,
      issued_on: filledDate,
      code_system: { is: 'code', list: 'code_system', isNeeded: true },
      code: filledCode,
      name: words,
      days_supply: { is: 'whole number', least: 0, most: 3660 },
    },
  },
  gp_contacts: {
    day: 'date',
    columns: {
      ...who,
      local_id: words,
      date: filledDate,
      kind: { is: 'code', list: 'gp_contact_kind', isNeeded: true },
    },
  },
  measurements: {
    day: 'taken_on',
    columns: {
      ...who,
      local_id: words,
      taken_on: filledDate,
      code: filledCode,
      value: { is: 'number', isNeeded: true, isAlwaysFilled: true },
      unit: { is: 'code' },
    },
  },
  inpatient: {
    day: 'admitted_on',
    end: 'discharged_on',
    refusesRepeats: true,
    columns: {
      ...who,
      admitted_on: filledDate,
      discharged_on: { is: 'date', isNeeded: true },
      admission_method: { is: 'code', list: 'admission_method', isNeeded: true },
      primary_diagnosis: { is: 'code' },
      other_diagnoses: { is: 'codes' },
      specialty: { is: 'code' },
      provider: { is: 'code' },
      ...ownIdentity,
    },
  },
  emergency_department: {
    day: 'arrived_at',
    refusesRepeats: true,
    columns: {
      ...who,
      arrived_at: filledTime,
      by_ambulance: { is: 'yes or no' },
      disposal: { is: 'code', list: 'disposal' },
      ...ownIdentity,
    },
  },
  urgent_contacts: {
    day: 'at',
    columns: {
      ...who,
      local_id: words,
      at: filledTime,
      service: { is: 'code', list: 'urgent_service', isNeeded: true },
      outcome: { is: 'code', list: 'urgent_outcome' },
    },
  },
  outpatient: {
    day: 'date',
    columns: {
      ...who,
      local_id: words,
      date: filledDate,
      specialty: { is: 'code' },
      attended: { is: 'yes or no' },
    },
  },
  social_care: {
    day: 'started_on',
    end: 'ended_on',
    isEndPlanned: true,
    refusesRepeats: true,
    columns: {
      ...who,
      started_on: filledDate,
      ended_on: date,
      package: { is: 'code', list: 'package' },
      hours_a_week: { is: 'number', least: 0, most: 168 },
    },
  },
  community_contacts: {
    day: 'date',
    columns: {
      ...who,
      local_id: words,
      date: filledDate,
      team: { is: 'code', list: 'community_team' },
      kind: { is: 'code', list: 'community_kind' },
    },
  },
  // A number of somebody else's about a person: kept with its name, version and day, tested, shown, and in no rank of ours.
  outside_scores: {
    day: 'scored_on',
    refusesRepeats: true,
    refuses: [
      {
        when: "scale = 'risk' and (value < 0 or value > 1)",
        column: 'value',
        reason: 'it is a risk and not between 0 and 1',
      },
    ],
    columns: {
      ...who,
      local_id: words,
      score: filledCode,
      version: filledCode,
      // So wide that every score fits, and an NHS number or a telephone number does not.
      value: { is: 'number', isNeeded: true, isAlwaysFilled: true, least: -1_000_000, most: 1_000_000 },
      scored_on: filledDate,
      scale: { is: 'code', list: 'outside_scale' },
      outcome: { is: 'code', list: 'outside_outcome' },
      feeds: { is: 'codes' },
    },
  },
  unit_costs: {
    columns: {
      item: { is: 'words', isNeeded: true, isAlwaysFilled: true },
      cost: { is: 'number', isNeeded: true, isAlwaysFilled: true, least: 0 },
      year: words,
      source: words,
    },
  },
}

export const fileNames = Object.keys(extractFiles) as readonly FileName[]

/** Files whose rows become events in the population store. */
export const eventFiles = [
  'conditions',
  'registers',
  'prescriptions',
  'gp_contacts',
  'measurements',
  'inpatient',
  'emergency_department',
  'urgent_contacts',
  'outpatient',
  'social_care',
  'community_contacts',
  'outside_scores',
] as const satisfies readonly (FileName & StoreFile)[]

export type EventFile = (typeof eventFiles)[number]

type StoreColumn = { readonly type: string; readonly whyNotIdentifying: string }

const position = {
  type: 'UINTEGER',
  whyNotIdentifying:
    'the person’s place in this folder; it says nothing outside it and changes with every load',
} as const
const source = {
  type: 'UTINYINT',
  whyNotIdentifying: 'which of the load’s sources the row came from',
} as const
const day = {
  type: 'DATE',
  whyNotIdentifying: 'the day of an event, without its time; the wall keeps it from names',
}
const listed = { type: 'VARCHAR', whyNotIdentifying: 'one of a short closed list of words' }
const coded = {
  type: 'VARCHAR',
  whyNotIdentifying:
    'a code of a published list: letters and digits in the shape of a code, never words typed',
}

/**
 * The closed list of what the population store may hold. Never: NHS number, name, address, postcode, exact birth or
 * death date, telephone, free text. A column that is not here does not get in, and a test decodes every one.
 */
export const storeFiles: Readonly<Record<StoreFile, Readonly<Record<string, StoreColumn>>>> = {
  people: {
    person: position,
    pseudonym: {
      type: 'VARCHAR',
      whyNotIdentifying: '128 bits made with a key that lies outside the store and its backups',
    },
    birth_year: { type: 'USMALLINT', whyNotIdentifying: 'a year is shared by thousands' },
    birth_quarter: { type: 'UTINYINT', whyNotIdentifying: 'three months, not a day' },
    sex: listed,
    lsoa: { type: 'VARCHAR', whyNotIdentifying: 'an area of about 1,500 people' },
    imd_decile: { type: 'UTINYINT', whyNotIdentifying: 'a tenth of the country' },
    ethnicity_group: { type: 'VARCHAR', whyNotIdentifying: 'one of five census groups or not known' },
    practice_code: { type: 'VARCHAR', whyNotIdentifying: 'a practice has thousands of people' },
    registered_month: { type: 'DATE', whyNotIdentifying: 'a month: always its first day' },
    left_month: { type: 'DATE', whyNotIdentifying: 'a month: always its first day' },
    died_month: { type: 'DATE', whyNotIdentifying: 'a month: always its first day' },
    until_on: {
      type: 'DATE',
      whyNotIdentifying:
        'the 15th of the month of leaving or dying, or the day of the last event when that is later',
    },
    care_home: { type: 'BOOLEAN', whyNotIdentifying: 'yes or no' },
    lives_alone: { type: 'BOOLEAN', whyNotIdentifying: 'yes or no' },
    smoking: listed,
    source,
  },
  aliases: { person: position, kept: position },
  registers: { person: position, register: listed, from: day, to: day, source },
  conditions: {
    person: position,
    recorded_on: day,
    resolved_on: day,
    code_system: listed,
    code: coded,
    source,
  },
  prescriptions: {
    person: position,
    issued_on: day,
    code_system: listed,
    code: coded,
    days_supply: { type: 'USMALLINT', whyNotIdentifying: 'a count of days' },
    source,
  },
  gp_contacts: { person: position, date: day, kind: listed, source },
  measurements: {
    person: position,
    taken_on: day,
    code: coded,
    value: { type: 'DOUBLE', whyNotIdentifying: 'a reading' },
    unit: coded,
    source,
  },
  inpatient: {
    person: position,
    admitted_on: day,
    discharged_on: day,
    admission_method: listed,
    primary_diagnosis: coded,
    other_diagnoses: coded,
    specialty: coded,
    provider: coded,
    source,
  },
  emergency_department: {
    person: position,
    arrived_at: day,
    by_ambulance: { type: 'BOOLEAN', whyNotIdentifying: 'yes or no' },
    disposal: listed,
    source,
  },
  urgent_contacts: { person: position, at: day, service: listed, outcome: listed, source },
  outpatient: {
    person: position,
    date: day,
    specialty: coded,
    attended: { type: 'BOOLEAN', whyNotIdentifying: 'yes or no' },
    source,
  },
  social_care: {
    person: position,
    started_on: day,
    ended_on: day,
    package: listed,
    hours_a_week: { type: 'DOUBLE', whyNotIdentifying: 'a number of hours' },
    source,
  },
  community_contacts: { person: position, date: day, team: listed, kind: listed, source },
  outside_scores: {
    person: position,
    score: coded,
    version: coded,
    value: { type: 'DOUBLE', whyNotIdentifying: 'a number under a million that a tool gave' },
    scored_on: day,
    scale: listed,
    outcome: listed,
    feeds: coded,
    source,
  },
}

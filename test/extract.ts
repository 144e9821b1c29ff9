import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Workshop } from '#jobs'
import { csvCell } from '../src/population/rules.ts'
import { type House, testFolder } from './house.ts'

type Row = Readonly<Record<string, string | number>>

export type SmallExtract = Readonly<Record<string, readonly Row[]>>

const person = (nhs: string, given: string, family: string, bornOn: string, more: Row = {}): Row => ({
  nhs_number: nhs,
  given_name: given,
  family_name: family,
  date_of_birth: bornOn,
  sex: '2',
  postcode: 'XX1 1AA',
  lsoa: 'X00000001',
  imd_decile: 3,
  ethnicity: 'A',
  practice_code: 'Z00001',
  registered_on: '2010-05-04',
  left_on: '',
  died_on: '',
  care_home: 'false',
  lives_alone: 'true',
  smoking: 'never smoked',
  language: 'English',
  ...more,
})

/** Three people of two practices with a little of everything; nothing in it is refused. */
export const smallExtract: SmallExtract = {
  practices: [
    {
      practice_code: 'Z00001',
      name: 'Lund Street Surgery',
      locality: 'Quayside locality',
      weighted_list_size: 100,
    },
    {
      practice_code: 'Z00002',
      name: 'Canal Side Practice',
      locality: 'Quayside locality',
      weighted_list_size: 80,
    },
  ],
  people: [
    person('9991010106', 'June', 'Okafor', '1941-09-14', { ethnicity: 'N' }),
    person('9991010203', 'Jean', 'Pillay', '1935-11-02', { postcode: 'XX1 1AB', ethnicity: 'H' }),
    person('9991010300', 'Harold', 'Whitcombe', '1954-06-20', {
      sex: '1',
      practice_code: 'Z00002',
      postcode: 'XX2 2AA',
    }),
  ],
  addresses: [
    {
      nhs_number: '9991010106',
      address: '7 Ropewalk, XX1 1AA',
      telephone: '01632 960101',
      email: '',
      next_of_kin: 'Chidi Okafor',
      next_of_kin_telephone: '01632 960102',
    },
    {
      nhs_number: '9991010203',
      address: '9 Ropewalk, XX1 1AB',
      telephone: '01632 960103',
      email: 'jean@example.org',
      next_of_kin: '',
      next_of_kin_telephone: '',
    },
  ],
  objections: [
    {
      nhs_number: '9991010300',
      kind: 'type 1',
      purpose: 'secondary use',
      recorded_on: '2020-01-05',
      withdrawn_on: '2021-01-05',
      source: 'practice',
      checked_at: '',
    },
  ],
  conditions: [
    {
      nhs_number: '9991010106',
      recorded_on: '2015-02-03',
      resolved_on: '',
      code_system: 'snomed',
      code: '84114007',
    },
    {
      nhs_number: '9991010203',
      recorded_on: '2011-02-03',
      resolved_on: '',
      code_system: 'snomed',
      code: '13645005',
    },
  ],
  registers: [{ nhs_number: '9991010203', register: 'copd', from: '2011-02-03', to: '' }],
  allergies: [
    {
      nhs_number: '9991010106',
      recorded_on: '2001-02-03',
      code_system: 'snomed',
      code: '91936005',
      name: 'Penicillin',
      reaction: 'rash',
    },
  ],
  prescriptions: [
    {
      nhs_number: '9991010106',
      issued_on: '2026-01-10',
      code_system: 'bnf',
      code: '0202020L0',
      name: 'Furosemide',
      days_supply: 28,
    },
  ],
  gp_contacts: [
    { nhs_number: '9991010106', date: '2026-02-02', kind: 'telephone' },
    { nhs_number: '9991010203', date: '2026-02-03', kind: 'home visit' },
  ],
  measurements: [
    { nhs_number: '9991010203', taken_on: '2026-02-03', code: '1022431000000105', value: 118, unit: 'g/L' },
  ],
  inpatient: [
    {
      nhs_number: '9991010203',
      admitted_on: '2025-12-24',
      discharged_on: '2026-01-08',
      admission_method: '21',
      primary_diagnosis: 'J44.1',
      other_diagnoses: 'E11.9;I50.0',
      specialty: '300',
      provider: 'ZT1',
    },
    {
      nhs_number: '9991010106',
      admitted_on: '2026-01-30',
      discharged_on: '2026-02-01',
      admission_method: '21',
      primary_diagnosis: 'I50.0',
      other_diagnoses: '',
      specialty: '300',
      provider: 'ZT1',
    },
  ],
  emergency_department: [
    { nhs_number: '9991010203', arrived_at: '2025-12-24 03:14:00', by_ambulance: 'true', disposal: '01' },
  ],
  urgent_contacts: [
    { nhs_number: '9991010203', at: '2025-12-23 22:10:00', service: '111', outcome: 'advice' },
  ],
  outpatient: [{ nhs_number: '9991010106', date: '2025-11-11', specialty: '320', attended: 'true' }],
  social_care: [
    {
      nhs_number: '9991010203',
      started_on: '2026-01-10',
      ended_on: '',
      package: 'home care',
      hours_a_week: 7,
    },
  ],
  community_contacts: [
    { nhs_number: '9991010203', date: '2026-01-20', team: 'district nursing', kind: 'home visit' },
  ],
  unit_costs: [{ item: 'GP contact', cost: 38, year: '2024', source: 'a board’s table' }],
}

export type SourceSaid = {
  readonly supplier?: string
  readonly coversFrom?: string
  readonly coversTo?: string
  readonly extractedAt?: string
  readonly synthetic?: boolean
}

/** The text of one file: a heading row, then a row each. */
export function csvOf(rows: readonly Row[]): string {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = rows.map((row) => headings.map((heading) => csvCell(row[heading])).join(','))
  return `${[headings.join(','), ...lines].join('\n')}\n`
}

/**
 * Writes an extract into a folder of its own.
 *
 * @param texts files written as they are, over those of the extract. @param said what sources.json says of a file;
 *   `everything` of each that is not named.
 */
export function writeExtract(
  name: string,
  extract: SmallExtract,
  texts: Readonly<Record<string, string | Buffer>> = {},
  said: Readonly<Record<string, SourceSaid>> = {},
): string {
  const folder = testFolder(`extract-${name}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [file, rows] of Object.entries(extract)) writeFileSync(join(folder, `${file}.csv`), csvOf(rows))
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text)
  const sources = Object.fromEntries(
    Object.keys(extract).map((file) => {
      const { supplier, coversFrom, coversTo, extractedAt, synthetic } = { ...said.everything, ...said[file] }
      return [
        file,
        {
          supplier: supplier ?? 'test supplier',
          covers_from: coversFrom ?? '1990-01-01',
          covers_to: coversTo ?? '2026-03-31',
          extracted_at: extractedAt ?? '2026-04-01T05:00:00Z',
          synthetic: synthetic ?? true,
          legal_basis: 'none needed: SYNTHETIC',
        },
      ]
    }),
  )
  if (!('sources.json' in texts)) writeFileSync(join(folder, 'sources.json'), JSON.stringify(sources))
  return folder
}

/** What the loader is given in a test; its data folder is of this file's own. */
export function testWorkshop(house: House, name: string): Workshop & { readonly said: string[] } {
  const folder = testFolder(`data-${name}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const said: string[] = []
  return {
    folder,
    said,
    inVisit: (work) => house.asSystem('load', work),
    say: async (words) => {
      said.push(words)
    },
  }
}

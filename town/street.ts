import { bnfNames } from './codes.data.ts'
import type { Workbench } from './duckdb.ts'
import { type ExtractFile, extractFiles } from './files.data.ts'
import { addDays, type Making } from './making.ts'
import { areasOf } from './sql/people.ts'
import { text, values } from './sql/words.ts'
import { repeatDays, type StreetIdentity, type StreetPerson, street, streetFacts } from './street.data.ts'

export const streetPractices = streetFacts.practices

type Cell = string | number | boolean | null
type Row = Readonly<Record<string, Cell>>
type FilesOfRows = Partial<Record<ExtractFile, Row[]>>

/** Writes the twelve people as the first part of each file they appear in. D is the day after the last day told. */
export async function writeStreet(
  bench: Workbench,
  making: Making,
  pathOf: (name: string) => string,
  days: { from: number; to: number } = { from: -Infinity, to: Infinity },
): Promise<void> {
  const day = addDays(making.startOn, 1826)
  for (const [file, rows] of Object.entries(streetRows(day, areasOf(making))) as [ExtractFile, Row[]][]) {
    const kept = rows.filter((row) => inside(file, row, day, days))
    if (kept.length > 0) await bench.run(copyRows(file, kept, pathOf(file)))
  }
}

const dated: Partial<Record<ExtractFile, string>> = {
  inpatient: 'admitted_on',
  emergency_department: 'arrived_at',
  gp_contacts: 'date',
  prescriptions: 'issued_on',
}
function inside(file: ExtractFile, row: Row, day: string, days: { from: number; to: number }): boolean {
  const on = row[dated[file] ?? '']
  if (typeof on !== 'string') return days.from === -Infinity || !dated[file]
  const at = (Date.parse(on.slice(0, 10)) - Date.parse(day)) / 86_400_000
  return at >= days.from && at < days.to
}

/** Every row of the street, by file: the same whatever the town's seed. */
export function streetRows(day: string, areas: number): FilesOfRows {
  const rows: FilesOfRows = {}
  const add = (file: ExtractFile, row: Row) => {
    const list = rows[file] ?? []
    rows[file] = list
    list.push(row)
  }
  for (const person of street) {
    const on = (daysBefore: number) => addDays(day, -daysBefore)
    const [first] = person.identities
    if (!first) continue
    for (const identity of person.identities) hospitalRows(identity, on, add)
    if (!first.nhsNumber || !person.practice) continue
    registeredRows(person, first, first.nhsNumber, areas, on, add)
    recordRows(person, first.nhsNumber, on, add)
  }
  return rows
}

type Add = (file: ExtractFile, row: Row) => void
type On = (daysBefore: number) => string

function hospitalRows(identity: StreetIdentity, on: On, add: Add): void {
  const own: Row = identity.nhsNumber
    ? { nhs_number: identity.nhsNumber }
    : {
        nhs_number: null,
        local_id: identity.localId ?? null,
        given_name: identity.givenName,
        family_name: identity.familyName,
        date_of_birth: identity.bornOn,
        sex: identity.sex,
        postcode: identity.postcode,
      }
  const provider = (identity.localId ?? 'ZT1').slice(0, 3)
  for (const stay of [...identity.stays].sort((a, b) => b.from - a.from))
    add('inpatient', {
      ...own,
      admitted_on: on(stay.from),
      discharged_on: on(stay.to),
      admission_method: stay.method,
      primary_diagnosis: stay.cause,
      other_diagnoses: stay.other || null,
      specialty: stay.specialty,
      provider,
    })
  for (const visit of [...identity.attendances].sort((a, b) => b.day - a.day))
    add('emergency_department', {
      ...own,
      arrived_at: `${on(visit.day)} ${visit.at}:00`,
      by_ambulance: visit.ambulance,
      disposal: visit.disposal,
    })
}

function registeredRows(
  person: StreetPerson,
  identity: StreetIdentity,
  number: string,
  areas: number,
  on: On,
  add: Add,
): void {
  const area = Math.floor(((person.tenth - 1) * areas) / 10)
  add('people', {
    nhs_number: number,
    given_name: identity.givenName,
    family_name: identity.familyName,
    date_of_birth: identity.bornOn,
    sex: identity.sex,
    postcode: identity.postcode,
    lsoa: `X0${String(area).padStart(7, '0')}`,
    imd_decile: person.tenth,
    ethnicity: person.ethnicity,
    practice_code: person.practice,
    registered_on: on(Math.min(3300, person.number > 9 ? 3300 : 5000)),
    left_on: null,
    died_on: null,
    care_home: false,
    lives_alone: person.livesAlone,
    smoking: person.smoking,
    language: person.language,
  })
  add('addresses', {
    nhs_number: number,
    address: `${person.address}, ${identity.postcode}`,
    telephone: person.telephone,
    email: null,
    next_of_kin: person.nextOfKin?.[0] ?? null,
    next_of_kin_telephone: person.nextOfKin?.[1] ?? null,
  })
  for (const register of person.registers ?? [])
    add('registers', { nhs_number: number, register, from: on(390), to: null })
  for (const [code, name, reaction] of person.allergies ?? [])
    add('allergies', {
      nhs_number: number,
      recorded_on: on(4000),
      code_system: 'snomed',
      code,
      name,
      reaction,
    })
}

function recordRows(person: StreetPerson, number: string, on: On, add: Add): void {
  const nhs_number = number
  const inHospital = (day: number) =>
    person.identities.some((i) => i.stays.some((s) => day < s.from && day > s.to))
  for (const [code, day] of person.conditions)
    add('conditions', { nhs_number, recorded_on: on(day), resolved_on: null, code_system: 'snomed', code })
  for (const day of repeatDays.filter((d) => d > 0 && !inHospital(d)))
    for (const code of person.repeats)
      add('prescriptions', {
        nhs_number,
        issued_on: on(day),
        code_system: 'bnf',
        code,
        name: bnfNames[code] ?? null,
        days_supply: 28,
      })
  for (const [code, day, days] of person.items ?? [])
    add('prescriptions', {
      nhs_number,
      issued_on: on(day),
      code_system: 'bnf',
      code,
      name: bnfNames[code] ?? null,
      days_supply: days,
    })
  for (const [at, day] of person.gp.entries())
    add('gp_contacts', {
      nhs_number,
      date: on(day),
      kind: person.gpKind ?? (at % 4 === 3 ? 'telephone' : 'face to face'),
    })
  for (const [day, specialty, attended] of person.outpatient ?? [])
    add('outpatient', { nhs_number, date: on(day), specialty, attended })
  for (const [code, day, value, unit] of person.measurements ?? [])
    add('measurements', { nhs_number, taken_on: on(day), code, value, unit })
  for (const [day, time, service, outcome] of person.urgent ?? [])
    add('urgent_contacts', { nhs_number, at: `${on(day)} ${time}:00`, service, outcome })
  for (const [day, kind, hours] of person.care ?? [])
    add('social_care', {
      nhs_number,
      started_on: on(day),
      ended_on: null,
      package: kind,
      hours_a_week: hours,
    })
  for (const [day, team, kind] of person.community ?? [])
    add('community_contacts', { nhs_number, date: on(day), team, kind })
}

/** Writes rows in the columns and types of their file. */
function copyRows(file: ExtractFile, rows: readonly Row[], path: string): string {
  const columns = Object.entries(extractFiles[file].columns)
  const names = columns.map(([name]) => `"${name}"`).join(', ')
  const cells = rows.map((row) => columns.map(([name]) => row[name] ?? null))
  const typed = columns.map(([name, type]) => `"${name}"::${type} as "${name}"`).join(', ')
  return `copy (select ${typed} from (values ${values(cells)}) t(${names})) to ${text(path)} (format parquet)`
}

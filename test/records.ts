import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** Somebody in a population store that a test arranges; everything not said is ordinary. */
export type Recorded = {
  readonly pseudonym: string
  readonly birthYear?: number
  readonly sex?: 'female' | 'male'
  readonly deprivationTenth?: number
  readonly practice?: string
  /** One of the census groups the store holds; not known unless said. */
  readonly ethnicity?: string
  readonly registeredOn?: string
  readonly untilOn?: string
  readonly hasDied?: boolean
  /** Emergency admissions, each of 3 nights. */
  readonly admittedOn?: readonly string[]
  readonly plannedOn?: readonly string[]
  readonly gpContactsOn?: readonly string[]
  /** Arrivals at A&E, each by ambulance. Where nobody has any, A&E is not linked. */
  readonly attendedOn?: readonly string[]
  /** Days on which residential care began. Where nobody has any, social care is not linked. */
  readonly inCareHomeFrom?: readonly string[]
  /** Days on which home care began; it links social care as well. */
  readonly homeCareFrom?: readonly string[]
  /** Readings: the day, the code, the value. Where nobody has any, measurements are not linked. */
  readonly readings?: readonly (readonly [on: string, code: string, value: number])[]
  /** Conditions: the day and the code. Where nobody has any, conditions are not linked. */
  readonly conditions?: readonly (readonly [on: string, code: string])[]
}

const text = (value: string | undefined) => (value === undefined ? 'null' : `'${value}'`)

/** Writes a population store of these people into a folder, in the columns of the real one. */
export async function writeRecords(folder: string, people: readonly Recorded[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const db = await instance.connect()
  const save = (name: string, columns: string, rows: readonly string[]) =>
    db.run(`create or replace table t (${columns});
      ${rows.length === 0 ? '' : `insert into t values ${rows.join(', ')};`}
      copy (select * from t order by person) to '${join(folder, `${name}.parquet`)}'`)
  await save(
    'people',
    `person uinteger, pseudonym varchar, birth_year usmallint, birth_quarter utinyint, sex varchar, imd_decile utinyint,
     registered_month date, until_on date, died_month date, care_home boolean, lives_alone boolean,
     practice_code varchar, ethnicity_group varchar`,
    people.map(
      (one, i) =>
        `(${i}, '${one.pseudonym}', ${one.birthYear ?? 1945}, 2, '${one.sex ?? 'female'}', ${one.deprivationTenth ?? 5},
          '${one.registeredOn ?? '2010-01-01'}', ${text(one.untilOn)},
          ${one.hasDied ? `date_trunc('month', date '${one.untilOn}')` : 'null'}, false, false, '${one.practice ?? 'Z00001'}',
          '${one.ethnicity ?? 'not known'}')`,
    ),
  )
  const events = (of: (one: Recorded) => readonly string[], row: (person: number, on: string) => string) =>
    people.flatMap((one, i) => of(one).map((on) => row(i, on)))
  await save(
    'inpatient',
    'person uinteger, admitted_on date, discharged_on date, admission_method varchar, primary_diagnosis varchar',
    [
      ...events(
        (one) => one.admittedOn ?? [],
        (person, on) => `(${person}, '${on}', date '${on}' + 3, '21', 'J44')`,
      ),
      ...events(
        (one) => one.plannedOn ?? [],
        (person, on) => `(${person}, '${on}', '${on}', '11', 'H25')`,
      ),
    ],
  )
  await save(
    'gp_contacts',
    'person uinteger, date date, kind varchar',
    events(
      (one) => one.gpContactsOn ?? [],
      (person, on) => `(${person}, '${on}', 'face to face')`,
    ),
  )
  const saveIfAny = async (name: string, columns: string, rows: readonly string[]) => {
    if (rows.length > 0) await save(name, columns, rows)
  }
  await saveIfAny(
    'emergency_department',
    'person uinteger, arrived_at date, by_ambulance boolean',
    events(
      (one) => one.attendedOn ?? [],
      (person, on) => `(${person}, '${on}', true)`,
    ),
  )
  await saveIfAny('social_care', 'person uinteger, started_on date, ended_on date, package varchar', [
    ...events(
      (one) => one.inCareHomeFrom ?? [],
      (person, on) => `(${person}, '${on}', null, 'residential care')`,
    ),
    ...events(
      (one) => one.homeCareFrom ?? [],
      (person, on) => `(${person}, '${on}', null, 'home care')`,
    ),
  ])
  await saveIfAny(
    'measurements',
    'person uinteger, taken_on date, code varchar, value double, unit varchar',
    people.flatMap((one, i) =>
      (one.readings ?? []).map(([on, code, value]) => `(${i}, '${on}', '${code}', ${value}, null)`),
    ),
  )
  await saveIfAny(
    'conditions',
    'person uinteger, recorded_on date, resolved_on date, code varchar',
    people.flatMap((one, i) =>
      (one.conditions ?? []).map(([on, code]) => `(${i}, '${on}', null, '${code}')`),
    ),
  )
  db.closeSync()
  instance.closeSync()
}

/** A made-up pseudonym, in the shape of a real one. */
export const pseudonym = (number: number): string => number.toString(16).padStart(32, '0')

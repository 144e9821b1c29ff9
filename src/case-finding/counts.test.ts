import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDate } from '#calendar'
import { testDay, testFolder } from '../../test/house.ts'
import {
  type Columns,
  type Counted,
  countEverybody,
  firstRanked,
  returnedOf,
  totals,
} from './counts-store.ts'

const folder = testFolder('counts')
let store: Columns
let close: () => void

/** People by pseudonym, and what is recorded of them. Day one is 1 April 2026. */
beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  close = () => {
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, file)}.parquet' (format parquet)`)
  store = {
    pathOf: (file) =>
      file === 'conditions' || file === 'people' || file === 'inpatient' || file === 'emergency_department'
        ? join(folder, `${file}.parquet`)
        : undefined,
    run: (text) => connection.run(text),
    rows: async <Row>(text: string) => (await (await connection.run(text)).getRowObjectsJS()) as Row[],
  }
  await write(
    'people',
    `select person::uinteger as person, pseudonym, born[1] as birth_year, born[2] as birth_quarter,
       practice as practice_code, until_on::date as until_on, false as care_home, null::boolean as lives_alone
     from (values
       (0, 'a three admissions', [1940, 1], 'Z00001', null),
       (1, 'b one admission, five visits', [1940, 1], 'Z00001', null),
       (2, 'c one admission, one visit', [1940, 1], 'Z00002', null),
       (3, 'd visits only', [1940, 1], 'Z00001', null),
       (4, 'e two conditions', [1940, 1], 'Z00001', null),
       (5, 'f nothing', [1940, 1], 'Z00001', null),
       (6, 'g nothing', [1940, 1], 'Z00001', null),
       (7, 'h died', [1940, 1], 'Z00001', '2026-03-15'),
       (8, 'i a child', [2008, 2], 'Z00001', null),
       (9, 'j without a practice', [1940, 1], null, null),
       (10, 'k eighteen', [2008, 1], 'Z00001', null)
     ) p (person, pseudonym, born, practice, until_on)`,
  )
  await write(
    'inpatient',
    `select person::uinteger as person, admitted_on::date as admitted_on, admission_method from (values
       (0, '2025-04-01', '21'), (0, '2026-03-31', '2A'), (0, '2025-12-24', '22'),
       (0, '2025-03-31', '21'), (0, '2026-04-01', '21'), (0, '2025-12-25', '11'),
       (1, '2025-06-01', '28'), (2, '2025-06-01', '24'), (6, '2025-06-01', '31'),
       (8, '2025-06-01', '21'), (9, '2025-06-01', '21')
     ) i (person, admitted_on, admission_method)`,
  )
  await write(
    'emergency_department',
    `select person::uinteger as person, arrived_at::date as arrived_at from (values
       (1, '2025-05-01'), (1, '2025-05-01'), (1, '2025-05-03'), (1, '2025-05-04'), (1, '2025-06-01'),
       (2, '2025-06-01'), (3, '2025-07-01'), (3, '2025-07-02'), (5, '2026-04-01'), (5, '2025-03-31')
     ) e (person, arrived_at)`,
  )
  await write(
    'conditions',
    `select person::uinteger as person, recorded_on::date as recorded_on, resolved_on::date as resolved_on,
       code_system, code from (values
       (4, '2010-01-01', null, 'snomed', '84114007'), (4, '2011-01-01', null, 'icd10', 'I50.0'),
       (4, '2012-01-01', null, 'icd10', 'E11.9'), (4, '2012-01-01', null, 'snomed', '999999999'),
       (5, '2026-04-01', null, 'snomed', '84114007'), (6, '2010-01-01', '2020-01-01', 'snomed', '195967001'),
       (3, '2010-01-01', null, 'icd10', 'J44')
     ) c (person, recorded_on, resolved_on, code_system, code)`,
  )
  await countEverybody(store, { indexOn: testDay, fromAge: 18 })
})
afterAll(() => close())

const ranked = () => firstRanked(store, 100)
const of = async (begins: string): Promise<Counted | undefined> =>
  (await ranked()).find(({ pseudonym }) => pseudonym.startsWith(begins))

describe('the day-one rule', () => {
  it('puts emergency admissions first, then A&E attendances, then conditions, then the pseudonym', async () => {
    expect((await ranked()).map(({ pseudonym }) => pseudonym[0]).join('')).toBe('abcdefgk')
  })

  it('counts the 365 days before the list’s day: its first day is in, the list’s day and all before are not', async () => {
    expect(await of('a')).toMatchObject({ emergencyAdmissions: 3, lastAdmissionOn: '2026-03-31' })
    expect(await of('f')).toMatchObject({ aeVisits: 0, conditions: [] })
  })

  it('counts A&E attendances of those admitted too, and planned or maternity stays not at all', async () => {
    expect(await of('b')).toMatchObject({ emergencyAdmissions: 1, aeVisits: 5 })
    expect(await of('g')).toMatchObject({ emergencyAdmissions: 0 })
  })

  it('counts a condition group once, whichever codes say it, and leaves out what is resolved', async () => {
    expect(await of('e')).toMatchObject({ conditions: ['dm2', 'hf'] })
    expect(await of('g')).toMatchObject({ conditions: [] })
    expect(await of('d')).toMatchObject({ conditions: ['copd'] })
  })

  it('considers registered adults alive on the day, and nobody else', async () => {
    expect(await totals(store)).toMatchObject({ considered: 8, mean: 5 / 8 })
  })

  it('finds somebody watched who was admitted since, however low they rank', async () => {
    const since = readDate('2025-06-01')
    if (!since) throw new Error('not a date')
    const watched = ['b one admission, five visits', 'd visits only'].map((pseudonym) => ({
      pseudonym,
      since,
    }))
    expect((await returnedOf(store, watched)).map(({ rank }) => rank)).toEqual([2])
  })

  it('a source that is not linked counts for nobody, and the rest still rank', async () => {
    await countEverybody(
      {
        ...store,
        pathOf: (file) => (file === 'people' || file === 'conditions' ? store.pathOf(file) : undefined),
      },
      { indexOn: testDay, fromAge: 18 },
    )
    expect((await ranked()).map(({ pseudonym }) => pseudonym[0]).join('')).toBe('edabcfgk')
    await countEverybody(store, { indexOn: testDay, fromAge: 18 })
  })
})

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDate } from '#calendar'
import { type Store, withStore } from '#population'
import { testDay, testFolder } from '../../test/house.ts'
import {
  type Counted,
  countEverybody,
  firstPseudonyms,
  firstRanked,
  returnedOf,
  totals,
} from './counts-store.ts'
import { type Evidence, evidenceFor } from './evidence-store.ts'

const folder = testFolder('counts')
const list = { indexOn: testDay, fromAge: 18 }

/** People by pseudonym, and what is recorded of them. Day one is 1 April 2026. */
beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, file)}.parquet' (format parquet)`)
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
    `select person::uinteger as person, admitted_on::date as admitted_on,
       admitted_on::date + 10 as discharged_on, 'I50.0' as primary_diagnosis, null::varchar as other_diagnoses, 'ZT1' as provider, admission_method from (values
       (0, '2025-04-01', '21'), (0, '2026-03-31', '2A'), (0, '2025-12-24', '22'),
       (0, '2025-03-31', '21'), (0, '2026-04-01', '21'), (0, '2025-12-25', '11'),
       (1, '2025-06-01', '28'), (2, '2025-06-01', '24'), (6, '2025-06-01', '31'),
       (8, '2025-06-01', '21'), (9, '2025-06-01', '21')
     ) i (person, admitted_on, admission_method)`,
  )
  await write(
    'emergency_department',
    `select person::uinteger as person, arrived_at::date as arrived_at, true as by_ambulance
     from (values
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
  await write(
    'prescriptions',
    `select 0::uinteger as person, on_day::date as issued_on, 'bnf' as code_system, code from (values
       ('2026-01-01', '0202020L0'), ('2026-01-02', '0202020L0'), ('2026-03-31', '0601022B0'), ('2026-04-01', 'x')
     ) p (on_day, code)`,
  )
  connection.closeSync()
  instance.closeSync()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inStore = <T>(work: (store: Store) => Promise<T>): Promise<T> =>
  withStore(folder, async (store) => {
    await countEverybody(store, list)
    return work(store)
  })
const ranked = () => inStore((store) => firstRanked(store, 100))
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
    expect(await inStore(totals)).toMatchObject({ considered: 8, mean: 5 / 8 })
  })

  it('finds somebody watched who was admitted since, however low they rank', async () => {
    const since = readDate('2025-06-01')
    if (!since) throw new Error('not a date')
    const watched = ['b one admission, five visits', 'd visits only'].map((pseudonym) => ({
      pseudonym,
      since,
    }))
    expect((await inStore((store) => returnedOf(store, watched))).map(({ rank }) => rank)).toEqual([2])
  })

  it('a source that is not linked counts for nobody, and the rest still rank', async () => {
    const order = await withStore(folder, async (store) => {
      const half: Store = { ...store, has: (file) => file === 'people' || file === 'conditions' }
      await countEverybody(half, list)
      return firstRanked(half, 100)
    })
    expect(order.map(({ pseudonym }) => pseudonym[0]).join('')).toBe('edabcfgk')
  })
})

describe('the records behind a suggestion', () => {
  const evidenceOf = async (store: Store, pseudonyms: readonly string[], peopleAtOnce?: number) => {
    const found = new Map<string, Evidence>()
    await evidenceFor(store, pseudonyms, { indexOn: testDay, peopleAtOnce }, (who, one) =>
      found.set(who, one),
    )
    return found
  }
  const evidence = () => inStore(async (store) => evidenceOf(store, await firstPseudonyms(store, 1)))

  it('are dated, newest first, and end the day before the list’s day', async () => {
    const { stays } = (await evidence()).get('a three admissions') ?? {}
    expect(stays?.map(({ on }) => on)).toEqual([
      '2026-03-31',
      '2025-12-25',
      '2025-12-24',
      '2025-04-01',
      '2025-03-31',
    ])
    expect(stays?.[0]).toEqual({
      on: '2026-03-31',
      until: '2026-04-10',
      isEmergency: true,
      diagnosis: 'I50.0',
      provider: 'ZT1',
    })
  })

  it('count use by quarter: a night where it was slept, a medicine once a quarter', async () => {
    const { quarters } = (await evidence()).get('a three admissions') ?? { quarters: [] }
    expect(quarters).toHaveLength(12)
    expect(quarters.at(-1)).toEqual({ from: '2026-01-01', nights: 2 + 3 + 1, aeVisits: 0, medicines: 2 })
    expect(quarters.at(-5)).toMatchObject({ from: '2025-01-01', nights: 1 })
  })

  it('HZ13 are the same however many people are read at once, and whoever else is', async () => {
    const [alone, two, all] = await inStore(async (store) => {
      const everybody = await firstPseudonyms(store, 100)
      return [
        await evidenceOf(store, everybody, 1),
        await evidenceOf(store, everybody.slice(0, 2)),
        await evidenceOf(store, everybody),
      ]
    })
    expect(all?.size).toBe(8)
    expect(all?.get('a three admissions')?.stays).toHaveLength(5)
    expect([...(alone ?? [])].toSorted()).toEqual([...(all ?? [])].toSorted())
    for (const [who, found] of two ?? []) expect(found).toEqual(all?.get(who))
  })

  it('of a source that is not linked are absent, not none', async () => {
    const { quarters } = (await evidence()).get('a three admissions') ?? { quarters: [] }
    expect(quarters.every((quarter) => !('gpContacts' in quarter))).toBe(true)
  })
})

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, type LondonDate, readDate } from '#calendar'
import { type Store, type StoreFile, withStore } from '#population'
import { testFolder } from '../../../test/house.ts'
import { charlson } from '../scores/rules.ts'
import { availableFeatures } from './availability.ts'
import { codeLists } from './code-lists.data.ts'
import { type FeatureTable, readFeatures } from './feature-store.ts'
import { families, features } from './features.data.ts'
import { prepareCodes, prepareLinks } from './prepare-store.ts'
import { byRisk } from './score-list.ts'
import { scoreEverybody, scoreSome } from './scoring.ts'
import type { TargetKey } from './targets.data.ts'

const folder = testFolder('features')
const day = readDate('2025-03-31') as LondonDate
const daysAgo = (days: number) => addDays(day, -days)
const cut = { indexOn: day, fromAge: 18, registeredDays: 365 }

// One person a question: who they are is their place. 40 and on are at a practice that has linked no GP record.
const stays: readonly (readonly [number, number, string, string, string | null, number?])[] = [
  [0, 0, '21', 'I50.0', null],
  [1, 1, '21', 'I50.0', null],
  [2, 365, '21', 'I50.0', null],
  [3, 366, '21', 'I50.0', null],
  [4, 30, '21', 'J44.1', null],
  [5, 31, '21', 'J44.1', null],
  [6, 1095, '21', 'J44.1', null],
  [7, 1096, '21', 'J44.1', null],
  [8, -1, '21', 'I50.0', null],
  [9, -365, '21', 'I50.0', null],
  [10, -366, '21', 'I50.0', null],
  [11, 20, '11', 'K40.9', null],
  [12, 400, '21', 'I21.9', 'E11.9;E11.2;C34.9', 3],
  // Still in hospital on the day: the nights so far count, the diagnosis is not known yet.
  [13, 4, '21', 'I50.0', null, -5],
]

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, `${file}.parquet`)}' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lpad(to_hex(i + 1), 32, '0') as pseudonym, (case i when 58 then 1930 else 1950 end)::usmallint as birth_year,
       1::utinyint as birth_quarter, case when i % 2 = 0 then 'female' else 'male' end as sex, 5::utinyint as imd_decile,
       'white' as ethnicity_group, case when i < 40 then 'Z00001' else 'Z00002' end as practice_code,
       case when i = 39 then date '2024-10-01' else date '2010-01-01' end as registered_month, null::date as left_month,
       case when i in (37, 38) then date '2025-03-01' end as died_month,
       case when i = 37 then date '2025-03-30' when i = 38 then date '2025-03-31' end as until_on,
       i = 20 as care_home, i = 21 as lives_alone from range(60) r(i)`,
  )
  await write(
    'social_care',
    `select * from (values (50::uinteger, date '2021-04-01', null::date, 'home care', 7::double), (30, date '${daysAgo(1)}', null, 'nursing care', null),
       (31, date '${daysAgo(0)}', null, 'residential care', null), (32, date '${daysAgo(-1)}', null, 'residential care', null),
       (33, date '2023-01-01', date '${daysAgo(1)}', 'residential care', null), (34, date '2023-01-01', date '${daysAgo(0)}', 'residential care', null))
       v (person, started_on, ended_on, package, hours_a_week)`,
  )
  const rows = stays.map(
    ([person, ago, method, code, others, nights = 2]) =>
      `(${person}::uinteger, date '${daysAgo(ago)}', date '${addDays(daysAgo(ago), nights < 0 ? -nights + 4 : nights)}', '${method}', '${code}', ${others ? `'${others}'` : 'null'})`,
  )
  await write(
    'inpatient',
    `select * from (values ${rows.join(', ')}) v (person, admitted_on, discharged_on, admission_method, primary_diagnosis, other_diagnoses)`,
  )
  await write(
    'emergency_department',
    `select * from (values (0::uinteger, date '${daysAgo(1)}', false, '02'), (1, date '${daysAgo(0)}', false, '02'), (2, date '${daysAgo(-1)}', false, '02'),
       (3, date '${daysAgo(-365)}', true, '01'), (4, date '${daysAgo(-366)}', true, '01')) v (person, arrived_at, by_ambulance, disposal)`,
  )
  await write(
    'gp_contacts',
    `select * from (values (0::uinteger, date '${daysAgo(1)}', 'home visit'), (0, date '${daysAgo(0)}', 'telephone'),
       (1, date '${daysAgo(90)}', 'telephone'), (1, date '${daysAgo(91)}', 'telephone')) v (person, date, kind)`,
  )
  await write(
    'conditions',
    `select * from (values (0::uinteger, date '${daysAgo(1)}', null::date, 'snomed', '84114007'),
       (1, date '${daysAgo(0)}', null, 'snomed', '84114007'), (2, date '2010-01-01', date '${daysAgo(1)}', 'snomed', '84114007'),
       (3, date '2010-01-01', date '${daysAgo(0)}', 'snomed', '84114007'), (4, date '2010-01-01', null, 'icd10', 'J44.9'))
       v (person, recorded_on, resolved_on, code_system, code)`,
  )
  connection.closeSync()
  instance.closeSync()
  table = await read()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const linked = ['inpatient', 'gp_contacts', 'conditions', 'people']
const wanted = features.filter(({ from }) => linked.includes(from))
let table: FeatureTable
const read = (partSize?: number): Promise<FeatureTable> =>
  withStore(folder, async (store: Store) => {
    await prepareCodes(store, [])
    await prepareLinks(store)
    return await readFeatures(store, cut, wanted, partSize)
  })

/** What a feature says of a person. */
const of = (key: string, person: number): number | undefined =>
  table.columns.get(key)?.[table.people.findIndex((one) => one.person === person)]

/** To whom what a target asks happened in the year after the day, and who was asked about. */
const toWhom = (target: TargetKey) =>
  withStore(folder, async (store: Store) => {
    await prepareCodes(store, [])
    await prepareLinks(store)
    const { people } = await readFeatures(store, { ...cut, target }, wanted)
    const happened = people.filter(({ hasHappened }) => hasHappened)
    return { asked: people.map(({ person }) => person), happened: happened.map(({ person }) => person) }
  })

describe('R-016 what a model may be of', () => {
  it('is an A&E attendance on one of the 365 days after the day, admitted from there or not', async () => {
    expect((await toWhom('A&E attendance')).happened).toEqual([2, 3])
  })

  it('is a first day in a care home after the day, of people who did not live in one on it', async () => {
    const { asked, happened } = await toWhom('care home entry')
    expect(happened).toEqual([32])
    expect([30, 34].filter((person) => asked.includes(person))).toEqual([])
    expect([31, 32, 33].filter((person) => asked.includes(person))).toEqual([31, 32, 33])
  })

  it('gives nobody a number of moving into a care home who lives in one', async () => {
    const columns = ['age', 'woman']
    const term = { part: 'value' as const, mean: 0, spread: 1, coefficient: 0 }
    const reading = { treatment: 'line' as const, cap: null, knots: [], fill: 0, hasMissing: false }
    const spec = {
      ...{ target: 'care home entry' as const, columns, peers: [] },
      model: {
        ...{ kind: 'ridge' as const, recipe: 'plain' as const, intercept: -3, lambda: 1, path: [] },
        readings: columns.map((name) => ({ name, ...reading })),
        terms: columns.map((name) => ({ name, from: [name], ...term })),
        fit: { rows: 1, events: 1, steps: 1, halvings: 0, converged: true },
      },
    }
    const who = (person: number) => (person + 1).toString(16).padStart(32, '0')
    const { risks } = await withStore(folder, (store) =>
      scoreEverybody(store, { indexOn: day, fromAge: 18 }, spec, []),
    )
    expect([30, 34].filter((person) => risks.has(who(person)))).toEqual([])
    expect(risks.get(who(31))).toBeCloseTo(1 / (1 + Math.exp(3)), 9)
  })

  it('HZ14 a number of another day is the same for some people as for everybody', async () => {
    const columns = ['age', 'emergencyAdmissions365', 'gp365']
    const reading = { treatment: 'line' as const, cap: null, knots: [], fill: 0, hasMissing: false }
    const spec = {
      ...{ columns, peers: [] },
      model: {
        ...{ kind: 'ridge' as const, recipe: 'plain' as const, intercept: -3, lambda: 1, path: [] },
        readings: columns.map((name) => ({ name, ...reading })),
        terms: columns.map((name) => ({
          ...{ name, from: [name], part: 'value' as const, mean: 0, spread: 1, coefficient: 0.1 },
        })),
        fit: { rows: 1, events: 1, steps: 1, halvings: 0, converged: true },
      },
    }
    const [all, some] = await withStore(folder, async (store) => {
      const { risks } = await scoreEverybody(store, { indexOn: day, fromAge: 18 }, spec, [])
      const asked = [...risks.keys()].filter((_, at) => at % 7 === 0)
      return [risks, await scoreSome(store, { indexOn: day, fromAge: 18 }, spec, [...asked, 'nobody'])]
    })
    expect(some.size).toBeGreaterThan(5)
    expect(new Set(some.values()).size).toBeGreaterThan(1)
    for (const [who, risk] of some) expect(risk).toBe(all.get(who))
    expect(byRisk({ risks: all }, 3)).toEqual(byRisk({ risks: all }, all.size).slice(0, 3))
  })

  it('is an emergency admission unless something else is asked', async () => {
    expect((await toWhom('emergency admission')).happened).toEqual([8, 9])
  })
})

describe('living alone', () => {
  it('is told from dated codes, and never from the yes or no of the day of the load', () => {
    expect(of('livesAlone', 21)).toBe(0)
  })
})

describe('age', () => {
  it('is also told in years past 85, beyond which a curve of 4 knots is straight', () => {
    expect(of('agePast85', 0)).toBe(0)
    expect(of('agePast85', 58)).toBeCloseTo((of('age', 58) ?? 0) - 85, 12)
    expect(of('agePast85', 58)).toBeGreaterThan(9)
  })
})

describe('a window of days', () => {
  it.each([
    ['an event on the index day is never counted', 'emergencyAdmissions365', 0, 0],
    ['the day before it is', 'emergencyAdmissions365', 1, 1],
    ['the first day of the window is', 'emergencyAdmissions365', 2, 1],
    ['the day before the window is not', 'emergencyAdmissions365', 3, 0],
    ['the first of 30 days is', 'emergencyAdmissions30', 4, 1],
    ['the day before 30 days is not', 'emergencyAdmissions30', 5, 0],
    ['the first of 3 years is', 'emergencyAdmissions1095', 6, 1],
    ['the day before 3 years is not', 'emergencyAdmissions1095', 7, 0],
    ['what comes after the index day is never counted', 'emergencyAdmissions1095', 8, 0],
    ['a planned stay is no emergency', 'emergencyAdmissions365', 11, 0],
    ['a GP contact on the index day is never counted', 'gp30', 0, 1],
    ['the 90th day before is counted, the 91st is not', 'gp90', 1, 1],
    ['a condition recorded the day before is counted', 'heartFailure', 0, 1],
    ['one recorded on the index day is not', 'heartFailure', 1, 0],
    ['one resolved before the index day is not', 'heartFailure', 2, 0],
    ['one resolved on the index day still is', 'heartFailure', 3, 1],
    ['an ICD-10 code counts like a SNOMED CT one', 'copd', 4, 1],
    ['who moved into a care home the day before lives in one', 'livesInCareHome', 30, 1],
    ['who moves in on the index day does not yet', 'livesInCareHome', 31, 0],
    ['nor does who moves in after it', 'livesInCareHome', 32, 0],
    ['who moved out the day before does not any more', 'livesInCareHome', 33, 0],
    ['who moves out on the index day still does', 'livesInCareHome', 34, 1],
    ['who is only marked so on the day of the load does not', 'livesInCareHome', 20, 0],
    ['days since are told of the last, and no more than the look-back', 'daysSinceAdmission', 2, 365],
    ['who never was in hospital has the whole look-back', 'daysSinceAdmission', 20, 1095],
    ['of a stay that has not ended the nights so far count', 'nights365', 13, 4],
    ['of a stay that has not ended the diagnosis is not known', 'acscAdmissions1095', 13, 0],
    ['of one that has it is', 'acscAdmissions1095', 1, 0],
    ['a stay of a month ago has its diagnosis', 'acscAdmissions1095', 4, 1],
  ])('%s', (_, key, person, expected) => {
    expect(of(key, person)).toBe(expected)
  })

  it('what happened in the 365 days after the index day is the outcome, from the day after to the 365th', async () => {
    const { people } = table
    const admitted = people.filter(({ hasHappened }) => hasHappened).map(({ person }) => person)
    expect(admitted).toEqual([8, 9])
  })
})

describe('what a feature rests on', () => {
  it('a source a practice has not linked is not known, and not nought', async () => {
    expect(of('gp365', 20)).toBe(0)
    expect(of('gp365', 45)).toBeNaN()
    expect(of('heartFailure', 45)).toBeNaN()
    expect(of('emergencyAdmissions365', 45)).toBe(0)
  })

  it('the answer is the same in one part and in many', async () => {
    expect(await read(7)).toEqual(table)
  })

  it('who has died, and who registered within the year, is not counted', async () => {
    const counted = table.people.map(({ person }) => person)
    expect(counted).not.toContain(37)
    expect(counted).toContain(38)
    expect(counted).not.toContain(39)
  })

  it('the Charlson score is the published one', async () => {
    expect(of('charlson', 12)).toBe(charlson(['I21.9', 'E11.9', 'E11.2', 'C34.9']).quan2011)
  })

  it('a feature whose source, look-back or codes are not here is left out by name, with the reason', () => {
    const facts = {
      coversFrom: new Map<StoreFile, LondonDate | undefined>([
        ['inpatient', daysAgo(1095)],
        ['prescriptions', daysAgo(400)],
        ['gp_contacts', daysAgo(359)],
        ['outpatient', daysAgo(357)],
      ]),
      codeSystems: new Map<StoreFile, ReadonlySet<string>>([['prescriptions', new Set(['dmd'])]]),
      hasDeficitList: false,
    }
    const { used, leftOut } = availableFeatures(features, facts, [day])
    const why = (key: string) => leftOut.find(({ feature }) => feature.key === key)?.why
    expect(why('ae365')).toBe('its source is not linked')
    expect(why('opioid')).toBe('its source has no codes of bnf')
    expect(why('outpatient365')).toBe('its source does not reach back far enough')
    expect(why('ethnicity')).toBe('only used to look at fairness by group')
    expect(why('livesInCareHome')).toMatch(/^nobody sends since when/)
    const homes = (from: number) =>
      availableFeatures(features, { ...facts, careHomesFrom: daysAgo(from) }, [day]).leftOut.find(
        ({ feature }) => feature.key === 'livesInCareHome',
      )?.why
    expect([homes(0), homes(1)]).toEqual(['its source does not reach back far enough', undefined])
    expect(used.map(({ key }) => key)).toEqual(expect.arrayContaining(['emergencyAdmissions1095', 'gp365']))
    expect(used.length + leftOut.length).toBe(features.length)
  })

  it('the 62 features of the design are all there, each of one of 8 families, with a list that exists', () => {
    expect([...new Set(features.map(({ number }) => number))]).toEqual(
      Array.from({ length: 62 }, (_, at) => at + 1),
    )
    expect(families).toHaveLength(8)
    expect(new Set(features.map(({ key }) => key)).size).toBe(features.length)
    expect(codeLists.every(({ version, source }) => version !== '' && source !== '')).toBe(true)
  })
  it.each([
    ['angina', 'I209', true],
    ['angina of the older list of 19 conditions', 'I248', false],
    ['heart failure with high blood pressure', 'I110', true],
    ['high blood pressure of the heart and kidneys with heart failure', 'I130', true],
    ['the same with kidney failure alone', 'I131', false],
    ['iron deficiency anaemia of blood loss', 'D500', false],
    ['iron deficiency anaemia', 'D509', true],
    ['chronic hepatitis B', 'B181', true],
    ['chronic hepatitis C', 'B182', false],
    ['vascular dementia', 'F019', true],
    ['delirium', 'F059', false],
    ['COPD with an acute infection', 'J440', true],
    ['acute bronchitis, where the further diagnoses are not looked at', 'J209', false],
    ['pneumonia, an acute condition', 'J181', false],
  ])(
    'an admission for %s counts as one best cared for outside hospital, or not, as published',
    (_, code, is) => {
      const codes = codeLists.find(({ id }) => id === 'acsc')?.codes.icd10 ?? []
      expect(codes.some((begins) => code.startsWith(begins))).toBe(is)
    },
  )
})

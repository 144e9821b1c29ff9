import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Workshop } from '#jobs'
import { type House, openHouse, programmeId, testFolder } from '../../../test/house.ts'
import { arrangeInUse, arrangeModel } from '../../../test/models.ts'
import { arrangeLoad } from '../../../test/population.ts'
import { rank } from '../rank.ts'
import type { Told } from './scoring.ts'
import type { ModelSpec } from './types.ts'

const folder = testFolder('rank-by-model')
const conrane = programmeId('conrane')
let house: House
let workshop: Workshop

const reading = (name: string) => ({
  name,
  treatment: 'line' as const,
  cap: null,
  knots: [],
  fill: 0,
  hasMissing: false,
})
const term = (name: string, mean: number, spread: number, coefficient: number) => ({
  ...{ name, from: [name], part: 'value' as const, mean, spread, coefficient },
})
const columns = ['age', 'woman', 'emergencyAdmissions365', 'ae365']

/** A model small enough to be checked by hand: log-odds -3 + 0.5 for each admission - 0.25 for each A&E visit. */
const spec: ModelSpec = {
  columns,
  model: {
    kind: 'ridge',
    recipe: 'plain',
    readings: columns.map(reading),
    terms: [
      term('age', 0, 1, 0),
      term('woman', 0, 1, 0),
      term('emergencyAdmissions365', 0, 1, 0.5),
      term('ae365', 0, 1, -0.25),
    ],
    intercept: -3,
    lambda: 1,
    path: [],
    fit: { rows: 1000, events: 300, steps: 5, halvings: 0, converged: true },
  },
  peers: [18, 30, 40, 50, 60, 70, 80, 90].flatMap((fromAge) =>
    [true, false].map((isWoman) => ({
      isWoman,
      fromAge,
      medians: [60, 0, 0, 2],
      people: 100,
      admitted: 11,
      usualIn100: 11,
    })),
  ),
}

/** 100 people; the first five have 1 to 5 emergency admissions, the fifth most; everybody else visited A&E once. */
async function writeLoad(sources: readonly string[]): Promise<string> {
  const load = await arrangeLoad(house, sources)
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lpad(to_hex(i + 1), 32, '0') as pseudonym, 1950::usmallint as birth_year, 1::utinyint as birth_quarter,
       case when i % 2 = 0 then 'female' else 'male' end as sex, 5::utinyint as imd_decile, 'white' as ethnicity_group,
       'Z00001' as practice_code, case when i = 3 then date '2026-01-01' else date '2010-01-01' end as registered_month,
       null::date as left_month, null::date as died_month, null::date as until_on, false as care_home, null::boolean as lives_alone
     from range(100) r(i)`,
  )
  await write(
    'inpatient',
    `select i::uinteger as person, date '2026-02-01' + k::int as admitted_on, date '2026-02-02' + k::int as discharged_on,
       'I50.0' as primary_diagnosis, null::varchar as other_diagnoses, 'ZT1' as provider, '21' as admission_method
     from range(5) r(i), range(i + 1) s(k)`,
  )
  if (sources.includes('emergency_department'))
    await write(
      'emergency_department',
      `select i::uinteger as person, date '2025-06-01' as arrived_at, false as by_ambulance, '02' as disposal from range(5, 100) r(i)`,
    )
  connection.closeSync()
  instance.closeSync()
  return load
}

const runs = () =>
  house.arrange(
    `select r.model_id is not null as "isByModel", r.cut, array_agg(right(s.pseudonym::text, 2) order by s.rank) as first
     from case_finding.run r join case_finding.suggestion s on s.run_id = r.id where r.programme_id = $1
     group by r.id order by r.n`,
    [conrane],
  )

beforeAll(async () => {
  house = await openHouse()
  workshop = { folder, inVisit: (work) => house.asSystem('rank', work), say: async () => {} }
  await writeLoad(['inpatient', 'emergency_department'])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('ranking by a model in use', () => {
  it('HZ14 while none is in use there is only the rule’s list, and no number in it', async () => {
    await rank(workshop, {})
    expect(await runs()).toMatchObject([{ isByModel: false, cut: 5 }])
    expect(await house.arrange('select 1 from case_finding.suggestion where risk is not null')).toEqual([])
  })

  it('makes the list by risk beside the rule’s, once', async () => {
    await arrangeInUse(house, await arrangeModel(house, { spec }))
    // A model arranged brings a load of its own: the list is of the newest.
    await writeLoad(['inpatient', 'emergency_department'])
    await rank(workshop, {})
    await rank(workshop, {})
    expect(await runs()).toMatchObject([
      { isByModel: false },
      { isByModel: false, first: ['05', '04', '03', '02', '01'] },
      { isByModel: true, first: ['05', '04', '03', '02', '01'] },
    ])
  })

  it('HZ13 puts the same records behind somebody whichever list they are on, read once for all', async () => {
    const rows = await house.arrange(
      `select right(e.pseudonym::text, 2) as who, count(*)::int as lists, count(distinct e.records - 'told')::int as kinds,
         max(jsonb_array_length(e.records -> 'stays')) as stays
       from case_finding.evidence e join case_finding.run r on r.id = e.run_id where r.programme_id = $1
         and r.load_id = (select id from population.load order by n desc limit 1) group by e.pseudonym order by 1`,
      [conrane],
    )
    expect(rows).toEqual([1, 2, 3, 4, 5].map((stays) => ({ who: `0${stays}`, lists: 2, kinds: 1, stays })))
  })

  it('gives the risk that can be worked out by hand, and reasons that add up to it', async () => {
    const rows = await house.arrange(
      `select s.risk, s.usual_in_100 as usual, e.records -> 'told' as told from case_finding.suggestion s
       join case_finding.evidence e using (run_id, pseudonym) where s.risk is not null order by s.rank`,
    )
    expect(rows).toHaveLength(6)
    expect(Number(rows[0]?.risk)).toBeCloseTo(1 / (1 + Math.exp(3 - 5 * 0.5)), 12)
    expect(rows[0]?.usual).toBe(11)
    for (const row of rows) {
      const told: Told = JSON.parse(JSON.stringify(row.told))
      const sum = told.reasons.reduce((total, { part }) => total + part, told.base)
      expect(Math.abs(sum - told.logOdds)).toBeLessThan(1e-9)
      expect(1 / (1 + Math.exp(-told.logOdds))).toBeCloseTo(told.risk, 12)
    }
  })

  it('tells up and down against people of the same age and sex, and age is no reason', async () => {
    const [row] = await house.arrange(
      `select told, is_risk_rising as rising from case_finding.suggestion where risk is not null order by rank limit 1`,
    )
    expect(row).toEqual({
      rising: true,
      told: {
        up: [
          '5 emergency admissions in 12 months, the last 55 days before the list’s day',
          'no A&E visit in 12 months',
        ],
        down: [],
      },
    })
  })

  it('says of somebody registered for less than a year that the records may be short', async () => {
    const rows = await house.arrange(
      `select right(pseudonym::text, 2) as who, (records -> 'told' ->> 'isShort')::boolean as short from case_finding.evidence
       where records ? 'told' order by 1`,
    )
    expect(rows.filter(({ short }) => short)).toEqual([{ who: '04', short: true }])
  })

  it('gives no number once a source the model reads is gone: the rule’s list is read instead', async () => {
    const before = (await runs()).length
    await writeLoad(['inpatient'])
    await rank(workshop, {})
    expect((await runs()).slice(before)).toMatchObject([{ isByModel: false }])
  })
})

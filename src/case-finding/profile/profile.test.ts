import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askedWith, pageOf, wordsOf } from '../../../test/asking.ts'
import { type Cast, type House, openHouse, programmeId, testFolder } from '../../../test/house.ts'
import { arrangeLoad } from '../../../test/population.ts'
import { room } from '../index.ts'
import { rank } from '../rank.ts'
import { isTooSmall, placesFor, pricesOf } from './rules.ts'

const folder = testFolder('profile')
let house: House

const page = (who: Cast, programme = 'conrane') =>
  house.as(who, async (visit) => {
    const route = room.screens.find((one) => one.path === '/case-finding/profile')
    if (!route) throw new Error('no profile page')
    return wordsOf(pageOf(await route.answer(visit, askedWith({ query: { programme } }))))
  })

beforeAll(async () => {
  house = await openHouse()
  await house.arrange(`update organisations.organisation set weighted_list_size = 9297 where code = 'Z00001'`)
  const load = await arrangeLoad(house, ['inpatient', 'gp_contacts'])
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lower(lpad(to_hex(i + 1), 32, '0')) as pseudonym, 1950::usmallint as birth_year,
       1::utinyint as birth_quarter, 'Z00001' as practice_code, null::date as until_on, false as care_home,
       null::boolean as lives_alone, 'female' as sex, 1::utinyint as imd_decile, 'white' as ethnicity_group from range(200) r(i)`,
  )
  // The first 10 have 3 emergency admissions of 2 nights, the next 30 one of 1 night; a stay of the year before is not theirs
  // but for the nights of it that reach into the year.
  await write(
    'inpatient',
    `select i::uinteger as person, a as admitted_on, d as discharged_on, '21' as admission_method, 'S72.0' as primary_diagnosis,
       null::varchar as other_diagnoses, 'ZT1' as provider
     from (select i, date '2025-06-01' + 30 * k::int as a, date '2025-06-03' + 30 * k::int as d from range(10) r(i), range(3) s(k)
       union all select i, date '2025-06-01', date '2025-06-02' from range(10, 40) r(i)
       union all values (150, date '2025-03-01', date '2025-03-31'))`,
  )
  await write(
    'gp_contacts',
    `select i::uinteger as person, date '2026-01-01' as date, 'telephone' as kind from range(200) r(i)`,
  )
  await write(
    'unit_costs',
    `select * from (values ('Emergency admission, fixed part', 800.0, '2024', 'a table'), ('emergency bed-day', 480.0, '2024', 'a table'),
       ('GP contact', 38.0, null, 'nobody knows when')) v(item, cost, year, source)`,
  )
  connection.closeSync()
  instance.closeSync()
  await rank({ folder, inVisit: (work) => house.asSystem('rank', work), say: async () => {} }, {})
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('high-risk people against everybody', () => {
  it('R-018 everybody stands in one of three tiers by rank: who is asked, up to 20 in 100, the rest', async () => {
    const rows = await house.arrange(
      `select tier, people from case_finding.run_profile p join case_finding.run r on r.id = p.run_id where r.programme_id = $1 order by place`,
      [programmeId('conrane')],
    )
    expect(rows).toEqual([
      { tier: 'Case management', people: 10 },
      { tier: 'Disease management', people: 30 },
      { tier: 'Supported self-management', people: 160 },
    ])
  })

  it('R-027 use is told each, on average, and how many times everybody’s, beside what was found elsewhere', async () => {
    const said = await page('yasmin')
    expect(said).toContain('The first tier had 10.0 times as many emergency admissions each as everybody.')
    expect(said).toContain('Emergency admissions 3.00 (10.0) 1.00 (3.3) too few 0.30 6 times')
    expect(said).toContain('Nights in hospital after one 6.00 (13.3) 1.00 (2.2) too few 0.45')
    expect(said).toContain('GP contacts 1.00 (1.0) 1.00 (1.0) 1.00 (1.0) 1.00 3 times')
    // Not linked is not nought.
    expect(said).not.toContain('A&E visits')
    expect(said).not.toContain('Different medicines')
  })

  it('R-028 what is spent is counts times prices that have a year and a source, and says which', async () => {
    const said = await page('yasmin')
    expect(said).toContain('Case management £5,280 (11.6) £52,800 58')
    expect(said).toContain('Disease management £1,280 (2.8) £38,400 42')
    expect(said).toContain('Everybody £456 (1.0) £91,200 100')
    expect(said).toContain('Emergency admission, fixed part £800 (2024); emergency bed-day £480 (2024).')
    expect(said).not.toContain('GP contact £38')
  })

  it('R-007 the places of a practice are so many in 100 of its weighted list, as the load gave it', async () => {
    expect(await page('yasmin')).toMatch(/Lund Street Surgery 200 10 50 \(\d+ to \d+\) 9,297 465/)
    expect(placesFor(7800, 0.5)).toBe(39)
  })

  it('a practice whose count would give another’s away is said to be not shown, its rate too', async () => {
    const [run] = await house.arrange(
      'select id from case_finding.run where programme_id = $1 order by n desc limit 1',
      [programmeId('conrane')],
    )
    for (const [code, name, considered, found] of [
      ['Z70001', 'Small Practice', 300, 2],
      ['Z70002', 'Next Practice', 400, 12],
      ['Z70003', 'Large Practice', 5000, 250],
    ] as const) {
      await house.arrange(
        `insert into organisations.organisation (id, kind, code, name) values (gen_random_uuid(), 'practice', $1, $2)`,
        [code, name],
      )
      await house.arrange(
        `insert into case_finding.run_practice select (jsonb_populate_record(p, jsonb_build_object('practice_code', $2::text,
           'considered', $3::int, 'listed', $4::int, 'with_us', 0, 'objected', 0))).* from case_finding.run_practice p where run_id = $1 limit 1`,
        [run?.id, code, considered, found],
      )
    }
    const said = await page('yasmin')
    expect(said).toContain('Small Practice 300 fewer than 8 too few')
    expect(said).toMatch(/(Lund Street Surgery 200|Next Practice 400) not shown not shown/)
    expect(said).not.toMatch(/not shown too few/)
  })

  it('a tier of fewer than 8 people is not told, nor the others that would give it away', async () => {
    // The ward asks half a person in 100: one of 200.
    expect(await page('yasmin', 'virtual-ward')).toContain(
      'Fewer than 8 people are in one of the tiers: what they use is not told.',
    )
    expect(isTooSmall([{ people: 0 }, { people: 8 }])).toBe(false)
    expect(isTooSmall([{ people: 7 }, { people: 800 }])).toBe(true)
  })

  it('reckons with no price that has no year or no source', () => {
    const price = { item: 'A&E visit', pounds: 185, year: '2024', source: 'a table' }
    expect(pricesOf([price])).toMatchObject([{ use: 'aeVisits' }])
    expect(
      pricesOf([
        { ...price, year: null },
        { ...price, source: null },
      ]),
    ).toEqual([])
  })
})

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import type { Workshop } from '#jobs'
import { withStore } from '#population'
import { type House, openHouse, places, programmeId, staffId, testDay, testFolder } from '../../test/house.ts'
import { arrangeLoad, arrangePseudonyms, pseudonym } from '../../test/population.ts'
import { countEverybody } from './counts-store.ts'
import { mirrorOf } from './mirror/store.ts'
import { rank } from './rank.ts'

const folder = testFolder('rank')
const conrane = programmeId('conrane')
let house: House
let workshop: Workshop

beforeAll(async () => {
  house = await openHouse()
  workshop = { folder, inVisit: (work) => house.asSystem('rank', work), say: async () => {} }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a load of so many people, the first admitted most; each person given stands behind one of the first. */
async function writeLoad(people: readonly string[], howMany: number): Promise<string> {
  const load = await arrangeLoad(house, ['inpatient'])
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lpad(to_hex(i + 1), 32, '0') as pseudonym, 1950 as birth_year, 1 as birth_quarter,
       case when i % 4 = 3 then 'Z00002' else 'Z00001' end as practice_code, null::date as until_on,
       i = 0 as care_home, null::boolean as lives_alone, case when i % 2 = 0 then 'female' else 'male' end as sex,
       case when i < 90 then 1 end::utinyint as imd_decile, 'white' as ethnicity_group from range(${howMany}) r(i)`,
  )
  await write(
    'inpatient',
    `select i::uinteger as person, date '2026-03-01' as admitted_on, date '2026-03-05' as discharged_on,
       'I50.0' as primary_diagnosis, null::varchar as other_diagnoses, 'ZT1' as provider, '21' as admission_method
     from range(${howMany}) r(i), range(greatest(0, 5 - i)::bigint)`,
  )
  connection.closeSync()
  instance.closeSync()
  await arrangePseudonyms(house, people)
  return load
}

const runs = () =>
  house.arrange(
    `select r.*, (select array_agg(s.rank order by s.rank) from case_finding.suggestion s where s.run_id = r.id) as ranks
     from case_finding.run r where r.programme_id = $1 order by n`,
    [conrane],
  )

describe('ranking a load', () => {
  it('R-006 takes the programme’s percent of registered adults before leaving out those with us and those who object', async () => {
    const [june, harold, eileen] = [
      await house.arrangePerson(),
      await house.arrangePerson(),
      await house.arrangePerson(),
    ]
    await writeLoad([june, harold, eileen], 100)
    await house.arrange(
      `with e as (insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
         values ($1, $2, $3, '2026-01-05', 1, now()))
       insert into people.episode_turn
         values ($1, 1, $2, 'active', $4, $5, 'several teams', now(), now(), $4)`,
      [newId(), harold, conrane, staffId('amina'), places.team],
    )
    await house.arrange(
      `insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
       values ($1, $2, 'objection', 'type 1', 'yes', 'GP', '2026-01-01', now())`,
      [newId(), eileen],
    )
    mkdirSync(join(folder, 'content'), { recursive: true })
    writeFileSync(join(folder, 'content', 'hospital-frailty.csv'), 'code,points\nI50,5.4\nnonsense\n')
    await rank(workshop, {})
    expect(await runs()).toMatchObject([
      { considered: 100, cut: 5, listed: 3, with_us: 1, objected: 1, ranks: [1, 4, 5] },
    ])
  })

  it('HZ13 the counts in are the counts listed and left out by reason, in all and in each practice', async () => {
    const practices = await house.arrange(
      `select practice_code, p.considered, p.listed, p.with_us, p.objected, objecting from case_finding.run_practice p
       join case_finding.run r on r.id = p.run_id where r.programme_id = $1 order by 1`,
      [conrane],
    )
    expect(practices).toEqual([
      { practice_code: 'Z00001', considered: 75, listed: 2, with_us: 1, objected: 1, objecting: 1 },
      { practice_code: 'Z00002', considered: 25, listed: 1, with_us: 0, objected: 0, objecting: 0 },
    ])
  })

  it('counts by group who was considered and who was found, and the groups of a split add up', async () => {
    const rows = await house.arrange(
      `select by_what, group_name, g.considered, found, judged, accepted from case_finding.run_group g
       join case_finding.run r on r.id = g.run_id where r.programme_id = $1 and by_what in ('Sex', 'Deprivation') order by 1, 2`,
      [conrane],
    )
    expect(rows).toEqual([
      {
        by_what: 'Deprivation',
        group_name: 'Deprivation not known',
        considered: 10,
        found: 0,
        judged: 0,
        accepted: 0,
      },
      {
        by_what: 'Deprivation',
        group_name: 'Fifth 1, most deprived',
        considered: 90,
        found: 5,
        judged: 0,
        accepted: 0,
      },
      { by_what: 'Sex', group_name: 'Men', considered: 50, found: 2, judged: 0, accepted: 0 },
      { by_what: 'Sex', group_name: 'Women', considered: 50, found: 3, judged: 0, accepted: 0 },
    ])
  })

  it('V16 gives the Hospital Frailty Risk Score by the table of points the site loaded', async () => {
    const [row] = await house.arrange(
      `select e.records -> 'scores' -> 'hospitalFrailty' as score from case_finding.suggestion s
       join case_finding.run r on r.id = s.run_id join case_finding.evidence e using (run_id, pseudonym)
       where r.programme_id = $1 and s.rank = 1`,
      [conrane],
    )
    expect(row?.score).toEqual({ points: 5.4, band: 'intermediate' })
  })

  it('is safe to do twice: the same load is ranked once, and one note says so', async () => {
    await rank(workshop, {})
    expect(await runs()).toHaveLength(1)
    const notes = await house.arrange(
      `select facts ->> 'programmeKey' as programme from journal.entry where what = 'list ranked' order by 1`,
    )
    expect(notes).toEqual([{ programme: 'conrane' }, { programme: 'virtual-ward' }])
  })

  it('keeps why each is suggested, and no name or number', async () => {
    const [first] = await house.arrange(
      `select s.* from case_finding.suggestion s join case_finding.run r on r.id = s.run_id
       where r.programme_id = $1 and rank = 1`,
      [conrane],
    )
    expect(first).toMatchObject({
      emergency_admissions: 5,
      ae_visits: 0,
      practice_code: 'Z00001',
      last_admission_on: '2026-03-01',
      is_care_home: true,
    })
  })

  it('HZ13 a group served less than others with records like theirs is told, and who of it comes first', async () => {
    const load = await writeLoad([], 400)
    // The test's own store writes its hexadecimal in capitals.
    const stored = (n: number) => pseudonym(n).toUpperCase()
    const served = Array.from({ length: 80 }, (_, at) => stored(101 + at))
    const listed = Array.from({ length: 5 }, (_, at) => stored(1 + at))
    const { groups, people } = await withStore(join(folder, load), async (store) => {
      await countEverybody(store, { indexOn: testDay, fromAge: 18 })
      return mirrorOf(store, testDay, served, listed)
    })
    // Of 395 without an admission 80 are served: of the 85 in the most deprived fifth 17 would be, and nobody is.
    expect(groups.filter(({ isMissed }) => isMissed)).toMatchObject([
      { by: 'Deprivation', group: 'Fifth 1, most deprived', considered: 90, served: 0 },
    ])
    expect(groups.find(({ isMissed }) => isMissed)?.expected).toBeCloseTo((85 * 80) / 395, 6)
    expect(people).toHaveLength(17)
    expect(people[0]).toMatchObject({
      place: 1,
      groups: ['Fifth 1, most deprived'],
      alike: 395,
      alikeServed: 80,
    })
    expect(people.filter((one) => listed.includes(one.pseudonym))).toEqual([])
  })

  it('a list is ranked by promised work, never by a page', async () => {
    await expect(house.pool.query(`select * from case_finding.not_to_list('${conrane}')`)).rejects.toThrow(
      /permission denied/,
    )
    await expect(house.pool.query('delete from case_finding.run')).rejects.toThrow(/permission denied/)
    await expect(house.pool.query(`update case_finding.judgement set decision = 'accepted'`)).rejects.toThrow(
      /permission denied/,
    )
  })
})

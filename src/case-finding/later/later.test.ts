import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { askedWith, pageOf, wordsOf } from '../../../test/asking.ts'
import {
  type Cast,
  type House,
  openHouse,
  places,
  programmeId,
  staffId,
  testFolder,
} from '../../../test/house.ts'
import { arrangeLoad, arrangePseudonyms, pseudonym } from '../../../test/population.ts'
import { room } from '../index.ts'
import { rank } from '../rank.ts'
import { laterLines } from './rules.ts'

const folder = testFolder('later')
const conrane = programmeId('conrane')
let house: House

const page = (who: Cast, path: string) =>
  house.as(who, async (visit) => {
    const route = room.screens.find((one) => one.method === 'GET' && one.path === path)
    if (!route) throw new Error(`no ${path}`)
    return wordsOf(pageOf(await route.answer(visit, askedWith())))
  })

/** Each as judged, with the days of their emergency admissions. */
const judged = [
  // Admitted on the day of the decision and on the 91st day after: neither counts.
  { decisions: ['accepted'], on: '2025-11-01', admittedOn: ['2025-11-01', '2026-01-31'] },
  // The first day and the 90th after both count, for one person once.
  { decisions: ['accepted'], on: '2025-11-01', admittedOn: ['2025-11-02', '2026-01-30'] },
  { decisions: ['declined'], on: '2025-11-01', admittedOn: ['2026-01-30'] },
  { decisions: ['added', 'accepted'], on: '2025-11-01', admittedOn: ['2025-12-24'] },
  // Not 90 days before the list's day, taken back, or decided anew: not counted, or by the newest.
  { decisions: ['declined'], on: '2026-01-01', admittedOn: ['2026-02-01'] },
  { decisions: ['deferred', 'taken back'], on: '2025-11-01', admittedOn: ['2025-12-24'] },
] as const

const arrangeEpisode = (person: string, from: string, until: string | null) =>
  house.arrange(
    `with e as (insert into people.episode (id, person_id, programme_id, opened_on, turn, closed_on, recorded_at)
       values ($1, $2, $3, $6::date, 2, $7, now()))
     insert into people.episode_turn
       select $1::uuid, n, $2::uuid, stage, $4::uuid, $5::uuid, 'several teams', $6::date + time '10:00', now(), $4::uuid
       from (values (1, 'offered'), (2, 'active')) t(n, stage)`,
    [newId(), person, conrane, staffId('amina'), places.team, from, until],
  )

beforeAll(async () => {
  house = await openHouse()
  const people: string[] = []
  for (const [at, { decisions, on }] of judged.entries()) {
    const person = await house.arrangePerson({ family: `Later${at}`, given: 'Ann' })
    people.push(person)
    for (const [n, decision] of decisions.entries()) {
      const until = decision === 'deferred' || decision === 'declined' ? '2030-01-01' : null
      await house.arrange(
        `insert into case_finding.judgement (person_id, programme_id, n, id, decision, reason, show_again_on, practice_id,
           judged_by, judged_at) values ($1, $2, $3, $4, $5, 'test', $6, $7, $8, $9::date + time '10:00')`,
        [person, conrane, n + 1, newId(), decision, until, places.lundStreet, staffId('drLund'), on],
      )
    }
  }
  // Of the two the list found and that were accepted, one said yes in time and stayed; the one added by hand left early.
  for (const [at, from, until] of [
    [1, '2025-12-01', null],
    [3, '2025-11-10', '2025-12-01'],
    [0, '2026-03-01', null],
  ] as const)
    await arrangeEpisode(people[at] ?? '', from, until)
  const load = await arrangeLoad(house, ['inpatient'])
  await arrangePseudonyms(house, people)
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lower(lpad(to_hex(i + 1), 32, '0')) as pseudonym, 1950 as birth_year, 1 as birth_quarter,
       'Z00001' as practice_code, null::date as until_on, false as care_home, null::boolean as lives_alone, 'female' as sex,
       1::utinyint as imd_decile, 'white' as ethnicity_group from range(100) r(i)`,
  )
  const stays = judged.flatMap(({ admittedOn }, at) =>
    admittedOn.map((day) => `(${at}, date '${day}', '21')`),
  )
  await write(
    'inpatient',
    `select i::uinteger as person, d as admitted_on, d as discharged_on, 'I50.0' as primary_diagnosis,
       null::varchar as other_diagnoses, 'ZT1' as provider, m as admission_method
     from (values ${[...stays, `(0, date '2025-12-01', '11')`].join(', ')}) s(i, d, m)`,
  )
  connection.closeSync()
  instance.closeSync()
  expect(pseudonym(11)).toBe('0000000000000000000000000000000b')
  await rank({ folder, inVisit: (work) => house.asSystem('rank', work), say: async () => {} }, {})
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what happened after a decision', () => {
  it('counts who had an emergency admission from the day after to the 90th, by decision and who found them', async () => {
    const rows = await house.arrange(
      `select decision, is_by_hand, people, admitted from case_finding.run_later l
       join case_finding.run r on r.id = l.run_id where r.programme_id = $1 order by 1, 2`,
      [conrane],
    )
    expect(rows).toEqual([
      { decision: 'accepted', is_by_hand: false, people: 2, admitted: 1 },
      { decision: 'accepted', is_by_hand: true, people: 1, admitted: 1 },
      { decision: 'declined', is_by_hand: false, people: 1, admitted: 1 },
    ])
  })

  it('is on the practice’s own ledger to the last one, and on no other’s', async () => {
    const words = await page('drLund', '/case-finding/ledger')
    expect(words).toContain('Accepted The list 2 1 too few')
    expect(words).toContain('Accepted Somebody, by hand 1 1 too few')
    expect(words).toContain('this does not say whether being accepted helped')
    expect(await page('drBello', '/case-finding/ledger')).not.toContain('Accepted The list')
  })

  it('tells an analyst no count under 8, and a practice none of everybody’s', async () => {
    const words = await page('yasmin', '/case-finding/equity')
    expect(words).toContain('Accepted The list fewer than 8 fewer than 8 too few')
    expect(await page('drLund', '/case-finding/equity')).not.toContain('What happened later')
  })

  it('by group, says who agreed and who stayed 90 days of those who could have', async () => {
    const rows = await house.arrange(
      `select group_name, judged, accepted, agreed, agreed_long_ago, stayed from case_finding.run_group g
       join case_finding.run r on r.id = g.run_id where r.programme_id = $1 and by_what = 'Sex'`,
      [conrane],
    )
    expect(rows).toEqual([
      { group_name: 'Women', judged: 5, accepted: 3, agreed: 3, agreed_long_ago: 2, stayed: 1 },
    ])
    expect(await page('yasmin', '/case-finding/equity')).toMatch(
      /Who said yes and stayed, by sex .* Women fewer than 8 fewer than 8 too few fewer than 8 fewer than 8 too few/,
    )
  })

  it('is a rate with its interval from 10 admitted on, practices together', () => {
    const one = { decision: 'declined', isByHand: false } as const
    const lines = laterLines(
      [
        { ...one, practiceCode: 'A', people: 60, admitted: 9 },
        { ...one, practiceCode: 'B', people: 40, admitted: 11 },
      ],
      false,
    )
    expect(lines).toMatchObject([{ people: 100, admitted: 20, of100: { value: 20 } }])
    expect(lines[0]?.of100?.low).toBeLessThan(20)
    expect(
      laterLines([{ ...one, practiceCode: 'A', people: 60, admitted: 9 }], true)[0]?.of100,
    ).toBeUndefined()
  })
})

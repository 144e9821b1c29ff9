import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '#access'
import { askerOf, pageOf, type Sent, wordsOf } from '../../../test/asking.ts'
import { type Cast, type House, openHouse, programmeId, testFolder } from '../../../test/house.ts'
import { arrangeLoad, arrangePseudonyms } from '../../../test/population.ts'
import { room } from '../index.ts'
import { rank } from '../rank.ts'
import { couldHelpChange, mightSuit } from './rules.ts'

const folder = testFolder('flags')
const conrane = programmeId('conrane')
let house: House
const people: string[] = []

const ask = askerOf(room.screens, () => house)
const words = async (who: Cast, path: string, sent: Sent = {}) =>
  wordsOf(pageOf(await ask(who, 'GET', path, sent)))
const why = (at: number, who: Cast = 'drLund') =>
  words(who, '/case-finding/:person', { params: { person: people[at] ?? '' } })

/** Everybody here has one emergency admission for a broken hip; the last is of another practice. */
const family = ['Acsc', 'Hip', 'Almost', 'Late', 'InTime', 'Never', 'Ending', 'Dnacpr', 'Ended', 'Off', 'Far']

beforeAll(async () => {
  house = await openHouse()
  for (const name of family)
    people.push(
      await house.arrangePerson({
        family: name,
        given: 'Ann',
        ...(name === 'Far' && { practice: 'canalSide' }),
      }),
    )
  const load = await arrangeLoad(house, ['inpatient', 'conditions', 'measurements', 'registers'])
  await arrangePseudonyms(house, people)
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lower(lpad(to_hex(i + 1), 32, '0')) as pseudonym, 1950::usmallint as birth_year,
       1::utinyint as birth_quarter, case when i = 10 then 'Z00002' else 'Z00001' end as practice_code, null::date as until_on,
       false as care_home, null::boolean as lives_alone, 'female' as sex, 1::utinyint as imd_decile, 'white' as ethnicity_group
     from range(220) r(i)`,
  )
  await write(
    'inpatient',
    `select i::uinteger as person, a::date as admitted_on, d::date as discharged_on, m as admission_method,
       c as primary_diagnosis, null::varchar as other_diagnoses, 'ZT1' as provider
     from (select i, '2026-01-05' a, '2026-01-09' d, '21' m, 'S72.0' c from range(11) r(i)
       union all values (0, '2026-02-01', '2026-02-08', '21', 'J44.1'), (0, '2025-11-03', '2025-11-05', '2A', 'I50.0'),
         (2, '2026-03-28', '2026-04-02', '21', 'J44.1'), (2, '2026-02-01', '2026-02-02', '11', 'J44.1'),
         (2, '2023-04-01', '2023-04-04', '21', 'J44.1'))`,
  )
  await write(
    'conditions',
    `select i::uinteger as person, d::date as recorded_on, r::date as resolved_on, 'snomed' as code_system, c as code
     from (values (3, '2015-01-01', null, '44054006'), (4, '2015-01-01', null, '44054006'), (5, '2015-01-01', null, '44054006'),
       (10, '2015-01-01', null, '44054006'), (7, '2026-01-01', null, '450476008'), (8, '2025-01-01', '2025-06-01', '103735009'))
       v(i, d, r, c)`,
  )
  await write(
    'measurements',
    `select i::uinteger as person, d::date as taken_on, '999791000000106' as code, 58.0 as value, 'mmol/mol' as unit
     from (values (3, '2024-12-30'), (4, '2024-12-31'), (100, '2026-01-01')) v(i, d)`,
  )
  await write(
    'registers',
    `select i::uinteger as person, 'palliative' as register, f::date as "from", t::date as "to"
     from (values (6, '2026-03-01', null), (9, '2025-03-01', '2025-09-01')) v(i, f, t)`,
  )
  connection.closeSync()
  instance.closeSync()
  await rank({ folder, inVisit: (work) => house.asSystem('rank', work), say: async () => {} }, {})
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what help could change', () => {
  it('is told from the records before the list’s day alone, each by its own rule', async () => {
    const rows = await house.arrange(
      `select n.family, s.flags from case_finding.suggestion s join case_finding.run r on r.id = s.run_id
       join population.pseudonym m on m.pseudonym = s.pseudonym join people.name n on n.person_id = m.person_id
       where r.programme_id = $1`,
      [conrane],
    )
    expect(Object.fromEntries(rows.map(({ family: name, flags }) => [name, flags]))).toEqual({
      Acsc: ['acsc'],
      Hip: [],
      // Still in hospital on the list's day, planned, or more than 3 years ago.
      Almost: [],
      // The 456 days of 15 months begin on 31 December 2024.
      Late: ['gap'],
      InTime: [],
      Never: ['gap'],
      Ending: ['end of life'],
      // A decision about resuscitation is not end of life care.
      Dnacpr: [],
      Ended: [],
      Off: [],
      // Nobody of the practice has an HbA1c: it is not linked there, or coded otherwise.
      Far: [],
    })
  })

  it('changes no rank: who has a flag stands where the rule puts them', async () => {
    const rows = await house.arrange(
      `select s.rank, s.emergency_admissions as n from case_finding.suggestion s join case_finding.run r on r.id = s.run_id
       where r.programme_id = $1 order by s.rank`,
      [conrane],
    )
    const counts = rows.map(({ n }) => Number(n))
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    expect(rows).toHaveLength(11)
  })

  it('stands on the page of a person with its dated records, and what could not be looked at', async () => {
    expect(await why(0)).toContain(
      'condition best cared for outside hospital: COPD, 1 February 2026; heart failure, 3 November 2025',
    )
    expect(await why(3)).toContain('No HbA1c in 15 months, with diabetes. Last HbA1c: 30 December 2024')
    expect(await why(5)).toContain('Last HbA1c: none in these records')
    expect(await why(6)).toContain('On the palliative care register since 1 March 2026')
    expect(await why(1)).toContain('None of the three things that are looked for is in these records.')
    expect(await why(10, 'drBello')).toContain('Gaps in care could not be looked at')
    expect(await why(3)).toContain('Never part of the rank, and nobody is left out by it.')
  })

  it('HZ13 each flag is a filter with its count, several at once, and everybody is there without them', async () => {
    const list = (show: readonly string[] = []) => words('drLund', '/case-finding', { query: { show } })
    const all = await list()
    for (const name of family.slice(0, 10)) expect(all).toContain(`${name.toUpperCase()}, Ann`)
    expect(all).toContain('Admitted with a condition best cared for outside hospital (1)')
    expect(all).toContain('A gap in care (2)')
    expect(all).toContain('End of life care recorded (1)')
    const gaps = await list(['gap'])
    expect(gaps).toContain('LATE, Ann')
    expect(gaps).not.toContain('HIP, Ann')
    expect(await list(['gap', 'acsc'])).toContain(
      '0 of 10 people match “Admitted with a condition best cared for outside hospital” and “A gap in care”.',
    )
  })

  it('sorts a page only when asked, says so above it, and leaves nobody out', async () => {
    const html = await words('drLund', '/case-finding', { query: { sort: 'help' } })
    expect(html).toContain(
      'those with an often avoidable admission or a gap in care first, then by rank. Nobody is left out by it',
    )
    expect(html).toContain('Showing 1 to 10 of 10')
    expect(html.indexOf('NEVER, Ann')).toBeLessThan(html.indexOf('HIP, Ann'))
    expect(couldHelpChange(['end of life'])).toBe(false)
  })

  it('is on paper and in the file as it is on the page', async () => {
    expect(await words('drLund', '/case-finding/print')).toMatch(/LATE, Ann .* Gap in care/)
  })

  it('is told by group, no count under 8 and no rate under 10', async () => {
    const said = await words('yasmin', '/case-finding/equity')
    expect(said).toContain('What help could change, by sex')
    expect(said).toMatch(/Often avoidable admission, of 100 .* Women 11 too few too few too few/)
  })
})

describe('which offer fits', () => {
  const publish = (who: Cast, suits: readonly string[], from: string) =>
    ask(who, 'POST', '/case-finding/suits', { form: { programme: 'conrane', from, suits } })

  it('is said by nobody while no programme says it of itself', async () => {
    expect(await words('drLund', '/case-finding')).not.toContain('Might suit')
  })

  it('is the programme’s own word, published as its next version by whoever runs it', async () => {
    expect(await publish('jo', ['gap'], '1')).toMatchObject({ saved: 'Version 2 published.' })
    expect(await publish('jo', ['gap'], '2')).toMatchObject({ saved: 'Nothing was changed.' })
    expect(await why(3)).toContain(
      'Might suit: Quayside care co-ordination. The programmes say so of themselves.',
    )
    expect(await why(0)).not.toContain('Might suit')
    expect(await words('drLund', '/case-finding')).toContain('Might suit: Quayside care co-ordination')
    await expect(publish('drLund', ['acsc'], '2')).rejects.toThrow(Refused)
  })

  it('leaves every other part of the programme as it was', async () => {
    const [row] = await house.arrange(
      `select template from organisations.programme_version where programme_id = $1 and version = 2`,
      [conrane],
    )
    expect(row?.template).toMatchObject({ declineForMonths: 12, targetPercent: 5, suits: ['gap'] })
    expect(await words('jo', '/case-finding/suits')).toContain('Rests on')
  })

  it('is nobody’s where the flags are not theirs', () => {
    const programmes = [
      { name: 'Ward', suits: ['acsc'] },
      { name: 'Team', suits: ['acsc', 'gap'] },
    ] as const
    expect(mightSuit(['gap'], programmes)).toEqual(['Team'])
    expect(mightSuit(['acsc'], programmes)).toEqual(['Ward', 'Team'])
    expect(mightSuit([], programmes)).toEqual([])
  })
})

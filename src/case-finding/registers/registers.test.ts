import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { askerOf, pageOf, wordsOf } from '../../../test/asking.ts'
import { type Cast, type House, openHouse, testFolder } from '../../../test/house.ts'
import { arrangeLoad, arrangePseudonyms } from '../../../test/population.ts'
import { room } from '../index.ts'
import { rank } from '../rank.ts'

const folder = testFolder('registers')
let house: House
let here = ''

const ask = askerOf(room.screens, () => house)
const registers = async (query: Record<string, string>, who: Cast = 'drLund') =>
  wordsOf(pageOf(await ask(who, 'GET', '/case-finding/registers', { query })))

const smi = 'severe mental illness'
// By place of the person: the register, from, to.
const entries: readonly (readonly [number, string, string, string | null])[] = [
  [0, smi, '2024-05-04', null],
  [1, smi, '2020-01-01', '2026-03-31'],
  [2, smi, '2020-01-01', '2026-04-01'],
  [3, smi, '2020-01-01', '2025-03-31'],
  [4, smi, '2026-04-01', null],
  [5, smi, '2021-06-07', null],
  [0, 'diabetes', '2021-01-01', null],
  [1, 'learning disability', '2001-02-03', null],
]

beforeAll(async () => {
  house = await openHouse()
  const names = ['Ash', 'Birch', 'Cedar', 'Damson', 'Elder']
  const people = await Promise.all(names.map((family) => house.arrangePerson({ family, given: 'Ann' })))
  people.push(await house.arrangePerson({ family: 'Fir', given: 'Ann', practice: 'canalSide' }))
  here = people[0] ?? ''
  const load = await arrangeLoad(house, ['registers'])
  await arrangePseudonyms(house, people)
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lpad(to_hex(i + 1), 32, '0') as pseudonym, 1950 as birth_year, 1 as birth_quarter,
       case when i = 5 then 'Z00002' else 'Z00001' end as practice_code, null::date as until_on, false as care_home,
       null::boolean as lives_alone, 'female' as sex, 1::utinyint as imd_decile, 'white' as ethnicity_group from range(6) r(i)`,
  )
  const rows = entries.map(
    ([person, register, from, to]) =>
      `(${person}::uinteger, '${register}', date '${from}', ${to ? `date '${to}'` : 'null::date'})`,
  )
  await write('registers', `select * from (values ${rows.join(', ')}) r(person, register, "from", "to")`)
  connection.closeSync()
  instance.closeSync()
  const workshop = {
    folder,
    inVisit: (work: Parameters<House['asSystem']>[1]) => house.asSystem('rank', work),
    say: async () => {},
  }
  await rank(workshop as Parameters<typeof rank>[0], {})
  await rank(workshop as Parameters<typeof rank>[0], {})
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('R-025 a register as a list to look for people in', () => {
  it('tells who is on it and since when, the last to come first', async () => {
    const words = await registers({ register: smi })
    expect(words).toContain('Severe mental illness (2 on it, 1 taken off)')
    expect(words).toContain('Learning disability (1 on it, 0 taken off)')
    expect(words).toMatch(/ASH, Ann.* 4 May 2024 Still on it.*CEDAR, Ann.* 1 January 2020 Still on it/)
    expect(words).toContain('Showing 1 to 2 of 2')
  })

  it('tells who was taken off it in the 12 months before and on what day, and of longer ago nobody', async () => {
    const words = await registers({ register: smi, show: 'off' })
    expect(words).toMatch(/BIRCH, Ann.* 1 January 2020 31 March 2026/)
    expect(words).not.toContain('DAMSON')
  })

  it('sees nothing of the list’s day or later: who comes on it then is not on it, and who leaves then still is', async () => {
    const words = await registers({ register: smi })
    expect(words).not.toContain('ELDER')
    expect(words).toMatch(/CEDAR, Ann.* Still on it/)
  })

  it('is of the caller’s own practice alone, and opening it is in the access log', async () => {
    expect(await registers({ register: smi })).not.toContain('FIR')
    expect(await registers({ register: smi }, 'drBello')).toMatch(/FIR, Ann.* 7 June 2021/)
    const [log] = await house.arrange(
      `select count(*)::int as n from access.entry where verb = 'read the register severe mental illness'`,
    )
    expect(Number(log?.n)).toBeGreaterThan(0)
  })

  it('is looked for in one by one: whoever is added to the list was looked at, and nobody is added by it', async () => {
    expect(await registers({ register: smi })).toContain('Add to the list')
    await ask('drLund', 'POST', '/case-finding/:person/add', {
      params: { person: here },
      form: { seen: '0', 'reason-added': 'frailty' },
    })
    expect(await registers({ register: smi })).toMatch(/ASH, Ann.* Still on it Looked at before/)
  })

  it('long registers of conditions are no list here: they are filters', async () => {
    const kept = await house.arrange('select distinct register from case_finding.register_entry order by 1')
    expect(kept.map(({ register }) => register)).toEqual(['learning disability', smi])
  })
})

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Workshop } from '#jobs'
import { askerOf, pageOf, wordsOf } from '../../test/asking.ts'
import { type House, openHouse, testFolder } from '../../test/house.ts'
import { arrangeLoad } from '../../test/population.ts'
import { room } from './index.ts'
import { rank } from './rank.ts'
import { ruralityList } from './rurality.ts'

const folder = testFolder('rurality')
let house: House
const ask = askerOf(room.screens, () => house)
const page = async () => wordsOf(pageOf(await ask('yasmin', 'GET', '/case-finding/equity')))
const workshop = (): Workshop => ({
  ...{ folder, say: async () => {} },
  inVisit: (work) => house.asSystem('rank', work),
})

/** 1,000 people: 300 in the country, 600 in town, 100 in an area on no list; those admitted, 40, are all of the town. */
async function writeLoad() {
  const load = await arrangeLoad(house, ['inpatient'])
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lpad(to_hex(i + 1), 32, '0') as pseudonym, 1950 as birth_year, 1 as birth_quarter,
       'Z00001' as practice_code, null::date as until_on, false as care_home, null::boolean as lives_alone, 'female' as sex,
       1::utinyint as imd_decile, 'white' as ethnicity_group,
       case when i < 600 then 'E01000002' when i < 900 then 'E01000001' else 'E01000009' end as lsoa from range(1000) r(i)`,
  )
  await write(
    'inpatient',
    `select i::uinteger as person, date '2026-03-01' as admitted_on, date '2026-03-05' as discharged_on, 'I50.0' as primary_diagnosis,
       null::varchar as other_diagnoses, 'ZT1' as provider, '21' as admission_method from range(100) r(i)`,
  )
  connection.closeSync()
  instance.closeSync()
}

beforeAll(async () => {
  house = await openHouse()
  mkdirSync(join(folder, 'content'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('R-030 who is found, in the country and in town', () => {
  it('says nothing of it where the site has no list of rural areas', async () => {
    expect(ruralityList(folder)).toEqual([])
    await writeLoad()
    await rank(workshop(), {})
    expect(await page()).not.toContain('Rurality')
  })

  it('passes over a line that says neither, and reads the rest', () => {
    const lines = ['lsoa,kind', 'E01000001, Rural', 'e01000002,urban', 'E01000003,coast', 'x;drop,rural', '']
    writeFileSync(join(folder, 'content', 'rurality.csv'), lines.join('\n'))
    expect(ruralityList(folder)).toEqual([
      { area: 'E01000001', kind: 'Rural' },
      { area: 'E01000002', kind: 'Urban' },
    ])
  })

  it('counts who was considered and found by it, and those of an area on no list as not known', async () => {
    await writeLoad()
    await rank(workshop(), {})
    const said = await page()
    expect(said).toMatch(/Urban 600 50 83 \(\d+ to \d+\)/)
    expect(said).toContain('Rural 300 0')
    expect(said).toContain('Rurality not known 100 0')
  })
})

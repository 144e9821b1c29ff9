import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { currentLoad, type LoadReport, loadExtract } from '#population'
import { testWorkshop } from '../../test/extract.ts'
import { openHouse, testFolder } from '../../test/house.ts'
import { makeTown } from '../../town/index.ts'
import { type Bench, openBench } from './bench.ts'
import { quoted } from './duckdb-words.ts'
import { pseudonymKey, pseudonymOf } from './key.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'mess')
const town = testFolder('mess-town')
let made: Readonly<Record<string, number>> = {}
let report: LoadReport
let bench: Bench
let store = ''

beforeAll(async () => {
  for (const folder of [town, `${town}-truth`]) rmSync(folder, { recursive: true, force: true })
  made = (await makeTown({ people: 1500, seed: 3, out: town, mess: true, street: true, futures: 0 })).rows
  const outcome = await loadExtract(workshop, { folder: town })
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  report = outcome.value
  const load = await house.asSystem('test', ({ db }) => currentLoad(db))
  store = join(workshop.folder, load?.folder ?? '')
  bench = await openBench(tmpdir())
  await layNumbers()
  return () => bench.close()
}, 300_000)

/** Every ten-digit number anywhere in the town's files, with the pseudonym the key gives it. */
async function layNumbers(): Promise<void> {
  const key = await pseudonymKey(workshop.folder)
  const files = ['people', 'inpatient', 'emergency_department']
  const numbers = await bench.rows<{ nhs: string }>(
    files
      .map(
        (file) =>
          `select nhs_number as nhs from read_parquet('${town}/${file}.parquet') where nhs_number is not null`,
      )
      .join(' union '),
  )
  const rows = numbers.map(({ nhs }) => `(${quoted(nhs)}, ${quoted(pseudonymOf(key, `nhs:${nhs}`))})`)
  await bench.run(`create table known as select * from (values ${rows.join(', ')}) t(nhs, pseudonym)`)
}

describe('a messy town', () => {
  it('is accounted for row by row: read is taken and refused, and each refused row is kept with its reason', async () => {
    for (const { file, read, taken, refused } of report.files) {
      expect([file, read]).toEqual([file, made[file]])
      expect(taken + refused).toBe(read)
    }
    expect(report.refused).toBeGreaterThan(100)
    const [kept] = await house.arrange(
      'select count(*)::int as n from population.refused_row where load_id = $1',
      [report.loadId],
    )
    expect(kept?.n).toBe(report.refused)
    expect(report.reasons.reduce((sum, { rows }) => sum + rows, 0)).toBe(report.refused)
  })

  it('is refused for what is wrong with it and not for what is merely untidy', () => {
    const reasons = new Set(report.reasons.map(({ reason }) => reason))
    for (const reason of [
      'it does not pass the check of an NHS number',
      'the same row came before',
      'it is before admitted_on',
    ])
      expect(reasons).toContain(reason)
    expect(report.files.find(({ file }) => file === 'people')?.refused).toBeLessThan(20)
  })

  it('HZ02 has no wrong link: every stay and attendance in the store stands under the very number it came with', async () => {
    for (const [file, day] of [
      ['inpatient', 'admitted_on'],
      ['emergency_department', 'arrived_at'],
    ] as const) {
      const [row] = await bench.rows<{ checked: number; wrong: number }>(
        `with stored as (
           select k.nhs, e.${day}::date as day, count(*) as n from read_parquet('${store}/${file}.parquet') e
           join read_parquet('${store}/people.parquet') p using (person) join known k using (pseudonym) group by all
         ), sent as (select nhs_number as nhs, ${day}::date as day, count(*) as n from read_parquet('${town}/${file}.parquet') group by all)
         select count(*)::int as checked, count(*) filter (where t.n is null or s.n > t.n)::int as wrong
         from stored s left join sent t using (nhs, day)`,
      )
      expect(row?.checked).toBeGreaterThan(500)
      expect(row?.wrong).toBe(0)
    }
  })

  it('HZ02 has no record that holds two people: twins, namesakes and borrowed numbers stay apart', async () => {
    const [numbers] = await bench.rows<{ n: number }>(
      `select count(distinct nhs_number)::int as n from read_parquet('${town}/people.parquet') where nhs_number is not null
         and date_of_birth between date '1905-01-01' and date '2026-03-31'`,
    )
    const [held] = await house.arrange(
      `select count(*)::int as n, count(distinct person_id)::int as people from people.identifier where system = 'nhs'`,
    )
    expect(held?.n).toBe(numbers?.n)
    expect(held?.people).toBe(held?.n)
    expect(await house.arrange('select 1 from people.merge')).toEqual([])
    const wrong = await house.arrange(
      `select 1 from people.doubt d where (select count(*) from people.identifier i where i.system = 'nhs'
         and i.person_id in (d.person_id, d.other_person_id)) = 2`,
    )
    expect(wrong).toEqual([])
  })

  it('puts second records and rows without a number in the queue instead', async () => {
    const [queue] = await house.arrange('select count(*)::int as n from people.doubt')
    expect(queue?.n).toBeGreaterThan(10)
  })
})

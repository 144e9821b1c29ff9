import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkbench, type Workbench } from './duckdb.ts'
import { joinParquet } from './joining.ts'
import { text } from './sql/words.ts'

let folder = ''
let bench: Workbench
const at = (name: string) => join(folder, `${name}.parquet`)

/** Rows that fill several row groups, with names, empty cells and dates. */
const rowsFrom = (
  from: number,
  to: number,
) => `select i::int as place, case when i % 3 > 0 then 'name ' || i % 40 end as name,
  date '2026-01-01' + (i % 700)::int as "on", i / 7.0::double as cost, i % 2 = 0 as even from range(${from}, ${to}) t(i)`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'joining-'))
  bench = await openWorkbench(folder)
  const write = (name: string, sql: string, options = '') =>
    bench.run(`copy (${sql}) to ${text(at(name))} (format parquet ${options})`)
  await write('one', rowsFrom(0, 10_000), ', row_group_size 2048')
  await write('none', rowsFrom(0, 0))
  await write('two', rowsFrom(10_000, 10_001))
  await write('three', rowsFrom(10_001, 50_000), ', row_group_size 4096')
  await write('other', 'select 1::bigint as place')
})
afterAll(async () => {
  bench.close()
  await rm(folder, { recursive: true, force: true })
})

test('parts joined without decoding hold every row once, in order, and say how many', async () => {
  expect(await joinParquet(['one', 'none', 'two', 'three'].map(at), at('joined'))).toBe(50_000)
  const [agreeing] = await bench.rows(
    `select count(*)::int as n from (select t as row_read, row_number() over () - 1 as place from read_parquet(${text(at('joined'))}) t) j
     join (select t as row_made, place from (${rowsFrom(0, 50_000)}) t) m using (place) where row_read is not distinct from row_made`,
  )
  expect(agreeing?.n).toBe(50_000)
})

test('a search in a joined file finds a row by its column’s bounds, wherever it stands', async () => {
  await joinParquet(['three', 'one'].map(at), at('turned'))
  const found = `read_parquet(${text(at('turned'))})`
  expect(await bench.rows(`select count(*)::int as n from ${found} where place in (5, 30000)`)).toEqual([
    { n: 2 },
  ])
  expect(await bench.rows(`select min(place) as first, max(place) as last from ${found}`)).toEqual([
    { first: 0, last: 49_999 },
  ])
  expect(await bench.rows(`select count(*)::int as n from ${found} where name = 'name 7'`)).toEqual(
    await bench.rows(
      `select count(*)::int as n from (${rowsFrom(0, 10_000)} union all ${rowsFrom(10_001, 50_000)}) where name = 'name 7'`,
    ),
  )
})

test('parts of other columns are not joined, and nothing is written', async () => {
  expect(await joinParquet(['one', 'other'].map(at), at('never'))).toBe(null)
  expect(existsSync(at('never'))).toBe(false)
})

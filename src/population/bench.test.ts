import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { testFolder } from '../../test/house.ts'
import { type Lane, openBench } from './bench.ts'

// An appender writes its rows out after 204,800 of them; a reader on the same connection would end there.
it('HZ13 brings every one of 500,000 rows from one table to another', async () => {
  const bench = await openBench(tmpdir())
  await bench.run('create table person as select range::varchar as key from range(500000)')
  await bench.run('create table keyed (key VARCHAR)')
  await bench.fill('keyed', 'select key from person', (appender, [key]) =>
    appender.appendVarchar(String(key)),
  )
  const [kept] = await bench.rows<{ rows: bigint }>('select count(distinct key) as rows from keyed')
  bench.close()
  expect(kept?.rows).toBe(500_000n)
})

it('pieces of work done at once answer in their order, and see what was laid out for all', async () => {
  const bench = await openBench(tmpdir())
  await bench.run('create table person as select range as key from range(1000)')
  const pieces = Array.from({ length: 10 }, (_, at) => async (lane: Lane) => {
    const [row] = await lane.rows<{ sum: bigint }>(
      `select sum(key)::bigint as sum from person where key % 10 = ${at}`,
    )
    return row?.sum
  })
  expect(await bench.together(pieces)).toEqual(
    Array.from({ length: 10 }, (_, at) => BigInt(49_500 + 100 * at)),
  )
  await expect(
    bench.together([...pieces, async (lane: Lane) => void (await lane.run('select nothing from nowhere'))]),
  ).rejects.toThrow(/nowhere/)
  bench.close()
})

it('what does not fit is written beside what is read and nowhere else, and goes when it is closed', async () => {
  const folder = testFolder('spill')
  mkdirSync(folder)
  const bench = await openBench(folder, 50)
  await bench.run(
    'create table much as select range as key, md5(range::varchar) as words, random() as shuffled from range(3000000)',
  )
  const made = readdirSync(folder)
  const wherever = await bench.rows<{ path: string }>('select path from duckdb_temporary_files()')
  bench.close()
  expect(made).toHaveLength(1)
  expect(wherever.length).toBeGreaterThan(0)
  expect(wherever.every(({ path }) => path.startsWith(folder))).toBe(true)
  expect(readdirSync(folder)).toEqual([])
  expect(existsSync('.tmp')).toBe(false)
  rmSync(folder, { recursive: true })
})

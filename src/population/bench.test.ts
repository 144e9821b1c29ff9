import { expect, it } from 'vitest'
import { openBench } from './bench.ts'

// An appender writes its rows out after 204,800 of them; a reader on the same connection would end there.
it('HZ13 brings every one of 500,000 rows from one table to another', async () => {
  const bench = await openBench(undefined)
  await bench.run('create table person as select range::varchar as key from range(500000)')
  await bench.run('create table keyed (key VARCHAR)')
  await bench.fill('keyed', 'select key from person', (appender, [key]) =>
    appender.appendVarchar(String(key)),
  )
  const [kept] = await bench.rows<{ rows: bigint }>('select count(distinct key) as rows from keyed')
  bench.close()
  expect(kept?.rows).toBe(500_000n)
})

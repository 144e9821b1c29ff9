import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openWorkbench } from './duckdb.ts'
import { checkDigit, draw, h, keyOf } from './hash.ts'

test('the hash gives the golden values every town was made with', () => {
  expect([h(12345n), h(1n), h(0n)]).toEqual([15094371078363997769n, 4717996019076358352n, 0n])
})

test('DuckDB hashes as the town does, so no town changes when DuckDB does', async () => {
  const bench = await openWorkbench('/tmp')
  const samples = fc.sample(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), 200)
  const rows = await bench.rows(
    `select ${samples.map((x, n) => `hash(${x}::ubigint)::varchar as x${n}`).join(', ')}`,
  )
  bench.close()
  expect(samples.map((_, n) => BigInt(String(rows[0]?.[`x${n}`])))).toEqual(samples.map(h))
})

test('a draw lies above 0 and below 1 for any person, purpose and counter', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(2000), fc.nat(2 ** 31), (id, purpose, counter) => {
      const u = draw(keyOf(1, id), purpose, counter)
      return u > 0 && u < 1
    }),
  )
})

test('the check digit is that of the NHS number 999 000 0018, and some beginnings have none', () => {
  expect(checkDigit('999000001')).toBe(8)
  expect(checkDigit('999123456')).toBe(null)
})

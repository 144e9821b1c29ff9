import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkTown, makeTown } from '../../town/index.ts'
import { knownRows, targets } from '../../town/targets.data.ts'

test('over seeds 1, 2 and 3 at 150,000 people, the town looks like England in every figure not named as known', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'town-long-'))
  const sums = new Map<string, number[]>()
  try {
    for (const seed of [1, 2, 3]) {
      const out = join(folder, String(seed))
      await makeTown({
        people: 150_000,
        seed,
        out,
        history: seed === 3 ? 'fall' : 'none',
        futures: 16,
        partSize: 25_000,
      })
      for (const row of await checkTown(out))
        if (row.value !== null) sums.set(row.key, [...(sums.get(row.key) ?? []), row.value])
      await rm(out, { recursive: true })
      await rm(`${out}-truth`, { recursive: true })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const mean = (key: string) => {
    const values = sums.get(key) ?? []
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  const missed = targets
    .filter(({ key, from, to }) => !(key in knownRows) && !(mean(key) >= from && mean(key) <= to))
    .map(({ key, from, to }) => `${key}: ${mean(key).toFixed(3)}, not in ${from} to ${to}`)
  console.log(targets.map(({ key }) => `${key} ${mean(key).toFixed(4)}`).join('\n'))
  expect(missed).toEqual([])
}, 900_000)

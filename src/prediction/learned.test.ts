import { describe, expect, it } from 'vitest'
import { randomStream } from '#statistics'
import { observedOverExpectedOf } from './calibration.ts'
import { expectedErrors, fitRidge, type RidgeRecipe, riskOf, tableOf } from './index.ts'

const recipe = { kind: 'plain', lambda: 0.01 } as const satisfies RidgeRecipe

/** A year of some practices: how often people are admitted differs by practice and by need. */
function yearOf(seed: number, practices: number, each: number, own: readonly number[]) {
  const { uniform } = randomStream(seed)
  const codes = Int32Array.from({ length: practices * each }, (_, row) => row % practices)
  const need = Float64Array.from(codes, () => uniform() + uniform() - 1)
  const outcome = Uint8Array.from(codes, (code, row) => {
    const line = -2 + (own[code] ?? 0) + 1.5 * (need[row] ?? 0)
    return uniform() < 1 / (1 + Math.exp(-line)) ? 1 : 0
  })
  return { codes, need, outcome }
}

/** A column for each practice but the first, so that each one's level is learned from its own people alone. */
const ownColumns = (codes: Int32Array, practices: number) =>
  Object.fromEntries(
    Array.from({ length: practices - 1 }, (_, at) => [
      `practice ${at + 1}`,
      Float64Array.from(codes, (code) => (code === at + 1 ? 1 : 0)),
    ]),
  )

describe('what a model learned by chance', () => {
  it('is in the interval of a group: 5 in 100 exclude 1 where nothing is wrong, 17 when the year tested on is counted alone', async () => {
    const [practices, each, years] = [12, 400, 60]
    const own = Array.from({ length: practices }, (_, at) => (at % 4) * 0.3)
    const excluding = { alone: 0, both: 0 }
    for (let year = 0; year < years; year++) {
      const [taught, later] = [0, 1].map((n) => yearOf(100 + 2 * year + n, practices, each, own))
      if (!taught || !later) throw new Error('no years')
      const tables = [taught, later].map(({ need, codes }) =>
        tableOf({ need, ...ownColumns(codes, practices) }),
      )
      const [table = tables[0], laterTable = tables[0]] = tables
      if (!table || !laterTable) throw new Error('no tables')
      const sample = { table, outcome: taught.outcome }
      const model = await fitRidge(sample, recipe, { threads: 0 })
      const risk = await riskOf(model, laterTable, { threads: 0 })
      const [learned] =
        (await expectedErrors(
          { model, recipe, sample, levelVariance: 0 },
          {
            table: laterTable,
            risk,
            levels: new Int32Array(risk.length).fill(-1),
            groupings: [{ codes: later.codes, count: practices }],
          },
          { threads: 0 },
        )) ?? []
      for (const code of own.keys()) {
        const rows = [...later.codes.keys()].filter((row) => later.codes[row] === code)
        const [risks, happened] = [risk, later.outcome].map((all) => rows.map((row) => all[row] ?? 0))
        for (const which of ['alone', 'both'] as const) {
          const ratio = observedOverExpectedOf(
            Float64Array.from(risks ?? []),
            Uint8Array.from(happened ?? []),
            which === 'both' ? learned?.[code] : undefined,
          )
          if ((ratio.low ?? 0) > 1 || (ratio.high ?? 2) < 1) excluding[which]++
        }
      }
    }
    const share = (count: number) => count / (practices * years)
    // 720 intervals: chance moves 5 in 100 by 1.6 either way, 16.6 by 2.8.
    expect(share(excluding.both)).toBeGreaterThan(0.034)
    expect(share(excluding.both)).toBeLessThan(0.066)
    expect(share(excluding.alone)).toBeGreaterThan(0.138)
    expect(share(excluding.alone)).toBeLessThan(0.194)
  })

  it('is what one practice’s own admissions leave open where levels are free, and everybody’s where there are none', async () => {
    const { codes, need, outcome } = yearOf(7, 4, 3000, [0, 0, 0.4, 0.4])
    const table = tableOf({ need })
    const groups = { groups: codes, groupNames: ['A', 'B', 'C', 'D'] }
    const sample = { table, outcome, ...groups }
    const model = await fitRidge(sample, recipe, { threads: 0 })
    const risk = await riskOf(model, table, { threads: 0 })
    const errorsAt = async (levelVariance: number) =>
      (await expectedErrors(
        { model, recipe, sample, levelVariance },
        { table, risk, levels: codes, groupings: [{ codes, count: 4 }] },
        { threads: 0 },
      )) ?? []
    // Of a group whose level is its own, what is expected is what was admitted: its error is that of a count, less what need explains.
    const [free] = await errorsAt(1e6)
    const expected = [0, 1, 2, 3].map((code) => {
      const own = risk.filter((_, row) => codes[row] === code)
      const total = own.reduce((sum, one) => sum + one, 0)
      return Math.sqrt(own.reduce((sum, one) => sum + one * (1 - one), 0)) / total
    })
    for (const [code, error] of expected.entries()) expect((free?.[code] ?? 0) / error).toBeCloseTo(1, 3)
    const [none] = await errorsAt(0)
    for (const [code, error] of expected.entries()) expect((none?.[code] ?? 0) / error).toBeCloseTo(0.5, 1)
  })
})

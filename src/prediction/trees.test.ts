import { describe, expect, it } from 'vitest'
import { madeRows } from '../../test/made-rows.ts'
import { columnOf, fitTrees, riskOf, tableOf, validate } from './index.ts'

describe('trees', () => {
  it('are the same to the byte on any number of threads', async () => {
    const sample = madeRows(4000, 1)
    const recipe = { kind: 'trees', trees: 20 } as const
    const here = JSON.stringify(await fitTrees(sample, recipe, { threads: 0 }))
    for (const threads of [1, 3])
      expect(JSON.stringify(await fitTrees(sample, recipe, { threads }))).toBe(here)
  })

  it('read back from JSON give the same risks', async () => {
    const sample = madeRows(2000, 2)
    const model = await fitTrees(sample, { kind: 'trees', trees: 30 })
    const kept = JSON.parse(JSON.stringify(model))
    expect(await riskOf(kept, sample.table)).toEqual(await riskOf(model, sample.table))
  })

  it('part first where a search of every place parts, to the last row', async () => {
    const { table, outcome } = madeRows(1000, 3)
    const diabetes = columnOf(table, 'diabetes')
    const days = columnOf(table, 'days_since_contact').map((day) => Math.floor(day / 10))
    const sample = { table: tableOf({ diabetes, days }), outcome }
    const [root] = (await fitTrees(sample, { kind: 'trees', trees: 1 })).trees[0] ?? []
    const rate = outcome.reduce((sum, y) => sum + y, 0) / outcome.length
    let best = { gain: 0, column: -1, left: 0 }
    sample.table.columns.forEach((values, column) => {
      for (const place of new Set(values)) {
        const left = outcome.filter((_, i) => (values[i] ?? 0) <= place)
        if (left.length < 50 || outcome.length - left.length < 50) continue
        const part = (n: number, events: number) => (n * rate - events) ** 2 / (n * rate * (1 - rate) + 1)
        const events = left.reduce((sum, y) => sum + y, 0)
        const all = rate * outcome.length
        const gain = part(left.length, events) + part(outcome.length - left.length, all - events)
        if (gain > best.gain + 1e-9) best = { gain, column, left: left.length }
      }
    })
    expect(root?.column).toBe(best.column)
    const values = sample.table.columns[best.column] ?? []
    expect(Array.from(values).filter((value) => value <= (root?.threshold ?? 0))).toHaveLength(best.left)
    expect(root?.cover).toBe(1000)
  })

  it('never let the risk fall as a column rises that may only raise it', async () => {
    const sample = madeRows(4000, 4)
    const signs = { admissions: 1, days_since_contact: -1 } as const
    const model = await fitTrees(sample, { kind: 'trees', trees: 60, signs })
    for (const [name, sign] of Object.entries(signs)) {
      const steps = Array.from({ length: 40 }, (_, i) => i * (name === 'admissions' ? 1 : 10))
      for (let row = 0; row < 50; row++) {
        const columns = sample.table.names.map((other, j): [string, number[]] => [
          other,
          steps.map((step) => (other === name ? step : (sample.table.columns[j]?.[row] ?? 0))),
        ])
        const risk = await riskOf(model, tableOf(Object.fromEntries(columns)))
        for (let i = 1; i < risk.length; i++)
          expect(sign * ((risk[i] ?? 0) - (risk[i - 1] ?? 0))).toBeGreaterThanOrEqual(0)
      }
    }
  })

  it('send what is missing to the side that fits it', async () => {
    const base = madeRows(3000, 5)
    const value = Float64Array.from(base.outcome, (y, i) =>
      y === 1 && i % 3 > 0 ? Number.NaN : (i % 100) / 100,
    )
    const model = await fitTrees(
      { table: tableOf({ value }), outcome: base.outcome },
      { kind: 'trees', trees: 20 },
    )
    const [missing = 0, present = 0] = await riskOf(model, tableOf({ value: [Number.NaN, 0.5] }))
    expect(missing).toBeGreaterThan(0.7)
    expect(present).toBeLessThan(0.2)
  })

  it('find what is there on rows they have not seen', async () => {
    const model = await fitTrees(madeRows(8000, 6), { kind: 'trees', trees: 60 })
    const later = madeRows(4000, 7)
    const report = validate({
      risk: await riskOf(model, later.table),
      outcome: later.outcome,
      list: { percent: 5 },
    })
    expect(report.auc.value).toBeGreaterThan(0.7)
    expect(report.calibrationSlope.low).toBeLessThan(1.05)
  })
})

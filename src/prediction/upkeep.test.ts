import { describe, expect, it } from 'vitest'
import { randomStream } from '#statistics'
import { madeRows } from '../../test/made-rows.ts'
import {
  fitRidge,
  fitTrees,
  leaveGroupsOut,
  mayPromote,
  optimism,
  recalibrate,
  riskOf,
  type Sample,
  validate,
} from './index.ts'

const train = madeRows(4000, 1)
const recipe = { kind: 'keyworker', lambda: 1 } as const
const later = madeRows(14_000, 2, { strength: 0.6 })
const judged = async (model: Parameters<typeof riskOf>[0], sample: Sample) =>
  validate({ risk: await riskOf(model, sample.table), outcome: sample.outcome, list: { percent: 5 } })

describe('bringing a model to a later year', () => {
  it('by its intercept makes the mean risk the rate and leaves the order alone', async () => {
    const model = await fitRidge(train, recipe)
    const before = await judged(model, later)
    const after = await judged(await recalibrate(model, later, 'intercept'), later)
    expect(Math.abs(before.calibrationInTheLarge.value)).toBeGreaterThan(0.03)
    expect(after.calibrationInTheLarge.value).toBeCloseTo(0, 8)
    expect(after.auc.value).toBeCloseTo(before.auc.value, 12)
  })

  it('by intercept and slope makes both right, and once more changes nothing', async () => {
    const once = await recalibrate(await fitRidge(train, recipe), later, 'slope')
    const figures = await judged(once, later)
    expect(figures.calibrationSlope.value).toBeCloseTo(1, 8)
    const twice = await recalibrate(once, later, 'slope')
    expect(twice.recalibration?.slope).toBeCloseTo(once.recalibration?.slope ?? 0, 8)
  })

  it('by steps only with more than 1,000 events, and then a higher risk never becomes a lower one', async () => {
    const model = await fitTrees(train, { kind: 'trees', trees: 20 })
    await expect(recalibrate(model, madeRows(2000, 3), 'isotonic')).rejects.toThrow('more than 1,000')
    const stepped = await recalibrate(model, later, 'isotonic')
    const risk = await riskOf(stepped, later.table)
    const bare = await riskOf(model, later.table)
    const order = [...bare.keys()].sort((a, b) => (bare[a] ?? 0) - (bare[b] ?? 0))
    for (let i = 1; i < order.length; i++)
      expect(risk[order[i] ?? 0]).toBeGreaterThanOrEqual(risk[order[i - 1] ?? 0] ?? 0)
    expect((await judged(stepped, later)).ici.value).toBeLessThan(0.01)
  })
})

describe('judging a model on rows it was fitted to', () => {
  it('is found out by fitting again: a model of noise is worth nothing', async () => {
    const stream = randomStream(5)
    const noise: Sample = {
      table: {
        ...train.table,
        columns: train.table.columns.map((column) => column.map(() => stream.normal())),
      },
      outcome: train.outcome,
    }
    const small: Sample = {
      table: {
        ...noise.table,
        rows: 600,
        columns: noise.table.columns.map((column) => column.subarray(0, 600)),
      },
      outcome: noise.outcome.subarray(0, 600),
    }
    const model = await fitRidge(small, { kind: 'plain' })
    const { auc } = await judged(model, small)
    const found = await optimism(small, { kind: 'plain' }, model)
    expect(found.bootstraps).toBe(200)
    expect(auc.value).toBeGreaterThan(0.55)
    expect(Math.abs(found.correctedAuc - 0.5)).toBeLessThan(0.05)
    expect(found.correctedSlope).toBeLessThan(0.7)
  })

  it('practice by practice leaves ten parts out in turn, and no practice is on both sides', async () => {
    const model = await fitRidge(train, recipe)
    const found = await leaveGroupsOut(train, recipe, model)
    expect(found.folds).toHaveLength(10)
    expect(found.folds.reduce((sum, { groups }) => sum + groups, 0)).toBe(20)
    expect(found.folds.reduce((sum, { people }) => sum + people, 0)).toBe(4000)
    expect(found.auc.value).toBeLessThan((await judged(model, train)).auc.value)
    const one = { ...train, groups: new Int32Array(4000) }
    await expect(leaveGroupsOut(one, recipe, model)).rejects.toThrow('one group')
  })
})

describe('a challenger', () => {
  it('takes the model’s place only when its list is clearly better and its risks are calibrated', async () => {
    const challenger = await riskOf(
      await recalibrate(await fitRidge(train, recipe), later, 'slope'),
      later.table,
    )
    const stream = randomStream(7)
    const worse = challenger.map(
      (risk) => 1 / (1 + Math.exp(-Math.log(risk / (1 - risk)) - 2 * stream.normal())),
    )
    const { outcome } = later
    const better = mayPromote({ outcome, model: worse, challenger, percent: 5 })
    expect(better).toMatchObject({ isPromoted: true })
    expect(better.ppvDifference.low).toBeGreaterThan(0)
    expect(mayPromote({ outcome, model: challenger, challenger, percent: 5 }).isPromoted).toBe(false)
    const bold = challenger.map((risk) => risk ** 2)
    expect(mayPromote({ outcome, model: worse, challenger: bold, percent: 5 })).toMatchObject({
      isPromoted: false,
      reason: expect.stringContaining('slope is outside'),
    })
  })
})

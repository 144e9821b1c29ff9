import { describe, expect, it } from 'vitest'
import { randomStream } from '#statistics'
import { madeRows } from '../../test/made-rows.ts'
import {
  broughtTo,
  fitRidge,
  fitTrees,
  leaveGroupsOut,
  logOddsOf,
  mayPromote,
  optimism,
  riskOf,
  type Sample,
  validate,
} from './index.ts'
import { recalibrate } from './recalibration.ts'

const train = madeRows(4000, 1)
const recipe = { kind: 'keyworker', lambda: 1 } as const
const later = madeRows(14_000, 2, { strength: 0.6 })
const judged = async (model: Parameters<typeof riskOf>[0], sample: Sample) =>
  validate({ risk: await riskOf(model, sample.table), outcome: sample.outcome, list: { percent: 5 } })

const happened = (uniform: () => number) => (risk: number) => (uniform() < risk ? 1 : 0)

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

  it('no further than the year asks for: one like the last leaves it as it was, 19 times in 20', async () => {
    const model = await fitRidge(train, recipe)
    const { table } = madeRows(3000, 4)
    const said = await riskOf(model, table)
    const hows = new Map<string, number>()
    for (let year = 0; year < 100; year++) {
      const { uniform } = randomStream(1000 + year)
      const { update } = await broughtTo(model, { table, outcome: Uint8Array.from(said, happened(uniform)) })
      hows.set(update.how, (hows.get(update.how) ?? 0) + 1)
    }
    // 5 in 100 by chance; more than 11 would be one series in 100.
    expect(hows.get('as it was')).toBeGreaterThanOrEqual(89)
  })

  it('by the intercept where everybody is admitted more often, by both where it is too bold, and not by a handful', async () => {
    const model = await fitRidge(train, recipe)
    const { table } = later
    const line = await logOddsOf(model, table)
    const yearOf = (risk: (line: number) => number, seed: number) => {
      const { uniform } = randomStream(seed)
      return { table, outcome: Uint8Array.from(line.map(risk), happened(uniform)) }
    }
    const risen = await broughtTo(
      model,
      yearOf((one) => 1 / (1 + Math.exp(-one - 0.3)), 1),
    )
    expect(risen.update).toMatchObject({ how: 'intercept', slope: 1 })
    expect(risen.update.intercept).toBeGreaterThan(0.22)
    expect(risen.update.intercept).toBeLessThan(0.38)
    const bold = await broughtTo(
      model,
      yearOf((one) => 1 / (1 + Math.exp(-0.6 * one)), 2),
    )
    expect(bold.update.how).toBe('slope')
    expect(bold.update.slope).toBeCloseTo(0.6, 1)
    const few = await broughtTo(
      model,
      yearOf(() => 0.002, 3),
    )
    expect(few.update).toMatchObject({ how: 'as it was', intercept: 0, slope: 1 })
    expect(few.update.events).toBeLessThan(100)
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

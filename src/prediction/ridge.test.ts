import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { madeRows, without } from '../../test/made-rows.ts'
import { readmissionModel } from '../../test/readmission-model.data.ts'
import { withCrew } from './crew.ts'
import { drawUp } from './design.ts'
import { columnOf, fitRidge, logOddsOf, readTable, riskOf, type Sample, tableOf, validate } from './index.ts'
import { lookAt, newton } from './newton.ts'

const readmission = resolve(import.meta.dirname, '../../../shared/data/readmission')
const title = 'V19 agrees with another’s solver on 69,624 real hospital stays, coefficient by coefficient'
if (!existsSync(readmission))
  process.stdout.write(`not run: ${title}: ../shared/data is not beside the checkout\n`)

async function stays(file: string): Promise<Sample> {
  const { table } = await readTable(join(readmission, file))
  const outcome = Uint8Array.from(columnOf(table, 'readmitted_within_30_days'))
  return without({ table, outcome }, 'encounter_id', 'patient_nbr', 'readmitted_within_30_days')
}

const complete = (rows: number, seed: number) => without(madeRows(rows, seed), 'haemoglobin')

describe('a ridge model', () => {
  it.skipIf(!existsSync(readmission))(title, async () => {
    const model = await fitRidge(await stays('train.csv.gz'), { kind: 'plain' })
    expect(Math.abs(model.intercept - readmissionModel.intercept)).toBeLessThan(1e-10)
    for (const { name, coefficient } of model.terms)
      expect(Math.abs(coefficient - (readmissionModel.coefficients[name] ?? 9))).toBeLessThan(1e-10)
    const test = await stays('test.csv.gz')
    const report = validate({
      risk: await riskOf(model, test.table),
      outcome: test.outcome,
      list: { percent: 5 },
    })
    expect(report.auc.value).toBeCloseTo(0.6550876, 6)
    expect(report.auc.low).toBeCloseTo(0.6452917, 6)
    expect(report.auc.high).toBeCloseTo(0.6648835, 6)
    expect(report.brier.value).toBeCloseTo(0.097275, 6)
    expect(report.calibrationSlope.value).toBeCloseTo(0.9954313, 5)
    expect(report.calibrationInTheLarge.value).toBeCloseTo(0.0117635, 5)
    expect(report.observedOverExpected.value).toBeCloseTo(1.0100661, 6)
    expect(report.cuts.map(({ people, events }) => [people, events])).toEqual([
      [148, 64],
      [297, 113],
      [594, 214],
      [1485, 439],
      [2971, 749],
      [1485, 439],
    ])
    expect(report.decision[9]?.model.value).toBeCloseTo(0.0314907, 6)
    expect(report.decision[19]?.model.value).toBeCloseTo(0.0069323, 6)
  })

  it('is the same to the byte on any number of threads', async () => {
    const sample = complete(5000, 1)
    const recipe = { kind: 'keyworker', lambda: 1 } as const
    const here = JSON.stringify(await fitRidge(sample, recipe, { threads: 0 }))
    for (const threads of [1, 3])
      expect(JSON.stringify(await fitRidge(sample, recipe, { threads }))).toBe(here)
  })

  it('stands where the loss and the penalty pull equally hard', async () => {
    const sample = complete(2000, 2)
    const model = await fitRidge(sample, { kind: 'plain', lambda: 7 })
    const risk = await riskOf(model, sample.table)
    model.terms.forEach(({ name, mean, spread, coefficient }) => {
      const values = columnOf(sample.table, name)
      const pull = risk.reduce(
        (sum, p, i) => sum + ((sample.outcome[i] ?? 0) - p) * (((values[i] ?? 0) - mean) / spread),
        0,
      )
      expect(Math.abs(pull - 7 * coefficient)).toBeLessThan(1e-6)
    })
    const sum = risk.reduce((total, p, i) => total + p - (sample.outcome[i] ?? 0), 0)
    expect(Math.abs(sum)).toBeLessThan(1e-6)
  })

  it('shortens its steps and comes home from a place where plain Newton runs away', async () => {
    const sample = complete(3000, 3)
    await withCrew({ threads: 0 }, 0, async (crew) => {
      const { design } = await drawUp(crew, sample, { kind: 'plain' })
      const from = Float64Array.from({ length: design.columns.length + 1 }, (_, j) => (j === 0 ? 12 : 0))
      const home = await newton(lookAt(crew, design), { lambda: 1, from, tolerance: 1e-11 })
      const model = await fitRidge(sample, { kind: 'plain' })
      expect(home).toMatchObject({ converged: true })
      expect(home.halvings).toBeGreaterThan(0)
      expect(home.coefficients[0]).toBeCloseTo(model.intercept, 9)
    })
  })

  it('has an answer for skewed counts and columns that repeat each other', async () => {
    const base = madeRows(4000, 3)
    const skewed = Float64Array.from(columnOf(base.table, 'admissions'), (n) => n ** 4)
    const table = tableOf({ skewed, again: skewed, never: new Float64Array(4000) })
    const model = await fitRidge({ ...base, table }, { kind: 'plain', lambda: 1e-6 })
    expect(model.fit.converged).toBe(true)
    expect(model.terms[0]?.coefficient).toBeCloseTo(model.terms[1]?.coefficient ?? 9, 6)
    expect(model.terms[2]).toMatchObject({ spread: 0, coefficient: 0 })
  })

  it('chooses a penalty by folds of practices, and reads what is missing as a fact of its own', async () => {
    const model = await fitRidge(madeRows(4000, 4), {
      kind: 'keyworker',
      interactions: [['age', 'admissions']],
    })
    expect(model.path).toHaveLength(11)
    expect(model.path.map(({ lambda }) => lambda)).toContain(model.lambda)
    expect(model.terms.map(({ name }) => name)).toEqual([
      'age',
      'age, bend 1',
      'age, bend 2',
      'haemoglobin',
      'haemoglobin, bend 1',
      'haemoglobin, bend 2',
      'haemoglobin, missing',
      'admissions',
      'diabetes',
      'care_home',
      'days_since_contact',
      'age × admissions',
    ])
  })

  it('is straight beyond the outer knots of a curve', async () => {
    const model = await fitRidge(madeRows(4000, 5), {
      kind: 'keyworker',
      treatments: { age: 'curve' },
      lambda: 1,
    })
    const ages = [1, 2, 3]
    const line = await logOddsOf(
      model,
      tableOf({
        age: ages,
        haemoglobin: [130, 130, 130],
        admissions: [0, 0, 0],
        diabetes: [0, 0, 0],
        care_home: [0, 0, 0],
        days_since_contact: [9, 9, 9],
      }),
    )
    const [a = 0, b = 0, c = 0] = line
    expect(c - b).toBeCloseTo(b - a, 12)
    expect(b).not.toBe(a)
  })

  it('refuses a plain fit of missing values, a value without end, and an outcome that never varies', async () => {
    const endless = tableOf({ x: Float64Array.from({ length: 500 }, (_, i) => (i === 7 ? 1 / 0 : i)) })
    await expect(fitRidge({ ...madeRows(500, 1), table: endless }, { kind: 'plain' })).rejects.toThrow(
      'without end',
    )
    await expect(fitRidge(madeRows(500, 1), { kind: 'plain' })).rejects.toThrow('haemoglobin has')
    const nothing = { ...complete(500, 1), outcome: new Uint8Array(500) }
    await expect(fitRidge(nothing, { kind: 'plain' })).rejects.toThrow('never varies')
  })
})

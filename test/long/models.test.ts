import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelVerbs } from '../../src/command/model-verbs.ts'
import { readSettings } from '../../src/settings.ts'

const readmission = resolve(import.meta.dirname, '../../../shared/data/readmission')
const isThere = existsSync(readmission)
if (!isThere)
  process.stdout.write(
    'not run: models of 69,624 hospital stays: ../shared/data is not beside the checkout\n',
  )

async function modelFit(options: Readonly<Record<string, string>>) {
  const settings = readSettings({}, {})
  if ('problem' in settings || !modelVerbs.model) throw new Error('no settings')
  const all = {
    train: join(readmission, 'train.csv.gz'),
    test: join(readmission, 'test.csv.gz'),
    outcome: 'readmitted_within_30_days',
    ignore: 'encounter_id,patient_nbr',
    ...options,
  }
  const { code, json } = await modelVerbs.model.run({
    words: ['fit'],
    options: all,
    flags: new Set(),
    settings,
  })
  return { code, json: JSON.parse(JSON.stringify(json)) }
}

describe.skipIf(!isThere)('models of 69,624 real hospital stays', () => {
  it('V19 is what the command prints for the plain recipe', async () => {
    const { code, json } = await modelFit({})
    expect(code).toBe(0)
    expect(json).toMatchObject({ n: 29_716, events: 3382, train: { n: 69_624, events: 7932 }, leaks: [] })
    expect(json.auc.value).toBeCloseTo(0.6550876, 6)
    expect(json.brier.value).toBeCloseTo(0.097275, 6)
  })

  it('trees rank as well as others’ trees of the same depth do: AUC 0.6636 or better', async () => {
    const { json } = await modelFit({ kind: 'trees' })
    expect(json.auc.value).toBeGreaterThan(0.6636)
    expect(json.calibrationSlope.value).toBeGreaterThan(0.9)
    expect(json.leaks).toEqual([])
  })

  it('finds no leak when the numbers of people and stays are left in, nor with curves and folds of people', async () => {
    const { code, json } = await modelFit({
      ignore: 'encounter_id',
      group: 'patient_nbr',
      recipe: 'keyworker',
    })
    expect(code).toBe(0)
    expect(json.auc.value).toBeGreaterThan(0.65)
    expect(json.leaks).toEqual([])
  })
})

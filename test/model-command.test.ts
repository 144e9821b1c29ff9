import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { riskOf, type Sample, tableOf } from '#prediction'
import { modelVerbs } from '../src/command/model-verbs.ts'
import { readSettings } from '../src/settings.ts'
import { testFolder } from './house.ts'
import { madeRows, withColumn, without } from './made-rows.ts'

const root = resolve(import.meta.dirname, '..')
const folder = testFolder('model-command')
mkdirSync(folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const complete = (rows: number, seed: number) => without(madeRows(rows, seed), 'haemoglobin')

function csvOf({ table, outcome, groups }: Sample): string {
  const heading = ['name', 'practice', ...table.names, 'admitted'].join(',')
  const rows = Array.from(outcome, (happened, row) => {
    const values = table.columns.map((column) => (Number.isNaN(column[row] ?? 0) ? '' : column[row]))
    return ['SYNTHETIC', `P${groups?.[row]}`, ...values, happened].join(',')
  })
  return `${[heading, ...rows].join('\n')}\n`
}

const file = (name: string) => join(folder, name)
const put = (name: string, sample: Sample) => writeFileSync(file(name), csvOf(sample))

beforeAll(async () => {
  put('train.csv', complete(4000, 1))
  put('test.csv', complete(3000, 2))
  writeFileSync(file('train.csv.gz'), gzipSync(csvOf(complete(4000, 1))))
  put('few.csv', complete(1000, 1))
  put('holes.csv', madeRows(4000, 1))
  put(
    'leak.csv',
    withColumn(complete(4000, 1), 'again', (_, happened) => happened),
  )
  put(
    'numbered.csv',
    withColumn(complete(4000, 1), 'encounter_id', (row) => (row * 2741) % 4001),
  )
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`copy (select * from read_csv('${file('test.csv')}')) to '${file('test.parquet')}'`)
  connection.closeSync()
  instance.closeSync()
})

/** `model fit` in this process, with what is typed after it. */
async function modelFit(options: Readonly<Record<string, string>>) {
  const settings = readSettings({}, {})
  if ('problem' in settings || !modelVerbs.model) throw new Error('no settings')
  const all = { train: file('train.csv'), test: file('test.csv'), outcome: 'admitted', ...options }
  const { code, json } = await modelVerbs.model.run({
    words: ['fit'],
    options: all,
    flags: new Set(),
    settings,
  })
  return { code, json: JSON.parse(JSON.stringify(json)) }
}

describe('model fit', () => {
  it('prints one JSON object of the promised shape, from a gzipped CSV and a Parquet file', () => {
    const saved = file('saved')
    const args = ['model', 'fit', '--train', file('train.csv.gz'), '--test', file('test.parquet')]
    const more = ['--outcome', 'admitted', '--ignore', 'name,practice', '--save', saved, '--json']
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'run.mjs'), ...args, ...more], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(status).toBe(0)
    const json = JSON.parse(stdout)
    const estimate = { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number) }
    const one = expect.objectContaining(estimate)
    expect(json).toEqual({
      n: 3000,
      events: expect.any(Number),
      train: { n: 4000, events: expect.any(Number) },
      kind: 'ridge',
      recipe: 'plain',
      lambda: 1,
      auc: one,
      averagePrecision: one,
      brier: one,
      calibrationSlope: one,
      calibrationInTheLarge: one,
      observedOverExpected: one,
      cuts: [0.5, 1, 2, 5, 10].map((percent) => ({
        percent,
        people: 30 * percent,
        events: expect.any(Number),
        ppv: one,
        sensitivity: one,
      })),
      intercept: expect.any(Number),
      coefficients: Object.fromEntries(complete(1, 1).table.names.map((name) => [name, expect.any(Number)])),
      leaks: [],
      acceptedLeak: null,
      leftOut: [],
      identifiers: [],
      seconds: expect.any(Number),
      peakMb: expect.any(Number),
    })
    expect(JSON.parse(readFileSync(join(saved, 'model.json'), 'utf8')).kind).toBe('ridge')
    expect(JSON.parse(readFileSync(join(saved, 'report.json'), 'utf8')).decision).toHaveLength(50)
  })

  it('fits with curves and folds of practices, and trees, and keeps a model that scores the same when read back', async () => {
    const folds = await modelFit({
      recipe: 'keyworker',
      group: 'practice',
      train: file('holes.csv'),
      test: file('holes.csv'),
    })
    expect(folds).toMatchObject({ code: 0, json: { recipe: 'keyworker', leftOut: ['name'] } })
    expect(Object.keys(folds.json.coefficients)).toContain('haemoglobin, missing')
    const trees = await modelFit({ kind: 'trees', save: file('trees') })
    expect(trees).toMatchObject({ code: 0, json: { kind: 'trees', coefficients: null, lambda: null } })
    const model = JSON.parse(readFileSync(join(file('trees'), 'model.json'), 'utf8'))
    const [risk = 0] = await riskOf(
      model,
      tableOf({ age: [90], admissions: [9], diabetes: [1], care_home: [1], days_since_contact: [3] }),
    )
    expect(risk).toBeGreaterThan(0.3)
  })

  it('refuses a leak by its column and the reason, and goes on when somebody says why', async () => {
    const leak = { train: file('leak.csv'), test: file('leak.csv') }
    const answer = await modelFit(leak)
    expect(answer).toMatchObject({
      code: 1,
      json: { leaks: [{ column: 'again', kind: 'copy of the outcome' }] },
    })
    expect(answer.json.refused).toContain('--accept-leak REASON')
    const accepted = await modelFit({ ...leak, 'accept-leak': 'it is a test of the test' })
    expect(accepted).toMatchObject({ code: 0, json: { acceptedLeak: 'it is a test of the test' } })
    expect(accepted.json.leaks.length).toBeGreaterThan(0)
  })

  it('names a column that looks like an identifier, whose order tells nothing, and says to leave it out', async () => {
    const numbered = { train: file('numbered.csv'), test: file('numbered.csv') }
    const { code, json } = await modelFit(numbered)
    expect({ code, identifiers: json.identifiers }).toEqual({ code: 0, identifiers: ['encounter_id'] })
    const without = await modelFit({ ...numbered, ignore: 'encounter_id' })
    expect(without.json.identifiers).toEqual([])
  })

  it.each([
    ['too few events', { train: 'few.csv' }, 'needs 200'],
    [
      'values missing under the plain recipe',
      { train: 'holes.csv', test: 'holes.csv' },
      'these have some: haemoglobin. Use --recipe keyworker',
    ],
    ['a column that is not there', { ignore: 'shoe_size' }, 'no column shoe_size'],
    ['an outcome that is not 0 or 1', { outcome: 'age' }, 'neither 0 nor 1'],
    ['an outcome of words', { outcome: 'name' }, 'not a column of 0 and 1'],
    [
      'a test file without one of the columns',
      { train: 'leak.csv', 'accept-leak': 'yes' },
      'no column again',
    ],
    ['a file that is not there', { test: 'nowhere.csv' }, 'cannot be read'],
  ] as const)('refuses %s in one sentence', async (_, options, sentence) => {
    const paths = Object.entries(options).map(([name, value]) => [
      name,
      name === 'train' || name === 'test' ? file(value) : value,
    ])
    const answer = await modelFit(Object.fromEntries(paths))
    expect(answer.code).toBe(1)
    expect(answer.json.refused).toContain(sentence)
  })

  it.each([
    ['a kind that is none', { kind: 'forest' }],
    ['a penalty that is no number', { lambda: 'big' }],
    ['a reason that is empty', { 'accept-leak': ' ' }],
  ] as const)('answers %s with its usage', async (_, options) => {
    expect((await modelFit(options)).code).toBe(2)
  })
})

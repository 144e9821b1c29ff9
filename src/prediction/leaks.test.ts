import { describe, expect, it } from 'vitest'
import { randomStream } from '#statistics'
import { madeRows, withColumn } from '../../test/made-rows.ts'
import { findLeaks, fitRidge, riskOf, type Sample, tooGood, validate } from './index.ts'

const clean = madeRows(8000, 1)
const stream = randomStream(99)
const sometimes = (share: number) => stream.uniform() < share

const seeded: readonly (readonly [string, string, Sample])[] = [
  [
    'an event of the index day: days since the last admission is 0 for those being admitted',
    'after the outcome',
    withColumn(clean, 'planted', (_, happened) =>
      happened === 1 && sometimes(0.08) ? 0 : 1 + Math.floor(1000 * stream.uniform()),
    ),
  ],
  [
    'a code written after the outcome',
    'after the outcome',
    withColumn(clean, 'planted', (_, happened) => (sometimes(happened === 1 ? 0.3 : 0.0005) ? 1 : 0)),
  ],
  ['the outcome twice', 'copy of the outcome', withColumn(clean, 'planted', (_, happened) => happened)],
  [
    'numbers given out in order of the outcome',
    'order of ids',
    withColumn(clean, 'planted', (row, happened) => row + 8000 * happened),
  ],
  [
    'people registered after the index day',
    'after the index day',
    withColumn(clean, 'days_registered', (row) => (row % 200 === 0 ? -1 - (row % 7) : 30 + row)),
  ],
]

describe('a model that has seen the answer', () => {
  it.each(seeded)('is caught: %s', (_, kind, sample) => {
    const leaks = findLeaks(sample)
    expect(leaks).toHaveLength(1)
    expect(leaks[0]).toMatchObject({ column: sample.table.names.at(-1), kind })
    expect(leaks[0]?.reason).toContain(sample.table.names.at(-1))
  })

  it.each([1, 2, 3, 4, 5])('is not seen where there is none: clean rows, seed %i', (seed) => {
    const rows = madeRows(8000, seed, { strength: seed === 5 ? 1.8 : 1 })
    const practice = withColumn(rows, 'practice_list_size', (row) => 4000 + (row % 37) * 211)
    const named = withColumn(practice, 'person_id', () => Math.floor(1e9 * stream.uniform()))
    const never = withColumn(named, 'days_since_fall', (row) => (row % 3 ? -1 : row % 400))
    expect(findLeaks(never)).toEqual([])
  })

  it('is not seen where risk only rises with every visit until the few with most are nearly all admitted', () => {
    const rows = madeRows(300_000, 3)
    const visits = Float64Array.from({ length: 300_000 }, () =>
      Math.floor(-4 * Math.log(1 - stream.uniform())),
    )
    const outcome = Uint8Array.from(visits, (count) => (sometimes(1 / (1 + Math.exp(3 - count / 5))) ? 1 : 0))
    const most = [...visits.keys()].filter((row) => (visits[row] ?? 0) >= 32)
    expect(most.filter((row) => outcome[row] === 1).length / most.length).toBeGreaterThan(0.95)
    const tail = withColumn({ ...rows, outcome }, 'visits', (row) => visits[row] ?? 0)
    expect(findLeaks(tail)).toEqual([])
    const written = withColumn(tail, 'visits_too', (row, happened) =>
      happened === 1 && row % 400 === 0 ? -1 : (visits[row] ?? 0),
    )
    expect(findLeaks(written)).toMatchObject([{ column: 'visits_too', kind: 'after the outcome' }])
  })

  it('is refused by column and reason when next year’s outcome is a copy of this year’s, with a few slips', () => {
    const panel = withColumn(clean, 'admitted_this_year', (_, happened) =>
      sometimes(0.002) ? 1 - happened : happened,
    )
    const [leak] = findLeaks(panel)
    expect(leak).toMatchObject({ column: 'admitted_this_year', kind: 'too good' })
    expect(leak?.reason).toContain('AUC')
  })

  it('is caught by what the caller knows of dates', () => {
    const days = Float64Array.from(clean.outcome, (_, row) => (row === 17 ? 0 : -1))
    expect(findLeaks(clean, { admissions: days })).toMatchObject([
      { column: 'admissions', kind: 'after the index day', reason: expect.stringContaining('in 1 rows') },
    ])
    expect(findLeaks(clean, { admissions: days.fill(-1) })).toEqual([])
  })

  it('is caught as a whole on other rows, by an AUC no model reaches or a slope far off', async () => {
    const score = (strength: number) => (_: number, happened: number) => strength * happened + stream.normal()
    const train = withColumn(clean, 'score', score(2))
    const model = await fitRidge(train, { kind: 'keyworker', lambda: 1 })
    const figures = async (sample: Sample) =>
      validate({
        risk: await riskOf(model, sample.table),
        outcome: sample.outcome,
        list: { percent: 5 },
      })
    const other = madeRows(4000, 8)
    expect(tooGood(await figures(withColumn(other, 'score', score(5))), model)[0]).toMatchObject({
      column: 'score',
      kind: 'too good',
    })
    const astray = tooGood(await figures(withColumn(other, 'score', score(0))), model)
    expect(astray[0]?.reason).toContain('outside 0.5 to 2')
    expect(tooGood(await figures(withColumn(other, 'score', score(2))), model)).toEqual([])
  })
})

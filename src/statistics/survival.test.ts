import { describe, expect, it } from 'vitest'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { type Columns, column, tableCalled } from '../../test/tables.ts'
import { kaplanMeier, medianTime, restrictedMean, restrictedMeanDifference, survivalAt } from './survival.ts'

const from = (...values: number[]) => Float64Array.from(values)
const dead = (table: Columns) => column(table, 'died')

const cases = [
  ['lung', dead, reference.survival.lung],
  ['veteran', dead, reference.survival.veteran],
  [
    'melanoma',
    (table: Columns) => column(table, 'status').map((s) => +(s === 1)),
    reference.survival.melanoma,
  ],
] as const

describe('the share still without the event', () => {
  it.each(cases)(
    'agrees with R on %s: shares, errors, limits, median and restricted mean',
    (name, eventsOf, r) => {
      const table = tableCalled(name)
      const steps = kaplanMeier({ times: column(table, 'time'), events: eventsOf(table) })
      r.at.forEach((time, i) => {
        const at = survivalAt(steps, time)
        expect(at.value).toBeCloseTo(r.survival[i] ?? Number.NaN, 12)
        expect(at.low).toBeCloseTo(r.low[i] ?? Number.NaN, 10)
        expect(at.high).toBeCloseTo(r.high[i] ?? Number.NaN, 10)
        expect(steps.findLast((step) => step.time <= time)?.standardError).toBeCloseTo(r.se[i] ?? 0, 12)
      })
      const median = medianTime(steps)
      expect([median.value, median.low, median.high]).toEqual(
        r.median.map((m) => m ?? Number.POSITIVE_INFINITY),
      )
      const mean = restrictedMean(steps, r.horizon)
      expect(mean.value).toBeCloseTo(r.rmean, 8)
      expect(mean.standardError).toBeCloseTo(r.rmeanSe, 8)
    },
  )

  it('counts somebody who leaves on the day of an event as still at risk', () => {
    const steps = kaplanMeier({ times: from(1, 2, 2, 3), events: [0, 1, 0, 1] })
    expect(steps.map(({ time, atRisk }) => [time, atRisk])).toEqual([
      [2, 3],
      [3, 1],
    ])
    expect(steps[1]).toMatchObject({ survival: 0, low: Number.NaN })
  })

  it('is 1 while nothing has happened, and has no median', () => {
    const steps = kaplanMeier({ times: from(1, 2), events: [0, 0] })
    expect(survivalAt(steps, 9)).toEqual({ value: 1, low: 1, high: 1 })
    expect(medianTime(steps).value).toBe(Number.POSITIVE_INFINITY)
    expect(restrictedMean(steps, 2).value).toBe(2)
  })

  it('takes a weight of 2 as the person written twice', () => {
    const weighted = kaplanMeier({ times: from(1, 2, 3), events: [1, 0, 1], weights: from(2, 1, 2) })
    const written = kaplanMeier({ times: from(1, 1, 2, 3, 3), events: [1, 1, 0, 1, 1] })
    expect(weighted).toEqual(written)
  })

  it('refuses nobody, and a time before the start', () => {
    expect(() => kaplanMeier({ times: from(), events: [] })).toThrow(RangeError)
    expect(() => kaplanMeier({ times: from(-1), events: [1] })).toThrow(RangeError)
  })

  it('two restricted means differ by their difference, with both errors in it', () => {
    const one = { value: 5, low: 0, high: 0, standardError: 3 }
    const other = { value: 3, low: 0, high: 0, standardError: 4 }
    expect(restrictedMeanDifference(one, other)).toMatchObject({
      value: 2,
      standardError: 5,
      low: expect.closeTo(2 - 1.959964 * 5, 5),
    })
  })
})

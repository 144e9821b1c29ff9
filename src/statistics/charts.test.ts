import { describe, expect, it } from 'vitest'
import { londonDate } from '#calendar'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { column, tableCalled } from '../../test/tables.ts'
import { pChart, uChart } from './attribute-charts.ts'
import type { Chart } from './chart-types.ts'
import { assuranceOf, problemsWithRebase, variationOf } from './chart-verdicts.ts'
import { gChart, tChart } from './rare-event-charts.ts'
import { xmrChart } from './xmr-chart.ts'

const nile = Array.from(column(tableCalled('nile'), 'flow'))
const marked = (chart: Chart, signal: string) =>
  chart.points.flatMap((point, i) => (point.signals.some((s) => s === signal) ? [i] : []))
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
/** Around 10, without any signal. */
const quiet = [10, 12, 8, 11, 9, 12, 8, 10, 9, 11, 12, 8, 9]

describe('XmR charts', () => {
  it('have the published mean and limits of the Nile: 919.35, 564.898 and 1,273.802', () => {
    const { points, segments } = xmrChart(nile)
    expect(segments).toHaveLength(1)
    expect(points[0]?.mean).toBeCloseTo(919.35, 10)
    expect(points[0]?.low).toBeCloseTo(564.898, 3)
    expect(points[0]?.high).toBeCloseTo(1273.802, 3)
    expect(points[0]?.nearHigh).toBeCloseTo(919.35 + (2 / 3) * (1273.802 - 919.35), 3)
  })

  it.each([
    ['the Nile', 'nile', 'flow', reference.charts.nile],
    ['Lake Huron', 'lake-huron', 'level', reference.charts.huron],
    ['deaths on the road', 'seatbelts', 'killed', reference.charts.seatbelts],
  ] as const)(
    'have the lines, the points outside them and the runs that R finds: %s',
    (_, name, measure, r) => {
      const chart = xmrChart(Array.from(column(tableCalled(name), measure)))
      expect(chart.points[0]?.mean).toBeCloseTo(r.mean, 9)
      expect(chart.points[0]?.low).toBeCloseTo(r.low, 9)
      expect(chart.points[0]?.high).toBeCloseTo(r.high, 9)
      expect(marked(chart, 'outside limits')).toEqual(r.outside)
      expect(marked(chart, 'run on one side')).toEqual(r.runs)
    },
  )

  it('leave a moving range out once where it stands out, unless told not to', () => {
    const values = [...quiet, 60]
    expect(xmrChart(values).segments[0]?.spread).toBeLessThan(3)
    expect(xmrChart(values, { screens: false }).segments[0]?.spread).toBeGreaterThan(6)
  })

  it('call limits of fewer than 13 points provisional', () => {
    expect(xmrChart(quiet.slice(0, 12)).segments[0]?.isProvisional).toBe(true)
    expect(xmrChart(quiet).segments[0]?.isProvisional).toBe(false)
  })

  it('do not go below 0 for a count, and say so', () => {
    const point = xmrChart([0, 3, 1, 4, 0, 2], { floor: 0 }).points[0]
    expect(point).toMatchObject({ low: 0, isFloored: true })
  })

  it('take no moving range across the start of a new segment', () => {
    const chart = xmrChart([...quiet, ...quiet.map((v) => v + 100)], { rebaseAt: [13] })
    expect(chart.segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 12],
      [13, 25],
    ])
    expect(chart.segments[1]?.spread).toBeCloseTo(chart.segments[0]?.spread ?? 0, 12)
    expect(chart.points.every(({ signals }) => signals.length === 0)).toBe(true)
  })

  it('fix each segment’s limits by its first points when a baseline is asked', () => {
    const chart = xmrChart([...quiet, 30, 30, ...quiet], { rebaseAt: [15], baselinePoints: 13 })
    expect(chart.segments.map(({ mean }) => mean)).toEqual([
      expect.closeTo(129 / 13, 10),
      expect.closeTo(129 / 13, 10),
    ])
  })
})

describe('signals', () => {
  it('a point on a limit is not outside it', () => {
    const { points } = xmrChart([1, 1, 1, 1])
    expect(points.every(({ signals }) => signals.length === 0)).toBe(true)
  })

  it('7 on one side of the mean are a run, all of them marked; 6 are not, and a point on the mean ends one', () => {
    const at = (side: number[]) => marked(xmrChart(side.map((s) => 100 + 10 * s)), 'run on one side')
    expect(at([-1, -2, -1, -2, -1, -2, -1, 1, 2, 1, 2, 1, 2, 1])).toEqual(range(0, 13))
    expect(at([-1, -2, -1, -2, -1, -2, 1, 2, 1, 2, 1, 2])).toEqual([])
    const withMean = [-1, -2, -1, 0, -2, -1, -2, -1, 2, 1, 2, 1, 2, 2]
    expect(withMean.reduce((sum, value) => sum + value, 0)).toBe(0)
    expect(at(withMean)).toEqual([])
  })

  it('7 that only rise are a trend, 6 are not; a tie ends it unless ties are passed over', () => {
    const rise = (values: number[], skipsTies = false) => marked(xmrChart(values, { skipsTies }), 'trend')
    expect(rise([5, 1, 2, 3, 4, 5, 6, 7, 1])).toEqual(range(1, 7))
    expect(rise([5, 1, 2, 3, 4, 5, 6, 1])).toEqual([])
    expect(rise([5, 1, 2, 3, 3, 4, 5, 6, 7, 1])).toEqual([])
    expect(rise([5, 1, 2, 3, 3, 4, 5, 6, 7, 1], true)).toEqual([1, 2, 3, 5, 6, 7, 8])
    expect(rise([9, 7, 6, 5, 4, 3, 2, 1, 8])).toEqual(range(0, 7))
  })

  it('2 of 3 near a limit on one side are marked, and only those 2', () => {
    const values = [...quiet, 15.5, 12, 15.5, 9, 8]
    const chart = xmrChart(values, { rebaseAt: [], baselinePoints: 13 })
    const { nearHigh = 0, high = 0 } = chart.points[0] ?? {}
    expect([15.5 > nearHigh, 15.5 < high]).toEqual([true, true])
    expect(marked(chart, 'near a limit')).toEqual([13, 15])
    const parted = xmrChart([...quiet, 15.5, 9, 15.5], { baselinePoints: 13 })
    expect(marked(parted, 'near a limit')).toEqual([])
  })

  it('of the Nile tell of the dam of 1898: above the mean before it, below after', () => {
    const chart = xmrChart(nile)
    const run = marked(chart, 'run on one side')
    expect(run).toContain(1893 - 1871)
    expect(chart.points[1920 - 1871]?.signals).toContain('run on one side')
    expect(chart.points[1913 - 1871]?.signals[0]).toBe('outside limits')
  })
})

describe('what a chart says now', () => {
  const rising = xmrChart([...quiet, 6, 7, 8, 9, 10, 11, 12, 40])
  it('colours a trend by its way and everything else by its side', () => {
    expect(variationOf(rising, 'up').variation).toBe('improvement')
    expect(variationOf(rising, 'down').variation).toBe('concern')
    expect(variationOf(rising, 'neither').variation).toBe('change')
    expect(variationOf(xmrChart(quiet), 'up')).toEqual({ variation: 'chance alone', signals: [] })
  })

  it('says mixed when the last point is outside the lower limit and rising, and shows both', () => {
    const low = xmrChart([...quiet, ...quiet, -60, -50, -40, -30, -20, -10, -9], { baselinePoints: 26 })
    expect(low.points.at(-1)?.signals).toEqual(['outside limits', 'trend', 'run on one side'])
    expect(variationOf(low, 'up').variation).toBe('mixed')
  })

  it('judges a target by the limits of the last segment alone', () => {
    const chart = xmrChart([...quiet, ...quiet.map((v) => v + 100)], { rebaseAt: [13] })
    expect(assuranceOf(chart, 50, 'up')).toBe('met every time')
    expect(assuranceOf(chart, 50, 'down')).toBe('missed every time')
    expect(assuranceOf(chart, 110, 'up')).toBe('met or missed by chance')
    expect(assuranceOf(chart, 500, 'up')).toBe('missed every time')
    expect(assuranceOf(chart, 500, 'neither')).toBeNull()
  })

  it('lets limits begin anew only for a reason, by somebody, after a change that lasted, with 12 points after', () => {
    const chart = xmrChart([...quiet, ...quiet.map((v) => v + 100)])
    const decided = {
      at: 13,
      decidedOn: londonDate(new Date('2026-04-01')),
      decidedBy: 'Amina Yusuf',
      reason: 'New team',
    }
    expect(problemsWithRebase(chart, decided)).toEqual([])
    expect(problemsWithRebase(chart, { ...decided, reason: ' ', decidedBy: '' })).toHaveLength(2)
    expect(problemsWithRebase(chart, { ...decided, at: 16 })[0]).toContain('there are 10')
    expect(problemsWithRebase(xmrChart([...quiet, ...quiet]), decided)[0]).toContain('keep the limits')
  })
})

describe('charts of shares and rates', () => {
  const shares = [
    { events: 12, of: 100 },
    { events: 8, of: 50 },
    { events: 30, of: 200 },
    { events: 2, of: 10 },
  ]

  const { p, u } = reference.charts
  it.each([
    ['a p chart of a cancer by age', pChart, p.esoph],
    ['a p chart of insurance claims', pChart, p.insurance],
    ['a p chart of bacteria in children', pChart, p.bacteria],
    ['a u chart of a cancer by age', uChart, u.esoph],
    ['a u chart of insurance claims', uChart, u.insurance],
    ['a u chart of deaths on the road by distance', uChart, u.seatbelts],
  ] as const)('%s has the limits of R, as they are and widened', (_, draw, r) => {
    const points = r.r.map((events, i) => ({ events, of: r.n[i] ?? 0 }))
    const ceiling = draw === pChart ? 1 : Number.POSITIVE_INFINITY
    const [plain, wide] = [draw(points), draw(points, { allowsForOverdispersion: true })]
    expect(wide.segments[0]?.spread).toBeCloseTo(r.wide, 9)
    points.forEach((_, i) => {
      expect(plain.points[i]?.high).toBeCloseTo(Math.min(ceiling, r.high[i] ?? 0), 9)
      expect(wide.points[i]?.high).toBeCloseTo(Math.min(ceiling, r.highWide[i] ?? 0), 9)
    })
  })

  it('a p chart’s limits widen where there are fewer people, and stay between 0 and 1', () => {
    const { points } = pChart(shares)
    const mean = 52 / 360
    expect(points[0]?.high).toBeCloseTo(mean + 3 * Math.sqrt((mean * (1 - mean)) / 100), 12)
    expect(points[3]).toMatchObject({ low: 0, isFloored: true })
    expect((points[3]?.high ?? 0) > (points[2]?.high ?? 0)).toBe(true)
  })

  it('a u chart’s limits are 3 roots of the rate over the exposure', () => {
    const { points } = uChart(shares)
    expect(points[2]?.high).toBeCloseTo(52 / 360 + 3 * Math.sqrt(52 / 360 / 200), 12)
  })

  it('p′ limits are widened by the mean moving range of z over 1.128', () => {
    const mean = 52 / 360
    const z = shares.map(({ events, of }) => (events / of - mean) / Math.sqrt((mean * (1 - mean)) / of))
    const sigma =
      (Math.abs((z[1] ?? 0) - (z[0] ?? 0)) +
        Math.abs((z[2] ?? 0) - (z[1] ?? 0)) +
        Math.abs((z[3] ?? 0) - (z[2] ?? 0))) /
      3 /
      1.128
    const { segments, points } = pChart(shares, { allowsForOverdispersion: true })
    expect(segments[0]?.spread).toBeCloseTo(sigma, 12)
    expect(points[0]?.high).toBeCloseTo(mean + 3 * sigma * Math.sqrt((mean * (1 - mean)) / 100), 12)
  })

  it('more events than people are the caller’s mistake in a share, and not in a rate', () => {
    expect(() => pChart([{ events: 3, of: 2 }])).toThrow(RangeError)
    expect(uChart([{ events: 3, of: 2 }]).points[0]?.value).toBe(1.5)
  })

  it('a g chart of 4 counts with mean 20 has its limit at 20 + 3 times the root of 420', () => {
    expect(gChart([10, 30, 15, 25]).points[0]).toMatchObject({
      mean: 20,
      low: 0,
      high: 20 + 3 * Math.sqrt(420),
    })
  })

  it('a t chart shows times as they are, with lines from the 3.6th root', () => {
    const gaps = [4, 9, 30, 2, 17]
    const inner = xmrChart(
      gaps.map((gap) => gap ** (1 / 3.6)),
      { screens: false, floor: 0 },
    )
    const chart = tChart(gaps)
    expect(chart.points.map(({ value }) => value)).toEqual(gaps)
    expect(chart.points[0]?.high).toBeCloseTo((inner.points[0]?.high ?? 0) ** 3.6, 10)
    expect(() => tChart([3, 0])).toThrow(RangeError)
  })
})

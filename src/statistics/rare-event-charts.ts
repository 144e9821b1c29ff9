import { withSignals } from './chart-rules.ts'
import type { Chart, ChartRules, PlainPoint } from './chart-types.ts'
import { meanOf } from './quantiles.ts'
import { xmrChart } from './xmr-chart.ts'

/**
 * A g chart: how many chances passed between one rare event and the next.
 *
 * @param counts whole numbers, 0 or more: admissions, visits or days between two events.
 * @returns limits at the mean ± 3 times sqrt(mean × (mean + 1)), no lower than 0. A high point is a long time without
 *   an event.
 * @source Benneyan, Health Care Management Science 2001;4:305: geometric counts from 0.
 */
export function gChart(counts: readonly number[], rules: ChartRules = {}): Chart {
  const mean = meanOf(counts)
  const sigma = Math.sqrt(mean * (mean + 1))
  const points = counts.map(
    (value): PlainPoint => ({
      value,
      segment: 0,
      mean,
      low: Math.max(0, mean - 3 * sigma),
      high: mean + 3 * sigma,
      nearLow: Math.max(0, mean - 2 * sigma),
      nearHigh: mean + 2 * sigma,
      isFloored: mean < 3 * sigma,
    }),
  )
  return { points: withSignals(points, rules), segments: oneSegment(counts.length, mean, sigma, rules) }
}

const oneSegment = (points: number, mean: number, spread: number, { fewest = 13 }: ChartRules) =>
  points === 0 ? [] : [{ from: 0, to: points - 1, mean, spread, isProvisional: points < fewest }]

const power = 3.6

/**
 * A t chart: the time between one rare event and the next.
 *
 * The times are raised to 1/3.6, which makes exponential times nearly normal, put on an XmR chart, and its lines
 * brought back. The centre line is therefore nearer the median than the mean.
 *
 * @param gaps times above 0, all in one unit. Two events at one moment have no time between them: count them with a g
 *   chart.
 * @throws RangeError for a time of 0 or below.
 * @source Nelson, Journal of Quality Technology 1994;26:239.
 */
export function tChart(gaps: readonly number[], rules: ChartRules = {}): Chart {
  if (gaps.some((gap) => !(gap > 0))) throw new RangeError('every time between two events must be above 0')
  const chart = xmrChart(
    gaps.map((gap) => gap ** (1 / power)),
    { ...rules, screens: false, floor: 0 },
  )
  const back = (value: number) => value ** power
  return {
    segments: chart.segments.map((segment) => ({ ...segment, mean: back(segment.mean) })),
    points: chart.points.map((point, i) => ({
      ...point,
      value: gaps[i] ?? Number.NaN,
      mean: back(point.mean),
      low: back(point.low),
      high: back(point.high),
      nearLow: back(point.nearLow),
      nearHigh: back(point.nearHigh),
    })),
  }
}

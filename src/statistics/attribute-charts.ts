import { withSignals } from './chart-rules.ts'
import type { Chart, ChartRules, ChartSegment, PlainPoint } from './chart-types.ts'
import { movingRangeOf, segmentBounds } from './xmr-chart.ts'

/** So many of so much: people of people for a share, events of exposure for a rate. */
export type Attribute = { readonly events: number; readonly of: number }

export type AttributeOptions = ChartRules & {
  readonly rebaseAt?: readonly number[]
  /** Limits widened by how much more than chance the points vary (Laney's p′ and u′). */
  readonly allowsForOverdispersion?: boolean
}

/**
 * A p chart: shares of so many people each, with limits that widen where there are fewer.
 *
 * @param points `events` a whole number from 0 to `of`; `of` above 0.
 * @source Shewhart; p′ by Laney, Quality Engineering 2002;14:531: sigma of z is its mean moving range over 1.128.
 */
export const pChart = (points: readonly Attribute[], options: AttributeOptions = {}): Chart =>
  attributeChart(points, options, (mean, of) => Math.sqrt((mean * (1 - mean)) / of), 1)

/**
 * A u chart: events for so much exposure each, such as falls for each 1,000 bed-days.
 *
 * @param points `events` 0 or more; `of` above 0, in the unit in which the rate is wanted.
 * @source Shewhart; u′ by Laney, as above.
 */
export const uChart = (points: readonly Attribute[], options: AttributeOptions = {}): Chart =>
  attributeChart(points, options, (mean, of) => Math.sqrt(mean / of), Number.POSITIVE_INFINITY)

type ErrorAt = (mean: number, of: number) => number

function attributeChart(
  all: readonly Attribute[],
  options: AttributeOptions,
  errorAt: ErrorAt,
  ceiling: number,
): Chart {
  if (all.some(({ events, of }) => !(of > 0) || !(events >= 0) || events > of * ceiling))
    throw new RangeError('every point needs something to be a share of, and events that fit in it')
  const segments = segmentBounds(all.length, options.rebaseAt).map(([from, to]) =>
    segmentOf(all.slice(from, to + 1), from, options, errorAt),
  )
  const points = segments.flatMap((segment, number) =>
    all
      .slice(segment.from, segment.to + 1)
      .map((point) => pointOf(point, segment, number, errorAt(segment.mean, point.of), ceiling)),
  )
  return { points: withSignals(points, options), segments }
}

function segmentOf(
  all: readonly Attribute[],
  from: number,
  options: AttributeOptions,
  errorAt: ErrorAt,
): ChartSegment {
  const mean =
    all.reduce((sum, { events }) => sum + events, 0) / all.reduce((sum, point) => sum + point.of, 0)
  const zs = all.map(({ events, of }) => {
    const error = errorAt(mean, of)
    return error === 0 ? 0 : (events / of - mean) / error
  })
  const spread = options.allowsForOverdispersion ? movingRangeOf(zs, false) / 1.128 : 1
  return {
    from,
    to: from + all.length - 1,
    mean,
    spread,
    isProvisional: all.length < (options.fewest ?? 13),
  }
}

function pointOf(
  { events, of }: Attribute,
  { mean, spread }: ChartSegment,
  segment: number,
  error: number,
  ceiling: number,
): PlainPoint {
  const at = (sigmas: number) => Math.min(ceiling, Math.max(0, mean + sigmas * spread * error))
  return {
    value: events / of,
    segment,
    mean,
    low: at(-3),
    high: at(3),
    nearLow: at(-2),
    nearHigh: at(2),
    isFloored: mean - 3 * spread * error < 0,
  }
}

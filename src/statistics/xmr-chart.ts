import { withSignals } from './chart-rules.ts'
import type { Chart, ChartRules, ChartSegment, PlainPoint } from './chart-types.ts'
import { meanOf } from './quantiles.ts'

export type XmrOptions = ChartRules & {
  /** The first point of each new segment after the first, ascending: see `rebase.ts` for who may decide. */
  readonly rebaseAt?: readonly number[]
  /** Limits of each segment are fixed by so many of its first points. */
  readonly baselinePoints?: number
  /** Leaves the largest moving ranges out of their mean once: true unless said. */
  readonly screens?: boolean
  /** The smallest value there can be, such as 0 for a count: limits are shown no lower. */
  readonly floor?: number
}

/** 3 / 1.128: from the mean moving range to 3 standard deviations. */
const toLimit = 2.66
/** The upper limit of a moving range, in mean moving ranges. */
const screenAt = 3.267

/**
 * A chart of individual values: each point with its mean, limits and signals.
 *
 * Mean ± 2.66 mean moving ranges; near limits at two thirds. Moving ranges of 3.267 times their mean or more are
 * left out once. None is taken across the start of a segment.
 *
 * @param values in time order, all finite.
 * @returns no points for no values. A segment of 1 point has limits at its mean.
 * @source Shewhart; Wheeler and Chambers 1992; Making Data Count; evaluation design, 2.8.
 */
export function xmrChart(values: readonly number[], options: XmrOptions = {}): Chart {
  const segments = segmentBounds(values.length, options.rebaseAt).map(([from, to]) =>
    segmentOf(values, from, to, options),
  )
  const points = segments.flatMap((segment, number) =>
    values.slice(segment.from, segment.to + 1).map((value) => pointOf(value, segment, number, options.floor)),
  )
  return { points: withSignals(points, options), segments }
}

/** First and last point of each segment, both counted. */
export function segmentBounds(points: number, starts: readonly number[] = []): readonly [number, number][] {
  const all = [0, ...starts.filter((start) => start > 0 && start < points)]
  return points === 0 ? [] : all.map((from, k): [number, number] => [from, (all[k + 1] ?? points) - 1])
}

function segmentOf(values: readonly number[], from: number, to: number, options: XmrOptions): ChartSegment {
  const last = Math.min(to, from + (options.baselinePoints ?? Number.POSITIVE_INFINITY) - 1)
  const base = values.slice(from, last + 1)
  return {
    from,
    to,
    mean: meanOf(base),
    spread: movingRangeOf(base, options.screens ?? true),
    isProvisional: base.length < (options.fewest ?? 13),
  }
}

/** The mean distance of neighbours, without those that stand out if it is screened; 0 for a single value. */
export function movingRangeOf(values: readonly number[], screens: boolean): number {
  if (values.length < 2) return 0
  const ranges = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? 0)))
  const all = meanOf(ranges)
  if (!screens) return all
  const kept = ranges.filter((range) => range < screenAt * all)
  return kept.length > 0 ? meanOf(kept) : all
}

function pointOf(
  value: number,
  { mean, spread }: ChartSegment,
  segment: number,
  floor = Number.NEGATIVE_INFINITY,
): PlainPoint {
  const reach = toLimit * spread
  return {
    value,
    segment,
    mean,
    low: Math.max(floor, mean - reach),
    high: mean + reach,
    nearLow: Math.max(floor, mean - (2 / 3) * reach),
    nearHigh: mean + (2 / 3) * reach,
    isFloored: mean - reach < floor,
  }
}

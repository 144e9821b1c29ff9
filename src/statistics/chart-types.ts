/** A stretch of a chart with limits of its own: from one point to another, both counted. */
export type ChartSegment = {
  readonly from: number
  readonly to: number
  /** The centre line. */
  readonly mean: number
  /** What the limits are made from: the mean moving range (XmR, t) or the number of standard errors' inflation (p′, u′). */
  readonly spread: number
  /** Too few points for limits to be more than provisional. */
  readonly isProvisional: boolean
}

/** Signs that something other than chance is at work, in the order in which one is shown before another. */
export type Signal = 'outside limits' | 'trend' | 'near a limit' | 'run on one side'

export type ChartPoint = {
  readonly value: number
  /** The number of the point's segment. */
  readonly segment: number
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly nearLow: number
  readonly nearHigh: number
  /** The lower limit was below anything possible and is shown at it. */
  readonly isFloored: boolean
  readonly signals: readonly Signal[]
  /** The way the point's trend goes, where it is in one: a trend counts by its way, not by its side of the mean. */
  readonly trend: 'up' | 'down' | null
}

export type Chart = {
  readonly points: readonly ChartPoint[]
  readonly segments: readonly ChartSegment[]
}

/** Which points make a signal. Left out, each is what Making Data Count uses. */
export type ChartRules = {
  /** Points on one side of the mean that make a run: 7. */
  readonly runLength?: number
  /** Points that only rise or only fall that make a trend: 7, which is 6 differences. */
  readonly trendLength?: number
  /** Equal neighbours are passed over in a trend rather than ending it. */
  readonly skipsTies?: boolean
  /** Fewer points than this have provisional limits: 13. */
  readonly fewest?: number
}

/** A chart's points before they are judged. */
export type PlainPoint = Omit<ChartPoint, 'signals' | 'trend'>

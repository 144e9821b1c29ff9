import type { LondonDate } from '#calendar'
import type { Chart, ChartPoint, Signal } from './chart-types.ts'

/** Which way is the better one, if either is. */
export type Better = 'up' | 'down' | 'neither'

/** What the last point says of the way things go. */
export type Variation = 'improvement' | 'concern' | 'change' | 'mixed' | 'chance alone'

/** The variation and the signals it rests on, the first shown before the others. */
export type VariationFound = { readonly variation: Variation; readonly signals: readonly Signal[] }

/**
 * What the last point of a chart says: improvement, concern, or nothing but chance.
 *
 * A trend counts by its way; every other signal by its side of the mean. When the two disagree the answer is 'mixed',
 * and both are shown.
 *
 * @returns 'change' when neither way is the better one; 'chance alone' for no signal or no points.
 * @source Making Data Count; evaluation design, 2.8. The national tools differ in the mixed case.
 */
export function variationOf({ points }: Chart, better: Better): VariationFound {
  const last = points.at(-1)
  const signals = last?.signals ?? []
  if (!last || signals.length === 0) return { variation: 'chance alone', signals }
  if (better === 'neither') return { variation: 'change', signals }
  const ways = new Set(signals.map((signal) => wayOf(last, signal)))
  const variation = ways.size > 1 ? 'mixed' : ways.has(better) ? 'improvement' : 'concern'
  return { variation, signals }
}

const wayOf = (point: ChartPoint, signal: Signal) =>
  signal === 'trend' ? point.trend : point.value > point.mean ? 'up' : 'down'

/** Whether a target is reached every time, never, or now and then, as things go now. */
export type Assurance = 'met every time' | 'missed every time' | 'met or missed by chance'

/**
 * Whether a target can be relied on, from the limits of the last segment.
 *
 * @returns null for no points or when neither way is the better one.
 * @source Making Data Count: a target beyond both limits is met, or missed, whatever chance does.
 */
export function assuranceOf({ points }: Chart, target: number, better: Better): Assurance | null {
  const last = points.at(-1)
  if (!last || better === 'neither') return null
  if (target > last.high) return better === 'up' ? 'missed every time' : 'met every time'
  if (target < last.low) return better === 'up' ? 'met every time' : 'missed every time'
  return 'met or missed by chance'
}

/** A person's decision that limits begin anew at a point. */
export type Rebase = {
  /** The first point with new limits. */
  readonly at: number
  readonly decidedOn: LondonDate
  readonly decidedBy: string
  /** The known cause. */
  readonly reason: string
}

/**
 * What stands against a decision to begin limits anew: each a sentence. None means it may stand.
 *
 * Nothing here ever proposes a rebase: limits that move by themselves hide what they are there to show.
 *
 * @param chart of the values without this rebase.
 * @source Making Data Count; evaluation design, 2.8: a known cause, a sustained signal, at least 12 points after.
 */
export function problemsWithRebase(chart: Chart, rebase: Rebase): readonly string[] {
  const after = chart.points.slice(rebase.at)
  const isSustained = after.some(
    ({ signals }) => signals.includes('run on one side') || signals.includes('trend'),
  )
  return [
    ...(rebase.reason.trim() ? [] : ['Give the reason: what is known to have changed.']),
    ...(rebase.decidedBy.trim() ? [] : ['Give the name of who decided.']),
    ...(rebase.at > 0 && after.length > 0 ? [] : ['Choose a point after the first.']),
    ...(after.length >= 12 ? [] : [`Wait until there are 12 points after it: there are ${after.length}.`]),
    ...(isSustained ? [] : ['Nothing after that point shows a change that lasted: keep the limits.']),
  ]
}

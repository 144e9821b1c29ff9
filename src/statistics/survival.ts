import { normalQuantile } from './distributions.ts'
import type { Interval } from './intervals.ts'

/** One person a row: how long they were followed, and whether that ended in the event. */
export type SurvivalRows = {
  /** Time from the start to the event or to the end of follow-up, 0 or more. */
  readonly times: Float64Array
  /** 1 where the event came, 0 where it had not come by then. */
  readonly events: ArrayLike<number>
  /** 1 unless given: those of matched controls. */
  readonly weights?: Float64Array
}

/** What is known at one time at which an event came. */
export type SurvivalStep = {
  readonly time: number
  readonly atRisk: number
  readonly events: number
  /** The share still without the event just after this time. */
  readonly survival: number
  readonly standardError: number
  readonly low: number
  readonly high: number
}

/**
 * The share still without the event, by time, with intervals.
 *
 * @returns one step for each time at which an event came, in order. Somebody whose follow-up ends at that time is
 *   still at risk. Where nobody is left the interval is NaN at both ends.
 * @throws RangeError for no rows or a time below 0: the caller's mistake.
 * @source Kaplan and Meier 1958; variance by Greenwood 1926; interval on the log(-log) scale (Kalbfleisch and
 *   Prentice), as R's survfit with conf.type "log-log". With weights Greenwood's formula takes them as counts.
 */
export function kaplanMeier(rows: SurvivalRows, confidence = 0.95): readonly SurvivalStep[] {
  const reach = normalQuantile(1 - (1 - confidence) / 2)
  let [survival, greenwood] = [1, 0]
  return eventTimes(rows).map(({ time, atRisk, events }) => {
    survival *= 1 - events / atRisk
    greenwood += events / (atRisk * (atRisk - events))
    const standardError = survival > 0 ? survival * Math.sqrt(greenwood) : Number.NaN
    const spread = Math.exp((reach * Math.sqrt(greenwood)) / Math.log(survival))
    return {
      time,
      atRisk,
      events,
      survival: Math.max(survival, 0),
      standardError,
      low: survival > 0 ? survival ** (1 / spread) : Number.NaN,
      high: survival > 0 ? survival ** spread : Number.NaN,
    }
  })
}

/** Each time at which an event came, with the weight at risk just before and the weight of the events. */
export function eventTimes({ times, events, weights }: SurvivalRows) {
  if (times.length === 0 || times.some((time) => !(time >= 0)))
    throw new RangeError('survival needs at least 1 person and times of 0 or more')
  const order = Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
  let left = weights ? weights.reduce((sum, w) => sum + w, 0) : times.length
  const steps: { time: number; atRisk: number; events: number }[] = []
  for (let start = 0; start < order.length; ) {
    const time = times[order[start] ?? 0] ?? 0
    let [leaving, falling, next] = [0, 0, start]
    for (; next < order.length && times[order[next] ?? 0] === time; next++) {
      const weight = weights?.[order[next] ?? 0] ?? 1
      leaving += weight
      if (events[order[next] ?? 0]) falling += weight
    }
    if (falling > 0) steps.push({ time, atRisk: Math.max(left, leaving), events: falling })
    left -= leaving
    start = next
  }
  return steps
}

/** The share still without the event at a time: that of the last step at or before it. */
export function survivalAt(steps: readonly SurvivalStep[], time: number): Interval {
  const last = steps.findLast((step) => step.time <= time)
  return last ? { value: last.survival, low: last.low, high: last.high } : { value: 1, low: 1, high: 1 }
}

/**
 * The time by which half have had the event; Infinity when it is not reached.
 *
 * @source Brookmeyer and Crowley, Biometrics 1982;38:29: the ends are where the interval's own ends pass a half.
 *   Where the share is exactly a half, halfway to the next event, as R does.
 */
export function medianTime(steps: readonly SurvivalStep[]): Interval {
  const crossing = (shareOf: (step: SurvivalStep) => number) => {
    const at = steps.findIndex((step) => shareOf(step) <= 0.5 + 1e-12)
    const step = steps[at]
    if (!step) return Number.POSITIVE_INFINITY
    const isHalf = Math.abs(shareOf(step) - 0.5) < 1e-12
    return isHalf ? (step.time + (steps[at + 1]?.time ?? step.time)) / 2 : step.time
  }
  return {
    value: crossing((step) => step.survival),
    low: crossing((step) => step.low),
    high: crossing((step) => step.high),
  }
}

export type RestrictedMean = Interval & { readonly standardError: number }

/**
 * The mean time without the event up to a horizon: the area under the curve.
 *
 * @param horizon no later than the last follow-up, or the curve is taken to stay where it was.
 * @source Royston and Parmar, Statistics in Medicine 2011;30:2409; variance as in R's survfit (rmean).
 */
export function restrictedMean(
  steps: readonly SurvivalStep[],
  horizon: number,
  confidence = 0.95,
): RestrictedMean {
  const until = steps.filter((step) => step.time < horizon)
  let [area, variance] = [0, 0]
  for (let i = until.length - 1; i >= 0; i--) {
    const { time, survival, atRisk, events } = until[i] ?? { time: 0, survival: 1, atRisk: 1, events: 0 }
    area += survival * ((until[i + 1]?.time ?? horizon) - time)
    if (area > 0) variance += (area * area * events) / (atRisk * (atRisk - events))
  }
  const value = area + (until[0]?.time ?? horizon)
  return withLimits(value, Math.sqrt(variance), confidence)
}

/** The difference of two groups' restricted means, the first less the second, taken as independent. */
export function restrictedMeanDifference(
  first: RestrictedMean,
  second: RestrictedMean,
  confidence = 0.95,
): RestrictedMean {
  return withLimits(
    first.value - second.value,
    Math.hypot(first.standardError, second.standardError),
    confidence,
  )
}

function withLimits(value: number, standardError: number, confidence: number): RestrictedMean {
  const reach = normalQuantile(1 - (1 - confidence) / 2) * standardError
  return { value, low: value - reach, high: value + reach, standardError }
}

import { withError, withLogitError } from './estimates.ts'
import type { Estimate } from './report-types.ts'

/**
 * The area under the ROC curve: how often somebody with the outcome has the higher risk; ties count half.
 *
 * @returns an interval from 0 to 1 wide when there is one event or one non-event.
 * @source DeLong, DeLong and Clarke-Pearson, Biometrics 1988;44:837, by ranks as in Sun and Xu 2014.
 */
export function aucOf(risk: Float64Array, outcome: Uint8Array): Estimate {
  const [events, others] = parted(risk, outcome)
  const above = placements(events, others)
  const below = placements(others, events)
  const auc = meanOf(above)
  const error = Math.sqrt(varianceOf(above) / events.length + varianceOf(below) / others.length)
  const { value, low, high } = withError(auc, error, '')
  return { value, low: Math.max(0, low ?? 0), high: Math.min(1, high ?? 1), method: 'DeLong' }
}

/** Each in order: the risks of those with the outcome, and of the others. */
export function parted(risk: Float64Array, outcome: Uint8Array): readonly [Float64Array, Float64Array] {
  const events = risk.filter((_, i) => outcome[i] === 1)
  const others = risk.filter((_, i) => outcome[i] !== 1)
  return [events.sort(), others.sort()]
}

/** For each of one side, the share of the other side below it, ties half. Both in order. */
function placements(one: Float64Array, other: Float64Array): Float64Array {
  const shares = new Float64Array(one.length)
  let [below, upTo] = [0, 0]
  for (let i = 0; i < one.length; i++) {
    const value = one[i] ?? 0
    while (below < other.length && (other[below] ?? 0) < value) below++
    upTo = Math.max(upTo, below)
    while (upTo < other.length && (other[upTo] ?? 0) <= value) upTo++
    shares[i] = (below + upTo) / 2 / other.length
  }
  return shares
}

export function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** The variance of values, over n - 1. */
export function varianceOf(values: Float64Array): number {
  const mean = meanOf(values)
  let sum = 0
  for (const value of values) sum += (value - mean) ** 2
  return sum / (values.length - 1)
}

/**
 * Average precision: the mean PPV at the risk of each event, tied risks taken together.
 *
 * @source Boyd, Eng and Page, ECML 2013: the interval on the log-odds, by the number of events.
 */
export function averagePrecisionOf(risk: Float64Array, outcome: Uint8Array): Estimate {
  const [events, others] = parted(risk, outcome)
  let [sum, i, j] = [0, events.length - 1, others.length - 1]
  while (i >= 0) {
    const value = events[i] ?? 0
    let tied = 0
    for (; i >= 0 && events[i] === value; i--) tied++
    while (j >= 0 && (others[j] ?? 0) >= value) j--
    const listed = events.length - 1 - i
    sum += (tied * listed) / (listed + others.length - 1 - j)
  }
  const value = sum / events.length
  if (value >= 1) return { value: 1, low: null, high: 1, method: 'no interval: no error made' }
  const error = 1 / Math.sqrt(events.length * value * (1 - value))
  return withLogitError(value, error, 'logit, by events')
}

/**
 * The Brier score, and its share of what a constant risk would leave taken away (scaled).
 *
 * @source Brier 1950; Steyerberg and others, Epidemiology 2010;21:128. The scaled score's error takes the rate as known.
 */
export function brierOf(
  risk: Float64Array,
  outcome: Uint8Array,
): { readonly brier: Estimate; readonly scaledBrier: Estimate } {
  const squares = risk.map((value, i) => (value - (outcome[i] ?? 0)) ** 2)
  const rate = outcome.reduce((sum, happened) => sum + happened, 0) / outcome.length
  const constant = rate * (1 - rate)
  const error = Math.sqrt(varianceOf(squares) / squares.length)
  const brier = meanOf(squares)
  const gains = squares.map(
    (value, i) => 1 - value / constant - (1 - ((outcome[i] ?? 0) - rate) ** 2 / constant),
  )
  const scaledError = Math.sqrt(varianceOf(gains) / gains.length)
  return {
    brier: withError(brier, error, 'normal'),
    scaledBrier: withError(1 - brier / constant, scaledError, 'normal, against a constant risk'),
  }
}

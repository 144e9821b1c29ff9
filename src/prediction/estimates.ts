import type { Estimate } from './report-types.ts'

const z = 1.959963984540054

/** An estimate whose error is normal on its own scale. */
export const withError = (value: number, error: number, method: string): Estimate => ({
  value,
  low: finite(value - z * error),
  high: finite(value + z * error),
  method,
})

/** An estimate above 0 whose error is normal on the logarithmic scale. */
export const withLogError = (value: number, error: number, method: string): Estimate => ({
  value,
  low: finite(value * Math.exp(-z * error)),
  high: finite(value * Math.exp(z * error)),
  method,
})

/** A share between 0 and 1 whose error is normal on the log-odds. */
export function withLogitError(value: number, error: number, method: string): Estimate {
  const line = Math.log(value / (1 - value))
  const share = (at: number) => 1 / (1 + Math.exp(-at))
  return { value, low: finite(share(line - z * error)), high: finite(share(line + z * error)), method }
}

const finite = (end: number): number | null => (Number.isFinite(end) ? end : null)

/**
 * A proportion with its score interval. Of nobody there is no proportion: 0, from 0 to 1.
 *
 * @source Wilson, JASA 1927;22:209.
 */
export function wilson(hits: number, of: number): Estimate {
  if (of === 0) return { value: 0, low: 0, high: 1, method: 'Wilson' }
  const share = hits / of
  const square = z * z
  const middle = (share + square / (2 * of)) / (1 + square / of)
  const half = (z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of))
  return {
    value: share,
    low: hits === 0 ? 0 : middle - half,
    high: hits === of ? 1 : middle + half,
    method: 'Wilson',
  }
}

/** An estimate with the middle 95% of what resampling gave. */
export function withPercentiles(value: number, draws: readonly number[], method: string): Estimate {
  const inOrder = Float64Array.from(draws).sort()
  const at = (share: number) => inOrder[Math.round(share * (inOrder.length - 1))] ?? Number.NaN
  return { value, low: finite(at(0.025)), high: finite(at(0.975)), method }
}

/** Another scale of the same estimate; a falling one turns the ends round. */
export function turned(estimate: Estimate, scale: (value: number) => number, method: string): Estimate {
  const ends = [estimate.low, estimate.high].map((end) => (end === null ? null : finite(scale(end))))
  const [first = null, second = null] = ends
  const isFalling = scale(0.25) > scale(0.75)
  const [low, high] = isFalling ? [second, first] : [first, second]
  return { value: scale(estimate.value), low, high, method }
}

/**
 * The value below which this share of the values lies, between neighbours in proportion.
 *
 * @param share from 0 to 1. Values that are no number are the caller's mistake; none at all gives NaN.
 * @source Hyndman and Fan, The American Statistician 1996;50:361, type 7: R's own rule.
 */
export function quantileOf(values: ArrayLike<number>, share: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), share)
}

/** The same of values already in ascending order. */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = (sorted.length - 1) * share
  const low = Math.floor(place)
  const [below, above] = [sorted[low] ?? Number.NaN, sorted[low + 1] ?? sorted[low] ?? Number.NaN]
  return below + (place - low) * (above - below)
}

/** The mean of the values; NaN of none. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0
  return sum / values.length
}

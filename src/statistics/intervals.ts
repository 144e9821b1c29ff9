import { betaQuantile, gammaQuantile } from './distributions.ts'

/** An estimate with the two ends of its confidence interval, all in one unit. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number }

/**
 * The exact interval of a rate: events in so much exposure.
 *
 * @param events a whole number, 0 or more.
 * @param exposure person-time above 0; the rate comes back per unit of it.
 * @param confidence 0.95 unless said. With 0 events the lower end is 0.
 * @source Garwood, Biometrika 1936;28:437: gamma quantiles of the tail shares.
 */
export function poissonRateInterval(events: number, exposure: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2
  return {
    value: events / exposure,
    low: events === 0 ? 0 : gammaQuantile(tail, events) / exposure,
    high: gammaQuantile(1 - tail, events + 1) / exposure,
  }
}

/**
 * The exact interval of a proportion: so many of n.
 *
 * @source Clopper and Pearson, Biometrika 1934;26:404: beta quantiles. Never narrower than it says.
 */
export function binomialInterval(hits: number, n: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2
  return {
    value: hits / n,
    low: hits === 0 ? 0 : betaQuantile(tail, hits, n - hits + 1),
    high: hits === n ? 1 : betaQuantile(1 - tail, hits + 1, n - hits),
  }
}

/**
 * The exact interval of the ratio of two rates, for counts too small for a model.
 *
 * @returns the ratio of the first rate to the second; the upper end is Infinity when the second count is 0,
 *   and the value NaN when both are.
 * @source Given the sum of two Poisson counts, the first is binomial (Przyborowski and Wilenski 1940).
 */
export function rateRatioInterval(
  [events, exposure]: readonly [number, number],
  [otherEvents, otherExposure]: readonly [number, number],
  confidence = 0.95,
): Interval {
  const scale = otherExposure / exposure
  const share = binomialInterval(events, events + otherEvents, confidence)
  const odds = (p: number) => (p >= 1 ? Number.POSITIVE_INFINITY : (p / (1 - p)) * scale)
  return { value: (events / otherEvents) * scale, low: odds(share.low), high: odds(share.high) }
}

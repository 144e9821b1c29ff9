import { gammaQuantile, normalQuantile } from './distributions.ts'
import type { Interval } from './intervals.ts'
import { poissonRateInterval } from './intervals.ts'

/** One age and sex (or any other band) of the people looked at, with how much of the standard population it is. */
export type Band = { readonly events: number; readonly exposure: number; readonly standard: number }

/**
 * The rate these people would have if their bands were as large as in the standard population.
 *
 * @param bands `exposure` above 0 in each; a rate comes back per unit of it.
 * @returns with limits scaled from the exact ones of the count of all events, which stay right when counts are small.
 * @throws RangeError for a band of the standard that nobody here is in.
 * @source Dobson, Kuulasmaa, Eberle and Scherer, Statistics in Medicine 1991;10:457, as English public health uses.
 */
export function directlyStandardised(bands: readonly Band[], confidence = 0.95): Interval {
  if (bands.some(({ exposure, standard }) => !(exposure > 0) || !(standard >= 0)))
    throw new RangeError('every band needs people of its own to have a rate')
  const whole = bands.reduce((sum, { standard }) => sum + standard, 0)
  let [value, variance, events] = [0, 0, 0]
  for (const band of bands) {
    const weight = band.standard / whole / band.exposure
    value += weight * band.events
    variance += weight * weight * band.events
    events += band.events
  }
  if (events === 0) {
    const most = Math.max(...bands.map(({ standard, exposure }) => standard / whole / exposure))
    return { value: 0, low: 0, high: most * gammaQuantile(1 - (1 - confidence) / 2, 1) }
  }
  const exact = poissonRateInterval(events, 1, confidence)
  const scale = Math.sqrt(variance / events)
  return { value, low: value + scale * (exact.low - events), high: value + scale * (exact.high - events) }
}

/**
 * Events seen against events expected, indexed to 100: 120 is a fifth more than expected.
 *
 * @param expected above 0, taken as known.
 * @source Exact Poisson limits of the count seen over the count expected (Garwood 1936).
 */
export function indexedTo100(observed: number, expected: number, confidence = 0.95): Interval {
  const { value, low, high } = poissonRateInterval(observed, expected, confidence)
  return { value: 100 * value, low: 100 * low, high: 100 * high }
}

/** A band of people with the mean and spread of something measured in each of them. */
export type MeanBand = {
  readonly people: number
  readonly mean: number
  /** The standard deviation between people of the band. */
  readonly spread: number
  readonly standard: number
}

/**
 * The mean these people would have if their bands were as large as in the standard population.
 *
 * @source The weighted mean of independent means; normal limits.
 */
export function standardisedMean(bands: readonly MeanBand[], confidence = 0.95): Interval {
  const whole = bands.reduce((sum, { standard }) => sum + standard, 0)
  let [value, variance] = [0, 0]
  for (const { people, mean, spread, standard } of bands) {
    value += (standard / whole) * mean
    variance += (standard / whole) ** 2 * (spread ** 2 / people)
  }
  const reach = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(variance)
  return { value, low: value - reach, high: value + reach }
}

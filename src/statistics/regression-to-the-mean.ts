import { logGamma } from './distributions.ts'

/** A population whose yearly counts are Poisson around rates that follow a gamma distribution. */
export type GammaPoisson = {
  /** The mean count of a year. */
  readonly mean: number
  /** The shape of the gamma: small when a few people have most of the events. Infinity when all are alike. */
  readonly shape: number
}

/**
 * The mean and shape that a population's counts imply, by moments: shape = mean² / (variance - mean).
 *
 * @returns a shape of Infinity when the counts vary no more than chance alone would make them.
 * @throws RangeError for an empty population.
 * @source Anscombe, Biometrika 1950;37:358.
 */
export function gammaPoissonFrom(counts: ArrayLike<number>): GammaPoisson {
  if (counts.length === 0) throw new RangeError('0 people: a rate needs at least 1')
  let [sum, squares] = [0, 0]
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i] ?? 0
    squares += (counts[i] ?? 0) ** 2
  }
  const mean = sum / counts.length
  const variance = counts.length > 1 ? (squares - counts.length * mean * mean) / (counts.length - 1) : 0
  return { mean, shape: variance > mean ? (mean * mean) / (variance - mean) : Number.POSITIVE_INFINITY }
}

/**
 * The count expected in the next year of someone who had so many this year, with nothing done.
 *
 * @source The mean of the gamma posterior: (count + k) / (1 + k / m) (Robbins 1956; evaluation design, 2.7 b).
 */
export function expectedNextCount(count: number, { mean, shape }: GammaPoisson): number {
  if (mean === 0) return 0
  return shape === Number.POSITIVE_INFINITY ? mean : (count + shape) / (1 + shape / mean)
}

/**
 * What becomes, with no service at all, of the people chosen because they had at least so many events in a year.
 *
 * @returns their mean count in that year and the next, and the change as a percentage: below 0 is a fall.
 */
export function regressionToTheMean(population: GammaPoisson, atLeast: number) {
  let [chosen, before, after] = [0, 0, 0]
  let tail = 1
  for (let count = 0; count < 100_000; count++) {
    const share = shareWith(count, population)
    if (count >= atLeast) {
      chosen += share
      before += count * share
      after += expectedNextCount(count, population) * share
    }
    tail -= share
    if (count > atLeast && count > population.mean && count * share < 1e-16 * before && tail < 1e-9) break
  }
  const [first, second] = [before / chosen, after / chosen]
  return { before: first, after: second, changePercent: (second / first - 1) * 100 }
}

/** The share of people with exactly this count: negative binomial, or Poisson when all are alike. */
function shareWith(count: number, { mean, shape }: GammaPoisson): number {
  if (shape === Number.POSITIVE_INFINITY) return Math.exp(count * Math.log(mean) - mean - logGamma(count + 1))
  const chance = mean / (mean + shape)
  const ways = logGamma(count + shape) - logGamma(shape) - logGamma(count + 1)
  return Math.exp(ways + shape * Math.log(1 - chance) + count * Math.log(chance))
}

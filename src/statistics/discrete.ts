import { betaBelow, gammaAbove, logGamma } from './distributions.ts'

/** A distribution on 0, 1, 2 …: the share at a count, and at or below it. */
export type Discrete = {
  readonly at: (count: number) => number
  readonly upTo: (count: number) => number
  /** No count is above this. */
  readonly most: number
  readonly mean: number
}

/** Hits among n, each with the same chance. */
export function binomial(n: number, chance: number): Discrete {
  const ways = (k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
  const certain = (k: number) => +(k === (chance === 0 ? 0 : n))
  const isCertain = chance === 0 || chance === 1
  return {
    at: (k) =>
      isCertain ? certain(k) : Math.exp(ways(k) + k * Math.log(chance) + (n - k) * Math.log1p(-chance)),
    upTo: (k) => (k < 0 ? 0 : k >= n ? 1 : betaBelow(1 - chance, n - k, k + 1)),
    most: n,
    mean: n * chance,
  }
}

/** Events around a mean, each on its own. */
export function poisson(mean: number): Discrete {
  return {
    at: (k) => (mean === 0 ? +(k === 0) : Math.exp(k * Math.log(mean) - mean - logGamma(k + 1))),
    upTo: (k) => (k < 0 ? 0 : gammaAbove(mean, k + 1)),
    most: Number.POSITIVE_INFINITY,
    mean,
  }
}

/** The smallest count with at least this share at or below it. */
export function countAt({ upTo, most, mean }: Discrete, share: number): number {
  let [below, high] = [-1, Math.max(1, Math.ceil(mean))]
  while (high < most && upTo(high) < share) [below, high] = [high, high * 2]
  high = Math.min(high, most)
  while (high - below > 1) {
    const middle = Math.floor((below + high) / 2)
    if (upTo(middle) < share) below = middle
    else high = middle
  }
  return high
}

import { logGamma } from './distributions.ts'

/** A stream of numbers drawn by a seed: the same seed gives the same numbers on every machine. */
export type RandomStream = {
  /** Uniform on [0, 1). */
  readonly uniform: () => number
  readonly normal: () => number
  /** Gamma with this shape and mean = shape; shape above 0. */
  readonly gamma: (shape: number) => number
  /** Poisson with this mean, 0 or more. */
  readonly poisson: (mean: number) => number
}

/**
 * Starts a stream from a whole-number seed.
 *
 * @source xoshiro128** of Blackman and Vigna (2018), seeded by splitmix32; 53-bit uniforms. Normal by
 *   Marsaglia's polar method, gamma by Marsaglia and Tsang (2000), Poisson by inversion below 30 and by
 *   Hörmann's transformed rejection (1993) above.
 */
export function randomStream(seed: number): RandomStream {
  const next = xoshiro(seed)
  const uniform = () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992
  const normal = () => polarNormal(uniform)
  const gamma = (shape: number) => marsagliaGamma(shape, uniform, normal)
  const poisson = (mean: number) => (mean < 30 ? smallPoisson(mean, uniform) : largePoisson(mean, uniform))
  return { uniform, normal, gamma, poisson }
}

function xoshiro(seed: number): () => number {
  const s = new Uint32Array(4)
  let state = seed >>> 0
  for (let i = 0; i < 4; i++) {
    state = (state + 0x9e3779b9) >>> 0
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    s[i] = (z ^ (z >>> 15)) >>> 0
  }
  const rotate = (x: number, by: number) => ((x << by) | (x >>> (32 - by))) >>> 0
  return () => {
    const [a, b, c, d] = [s[0] ?? 0, s[1] ?? 0, s[2] ?? 0, s[3] ?? 0]
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const [x, y] = [c ^ a, d ^ b]
    s[0] = a ^ y
    s[1] = b ^ x
    s[2] = x ^ (b << 9)
    s[3] = rotate(y >>> 0, 11)
    return result
  }
}

function polarNormal(uniform: () => number): number {
  for (;;) {
    const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1]
    const square = u * u + v * v
    if (square > 0 && square < 1) return u * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

function marsagliaGamma(shape: number, uniform: () => number, normal: () => number): number {
  if (shape < 1) return marsagliaGamma(shape + 1, uniform, normal) * uniform() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

function smallPoisson(mean: number, uniform: () => number): number {
  let count = 0
  let term = Math.exp(-mean)
  let below = term
  for (const u = uniform(); u > below && count < 1000; below += term) term *= mean / ++count
  return count
}

function largePoisson(mean: number, uniform: () => number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  for (;;) {
    const u = uniform() - 0.5
    const v = 1 - uniform()
    const us = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
    if (count < 0 || (us < 0.013 && v > us)) continue
    const accept = Math.log((v * inverseAlpha) / (a / (us * us) + b))
    if (accept <= count * Math.log(mean) - mean - logGamma(count + 1)) return count
  }
}

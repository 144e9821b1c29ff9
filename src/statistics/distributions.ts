/**
 * The natural logarithm of the gamma function, for x above 0; relative error below 1e-13.
 *
 * @source Stirling's series with the Bernoulli terms to x^-15, after the recurrence has raised x to 12 or
 *   more (Abramowitz and Stegun 6.1.40).
 */
export function logGamma(x: number): number {
  let shift = 0
  let raised = x
  for (; raised < 12; raised++) shift += Math.log(raised)
  const inverse = 1 / raised
  const square = inverse * inverse
  const terms = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]
  let series = 0
  for (let i = terms.length - 1; i >= 0; i--) series = series * square + (terms[i] ?? 0)
  return (raised - 0.5) * Math.log(raised) - raised + 0.5 * Math.log(2 * Math.PI) + series * inverse - shift
}

/**
 * The share of a gamma distribution (this shape, scale 1) that lies below x, from 0 to 1.
 *
 * @source Series below shape + 1, Lentz's continued fraction above (Abramowitz and Stegun 6.5.29, 6.5.31).
 */
export function gammaBelow(x: number, shape: number): number {
  if (x <= 0) return 0
  return x < shape + 1 ? gammaSeries(x, shape) : 1 - gammaTail(x, shape)
}

/** The share of a gamma distribution above x, kept exact when it is very small. */
export function gammaAbove(x: number, shape: number): number {
  if (x <= 0) return 1
  return x < shape + 1 ? 1 - gammaSeries(x, shape) : gammaTail(x, shape)
}

function gammaSeries(x: number, shape: number): number {
  let term = 1 / shape
  let sum = term
  for (let n = 1; n < 100_000 && term > sum * 1e-17; n++) {
    term *= x / (shape + n)
    sum += term
  }
  return sum * Math.exp(-x + shape * Math.log(x) - logGamma(shape))
}

function gammaTail(x: number, shape: number): number {
  const fraction = continuedFraction(
    x + 1 - shape,
    (n) => n * (shape - n),
    (n) => x + 2 * n + 1 - shape,
  )
  return Math.exp(-x + shape * Math.log(x) - logGamma(shape)) / fraction
}

/**
 * The share of a beta distribution that lies below x, from 0 to 1; a and b above 0.
 *
 * @source Continued fraction of Abramowitz and Stegun 26.5.8, on the side where it converges fast.
 */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(1 - x, b, a)
  const logFront = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)
  const numerator = (n: number) => {
    const m = Math.floor(n / 2)
    return n % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
  }
  return Math.exp(logFront) / a / continuedFraction(1, numerator, () => 1)
}

/** first + numerator(1) / (denominator(1) + numerator(2) / (denominator(2) + …)), by Lentz's method. */
function continuedFraction(
  first: number,
  numerator: (n: number) => number,
  denominator: (n: number) => number,
) {
  const tiny = 1e-300
  let value = first || tiny
  let c = value
  let d = 0
  for (let n = 1; n < 100_000; n++) {
    d = 1 / (denominator(n) + numerator(n) * d || tiny)
    c = denominator(n) + numerator(n) / c || tiny
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return value
}

/** The share of the standard normal distribution below z, exact also far in the lower tail. */
export function normalBelow(z: number): number {
  const half = gammaAbove((z * z) / 2, 0.5) / 2
  return z < 0 ? half : 1 - half
}

/** The standard normal value below which this share lies; the share strictly between 0 and 1. */
export function normalQuantile(share: number): number {
  if (share > 0.5) return -normalQuantile(1 - share)
  return solveIncreasing(normalBelow, share, -40, 0)
}

/** The gamma value (this shape, scale 1) below which this share lies. */
export function gammaQuantile(share: number, shape: number): number {
  let high = shape + 10
  while (gammaBelow(high, shape) < share) high *= 2
  return solveIncreasing((x) => gammaBelow(x, shape), share, 0, high)
}

/** The beta value below which this share lies. */
export function betaQuantile(share: number, a: number, b: number): number {
  return solveIncreasing((x) => betaBelow(x, a, b), share, 0, 1)
}

/** Where an increasing function reaches a target between low and high, to the last bit it can tell apart. */
export function solveIncreasing(f: (x: number) => number, target: number, low: number, high: number): number {
  let [below, above] = [low, high]
  for (let step = 0; step < 200; step++) {
    const middle = (below + above) / 2
    if (middle === below || middle === above) break
    if (f(middle) < target) below = middle
    else above = middle
  }
  return (below + above) / 2
}

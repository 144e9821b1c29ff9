import { expect, it } from 'vitest'
import { moments } from './balance.ts'
import { randomStream } from './random.ts'

const draw = (seed: number, n: number, one: (random: ReturnType<typeof randomStream>) => number) => {
  const random = randomStream(seed)
  return Float64Array.from({ length: n }, () => one(random))
}

it('the same seed gives the same numbers, another seed others', () => {
  expect(draw(7, 5, (r) => r.uniform())).toEqual(draw(7, 5, (r) => r.uniform()))
  expect(draw(7, 5, (r) => r.uniform())).not.toEqual(draw(8, 5, (r) => r.uniform()))
})

it('the draws have the mean and variance of their distribution', () => {
  const cases = [
    [(r: ReturnType<typeof randomStream>) => r.uniform(), 0.5, 1 / 12],
    [(r: ReturnType<typeof randomStream>) => r.normal(), 0, 1],
    [(r: ReturnType<typeof randomStream>) => r.gamma(0.45), 0.45, 0.45],
    [(r: ReturnType<typeof randomStream>) => r.gamma(4), 4, 4],
    [(r: ReturnType<typeof randomStream>) => r.poisson(0.7), 0.7, 0.7],
    [(r: ReturnType<typeof randomStream>) => r.poisson(60), 60, 60],
  ] as const
  for (const [one, mean, variance] of cases) {
    const found = moments(draw(1, 100_000, one))
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / 100_000))
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.05)
  }
})

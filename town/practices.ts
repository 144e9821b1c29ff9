import { draw, h, keyOf, logisticShape } from './hash.ts'
import { localities, practiceFirst, practiceLast } from './names.data.ts'
import { ageWeights, ethnicShares, peopleOfAPractice } from './parameters.data.ts'

/** A practice of the town, with the traits that act on its people. Ranks run from 0 to 1. */
export type TownPractice = {
  readonly number: number
  readonly code: string
  readonly name: string
  readonly locality: string
  /** The share of the town's people at this practice, and the share at those before it. */
  readonly share: number
  readonly shareBefore: number
  readonly deprivationRank: number
  readonly mixRank: number
  readonly admissionEffect: number
  readonly accessEffect: number
}

const rankOf = (values: readonly number[]): number[] => {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Array<number>(values.length)
  for (const [rank, at] of order.entries()) ranks[at] = (rank + 0.5) / values.length
  return ranks
}

export const practiceCode = (number: number): string => `Z${String(number).padStart(5, '0')}`

/**
 * The practices of a town, from its seed and its size alone. Traits are ranks, not independent draws,
 * so that two seeds of a small town do not differ by the luck of a few practices.
 */
export function practicesOf(seed: number, rows: number): TownPractice[] {
  const count = Math.max(4, Math.floor(rows / peopleOfAPractice))
  const keys = Array.from({ length: count }, (_, at) => h(keyOf(seed, 0) ^ BigInt(900_000_000 + at)))
  const traits = [900, 901, 902, 903].map((purpose) => rankOf(keys.map((key) => draw(key, purpose, 0))))
  const weights = keys.map((key) => 0.45 + 1.1 * draw(key, 904, 0))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return keys.map((_, at) => {
    const share = (weights[at] ?? 0) / total
    const shareBefore = before
    before += share
    return {
      number: at + 3,
      code: practiceCode(at + 3),
      name: practiceName(at),
      locality: localities[at % localities.length] ?? localities[0],
      share,
      shareBefore,
      deprivationRank: traits[0]?.[at] ?? 0.5,
      mixRank: traits[1]?.[at] ?? 0.5,
      admissionEffect: logisticShape(traits[2]?.[at] ?? 0.5),
      accessEffect: logisticShape(traits[3]?.[at] ?? 0.5),
    }
  })
}

function practiceName(at: number): string {
  const first = (practiceFirst[at % practiceFirst.length] ?? '').replace('-', ' ')
  return `${first} ${practiceLast[Math.floor(at / practiceFirst.length) % practiceLast.length] ?? ''}`
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** Where a person of this practice and this draw lives: 0 most deprived, 1 least. */
const placeOf = (rank: number, u: number, age: number): number => {
  const x = Math.abs(rank + 0.24 * (2 * u ** Math.exp(0.006 * (40 - age)) - 1))
  return 1 - Math.abs(1 - x)
}

/**
 * The intercept of not being White that makes the town's share England's, found by bisection over the
 * practices and the age weights. Without it the share would move by 5 points with the luck of a seed.
 */
export function ethnicIntercept(practices: readonly TownPractice[]): number {
  const points = [0.1, 0.3, 0.5, 0.7, 0.9]
  const terms: { weight: number; offset: number }[] = []
  for (const practice of practices)
    for (const [from, to, weight] of ageWeights)
      for (const u of points) {
        const age = (from + to) / 2
        const tenth = 1 + Math.min(9, Math.floor(10 * placeOf(practice.deprivationRank, u, age)))
        const offset = 3.4 * (practice.mixRank - 0.5) - 0.031 * (age - 40) - 0.06 * (tenth - 5.5)
        terms.push({ weight: (practice.share * weight) / points.length, offset })
      }
  const all = terms.reduce((sum, term) => sum + term.weight, 0)
  const share = (c: number) =>
    terms.reduce((sum, term) => sum + term.weight * logistic(c + term.offset), 0) / all
  let low = -8
  let high = 4
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (share(middle) < ethnicShares.notWhite) low = middle
    else high = middle
  }
  return (low + high) / 2
}

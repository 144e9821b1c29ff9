import { randomStream } from '#statistics'
import { factorise } from './cholesky.ts'
import type { LearnedChance } from './learned.ts'

/** One group as its interval is told. */
export type GroupSeen = { readonly ratio: number; readonly error: number; readonly events: number }

/** What all groups say when they are looked at together. */
export type Together = {
  /** With so many events that their intervals are looked at together. */
  readonly groups: number
  /** Whose interval lies wholly above or below 1. */
  readonly excluding: number
  /** How many would, on average, where nothing is wrong; and what 95 of 100 such reports stay at or under. */
  readonly usual: number
  readonly most: number
  /** The share of reports where nothing is wrong with as many or more. */
  readonly p: number
  /** An interval so many errors wide holds 1 for every group at once in 95 of 100 reports where nothing is wrong. */
  readonly errorsWide: number
  /** Whose interval, made so wide, still lies wholly above or below 1: their places in the order of the groups. */
  readonly standOut: readonly number[]
}

const z = 1.959963984540054
const draws = 4000
const fewestEvents = 100

/** What chance alone does to all groups of a report at once, where nothing is wrong. */
export type ChanceTogether = {
  /** The groups looked at together: their places in the order of all. */
  readonly chosen: readonly number[]
  /** How many intervals exclude 1, by report, from the fewest. */
  readonly counts: readonly number[]
  readonly errorsWide: number
}

/**
 * What chance does to all groups at once: the same people are in several of them, and every group's expected number rests on the
 * same coefficients.
 *
 * @param groupings a code for each person, in the order of `seen` and of `learned`.
 * @param seen every group, whose error is the one its interval is told with; undefined where nothing is shown.
 * @returns undefined where no group has 100 events.
 * @source The chance of both years by the delta method (`learnedChance`); the same draws give the distribution of the furthest:
 *   Hothorn, Bretz and Westfall, Biometrical Journal 2008;50:346 (simultaneous inference).
 */
export function chanceTogether(
  risk: Float64Array,
  groupings: readonly { readonly codes: Int32Array; readonly count: number }[],
  seen: readonly (GroupSeen | undefined)[],
  learned?: Pick<LearnedChance, 'covariance'>,
): ChanceTogether | undefined {
  const chosen = seen.flatMap((group, at) => (group && group.events >= fewestEvents ? [at] : []))
  if (chosen.length === 0) return undefined
  const whole = overlapOf(risk, groupings)
  const size = seen.length
  const matrix = new Float64Array(chosen.length ** 2)
  for (const [i, a] of chosen.entries())
    for (const [j, b] of chosen.entries())
      matrix[i * chosen.length + j] = (whole[a * size + b] ?? 0) + (learned?.covariance[a * size + b] ?? 0)
  const nulls = drawn(
    matrix,
    chosen.map((at) => seen[at]?.error ?? 1),
  )
  const furthest = nulls.map(({ furthest: far }) => far).sort((a, b) => a - b)
  return {
    chosen,
    counts: nulls.map(({ excluding }) => excluding).sort((a, b) => a - b),
    errorsWide: Math.max(z, furthest[Math.ceil(0.95 * draws) - 1] ?? z),
  }
}

/**
 * Looks at all groups of a report together. A binomial of groups that have nothing to do with each other would call a year with 1 in
 * 100 more than expected, which moves all groups at once, that many faults.
 */
export function lookTogether(
  { chosen, counts, errorsWide }: ChanceTogether,
  seen: readonly (GroupSeen | undefined)[],
): Together {
  const away = (at: number) => Math.abs(Math.log(seen[at]?.ratio ?? 1)) / (seen[at]?.error ?? 1)
  const excluding = chosen.filter((at) => away(at) > z).length
  return {
    groups: chosen.length,
    excluding,
    usual: counts.reduce((sum, count) => sum + count, 0) / counts.length,
    most: counts[Math.ceil(0.95 * counts.length) - 1] ?? 0,
    p: (1 + counts.filter((count) => count >= excluding).length) / (1 + counts.length),
    errorsWide,
    standOut: chosen.filter((at) => away(at) > errorsWide),
  }
}

/** How the logarithms of two groups' counts go together in the year tested on: by the people who are in both. */
function overlapOf(
  risk: Float64Array,
  groupings: readonly { readonly codes: Int32Array; readonly count: number }[],
): Float64Array {
  const size = groupings.reduce((sum, { count }) => sum + count, 0)
  const starts = groupings.map((_, at) => groupings.slice(0, at).reduce((sum, { count }) => sum + count, 0))
  const both = new Float64Array(size ** 2)
  const expected = new Float64Array(size)
  const own = new Int32Array(groupings.length)
  for (let row = 0; row < risk.length; row++) {
    const one = risk[row] ?? 0
    for (let at = 0; at < groupings.length; at++)
      own[at] = (starts[at] ?? 0) + (groupings[at]?.codes[row] ?? 0)
    for (const a of own) {
      expected[a] = (expected[a] ?? 0) + one
      for (const b of own) both[a * size + b] = (both[a * size + b] ?? 0) + one * (1 - one)
    }
  }
  return both.map((sum, at) => {
    const product = (expected[Math.floor(at / size)] ?? 0) * (expected[at % size] ?? 0)
    return product > 0 ? sum / product : 0
  })
}

/** What chance alone does to all groups at once, so many times over. */
function drawn(matrix: Float64Array, errors: readonly number[]) {
  const size = errors.length
  // Every split adds up to everybody, so the matrix is singular but for rounding.
  const raised = matrix.map((value, at) => (at % (size + 1) === 0 ? value * (1 + 1e-6) : value))
  const factor = factorise(raised, size)
  if (!factor) throw new Error('the chances of the groups are no covariance')
  const { normal } = randomStream(1)
  return Array.from({ length: draws }, () => {
    const steps = Float64Array.from({ length: size }, () => normal())
    let [excluding, furthest] = [0, 0]
    for (let i = 0; i < size; i++) {
      let sum = 0
      for (let j = 0; j <= i; j++) sum += (factor.values[i * size + j] ?? 0) * (steps[j] ?? 0)
      const away = Math.abs(sum) / (errors[i] ?? 1)
      if (away > z) excluding++
      furthest = Math.max(furthest, away)
    }
    return { excluding, furthest }
  })
}

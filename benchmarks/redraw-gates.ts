// The gates of issue 3 on one year's risks and outcomes, quickly: a thousand times over.

import { smallLogistic } from '../src/prediction/small-logistic.ts'
import { type ChanceTogether, type GroupSeen, lookTogether } from '../src/prediction/together.ts'
import { atLeast } from './million-gates.ts'
import type { Year } from './redraw-years.ts'

const bins = 4096
const [lowest, highest] = [-12, 8]

/** How many people and how many it happened to, by log-odds: as fine as anybody needs it. */
function binned(risk: Float64Array, happened: ArrayLike<number>) {
  const [people, events, lines] = [new Float64Array(bins), new Float64Array(bins), new Float64Array(bins)]
  for (let i = 0; i < risk.length; i++) {
    const value = risk[i] ?? 0
    const line = Math.log(value / (1 - value))
    const at = Math.min(bins - 1, Math.max(0, Math.floor(((line - lowest) / (highest - lowest)) * bins)))
    people[at] = (people[at] ?? 0) + 1
    events[at] = (events[at] ?? 0) + (happened[i] ?? 0)
    lines[at] = (lines[at] ?? 0) + line
  }
  return { people, events, lines }
}

/** AUC and calibration slope from bins of 0.005 of the log-odds. */
function sharpness(risk: Float64Array, happened: ArrayLike<number>) {
  const { people, events, lines } = binned(risk, happened)
  const all = events.reduce((sum, one) => sum + one, 0)
  let [right, belowOthers] = [0, 0]
  for (let at = 0; at < bins; at++) {
    const [n, happenedHere] = [people[at] ?? 0, events[at] ?? 0]
    right += happenedHere * (belowOthers + (n - happenedHere) / 2)
    belowOthers += n - happenedHere
  }
  const filled = [...people.keys()].filter((at) => (people[at] ?? 0) > 0)
  const fit = smallLogistic({
    columns: 2,
    x: Float64Array.from(filled.flatMap((at) => [1, (lines[at] ?? 0) / (people[at] ?? 1)])),
    people: Float64Array.from(filled, (at) => people[at] ?? 0),
    events: Float64Array.from(filled, (at) => events[at] ?? 0),
  })
  return { auc: right / all / belowOthers, slope: fit?.coefficients[1] ?? Number.NaN }
}

/** Observed, expected and people of every group, all splits in one row. */
export function groupSums({ groupings }: Year, values: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    groupings.flatMap(({ names, codes }) => {
      const sums = new Float64Array(names.length)
      for (let i = 0; i < codes.length; i++)
        sums[codes[i] ?? 0] = (sums[codes[i] ?? 0] ?? 0) + (values[i] ?? 0)
      return [...sums]
    }),
  )
}

/** Every group as its interval is told: the chance of the year judged on, and of the year learned from. */
export function groupsSeen(
  people: Float64Array,
  observed: Float64Array,
  expected: Float64Array,
  learned: ArrayLike<number>,
): readonly (GroupSeen | undefined)[] {
  return [...people].map((n, at) => {
    const events = observed[at] ?? 0
    if (events < 10) return undefined
    const error = Math.sqrt((1 - events / n) / events + (learned[at] ?? 0) ** 2)
    return { ratio: events / (expected[at] ?? 1), error, events }
  })
}

export type Gated = {
  readonly auc: number
  readonly slope: number
  readonly ratio: number
  /** Groups of 1,000 events outside 0.93 to 1.07. */
  readonly outside: number
  readonly groups: number
  readonly excluding: number
  /** By a binomial of groups that have nothing to do with each other. */
  readonly binomial: number
  readonly together: number
  readonly standOut: readonly number[]
}

/** Everything the gates ask of one year. */
export function gate(
  year: Year,
  people: Float64Array,
  risk: Float64Array,
  happened: ArrayLike<number>,
  learned: ArrayLike<number>,
  chance: ChanceTogether,
): Gated {
  const seen = groupsSeen(people, groupSums(year, happened), groupSums(year, risk), learned)
  const { excluding, p, standOut } = lookTogether(chance, seen)
  let [observed, expected] = [0, 0]
  for (let i = 0; i < risk.length; i++) {
    observed += happened[i] ?? 0
    expected += risk[i] ?? 0
  }
  const large = seen.filter((one) => one && one.events >= 1000)
  return {
    ...sharpness(risk, happened),
    ratio: observed / expected,
    outside: large.filter((one) => one && (one.ratio < 0.93 || one.ratio > 1.07)).length,
    groups: chance.chosen.length,
    excluding,
    binomial: atLeast(excluding, chance.chosen.length, 0.05),
    together: p,
    standOut,
  }
}

/** In how many of these each gate is met. */
export function metIn(all: readonly Gated[]) {
  const share = (test: (one: Gated) => boolean) => Number((all.filter(test).length / all.length).toFixed(3))
  const within = (value: number, from: number, to: number) => value >= from && value <= to
  const counts = all.map(({ excluding }) => excluding).sort((a, b) => a - b)
  return {
    draws: all.length,
    'AUC 0.79 or more': share(({ auc }) => auc >= 0.79),
    'slope 0.95 to 1.05': share(({ slope }) => within(slope, 0.95, 1.05)),
    'O/E 0.97 to 1.03': share(({ ratio }) => within(ratio, 0.97, 1.03)),
    'groups of 1,000 events 0.93 to 1.07': share(({ outside }) => outside === 0),
    'intervals that exclude 1, binomial p over 0.01': share(({ binomial }) => binomial > 0.01),
    'both of the last two': share(({ outside, binomial }) => outside === 0 && binomial > 0.01),
    'the same count, groups that overlap, p over 0.01': share(({ together }) => together > 0.01),
    'no group stands out among all': share(({ standOut }) => standOut.length === 0),
    excluding: {
      mean: Number((counts.reduce((sum, one) => sum + one, 0) / counts.length).toFixed(2)),
      most95: counts[Math.ceil(0.95 * counts.length) - 1],
      most99: counts[Math.ceil(0.99 * counts.length) - 1],
    },
  }
}

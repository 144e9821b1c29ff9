import { indexedTo100 } from '#statistics'
import { type OutcomeMeasure, outcomeMeasures } from './outcome-measures.data.ts'
import type { Change, OutcomeKey, OutcomeSums } from './types.ts'

/** Lines put together: their counts added up. What is expected is known only where it is for each. */
export function addedUp<Line extends OutcomeSums>(lines: readonly Line[]): Line | undefined {
  const [first, ...rest] = lines
  return first && { ...first, ...rest.reduce<OutcomeSums>(addTwo, first) }
}

function addTwo(a: OutcomeSums, b: OutcomeSums): OutcomeSums {
  const changes: { [Key in OutcomeKey]?: Change } = {}
  for (const { key } of outcomeMeasures) {
    const both = addChange(a[key], b[key])
    if (both) changes[key] = both
  }
  return {
    people: a.people + b.people,
    yearsAfter: a.yearsAfter + b.yearsAfter,
    died: a.died + b.died,
    ...changes,
  }
}

const addChange = (a: Change | undefined, b: Change | undefined): Change | undefined =>
  a &&
  b && {
    before: a.before + b.before,
    after: a.after + b.after,
    expected: a.expected === undefined || b.expected === undefined ? undefined : a.expected + b.expected,
  }

/** A change as figures: a year's rates before and after, the year before as 100, and what was expected anyway. */
export type ChangeFigures = {
  readonly beforeRate: number
  readonly afterRate: number
  readonly afterAs100: number
  readonly expectedAs100: number
  readonly ownPercent: number
  readonly expectedPercent: number
  readonly against: { readonly value: number; readonly low: number; readonly high: number }
}

/**
 * The figures of a change, or undefined where no before-after figure may be shown: under 10 events on either side, or
 * nothing known of what would have come anyway.
 *
 * @source evaluation design 2.7 (d): no before-after percentage without its regression figure; README 9: 10 events.
 */
export function figuresOf(line: OutcomeSums, change: Change | undefined): ChangeFigures | undefined {
  if (!change || change.expected === undefined || change.expected <= 0) return undefined
  if (change.before < 10 || change.after < 10 || line.yearsAfter <= 0) return undefined
  const beforeRate = change.before / line.people
  const afterRate = change.after / line.yearsAfter
  const expectedRate = change.expected / line.yearsAfter
  return {
    beforeRate,
    afterRate,
    afterAs100: (100 * afterRate) / beforeRate,
    expectedAs100: (100 * expectedRate) / beforeRate,
    ownPercent: 100 * (afterRate / beforeRate - 1),
    expectedPercent: 100 * (expectedRate / beforeRate - 1),
    against: indexedTo100(change.after, change.expected),
  }
}

const moved = (change: number) => `${change <= 0 ? 'fell' : 'rose'} ${Math.round(Math.abs(change))}%`
const wouldHave = (change: number) => `${change <= 0 ? 'fallen' : 'risen'} ${Math.round(Math.abs(change))}%`

/** What became of one thing, in generated sentences: never a before-after figure without what would have come anyway. */
export function changeSaid(line: OutcomeSums, change: Change | undefined, what: string): readonly string[] {
  if (!change) return [`${what}: these records are not linked.`]
  if (change.expected === undefined)
    return [
      `${what}: no before-after figure. The records do not reach back far enough to know what would have come anyway.`,
    ]
  const figures = figuresOf(line, change)
  if (!figures)
    return [
      `${what}: ${change.before} in the year before joining and ${change.after} since; with no service about ${Math.round(change.expected)} would have been expected since. Too few to say more.`,
    ]
  const { ownPercent, expectedPercent, against } = figures
  return [
    `${what} ${moved(ownPercent)}. With no service, people with the same past would be expected to have ${wouldHave(expectedPercent)}.`,
    againstWords(against),
  ]
}

function againstWords({ value, low, high }: ChangeFigures['against']): string {
  const figures = `${Math.round(value)} for every 100 expected (95% interval ${Math.round(low)} to ${Math.round(high)}, and wider in truth, because such things come in spells)`
  if (low > 100) return `More than the count formula expects: ${figures}.`
  if (high < 100) return `Fewer than the count formula expects: ${figures}. That is no proof that we did it.`
  return `No clear difference from what the count formula expects with no service: ${figures}.`
}

/** What stands under every table by what was done: who was given something is not like who was not. */
export const doneWarning =
  'Somebody may be in several lines. Whoever is visited at home or goes on the virtual ward was iller to begin with, so these lines do not say which work does more: read each beside what was expected of the same people, never beside another line.'

/** Measures of some people in generated sentences; what is withheld and what is not known, by name, at the end. */
export function outcomesSaid(
  line: OutcomeSums,
  measures: readonly OutcomeMeasure[] = outcomeMeasures,
  tells: (key: OutcomeKey) => boolean = () => true,
): readonly string[] {
  const named = (of: readonly OutcomeMeasure[], why: string) =>
    of.length > 0 ? [`${of.map(({ words }) => words).join(', ')}: ${why}`] : []
  const known = measures.filter(({ key }) => line[key])
  return [
    ...known.filter(({ key }) => tells(key)).flatMap(({ key, words }) => changeSaid(line, line[key], words)),
    ...named(
      known.filter(({ key }) => !tells(key)),
      'withheld, because a count is under 8.',
    ),
    ...named(
      measures.filter(({ key }) => !line[key]),
      'not linked, or not far enough back.',
    ),
  ]
}

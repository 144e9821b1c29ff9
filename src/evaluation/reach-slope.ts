import { concentrationIndex, type Interval, relativeIndexOfRates } from '#statistics'
import { rate } from './sentences.ts'
import type { ReachLine } from './service-types.ts'
import { toldLines } from './suppression.ts'

/** How unequally a service was reached along deprivation, among those it could have been for. */
export type ReachSlope = {
  /** How many times as often the least deprived end was reached as the most deprived one. */
  readonly relative: Interval
  /** From -1 to 1; above 0 where those who joined are gathered among the less deprived. */
  readonly concentration: Interval
}

/**
 * The relative index of inequality and the concentration index of enrolment, by fifths of deprivation.
 *
 * @returns undefined unless every fifth may be told and somebody joined from each: with one left out, an index of all would
 *   give its count away.
 * @source design evaluation 2.6 (8): who was enrolled against who was eligible.
 */
export function reachSlopeOf(reach: readonly ReachLine[]): ReachSlope | undefined {
  const fifths = toldLines(reach)
    .filter(({ of, group }) => of === 'Deprivation' && group.startsWith('Fifth'))
    .toSorted((a, b) => a.group.localeCompare(b.group))
  if (fifths.length !== 5 || fifths.some(({ isTold, joined }) => !isTold || joined === 0)) return undefined
  // Spread evenly within a fifth, where nobody stands before another: the error would otherwise lean.
  const values = Float64Array.from(
    fifths.flatMap(({ inNeed, joined }) =>
      Array.from(
        { length: inNeed },
        (_, at) => Math.floor(((at + 1) * joined) / inNeed) - Math.floor((at * joined) / inNeed),
      ),
    ),
  )
  const ranks = Float64Array.from(
    fifths.flatMap(({ inNeed }, fifth) => Array.from({ length: inNeed }, () => fifth)),
  )
  return {
    relative: relativeIndexOfRates(fifths.map(({ inNeed, joined }) => ({ people: inNeed, events: joined }))),
    concentration: concentrationIndex(values, ranks),
  }
}

const said = ({ value, low, high }: Interval) => `${rate(value)} (95% interval ${rate(low)} to ${rate(high)})`

/** The slope in a sentence: who was reached more often, or that it cannot be told. */
export function reachSlopeSaid(slope: ReachSlope | undefined): string {
  if (!slope)
    return 'Whether it reached the more and the less deprived alike is not told: a fifth has too few people.'
  const { relative, concentration } = slope
  const who =
    relative.low > 1
      ? 'It reached the less deprived more often'
      : relative.high < 1
        ? 'It reached the more deprived more often'
        : 'No clear difference between the more and the less deprived'
  return `${who}: the least deprived end was reached ${said(relative)} times as often as the most deprived one; concentration index ${said(concentration)}, where 0 is alike and above 0 favours the less deprived.`
}

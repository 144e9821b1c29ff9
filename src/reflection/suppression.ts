import { outcomeMeasures } from './outcome-measures.data.ts'
import type { FunnelUnitFound, GroupLine, OutcomeKey } from './types.ts'

/** A place as one reader may see it. */
export type SeenUnit = FunnelUnitFound & { readonly isOwn: boolean; readonly isTold: boolean }

const isSmall = (count: number) => count > 0 && count < 8

/** Whether what everybody adds up to would tell counts that are left out: of one alone, or of several under 8 together. */
function isGivenAway(leftOut: readonly (readonly number[])[]): boolean {
  const longest = leftOut.reduce((most, counts) => (counts.length > most.length ? counts : most), [])
  const together = longest.map((_, at) => leftOut.reduce((sum, counts) => sum + (counts[at] ?? 0), 0))
  return leftOut.length === 1 || together.some(isSmall)
}

/**
 * Which places' counts may be told to somebody of one of them. A count from 1 to 7 is not, but to its own; where that
 * leaves out one alone, or several who are under 8 together, the smallest other goes too, because the rest would give it away.
 *
 * @source design README 9: "fewer than 8", with secondary suppression.
 */
export function unitsSeen(units: readonly FunnelUnitFound[], ownId: string): readonly SeenUnit[] {
  const others = units.filter(({ placeId }) => placeId !== ownId)
  const hidden = new Set(others.filter(({ observed, people }) => isSmall(observed) || isSmall(people)))
  const tellable = others.filter((unit) => !hidden.has(unit)).sort((a, b) => a.observed - b.observed)
  const countsOf = ({ observed, people }: FunnelUnitFound) => [observed, people]
  for (const next of tellable) if (isGivenAway([...hidden].map(countsOf))) hidden.add(next)
  return units.map((unit) => ({ ...unit, isOwn: unit.placeId === ownId, isTold: !hidden.has(unit) }))
}

/** A group's line as somebody may see it who does not work with these people. */
export type SeenGroup = GroupLine & {
  /** Whether how many people they are may be told; without it nothing is. */
  readonly isTold: boolean
  /** Whose counts may not. */
  readonly withheld: ReadonlySet<OutcomeKey>
}

/**
 * Which of one programme's lines of one grouping may be told, and which counts. A count from 1 to 7 is not, nor one that would
 * leave from 1 to 7 when taken from everybody; where groups add up to everybody (or, within a larger group, to that) and one
 * alone, or several who are under 8 together, would be left out, the smallest other goes too. A group that lies in one that is left out is left out.
 *
 * @source design README 9: "fewer than 8", with secondary suppression.
 */
export function groupsSeen(
  lines: readonly GroupLine[],
  whole: GroupLine | undefined,
  isPartition: boolean,
  notToldAround: ReadonlySet<string> = new Set(),
): readonly SeenGroup[] {
  const around = lines.filter(({ within }) => within !== undefined && notToldAround.has(within))
  const without = (countsOf: (line: GroupLine) => readonly number[], already: readonly GroupLine[]) =>
    leftOut(lines, countsOf, { whole, isPartition, already })
  const nobody = without(({ people }) => [people], around)
  const changes = outcomeMeasures.map(({ key }) => ({
    key,
    lines: without((line) => (line[key] ? [line[key].before, line[key].after] : []), [...nobody]),
  }))
  return lines.map((line) => ({
    ...line,
    isTold: !nobody.has(line),
    withheld: new Set(changes.filter((of) => of.lines.has(line)).map(({ key }) => key)),
  }))
}

type AddedUpTo = {
  readonly whole: GroupLine | undefined
  readonly isPartition: boolean
  readonly already: readonly GroupLine[]
}

function leftOut(
  lines: readonly GroupLine[],
  countsOf: (line: GroupLine) => readonly number[],
  { whole, isPartition, already }: AddedUpTo,
): ReadonlySet<GroupLine> {
  const all = whole ? countsOf(whole) : []
  const isNarrow = (line: GroupLine) =>
    countsOf(line).some((count, at) => isSmall(count) || isSmall((all[at] ?? count) - count))
  const hidden = new Set([...already, ...lines.filter(isNarrow)])
  if (!isPartition) return hidden
  const larger = [...new Set(lines.map(({ within }) => within))]
  for (const own of [...larger.map((one) => lines.filter(({ within }) => within === one)), lines]) {
    const tellable = own
      .filter((line) => !hidden.has(line))
      .sort((a, b) => Math.min(...countsOf(a)) - Math.min(...countsOf(b)))
    for (const next of tellable) {
      const left = own.filter((line) => hidden.has(line))
      if (isGivenAway(left.map(countsOf))) hidden.add(next)
    }
  }
  return hidden
}

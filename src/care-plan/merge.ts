import type { LondonDate } from '#calendar'
import type { Clash, Line, LineField, Merge } from './types.ts'

/** One side of a join: the lines and the next review. */
export type Side = { readonly lines: readonly Line[]; readonly reviewOn?: LondonDate }

const fields = ['words', 'thenWords', 'callWords', 'actionKind', 'owner', 'dueOn', 'isForOutOfHours'] as const
type Field = (typeof fields)[number]

/** The next review date is joined like a line of its own. */
export const reviewLine = 'review'

/**
 * Joins two people's changes to one plan, line by line and inside a line field by field.
 *
 * What only one of them changed is taken; what both changed alike is taken; what both changed differently is a clash
 * and stands in the lines as mine. An action whose goal somebody took out brings the goal back: nothing is lost.
 *
 * @param base the version mine was typed from. @param theirs the version that stands now. @param mine as typed.
 */
export function mergePlans(base: Side, theirs: Side, mine: Side): Merge {
  const [from, now, typed] = [asMap(base), asMap(theirs), asMap(mine)]
  const ids = [...new Set([...now.keys(), ...typed.keys()])]
  const clashes: Clash[] = []
  const theirChanges: Omit<Clash, 'mine'>[] = []
  const merged = ids.flatMap((id) => {
    const sides = { base: from.get(id), theirs: now.get(id), mine: typed.get(id) }
    theirChanges.push(...changesOf(sides.base, sides.theirs))
    const { line, clashes: here } = mergeLine(sides)
    clashes.push(...here)
    return line ? [line] : []
  })
  const side = asSide(withGoals(merged, [...now.values(), ...from.values(), ...typed.values()]))
  return { ...side, clashes, theirChanges: distinct(theirChanges) }
}

const asMap = ({ lines, reviewOn }: Side): Map<string, Line> =>
  new Map(
    [
      ...lines,
      {
        lineId: reviewLine,
        kind: 'goal' as const,
        place: 0,
        words: 'Next review',
        dueOn: reviewOn,
        isForOutOfHours: false,
      },
    ].map((line) => [line.lineId, line]),
  )

type Sides = {
  readonly base: Line | undefined
  readonly theirs: Line | undefined
  readonly mine: Line | undefined
}

function mergeLine({ base, theirs, mine }: Sides): { line: Line | undefined; clashes: readonly Clash[] } {
  if (!theirs || !mine) return mergePresence({ base, theirs, mine })
  const clashes: Clash[] = []
  const changed = { ...theirs }
  for (const field of fields) {
    if (same(mine[field], theirs[field]) || (base && same(mine[field], base[field]))) continue
    Object.assign(changed, { [field]: mine[field] })
    if (!base || !same(theirs[field], base[field])) clashes.push(clashOn(field, theirs, mine))
  }
  if (mine.place !== base?.place) Object.assign(changed, { place: mine.place })
  return { line: changed, clashes }
}

// One of the two does not have the line: it is new there, or was taken out.
function mergePresence({ base, theirs, mine }: Sides): {
  line: Line | undefined
  clashes: readonly Clash[]
} {
  const there = theirs ?? mine
  if (!there) return { line: undefined, clashes: [] }
  if (!base) return { line: there, clashes: [] }
  const isTouched = fields.some((field) => !same(there[field], base[field]))
  if (!isTouched) return { line: undefined, clashes: [] }
  return { line: mine, clashes: [clashOn('line', theirs, mine)] }
}

const clashOn = (field: LineField, theirs: Line | undefined, mine: Line | undefined): Clash => ({
  lineId: (mine ?? theirs)?.lineId ?? '',
  field,
  about: (mine ?? theirs)?.words ?? '',
  theirs: textOf(theirs, field),
  mine: textOf(mine, field),
})

function changesOf(base: Line | undefined, theirs: Line | undefined): readonly Omit<Clash, 'mine'>[] {
  const line = theirs ?? base
  if (!line) return []
  const change = (field: LineField) => ({
    lineId: line.lineId,
    field,
    about: line.words,
    theirs: textOf(theirs, field),
  })
  if (!base || !theirs) return [change('line')]
  return fields.filter((field) => !same(base[field], theirs[field])).map(change)
}

function textOf(line: Line | undefined, field: LineField): string | undefined {
  if (!line) return undefined
  if (field === 'line') return line.words
  if (field === 'isForOutOfHours') return line.isForOutOfHours ? 'yes' : 'no'
  return line[field]
}

const same = (a: Line[Field], b: Line[Field]) => (a ?? '') === (b ?? '')

function withGoals(lines: readonly Line[], known: readonly Line[]): readonly Line[] {
  const here = new Set(lines.map((line) => line.lineId))
  const wanted = new Set(
    lines.flatMap((line) => (line.goalId && !here.has(line.goalId) ? [line.goalId] : [])),
  )
  const back = [...wanted].flatMap((id) => known.find((line) => line.lineId === id) ?? [])
  return [...lines, ...back]
}

function distinct<T extends { readonly lineId: string; readonly field: string }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [`${one.lineId} ${one.field}`, one])).values()]
}

const kinds = ['what matters', 'goal', 'action', 'if-then']
const inOrder = (a: Line, b: Line) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.place - b.place

/** Joined lines with the other's side taken of some fields, as the choice after a clash says. */
export function takeTheirs(
  merged: Side,
  theirs: Side,
  choices: readonly Pick<Clash, 'lineId' | 'field'>[],
): Side {
  const [typed, now] = [asMap(merged), asMap(theirs)]
  for (const { lineId, field } of choices) {
    const [here, there] = [typed.get(lineId), now.get(lineId)]
    if (!there) typed.delete(lineId)
    else if (field === 'line' || !here) typed.set(lineId, there)
    else typed.set(lineId, { ...here, [field]: there[field] })
  }
  return asSide(withGoals([...typed.values()], [...now.values(), ...merged.lines]))
}

const asSide = (lines: readonly Line[]): Side => ({
  lines: lines.filter((line) => line.lineId !== reviewLine).toSorted(inOrder),
  reviewOn: lines.find((line) => line.lineId === reviewLine)?.dueOn,
})

/** Whether two lines say the same, wherever they stand on the page. */
export const saysTheSame = (a: Line, b: Line): boolean =>
  a.place === b.place && fields.every((field) => same(a[field], b[field]))

import { choicesOf } from './choices.ts'
import type { Followed } from './effect.ts'
import type { MeasureChange, MeasureShare } from './further-types.ts'
import type { MeasuredRow } from './measure-store.ts'
import { practiceMeasures } from './practice-measures.data.ts'

/**
 * How each measure of routine care stood at the index day and when follow-up ended, of those on its register on both days and
 * followed to the end: helped, and matched by their weights.
 *
 * Nobody was matched on these readings, so the two groups may stand apart from the start: the change is what is told, and
 * no verdict is made of it.
 */
export function measureChanges(
  followed: Followed,
  before: readonly MeasuredRow[],
  after: readonly MeasuredRow[],
): readonly MeasureChange[] {
  return practiceMeasures.map(({ key }) => {
    const [start, end] = [byRow(before, key), byRow(after, key)]
    const rows = [...start.keys()].filter((row) => end.has(row) && isFollowed(followed, row))
    const of = (isHelped: boolean) => rows.filter((row) => row < followed.helped === isHelped)
    const share = (found: ReadonlyMap<number, MeasuredRow>, isHelped: boolean) =>
      shareOf(followed, found, of(isHelped))
    return {
      measure: key,
      helped: { before: share(start, true), after: share(end, true) },
      matched: { before: share(start, false), after: share(end, false) },
    }
  })
}

const byRow = (rows: readonly MeasuredRow[], key: string): ReadonlyMap<number, MeasuredRow> =>
  new Map(rows.filter(({ measure }) => measure === key).map((one) => [one.row, one]))

const isFollowed = ({ outcomes, protocol }: Followed, row: number) =>
  outcomes.died[row] !== 1 && (outcomes.days[row] ?? 0) >= choicesOf(protocol).horizonDays - 1

function shareOf(
  { weights }: Followed,
  found: ReadonlyMap<number, MeasuredRow>,
  rows: readonly number[],
): MeasureShare {
  const sum = (of: (row: number) => number) => rows.reduce((total, row) => total + of(row), 0)
  const weighted = (of: (one: MeasuredRow) => number) => {
    const all = sum((row) => weights[row] ?? 0)
    return all === 0 ? 0 : (100 * sum((row) => (weights[row] ?? 0) * met(of, found.get(row)))) / all
  }
  return {
    people: rows.length,
    met: sum((row) => found.get(row)?.met ?? 0),
    metPercent: weighted(({ met: is }) => is),
    recordedPercent: weighted(({ recorded }) => recorded),
  }
}

const met = (of: (one: MeasuredRow) => number, one: MeasuredRow | undefined) => (one ? of(one) : 0)

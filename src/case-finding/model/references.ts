import type { Table } from '#prediction'
import type { FeatureTable } from './feature-store.ts'

/** People of one sex and age band: what their records usually hold, and how many were admitted in the year after. */
export type PeerGroup = {
  readonly isWoman: boolean
  readonly fromAge: number
  /** One a column of the model, in its order: the middle value of the group. */
  readonly medians: readonly number[]
  readonly people: number
  readonly admitted: number
  /** Admitted in 100, rounded; of the band alone where it has 10 admitted, else of both sexes, else of everybody. */
  readonly usualIn100: number
}

const fromAges = [18, 30, 40, 50, 60, 70, 80, 90]
const fewestEvents = 10

/** The band an age belongs to, by the age it begins at. */
export const bandOf = (age: number): number => fromAges.findLast((from) => age >= from) ?? 18

/**
 * What is usual at each sex and age band, from a year whose outcome is known.
 *
 * @param table the model's columns of the same people.
 */
export function peerGroups(read: FeatureTable, table: Table): readonly PeerGroup[] {
  const rowsIn = groupedRows(read)
  const admittedAmong = (rows: readonly number[]) =>
    rows.filter((row) => read.people[row]?.hasHappened).length
  const everybody = read.people.map((_, row) => row)
  return fromAges.flatMap((fromAge) =>
    [true, false].map((isWoman) => {
      const rows = rowsIn(fromAge, isWoman)
      const enough =
        [rows, rowsIn(fromAge)].find((group) => admittedAmong(group) >= fewestEvents) ?? everybody
      return {
        isWoman,
        fromAge,
        medians: table.columns.map((column) =>
          middle(Float64Array.from(rows.length > 0 ? rows : everybody, (row) => column[row] ?? 0)),
        ),
        people: rows.length,
        admitted: admittedAmong(rows),
        usualIn100: Math.round((100 * admittedAmong(enough)) / Math.max(1, enough.length)),
      }
    }),
  )
}

/** The rows of an age band, of one sex or of both, in order. */
function groupedRows({ people, columns }: FeatureTable) {
  const [ages, women] = [columns.get('age'), columns.get('woman')]
  const rows = new Map<string, number[]>()
  people.forEach((_, row) => {
    const from = bandOf(ages?.[row] ?? 0)
    for (const group of [`${from}`, `${from} ${women?.[row] === 1}`]) {
      const own = rows.get(group)
      if (own) own.push(row)
      else rows.set(group, [row])
    }
  })
  return (from: number, isWoman?: boolean): readonly number[] =>
    rows.get(isWoman === undefined ? `${from}` : `${from} ${isWoman}`) ?? []
}

/** The lower middle of the values that are known; nought when none is. */
function middle(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  return known[Math.floor((known.length - 1) / 2)] ?? 0
}

import { wilson } from './estimates.ts'
import { centile } from './readings.ts'
import type { Estimate } from './report-types.ts'
import type { Column, Table } from './types.ts'

/** How a column lies, to be kept: 9 tenths of its known values, and the share in each of 10 bins and of those missing. */
export type Spread = { readonly edges: readonly number[]; readonly shares: readonly number[] }

// Enough for tenths: a million values sorted would take half a second a column.
const mostSorted = 100_000

/**
 * How one column lies, an edge that stands for several once. Of more than 100,000 rows the edges are those of every so-manieth
 * row, the same every time; the shares are of all.
 */
export function spreadOf(column: Column): Spread {
  const step = Math.max(1, Math.ceil(column.length / mostSorted))
  const known = new Float64Array(Math.ceil(column.length / step))
  let count = 0
  for (let row = 0; row < column.length; row += step) {
    const value = column[row] ?? Number.NaN
    if (!Number.isNaN(value)) known[count++] = value
  }
  const inOrder = known.subarray(0, count).sort()
  const tenths = count === 0 ? [] : Array.from({ length: 9 }, (_, i) => centile(inOrder, (i + 1) / 10))
  const edges = [...new Set(tenths)]
  return { edges, shares: sharesOf(column, edges) }
}

/**
 * How far a column has moved since it was kept, by the population stability index over 10 bins of the values kept and one
 * for missing: under 0.1 little, over 0.25 much. An empty bin counts as half a row.
 *
 * @source Siddiqi, Credit Risk Scorecards, 2006, chapter 8.
 */
export const movedFrom = ({ edges, shares }: Spread, now: Column): number =>
  sharesOf(now, edges).reduce((sum, later, bin) => {
    const share = shares[bin] ?? 0
    return sum + (later - share) * Math.log(later / share)
  }, 0)

/**
 * How far each column of a table has moved since each was kept.
 *
 * @throws RangeError if a column was not kept: the caller's mistake.
 */
export const drift = (
  kept: Readonly<Record<string, Spread>>,
  now: Table,
): readonly { readonly column: string; readonly index: number }[] =>
  now.names.map((column, at) => {
    const spread = kept[column]
    if (!spread) throw new RangeError(`nothing was kept of the column ${column}`)
    return { column, index: movedFrom(spread, now.columns[at] ?? new Float64Array()) }
  })

function sharesOf(column: Column, edges: readonly number[]): readonly number[] {
  const counts = Array.from({ length: edges.length + 2 }, () => 0)
  for (const value of column) {
    let bin = Number.isNaN(value) ? edges.length + 1 : 0
    while (bin < edges.length && value > (edges[bin] ?? 0)) bin++
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts.map((count) => Math.max(count, 0.5) / column.length)
}

/** How much of one month's list was not on the month's before: the people by any key of theirs. */
export function churn(
  before: ReadonlySet<string>,
  now: ReadonlySet<string>,
): {
  readonly joined: number
  readonly left: number
  readonly stayed: number
  readonly share: Estimate
} {
  const stayed = [...now].filter((key) => before.has(key)).length
  const joined = now.size - stayed
  return { joined, left: before.size - stayed, stayed, share: wilson(joined, now.size) }
}

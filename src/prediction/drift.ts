import { wilson } from './estimates.ts'
import { centile } from './readings.ts'
import type { Estimate } from './report-types.ts'
import { columnOf } from './table.ts'
import type { Column, Table } from './types.ts'

/**
 * How far each column has moved since training, by the population stability index over 10 bins of the training
 * values and one for missing: under 0.1 little, over 0.25 much. An empty bin counts as half a row.
 *
 * @throws RangeError if the later table lacks a column: the caller's mistake.
 * @source Siddiqi, Credit Risk Scorecards, 2006, chapter 8.
 */
export function drift(
  training: Table,
  now: Table,
): readonly { readonly column: string; readonly index: number }[] {
  return training.names.map((column) => ({
    column,
    index: stabilityIndex(columnOf(training, column), columnOf(now, column)),
  }))
}

/** Of one column, or of the risks themselves. */
export function stabilityIndex(training: Column, now: Column): number {
  const known = Float64Array.from(training)
    .filter((value) => !Number.isNaN(value))
    .sort()
  const edges = [...new Set(Array.from({ length: 9 }, (_, i) => centile(known, (i + 1) / 10)))]
  const [before, after] = [sharesOf(training, edges), sharesOf(now, edges)]
  return before.reduce((sum, share, bin) => {
    const later = after[bin] ?? 0
    return sum + (later - share) * Math.log(later / share)
  }, 0)
}

function sharesOf(column: Column, edges: readonly number[]): readonly number[] {
  const counts = Array.from({ length: edges.length + 2 }, () => 0)
  for (const value of column) {
    const bin = Number.isNaN(value) ? edges.length + 1 : edges.filter((edge) => value > edge).length
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

import type { Estimate } from './report-types.ts'
import type { Table } from './types.ts'

/**
 * How far each column has moved since training, by the population stability index over 10 bins of the training
 * values and one for missing: under 0.1 little, over 0.25 much.
 *
 * @source Siddiqi, Credit Risk Scorecards, 2006.
 */
export function drift(
  training: Table,
  now: Table,
): readonly { readonly column: string; readonly index: number }[] {
  throw new Error(`not built: ${training} ${now}`)
}

/** How much of one month's list was not on the month's before: the people by any key of theirs. */
export function churn(
  before: ReadonlySet<string>,
  now: ReadonlySet<string>,
): { readonly joined: number; readonly left: number; readonly stayed: number; readonly share: Estimate } {
  throw new Error(`not built: ${before} ${now}`)
}

import type { LondonDate } from '#calendar'
import { broughtTo, type RidgeModel } from '#prediction'
import type { FeatureTable } from './feature-store.ts'
import type { Feature } from './features.data.ts'
import { outcomeOf } from './judging.ts'
import { modelTable } from './model-table.ts'
import type { ModelSpec } from './types.ts'
import { type ByChance, unaffected } from './unaffected.ts'

/**
 * A model that was tested on a year, brought to that year for use: it is two years old by the time a list is made, and
 * admissions change faster than records do. Where a list was at work in the year and enough were held out of it, those it
 * was shown to are left out, as in training.
 *
 * @source Risk design 5.2, 3: recalibrate on the most recent complete year.
 */
export async function updated(
  model: RidgeModel,
  { read, used, columns }: { read: FeatureTable; used: readonly Feature[]; columns: readonly string[] },
  drawn: ByChance,
) {
  // Each of them once: a fit by what a model says needs no copies, and a copy would count as knowing more than there is.
  const { year } = unaffected(read, { ...drawn, times: 1 })
  return await broughtTo(model, { table: modelTable(year, used, columns), outcome: outcomeOf(year) })
}

/** The model to judge a year by: of the year it was brought to, as it was before, for that year is no test of it. */
export const asTested = ({ model, broughtTo: day }: ModelSpec, yearFrom: LondonDate): RidgeModel =>
  day === yearFrom ? { ...model, recalibration: undefined } : model

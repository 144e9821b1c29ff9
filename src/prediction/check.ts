import { observedOverExpectedOf, slopeOf } from './calibration.ts'
import { orderOf } from './curve.ts'
import { cutAt, peopleAt } from './cuts.ts'
import { aucOf } from './discrimination.ts'
import type { Cut, Estimate, Judged } from './report-types.ts'

/** What is looked at of a model again and again, between one whole report and the next. */
export type Check = {
  readonly people: number
  readonly observed: number
  readonly expected: number
  readonly observedOverExpected: Estimate
  readonly slope: Estimate
  readonly auc: Estimate
  /** At the list's own length. */
  readonly cut: Cut
}

/**
 * The few figures of a later year that say whether a model still fits: the same as a whole report's, in seconds.
 *
 * @returns undefined where the outcome never varies: then nothing can be said.
 */
export function checkOf(
  { risk, outcome }: Pick<Judged, 'risk' | 'outcome'>,
  percent: number,
): Check | undefined {
  const observed = outcome.reduce((sum, happened) => sum + happened, 0)
  if (observed === 0 || observed === outcome.length) return undefined
  return {
    people: risk.length,
    observed,
    expected: risk.reduce((sum, one) => sum + one, 0),
    observedOverExpected: observedOverExpectedOf(risk, outcome),
    slope: slopeOf(risk, outcome),
    auc: aucOf(risk, outcome),
    cut: cutAt(risk, outcome, orderOf(risk), peopleAt(percent, risk.length), percent),
  }
}

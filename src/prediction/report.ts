import { inTheLargeOf, observedOverExpectedOf, slopeOf } from './calibration.ts'
import { orderOf, riskBins, smoothed } from './curve.ts'
import { cutAt, peopleAt, shippedPercents } from './cuts.ts'
import { decisionCurve } from './decision.ts'
import { aucOf, averagePrecisionOf, brierOf } from './discrimination.ts'
import { wilson } from './estimates.ts'
import type { Judged, Report } from './report-types.ts'
import { subgroupsOf } from './subgroups.ts'

/**
 * The measures of a validation report, each with its interval.
 *
 * The same risks and outcomes give the same report: its resampling has seed 1.
 *
 * @throws RangeError when lengths differ, a risk is not in 0 to 1, or the outcome never varies: the caller's mistake.
 * @source risk design 5.4; TRIPOD+AI; Van Calster and others 2024 (STRATOS TG6).
 */
export function validate(judged: Judged): Report {
  const { risk, outcome } = judged
  const events = checked(judged)
  const order = orderOf(risk)
  const people = 'people' in judged.list ? judged.list.people : peopleAt(judged.list.percent, risk.length)
  const isListed = new Uint8Array(risk.length)
  for (const row of order.subarray(order.length - people)) isListed[row] = 1
  const { curve, ici, e90 } = smoothed(risk, outcome, 1)
  return {
    people: risk.length,
    events,
    rate: wilson(events, risk.length),
    auc: aucOf(risk, outcome),
    averagePrecision: averagePrecisionOf(risk, outcome),
    ...brierOf(risk, outcome),
    calibrationInTheLarge: inTheLargeOf(risk, outcome),
    calibrationSlope: slopeOf(risk, outcome),
    observedOverExpected: observedOverExpectedOf(risk, outcome, judged.learned),
    ici,
    e90,
    cuts: [
      ...shippedPercents.map((percent) =>
        cutAt(risk, outcome, order, peopleAt(percent, risk.length), percent),
      ),
      cutAt(risk, outcome, order, people, null),
    ],
    curve,
    bins: riskBins(risk, outcome),
    decision: decisionCurve(judged),
    subgroups: subgroupsOf(judged, isListed),
    marked: Object.entries(judged.marks ?? {}).map(([mark, holds]) =>
      markedAs(mark, holds, isListed, outcome),
    ),
  }
}

function checked({ risk, outcome, list }: Judged): number {
  if (risk.length !== outcome.length)
    throw new RangeError(`${risk.length} risks for ${outcome.length} outcomes`)
  const stray = risk.find((value) => !(value >= 0 && value <= 1))
  if (stray !== undefined) throw new RangeError(`${stray} is not a risk between 0 and 1`)
  if ('people' in list && !(list.people >= 1 && list.people <= risk.length))
    throw new RangeError(`a list of ${list.people} out of ${risk.length} people`)
  const events = outcome.reduce((sum, happened) => sum + happened, 0)
  if (events === 0 || events === outcome.length) throw new RangeError('the outcome never varies')
  return events
}

function markedAs(mark: string, holds: Uint8Array, isListed: Uint8Array, outcome: Uint8Array) {
  let [people, listed, events] = [0, 0, 0]
  for (let i = 0; i < holds.length; i++) {
    if (isListed[i] !== 1) continue
    listed++
    people += holds[i] ?? 0
    events += (holds[i] ?? 0) * (outcome[i] ?? 0)
  }
  return { mark, people, share: wilson(people, listed), ppv: wilson(events, people) }
}

import {
  clusterRobustCovariance,
  coxRobustCovariance,
  fitCox,
  fitNegativeBinomial,
  hazardRatio,
  matrixOf,
  ratioOf,
} from '#statistics'
import { type Followed, modelRows } from './effect.ts'
import { firstEvents } from './first-event.ts'
import type { OtherWay } from './further-types.ts'

/**
 * The same rate ratio where counts may vary more than chance: one overdispersion for all, errors by matched set.
 *
 * @returns without a ratio where the counts vary no more than chance, for then it is the answer itself, or where the
 *   model does not settle.
 * @source evaluation design 2.6 (2).
 */
export function negativeBinomialWay(followed: Followed): OtherWay {
  const way = 'Counts allowed to vary more than chance (negative binomial)'
  const { input, sets } = modelRows(followed, true, followed.outcomes.events)
  const { fit, isPoisson, converged } = fitNegativeBinomial(input)
  if (isPoisson) return { way, whyNone: 'They vary no more than chance: the same as the answer' }
  if (!converged) return { way, whyNone: 'The model did not settle' }
  const { value, low, high } = ratioOf(fit, clusterRobustCovariance(fit, input, sets), 1)
  return { way, ratio: { value, low, high } }
}

/**
 * How much sooner or later the first emergency admission or death came, as a hazard ratio within matched sets.
 *
 * Adjusted for what was expected from history; the rest is what each set was matched on.
 *
 * @returns without a ratio where either side has fewer than 10 first events, or the model does not settle.
 * @source evaluation design 2.6 (4): Cox stratified on set, ties by Efron, errors by set.
 */
export function firstEventWay(followed: Followed): OtherWay {
  const way = 'Time to the first admission or death (hazard ratio, within matched sets)'
  const { helped, rows, sets, weights } = followed
  const { times, events } = firstEvents(followed, 0, followed.outcomes.days.length)
  const kept = [...times.keys()].filter((row) => (times[row] ?? 0) > 0)
  const eventsOf = (isHelped: boolean) =>
    kept.filter((row) => row < helped === isHelped && events[row] === 1).length
  if (Math.min(eventsOf(true), eventsOf(false)) < 10) return { way, whyNone: 'Too few' }
  const expected = rows.values.expected ?? new Float64Array(times.length)
  const input = {
    times: Float64Array.from(kept, (row) => times[row] ?? 0),
    events: Uint8Array.from(kept, (row) => events[row] ?? 0),
    x: matrixOf(kept.map((row) => [row < helped ? 1 : 0, expected[row] ?? 0])),
    strata: Int32Array.from(kept, (row) => sets[row] ?? 0),
    weights: Float64Array.from(kept, (row) => weights[row] ?? 0),
  }
  const fit = fitCox(input)
  if (!fit.converged || fit.separated) return { way, whyNone: 'The model did not settle' }
  const { value, low, high } = hazardRatio(fit, coxRobustCovariance(fit, input, input.strata), 0)
  return { way, ratio: { value, low, high } }
}

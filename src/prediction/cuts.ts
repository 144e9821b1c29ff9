import { turned, wilson, withError } from './estimates.ts'
import type { Cut, Estimate } from './report-types.ts'

/** The shares of the people, in percent, at which every report looks. */
export const shippedPercents: readonly number[] = [0.5, 1, 2, 5, 10]

/** How many people a share of them is: rounded down, one at least. */
export const peopleAt = (percent: number, of: number): number =>
  Math.max(1, Math.floor((of * percent) / 100 + 1e-9))

/**
 * The top of a list.
 *
 * @param order rows from the lowest risk to the highest. Lift takes the rate among all as known.
 */
export function cutAt(
  risk: Float64Array,
  outcome: Uint8Array,
  order: Int32Array,
  people: number,
  percent: number | null,
): Cut {
  let events = 0
  for (const row of order.subarray(order.length - people)) events += outcome[row] ?? 0
  const all = outcome.reduce((sum, happened) => sum + happened, 0)
  const ppv = wilson(events, people)
  return {
    percent,
    people,
    events,
    threshold: risk[order[order.length - people] ?? 0] ?? 0,
    ppv,
    sensitivity: wilson(events, all),
    lift: turned(ppv, (share) => (share * outcome.length) / all, 'Wilson, over the rate'),
    numberNeeded: numberNeeded(ppv),
  }
}

/** People looked at for each with the outcome. None found: the value is the number that is exceeded, and no upper end. */
function numberNeeded(ppv: Estimate): Estimate {
  if (ppv.value > 0) return turned(ppv, (share) => 1 / share, 'Wilson, turned')
  const least = ppv.high === null || ppv.high === 0 ? 0 : 1 / ppv.high
  return { value: least, low: least, high: null, method: 'none found: more than this' }
}

/**
 * Net benefit a person of listing those at or above a threshold: right listings less wrong ones at the threshold's odds.
 *
 * @source Vickers and Elkin, Medical Decision Making 2006;26:565; the error is that of a mean.
 */
export function netBenefitOf(people: number, right: number, wrong: number, threshold: number): Estimate {
  const odds = threshold / (1 - threshold)
  const benefit = (right - wrong * odds) / people
  const square = (right + wrong * odds * odds) / people
  return withError(benefit, Math.sqrt(Math.max(0, square - benefit * benefit) / people), 'normal')
}

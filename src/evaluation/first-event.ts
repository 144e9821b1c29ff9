import { type Interval, kaplanMeier, restrictedMean, restrictedMeanDifference } from '#statistics'
import type { Followed } from './effect.ts'

/**
 * How many more days of the year people lived without an emergency admission, helped less matched: the difference
 * of two restricted means, with death and the first emergency admission as one event.
 *
 * The first admission is known by the twelfth of the year it fell in and taken to its middle. Matched people count by
 * their weights; the two groups are taken as independent, which makes the interval a little too wide.
 *
 * @returns undefined where either group has fewer than 10 such events.
 * @source evaluation design 2.6 (4): where proportional hazards cannot be relied on, the restricted mean is told.
 */
export function daysWithoutEvent(followed: Followed): Interval | undefined {
  const { outcomes, helped, protocol } = followed
  const [own, matched] = [
    firstEvents(followed, 0, helped),
    firstEvents(followed, helped, outcomes.days.length),
  ]
  const counts = [own, matched].map(({ events }) => events.reduce((sum, event) => sum + event, 0))
  if (Math.min(...counts) < 10) return undefined
  const horizon = protocol.horizonDays
  const { value, low, high } = restrictedMeanDifference(
    restrictedMean(kaplanMeier(own), horizon),
    restrictedMean(kaplanMeier(matched), horizon),
  )
  return Number.isFinite(low) && Number.isFinite(high) ? { value, low, high } : undefined
}

const monthDays = 365 / 12

/**
 * Days to the first emergency admission or death of some rows of a study, and whether it came: an admission is taken to
 * the middle of the twelfth of the year it fell in.
 */
export function firstEvents({ outcomes, weights }: Followed, from: number, to: number) {
  const size = to - from
  const [times, events] = [new Float64Array(size), new Uint8Array(size)]
  for (let i = 0; i < size; i++) {
    const row = from + i
    const followedDays = outcomes.days[row] ?? 0
    const months = outcomes.monthlyEvents.subarray(row * 24 + 12, row * 24 + 24)
    const first = months.findIndex((count) => count > 0)
    times[i] = first < 0 ? followedDays : Math.min((first + 0.5) * monthDays, followedDays)
    events[i] = first >= 0 || outcomes.died[row] === 1 ? 1 : 0
  }
  return { times, events, weights: weights.slice(from, to) }
}

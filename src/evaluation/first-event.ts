import {
  cumulativeIncidence,
  type Interval,
  kaplanMeier,
  restrictedMean,
  restrictedMeanDifference,
  survivalAt,
} from '#statistics'
import type { Followed } from './effect.ts'
import type { FirstYear } from './further-types.ts'

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
  const [own, matched] = bothGroups(followed)
  if (!own || !matched) return undefined
  const horizon = followed.protocol.horizonDays
  const { value, low, high } = restrictedMeanDifference(
    restrictedMean(kaplanMeier(own), horizon),
    restrictedMean(kaplanMeier(matched), horizon),
  )
  return Number.isFinite(low) && Number.isFinite(high) ? { value, low, high } : undefined
}

/** The helped and the matched; nobody where either has fewer than 10 first events. */
function bothGroups(followed: Followed) {
  const { outcomes, helped } = followed
  const groups = [firstEvents(followed, 0, helped), firstEvents(followed, helped, outcomes.days.length)]
  const counts = groups.map(({ events }) => events.reduce((sum, event) => sum + event, 0))
  return Math.min(...counts) < 10 ? [] : groups
}

const monthDays = 365 / 12

/**
 * Of 100 people, how many are alive and were not admitted as an emergency, at the end of each twelfth of a year after the
 * index day, as far as people are followed, helped and matched; and by the end of it, how many were admitted first and how many died first.
 *
 * Not adjusted. Weights of matched people count as people, which makes their intervals a little too wide.
 *
 * @returns undefined where either group has fewer than 10 such events, for one person could then be seen.
 * @source evaluation design 2.6 (4): Kaplan-Meier with log-log limits; Aalen-Johansen where death competes.
 */
export function firstYearOf(followed: Followed): FirstYear | undefined {
  const groups = bothGroups(followed)
  const months = Math.round(followed.protocol.horizonDays / monthDays)
  const [helped, matched] = groups.map((group) => {
    const steps = kaplanMeier(group)
    const [admitted = 0, died = 0] = [1, 2].map(
      (kind) => (cumulativeIncidence(group, kind).at(-1)?.incidence ?? 0) * 100,
    )
    return {
      free: Array.from({ length: months + 1 }, (_, month) =>
        inHundred(survivalAt(steps, Math.min(month * monthDays, followed.protocol.horizonDays))),
      ),
      admittedFirst: admitted,
      diedFirst: died,
    }
  })
  return helped && matched && { helped, matched }
}

const inHundred = ({ value, low, high }: Interval): Interval => ({
  value: value * 100,
  low: low * 100,
  high: high * 100,
})

/**
 * Days to the first emergency admission or death of some rows of a study, whether it came, and which: 1 an admission, 2 a
 * death. An admission is taken to the middle of the twelfth of the year it fell in.
 */
export function firstEvents({ outcomes, weights }: Followed, from: number, to: number) {
  const size = to - from
  const [times, kinds] = [new Float64Array(size), new Uint8Array(size)]
  for (let i = 0; i < size; i++) {
    const row = from + i
    const followedDays = outcomes.days[row] ?? 0
    const months = outcomes.monthlyEvents.subarray(row * 24 + 12, row * 24 + 24)
    const first = months.findIndex((count) => count > 0)
    times[i] = first < 0 ? followedDays : Math.min((first + 0.5) * monthDays, followedDays)
    if (first >= 0) kinds[i] = 1
    else if (outcomes.died[row] === 1) kinds[i] = 2
  }
  return { times, kinds, events: kinds.map((kind) => (kind > 0 ? 1 : 0)), weights: weights.slice(from, to) }
}

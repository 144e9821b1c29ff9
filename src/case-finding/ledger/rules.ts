import { type Rate, rateOf, shownCounts, shownParts } from '../equity-rules.ts'
import type { Pace, ReasonCount } from './types.ts'

/** Enough decisions that nearly all yes is no chance: our choice. */
const fewestDecisions = 20

/** Enough of them timed that the middle one speaks for them: our choice. */
const fewestTimed = 10

/**
 * Whether a practice's decisions look as if the list had made them: nearly always yes, and half of them within seconds of
 * opening the person. It is a reason to look together, not a finding: somebody may know everybody on the list.
 *
 * @source Design safety-security 1.7: accept rate over 98% with a median under 5 seconds.
 */
export const looksStamped = ({ decisions, accepted, timed, medianSeconds }: Pace): boolean =>
  decisions >= fewestDecisions &&
  timed >= fewestTimed &&
  accepted / decisions > 0.98 &&
  medianSeconds !== null &&
  medianSeconds < 5

/** How long, in words: whole seconds under 2 minutes, else minutes. */
export const durationWords = (seconds: number): string =>
  seconds < 120
    ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
    : `${Math.round(seconds / 60).toLocaleString('en-GB')} minutes`

/** One decision and reason, or those nobody judged: how many, how many admitted, and of 100 with its interval. */
export type ReasonLine = Pick<ReasonCount, 'decision' | 'reason'> & {
  readonly people: number | string
  readonly admitted: number | string
  readonly of100?: Rate
}

const order: readonly ReasonCount['decision'][] = ['accepted', 'deferred', 'declined', 'never judged']

/**
 * What became of people by reason, practices put together: decisions in their order, then the commonest reason first.
 *
 * @param mayTellFew whether counts under 8 may be told: to the practice itself, which knows each by name.
 */
export function reasonLines(counts: readonly ReasonCount[], mayTellFew: boolean): readonly ReasonLine[] {
  const sums = new Map<string, Omit<ReasonCount, 'practiceCode'>>()
  for (const { decision, reason, people, admitted } of counts) {
    const before = sums.get(`${decision} ${reason}`)
    sums.set(`${decision} ${reason}`, {
      decision,
      reason,
      people: people + (before?.people ?? 0),
      admitted: admitted + (before?.admitted ?? 0),
    })
  }
  const lines = [...sums.values()].sort(
    (a, b) => order.indexOf(a.decision) - order.indexOf(b.decision) || b.people - a.people,
  )
  const all = (of: 'people' | 'admitted') => lines.map((line) => line[of])
  const people = mayTellFew ? all('people') : shownCounts(all('people'))
  const admitted = mayTellFew ? all('admitted') : shownParts(all('admitted'), all('people'))
  return lines.map(({ decision, reason, ...line }, at) => {
    const [shownPeople, shownAdmitted] = [people[at] ?? '', admitted[at] ?? '']
    const isTold = typeof shownPeople === 'number' && typeof shownAdmitted === 'number'
    const of100 = isTold ? rateOf(line.admitted, line.people, 100) : undefined
    return { decision, reason, people: shownPeople, admitted: shownAdmitted, ...(of100 && { of100 }) }
  })
}

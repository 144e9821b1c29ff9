import type { Visit } from '#access'
import { type LondonDate, shortDateWords, timeWords } from '#calendar'
import { howSoonClass, isUrgent, seeBy } from './how-soon-rules.ts'
import type { HowSoon, SeeBy } from './types.ts'

/** "by 11:30am", "by the end of today", "by 7 April": until when a clock runs, told on a day. */
export function byWords({ byOn, byAt }: SeeBy, today: LondonDate): string {
  const day = byOn === today ? '' : shortDateWords(byOn, today)
  if (!byAt) return day ? `by ${day}` : 'by the end of today'
  return day ? `by ${timeWords(byAt)} on ${day}` : `by ${timeWords(byAt)}`
}

/** "Within 2 working days". */
export const howSoonWords = (howSoon: HowSoon): string => howSoonClass(howSoon)?.words ?? howSoon

/** What the next page says of the clock that has just begun: an urgent one is rung through, for no page rings. */
export function firstContactDue(howSoon: HowSoon, { now, today }: Pick<Visit, 'now' | 'today'>): string {
  const by = byWords(seeBy(howSoon, now), today)
  return isUrgent(howSoon)
    ? `Ring the case manager now: the first contact is due ${by}.`
    : `The first contact is due ${by}.`
}

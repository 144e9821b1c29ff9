import type { LondonDate } from '#calendar'
import type { Pairs } from '../agreement.ts'
import type { Decided } from '../later/types.ts'

/** A practice's pairs of judges. */
export type PracticePairs = Pairs & { readonly practiceCode: string }

/** Somebody decided on for a reason, or listed and judged by nobody, by one of their pseudonyms. */
export type FollowedUp = {
  /** Only says which pseudonyms are one person's. */
  readonly id: string
  readonly pseudonym: string
  readonly decision: Decided['decision'] | 'never judged'
  /** Empty of those nobody judged. */
  readonly reason: string
  /** The 90 days begin the day after it: the decision's, or the list's. */
  readonly sinceOn: LondonDate
  readonly practiceCode: string
}

/** Of those of one practice, decision and reason, how many had an emergency admission in the 90 days after. */
export type ReasonCount = {
  readonly practiceCode: string
  readonly decision: FollowedUp['decision']
  readonly reason: string
  readonly people: number
  readonly admitted: number
}

/** The decisions of a practice in 90 days. */
export type Pace = {
  readonly practiceCode: string
  readonly decisions: number
  readonly accepted: number
  /** Those of which it is known how long the page stood. */
  readonly timed: number
  readonly medianSeconds: number | null
}

import type { LondonDate } from '#calendar'

/** Somebody decided on, by one of their pseudonyms. `personId` only says which pseudonyms are one person's. */
export type Decided = {
  readonly personId: string
  readonly pseudonym: string
  readonly decision: 'accepted' | 'deferred' | 'declined'
  /** Added by hand before the decision: the list had not found them. */
  readonly isByHand: boolean
  readonly decidedOn: LondonDate
  /** The practice that decided. */
  readonly practiceCode: string
}

/** Of those decided on in one way at one practice, how many had an emergency admission in the 90 days after. */
export type LaterCount = {
  readonly practiceCode: string
  readonly decision: Decided['decision']
  readonly isByHand: boolean
  readonly people: number
  readonly admitted: number
}

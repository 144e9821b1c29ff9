import type { LondonDate } from '#calendar'
import type { PersonId } from '#people'

/** How often somebody on the ward is looked at. */
export type Seen = 'seen every day' | 'seen every week' | 'seen every month'

/** What a round may decide about one person. */
export type Decision = Seen | 'send to hospital' | 'ready to leave'

export type LeavingReason =
  | 'ready to leave'
  | 'stays in hospital'
  | 'moved away'
  | 'asked to leave'
  | 'died'
  | 'episode closed'

/** A person in a bed, as their last discussion left it. */
export type OnWard = {
  readonly stayId: string
  readonly personId: PersonId
  readonly episodeId: string
  readonly bed: number
  readonly cameAt: Date
  readonly seen: Seen
  readonly nextLookOn: LondonDate
  /** Set when the look has a time of day. */
  readonly nextLookAt?: Date
  /** How many times they were discussed: the version a form carries back. */
  readonly discussions: number
  readonly lastDecision?: Decision
  readonly lastDiscussedAt?: Date
  readonly lastDiscussedBy?: string
}

/** The ward a caller works at, and what its programme says of it. */
export type Ward = {
  readonly id: string
  readonly name: string
  readonly telephone?: string
  readonly programmeId: string
  readonly beds: number
}

/** A round that is being held, or was. */
export type Round = {
  readonly id: string
  readonly heldOn: LondonDate
  readonly startedAt: Date
  readonly endedAt?: Date
}

/** A person on a round: not yet spoken of, put off to the end, or done. */
export type Turn = {
  readonly onWard: OnWard
  readonly isDiscussed: boolean
  readonly skippedAt?: Date
}

declare module '#journal' {
  interface Notes {
    'admitted to the ward': { readonly stayId: string; readonly bed: number }
    'discussed on the ward round': { readonly stayId: string; readonly decision: Decision }
    'left the ward': { readonly stayId: string; readonly reason: LeavingReason }
    'ward round ended': { readonly roundId: string; readonly discussed: number; readonly notReached: number }
  }
}

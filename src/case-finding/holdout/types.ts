import type { LondonDate } from '#calendar'

/** A part of the lists not shown by chance for a time, so that the next model learns from people no list helped. */
export type Holdout = {
  readonly id: string
  readonly sharePercent: number
  readonly beganOn: LondonDate
  /** The first day everybody is shown again. */
  readonly endsOn: LondonDate
  readonly reason: string
  readonly approvedByName: string
  /** The day it was ended early, where it was. */
  readonly endedOn?: LondonDate
  readonly endedByName?: string
  readonly heldOut: number
  /** Of those, shown again because they got worse. */
  readonly letGo: number
}

declare module '#journal' {
  interface Notes {
    'hold-out began': { readonly holdoutId: string }
    'hold-out ended': { readonly holdoutId: string }
  }
}

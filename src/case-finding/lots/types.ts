import type { LondonDate } from '#calendar'

/** How near to the line somebody must be to be in the draw. */
export type Band =
  /** As many admissions, A&E visits and conditions as whoever stands last before the line: the rule cannot part them. */
  | { readonly kind: 'alike' }
  /** So many before the line and as many after it. */
  | { readonly kind: 'ranks'; readonly width: number }
  /** Their number differs by so many in 100 at most. Only of a list by a model in use. */
  | { readonly kind: 'in 100'; readonly width: number }

/** Somebody of a list still to judge, by pseudonym. */
export type InLine = {
  readonly pseudonym: string
  readonly rank: number
  readonly emergencyAdmissions: number
  readonly aeVisits: number
  readonly conditions: number
  readonly risk?: number
  /** Below the run's own cut, and shown again because something is new. */
  readonly isReturned: boolean
}

/** A line parted by a band: who is asked without a lot, who is in the draw for how many places, who comes after. */
export type Parted = {
  readonly before: readonly InLine[]
  readonly inDraw: readonly InLine[]
  readonly after: readonly InLine[]
  /** Places left for those in the draw. */
  readonly toDraw: number
}

/** One draw, as it was kept. */
export type Lot = {
  readonly id: string
  readonly n: number
  readonly runId: string
  readonly drawnOn: LondonDate
  readonly approvedByName: string
  readonly reason: string
  readonly places: number
  readonly band: Band
  readonly inLine: number
  readonly beforeBand: number
  readonly inDraw: number
  readonly drawn: number
  readonly seed: string
}

/** One draw somebody was in. */
export type InLot = {
  readonly lotId: string
  readonly runId: string
  readonly drawnOn: LondonDate
  readonly isDrawn: boolean
}

declare module '#journal' {
  interface Notes {
    'lots drawn': { readonly lotId: string; readonly programmeId: string }
  }
}

import type { LondonDate } from '#calendar'
import type { Interval } from '#statistics'

/** Somebody in a draw by lot, by pseudonym. */
export type InDraw = {
  readonly lotId: string
  readonly drawnOn: LondonDate
  readonly person: string
  readonly isDrawn: boolean
}

/** Those drawn, or those not drawn, whatever happened to them after. */
export type LotArm = {
  readonly people: number
  /** How many joined the programme since, drawn or not. */
  readonly joined: number
  readonly events: number
  readonly years: number
}

/** What the draws by lot say. Without a ratio while an arm has fewer than 10 events. */
export type LotAnswer = {
  readonly draws: number
  readonly firstOn: LondonDate
  readonly lastOn: LondonDate
  readonly drawn: LotArm
  readonly notDrawn: LotArm
  readonly ratio?: Interval
}

import type { LondonDate } from '#calendar'

export const findings = ['met', 'not met', 'does not apply'] as const
export type Finding = (typeof findings)[number]

/** One round of an audit of one team, ward or practice. */
export type Audit = {
  readonly id: string
  readonly question: string
  readonly criterion: string
  readonly standardPercent: number
  readonly sampleAsked: number
  readonly drawnFrom: number
  /** The round before, where this one is a re-audit. */
  readonly reAuditOf?: string
  readonly openedByName: string
  readonly openedAt: Date
  readonly drawn: number
  readonly met: number
  readonly notMet: number
  /** Does not apply. */
  readonly other: number
}

/** What a round was asked to be. */
export type NewAudit = Pick<Audit, 'question' | 'criterion' | 'standardPercent' | 'sampleAsked' | 'reAuditOf'>

/** Somebody in the sample whom the reader may open. */
export type Sampled = {
  readonly personId: string
  readonly n: number
  readonly familyName: string
  readonly givenName: string
  readonly finding?: Finding
  readonly words?: string
  readonly foundByName?: string
}

/** What is changed because of a round. */
export type AuditChange = {
  readonly id: string
  readonly words: string
  readonly ownerName: string
  readonly dueOn: LondonDate
  readonly recordedByName: string
  readonly recordedAt: Date
}

export type SupervisionNote = {
  readonly id: string
  readonly superviseeName: string
  readonly supervisorName: string
  readonly iSupervise: boolean
  readonly heldOn: LondonDate
  readonly words: string
  readonly writtenByName: string
  readonly writtenAt: Date
}

import type { LondonDate } from '#calendar'
import type { Answer, Compared, Plan, Protocol } from './types.ts'

/** A locked study, as it stands in the record. */
export type Study = {
  readonly id: string
  readonly protocol: Protocol
  readonly sha256: string
  readonly lockedAt: Date
  /** Undefined for the method that ships. */
  readonly lockedByName?: string
  readonly codeVersion?: string
  readonly dataTo?: LondonDate
}

/** A plan not yet locked, with what it was found to be able to see. */
export type Draft = {
  readonly id: string
  readonly plan: Plan
  readonly writtenByName: string
  readonly writtenAt: Date
  readonly check?: { readonly ranAt: Date; readonly found: DraftCheck }
}

/** What a draft could see, and how alike its groups would be. No outcome is in it. */
export type DraftCheck =
  | { readonly kind: 'stopped'; readonly answer: Answer }
  | { readonly kind: 'alike'; readonly compared: Compared }

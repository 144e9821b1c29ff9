import type { LondonDate } from '#calendar'
import type { PersonId } from '#people'

export type AskKind = 'company' | 'shopping' | 'lift' | 'home and garden' | 'group' | 'carer' | 'other'

/** How an ask stands. `looking`: the broker took it on. The last three are its end. */
export type AskState = 'asked' | 'looking' | 'offered' | 'arranged' | 'declined' | 'ended' | 'taken back'

/** Something asked of volunteers for one person, as its last turn has it. */
export type Ask = {
  readonly id: string
  readonly personId: PersonId
  readonly organisationId: string
  readonly organisationName: string
  readonly kind: AskKind
  readonly what: string
  readonly toKnow?: string
  readonly wantedBy: LondonDate
  readonly askedById: string
  readonly askedByName: string
  readonly turn: number
  readonly state: AskState
  readonly volunteer?: string
  readonly startsOn?: LondonDate
  readonly reason?: string
  readonly words?: string
  readonly since: Date
}

export type NewAsk = {
  readonly id: string
  readonly organisationId: string
  readonly kind: string
  readonly what: string
  readonly toKnow: string
  readonly wantedBy: LondonDate | undefined
  /** Whether the person said yes to the broker being told who they are, where they live, and this. */
  readonly isAgreed: boolean
}

/** What a broker, or the team, says of an ask. */
export type AskTurn = {
  readonly turn: number
  readonly state: AskState
  readonly volunteer?: string
  readonly startsOn?: LondonDate
  readonly reason?: string
  readonly words?: string
}

declare module '#journal' {
  interface Notes {
    'help asked for': { readonly askId: string; readonly kind: AskKind; readonly wantedBy: LondonDate }
    'help answered': { readonly askId: string; readonly turn: number; readonly state: AskState }
  }
}

import type { PersonId } from '#people'

/** Somebody who may become a person's case manager, and how many they hold. */
export type PossibleOwner = {
  readonly staffId: string
  readonly name: string
  readonly teamId: string
  readonly teamName: string
  /** Open episodes they hold in the programme. */
  readonly held: number
}

/** How full a programme's caseload is, in the unit its template says. */
export type Caseload = { readonly held: number; readonly limit: number }

/** A referral and our answer to it. */
export type Referral = {
  readonly id: string
  readonly personId: PersonId
  readonly programmeId: string
  readonly teamName: string
  readonly source: 'case-finding' | 'direct'
  readonly reason: string
  readonly words?: string
  readonly referredByName: string
  readonly receivedAt: Date
  readonly episodeId?: string
  readonly isTakenBack: boolean
}

declare module '#journal' {
  interface Notes {
    'episode opened': {
      readonly episodeId: string
      readonly programmeKey: string
      readonly ownerId: string
      readonly teamId: string
      readonly hasAgreed: boolean
    }
    'agreement recorded': { readonly episodeId: string; readonly answer: 'yes' | 'no' }
    'case manager changed': {
      readonly episodeId: string
      readonly fromOwnerId: string
      readonly ownerId: string
      readonly fromTeamId: string
      readonly teamId: string
      readonly reason: string
    }
    'acceptance taken back': { readonly episodeId: string }
  }
}

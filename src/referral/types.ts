import type { LondonDate } from '#calendar'
import type { PersonId } from '#people'
import type { howSoonClasses } from './how-soon.data.ts'

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

/** How soon somebody needs to be seen, as a human chose it. */
export type HowSoon = (typeof howSoonClasses)[number]['code']

/** Until when a clock runs: to the end of a day, or to a time of it. */
export type SeeBy = { readonly byOn: LondonDate; readonly byAt?: Date }

/** How soon the person of an episode needs to be seen, as its newest row has it. */
export type Triage = SeeBy & {
  readonly episodeId: string
  readonly personId: PersonId
  readonly n: number
  readonly howSoon: HowSoon
  /** When the first clock began: since then the person waits. */
  readonly beganAt: Date
  /** Why it was changed; always there where somebody is to wait longer. */
  readonly words?: string
  readonly at: Date
  readonly byName: string
}

/** Something written about a person that is looked through for red-flag words, and whose words they are. */
export type Written = { readonly by: string; readonly words: string }

declare module '#journal' {
  interface Notes {
    'episode opened': {
      readonly episodeId: string
      readonly programmeKey: string
      readonly ownerId: string
      readonly teamId: string
      readonly hasAgreed: boolean
      readonly howSoon: HowSoon
    }
    'how soon changed': { readonly episodeId: string; readonly howSoon: HowSoon; readonly was?: HowSoon }
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

import type { LondonDate } from '#calendar'

declare const nhsNumber: unique symbol

/** Ten digits whose last is the right check digit. Only `readNhsNumber` makes one. */
export type NhsNumber = string & { readonly [nhsNumber]: true }

/** The reference of a person everywhere, addresses of pages included. It says nothing about them. */
export type PersonId = string

export type Sex = 'female' | 'male' | 'not specified' | 'not known'

export type Allergy = { readonly name: string; readonly reaction?: string; readonly source: string }

/** How it stands that somebody died: whether a worker has confirmed it, and what sources say. */
export type DeathStanding = {
  /** A worker said so, and nothing has come since that differs. */
  readonly isConfirmed: boolean
  /** The suppliers of extracts that say this day. */
  readonly suppliers: readonly string[]
  /** A supplier that said so and no longer does. */
  readonly withdrawnBy?: string
  /** Another day, which an extract says. */
  readonly otherDayOn?: LondonDate
}

/** What a banner shows: enough to be sure who this is. */
export type Identity = {
  readonly id: PersonId
  readonly familyName: string
  readonly givenName: string
  readonly title?: string
  readonly called?: string
  readonly bornOn?: LondonDate
  readonly isBornAbout: boolean
  readonly sex: Sex
  readonly language?: string
  readonly nhsNumber?: NhsNumber
  readonly address?: string
  readonly telephone?: string
  readonly nextOfKin?: { readonly name: string; readonly telephone?: string }
  readonly practice?: { readonly id: string; readonly name: string; readonly telephone?: string }
  readonly diedOn?: LondonDate
  /** Of somebody said to have died: by whom, and whether anybody has confirmed it. */
  readonly death?: DeathStanding
  readonly allergies: readonly Allergy[]
  readonly hasNoKnownAllergies: boolean
  /** The day somebody checked that there are none. */
  readonly noAllergiesCheckedOn?: LondonDate
  readonly marks: readonly string[]
}

export type Stage = 'offered' | 'active' | 'monitoring' | 'closed'

/** A person's time with us in one programme, as its last turn has it. */
export type Episode = {
  readonly id: string
  readonly personId: PersonId
  readonly programmeId: string
  readonly programmeKey: string
  readonly programmeName: string
  readonly openedOn: LondonDate
  readonly closedOn?: LondonDate
  readonly turn: number
  readonly stage: Stage
  readonly ownerId: string
  readonly ownerName: string
  readonly ownerTelephone?: string
  /** Their case manager has no post at the team any more: whoever rings is to ring the team. */
  readonly ownerHasLeft: boolean
  readonly teamId: string
  readonly teamName: string
  readonly teamTelephone?: string
}

export type WishKind = 'take part' | 'share with out of hours' | 'share where they wish to be' | 'objection'

export type Wish = {
  readonly kind: WishKind
  readonly purpose: string
  readonly answer: 'yes' | 'no' | 'not asked'
  readonly since: LondonDate
  readonly source: string
}

import type { ReactNode } from 'react'
import type { LondonDate } from '#calendar'
import type { Db } from '#database'
import type { Later, Task } from '#jobs'
import type { Pen } from '#journal'
import type { Activity, Installation, OrganisationKind } from '#organisations'
import type { PersonId } from '#people'
import type { Furniture } from '#ui'
import type { Said } from './session.ts'

declare const permitted: unique symbol

/** Why somebody looks. A closed list: there is no "other". */
export type Purpose =
  | 'direct care'
  | 'case-finding'
  | 'service administration'
  | 'evaluation'
  | 'audit and privacy'
  | 'the person’s own request'

/** How much of a person's record a tie opens. */
export type Part = 'whole' | 'emergency summary' | 'referral'

/** What makes somebody have to do with a person, strongest first. */
export type Tie =
  | 'episode'
  | 'registered'
  | 'cover'
  | 'referral'
  | 'closed episode'
  | 'self-claimed'
  | 'listed'
  | 'break-glass'
  | 'system'

/** Leave to read or change one person's record for the length of one transaction. Only `permit` makes one. */
export type Permit<P extends Part> = {
  readonly [permitted]: true
  readonly person: PersonId
  readonly part: P
  readonly tie: Tie
}

/** Leave to read several people's records for the length of one transaction. Only `permitList` makes one. */
export type ListPermit = { readonly [permitted]: true; readonly people: readonly PersonId[] }

/** A member of staff in one of their posts, signed in. */
export type StaffCaller = {
  readonly kind: 'staff'
  readonly staffId: string
  readonly name: string
  readonly sessionId: string
  readonly csrf: string
  readonly postId: string
  readonly role: string
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: OrganisationKind }
  readonly activities: ReadonlySet<Activity>
  /** Whether "Change post" belongs in the header: somebody with one post has nowhere to change to. */
  readonly mayChangePost: boolean
  /** Whether something waits to be said on this session's next page. */
  readonly hasWord: boolean
  /** The installation they are signed in to. */
  readonly house: Installation
}

/** The program itself, doing promised work under the name of that work. */
export type SystemCaller = { readonly kind: 'system'; readonly name: string }

/**
 * Who is asking, when, and what they hold. The first argument of every action.
 *
 * `now` is the installation's time: in a synthetic installation its day with the wall clock's time of day.
 */
export type Visit<C = StaffCaller | SystemCaller> = {
  readonly caller: C
  readonly now: Date
  readonly today: LondonDate
  readonly db: Db
  readonly note: Pen
  readonly later: Later
}

export type StaffVisit = Visit<StaffCaller>

/** What a page was asked with. A form's fields are text; of a repeated field the last wins, `all` has every one. */
export type Asked = {
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Form
  readonly form: Form
  /** The file a form sent, where its route takes one and somebody chose one. */
  readonly file?: SentFile
  readonly furniture: Furniture
}

/** A file as a form sent it: its text, or what to put right where it is none. Its name is not kept. */
export type SentFile =
  | { readonly field: string; readonly text: string; readonly mistake?: undefined }
  | { readonly field: string; readonly text?: undefined; readonly mistake: string }

export type Form = {
  readonly text: (field: string) => string
  readonly all: (field: string) => readonly string[]
  readonly typed: Readonly<Record<string, string>>
}

/**
 * What is sent back. Nothing of it leaves before the transaction is kept. `signIn` is the token of a session that
 * replaces the one in the cookie; `signOut` takes the cookie away.
 */
export type Answer =
  | { readonly kind: 'page'; readonly html: string; readonly status?: 200 | 409 | 422 | 429 }
  | {
      readonly kind: 'go'
      readonly to: string
      readonly saved?: string
      readonly undo?: Said['undo']
      readonly signIn?: string
      readonly signOut?: true
    }
  | {
      readonly kind: 'file'
      readonly name: string
      readonly contentType: string
      readonly body: string | Buffer
    }

/**
 * A page or a form's target. `may` is the activity it takes; a permit inside then asks for the tie. Only a route that
 * `takesFile` reads a form with a file in it.
 */
export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly may: Activity | 'anyone signed in'
  readonly takesFile?: true
  readonly answer: (visit: StaffVisit, asked: Asked) => Promise<Answer>
}

/** What the user got wrong, said so that they can put it right. */
export type Problem = { readonly field: string; readonly message: string }

/** An action's answer: done, or what to put right. */
export type Outcome<T = undefined> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** What a room gives the roof: its pages, its promised work, and its part of the page about one person. */
export type Room = {
  readonly name: string
  readonly screens: readonly Route[]
  readonly tasks?: Readonly<Record<string, Task>>
  readonly panelFor?: (visit: StaffVisit, permit: Permit<'whole'>) => Promise<PersonPanel | undefined>
}

/** A room's part of the page about one person. */
export type PersonPanel = { readonly place: 'main' | 'side' | 'acts'; readonly contents: ReactNode }

declare module '#journal' {
  interface Notes {
    'opened in an emergency': { readonly claimId: string; readonly reason: string }
    'relationship claimed': { readonly claimId: string; readonly reason: string }
    'reason given': { readonly claimId: string; readonly reason: string }
    'record marked': { readonly kind: string }
    'record unmarked': Readonly<Record<string, never>>
    'place added': { readonly organisationId: string; readonly kind: string }
    'place corrected': {
      readonly organisationId: string
      readonly nameWas: string
      readonly telephoneWas: string
    }
    'agreement made': { readonly agreementId: string; readonly organisationId: string }
    'agreement ended': { readonly agreementId: string }
    'opening reviewed': { readonly claimId: string; readonly review: string }
  }
}

import type { ReactNode } from 'react'

/** Something the reader has to put right: the form field's name and the sentence that says what to do. */
export type Problem = { readonly field: string; readonly message: string }

/** What the reader typed, as it arrived: each field's name with its text, or its texts when several were ticked. */
export type Typed = Readonly<Record<string, unknown>>

/** A place to go, in words. */
export type Link = { readonly href: string; readonly words: string }

export type TagColour = 'red' | 'orange' | 'yellow' | 'blue' | 'green' | 'purple' | 'white' | 'grey'

export type Navigation = { readonly href: string; readonly label: string; readonly isCurrent: boolean }

/** Everything on a page that does not belong to the page: who is signed in, where they may go, how fresh it is. */
export type Furniture = {
  /** Whether this installation holds made-up people; decides the yellow strip and the SYNTHETIC stamps. */
  readonly synthetic: boolean
  /** The made-up town's name; without it the strip says only that nobody here is real. */
  readonly townName?: string
  readonly isTraining?: boolean
  readonly caller?: {
    readonly name: string
    readonly roleName: string
    readonly placeName: string
    readonly mayChangePost: boolean
  }
  readonly navigation: readonly Navigation[]
  /** False for a role without a right to names: the search box is then absent, not disabled. */
  readonly hasSearch: boolean
  readonly csrfToken: string
  /** How fresh each source is, a sentence each: "Hospital data to 31 October 2026." */
  readonly freshness: readonly string[]
  /** The number with its hours: "01632 960 100, 8am to 6pm". */
  readonly helpTelephone?: string
  /** The installation's day in full: "Wednesday 1 April 2026". */
  readonly day: string
  /** Links at the foot; only pages that exist. */
  readonly footerLinks?: readonly Link[]
  readonly wasSaved?: {
    readonly words: string
    readonly undo?: { readonly action: string; readonly fields: Readonly<Record<string, string>> }
  }
  /** What a stranger may try on this page of the demonstration. Closing it posts to closeAction. */
  readonly whatToTry?: { readonly lines: readonly Link[]; readonly closeAction: string }
  /** The reader's own density setting: roomier rows and larger text. */
  readonly isRoomy?: boolean
}

/** Where the furniture's own forms and links go; the roof answers at these addresses. */
export const furnitureAddresses = {
  home: '/',
  find: '/find',
  signOut: '/sign-out',
  changePost: '/post',
} as const

/**
 * What is known about allergies. "None known" and "not recorded" are different facts, so there is no
 * default and no empty state.
 */
export type AllergyState =
  | { readonly state: 'recorded'; readonly words: string }
  | { readonly state: 'none known'; readonly checkedOn: string }
  | { readonly state: 'not recorded' }

/** The person a page is about, as words ready to be read. Dates and numbers arrive already formatted. */
export type BannerPerson = {
  readonly familyName: string
  readonly givenName: string
  readonly title?: string
  /** "14 March 1936" */
  readonly bornOn: string
  readonly ageYears?: number
  readonly sexWords: string
  /** Grouped 3-3-4: "999 000 1235". */
  readonly nhsNumber?: string
  /** "3 November 2026". The banner turns grey. */
  readonly diedOn?: string
  /** Nobody here has confirmed the death: who says it, and what not to do until somebody has. */
  readonly deathUnconfirmed?: string
  readonly address?: string
  readonly caseManager?: { readonly name: string; readonly telephone?: string }
  readonly allergy: AllergyState
  /** After the allergy, in this order: communication, oxygen target, wishes, lives alone or carer, interpreter, visiting. */
  readonly tags?: readonly { readonly colour: TagColour; readonly words: string }[]
  readonly likesToBeCalled?: string
  /** Another person on this ward or caseload has the same or a similar name. */
  readonly hasSimilarName?: boolean
}

export type TabLink = { readonly href: string; readonly label: string; readonly isCurrent: boolean }

export type PageContents = {
  readonly furniture: Furniture
  /** The task or subject in the browser's title bar, without names: it is kept in the browser's history. */
  readonly title: string
  /** The words of the page's only h1; the title when absent. */
  readonly heading?: string
  /** The heading is there for screen readers but the banner already says it. */
  readonly isHeadingHidden?: boolean
  /** Something inside the page carries the h1: a paper sheet. */
  readonly hasOwnHeading?: boolean
  /** Where or when, above the heading. */
  readonly caption?: string
  /** The answer sentence. */
  readonly lead?: ReactNode
  /** The buttons beside the heading. */
  readonly acts?: ReactNode
  readonly banner?: BannerPerson
  readonly back?: Link
  readonly tabs?: readonly TabLink[]
  readonly problems?: readonly Problem[]
  /** What was typed, for every form on the page that does not bring its own. */
  readonly typed?: Typed
  /** No navigation and no search: a ward round, an emergency page. */
  readonly slim?: boolean
  /** The page waits for something and looks again by itself after so many seconds. */
  readonly refreshSeconds?: number
  /** The dashed stamp beside the heading: lists, reports and studies of made-up people. */
  readonly isStamped?: boolean
  /** work: 16 px. reading: 19 px, rounds and public forms. plain: 24 px, the person's own pages. */
  readonly text?: 'work' | 'reading' | 'plain'
  readonly children?: ReactNode
}

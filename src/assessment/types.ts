import type { LondonDate } from '#calendar'
import type { PersonId } from '#people'

/** Why a question has no answer. Kept apart from every answer: none of them counts as 0. */
export const nonAnswers = ['not asked', 'prefers not to say', 'not known', 'not applicable'] as const
export type NonAnswer = (typeof nonAnswers)[number]

export type Answers = Readonly<Record<string, number | NonAnswer>>

/** Who answered. All but the first and the third speak for somebody else, and are kept apart for ever. */
export const answerers = ['the person', 'a carer, for them', 'a carer, about themselves', 'staff'] as const
export type AnsweredBy = (typeof answerers)[number]

export const routes = ['face to face', 'telephone', 'post', 'online'] as const
export type AnsweredVia = (typeof routes)[number]

/** One question as its score sees it: the answers there may be. */
export type Item = { readonly key: string; readonly values: readonly number[] }

/** A number worked out from answers. */
export type Scale = {
  readonly key: string
  readonly words: string
  /** The items that are added up. */
  readonly items: readonly string[]
  readonly highest: number
  /** The lowest value there may be; 0 where it is not said. */
  readonly lowest?: number
  readonly higherIs: 'better' | 'worse'
  /** From which value each band begins, lowest first; in the instrument's own words. */
  readonly bands?: readonly { readonly from: number; readonly words: string }[]
  /** From which value a service counts a case. */
  readonly caseFrom?: number
  /** The smallest change that measuring the same thing twice seldom gives by itself. */
  readonly reliableChange?: number
  /** With so many answers missing or fewer, a total made up in proportion may stand beside the missing one. */
  readonly prorateUpTo?: number
  /** The value for each sum, where the sum itself may not be reported. */
  readonly convert?: Readonly<Record<number, number>>
}

/** All that scoring needs of an instrument. It holds no words of its questions. */
export type Scoring = {
  readonly key: string
  readonly version: string
  readonly name: string
  readonly items: readonly Item[]
  readonly scales: readonly Scale[]
}

export type Question = Item & {
  readonly words: string
  readonly choices: readonly { readonly value: number; readonly words: string }[]
}

/** From which answer on, to which questions, a review is asked for; and what to say then. */
export type Review = { readonly items: readonly string[]; readonly from: number; readonly words: string }

/** An instrument whose words may be shown. */
export type Instrument = Omit<Scoring, 'items'> & {
  readonly items: readonly Question[]
  /** What it is about, in a few words. */
  readonly about: string
  /** What stands above the questions. */
  readonly stem: string
  /** Whose answers it takes. */
  readonly answeredBy: readonly AnsweredBy[]
  /** Whose work it is, and on what terms. */
  readonly credit: string
  /** The site’s pack its words come from, and when its licence began. */
  readonly pack?: { readonly id: string; readonly licensedFrom: LondonDate }
  /** Answers that ask for a review whatever the total, said beside them. */
  readonly review?: Review
  /** An answer that somebody acts on the same day, whatever the total. */
  readonly alert?: { readonly item: string; readonly from: number }
  /** Questions told beside the scores, by their answer: those that are added to none and have no number of their own. */
  readonly told?: readonly { readonly item: string; readonly words: string }[]
  /** Asks for their own words below the questions. */
  readonly asksWords?: string
}

/** A score, or why there is none. `prorated` stands beside a missing value and never in its place. */
export type Score = {
  readonly scale: string
  readonly value?: number
  readonly whyNone?: string
  readonly prorated?: number
  readonly scoringVersion: number
}

/** One instrument answered once, as somebody writes it down. */
export type NewMeasure = {
  /** Made when the form was drawn: the same form sent twice is one set of answers. */
  readonly id?: string
  readonly instrument: string
  readonly episodeId: string
  readonly answeredBy: AnsweredBy
  readonly answeredVia: AnsweredVia
  readonly answeredOn: LondonDate
  readonly answers: Answers
  readonly words?: string
  /** The worker a job records for; somebody signed in records as themselves. */
  readonly recordedById?: string
}

/** What came of a form used elsewhere under its own licence. No words of it, and no value set. */
export type Result = {
  /** One digit for each part of the form; 9 for a part not answered. */
  readonly profile: string
  /** The name of the value set the index was worked out by; without one there is no index. */
  readonly valueSet?: string
  readonly formVersion: string
  readonly obtainedFrom: string
}

/** A result as somebody writes it down. The index is as it came: nothing here works one out. */
export type NewResult = Pick<
  NewMeasure,
  'id' | 'instrument' | 'episodeId' | 'answeredBy' | 'answeredVia' | 'answeredOn'
> &
  Result & { readonly index?: number; readonly vas?: number }

/** One instrument answered once, as it is kept. */
export type Measure = {
  readonly id: string
  readonly episodeId: string
  readonly instrument: string
  readonly version: string
  readonly answeredBy: AnsweredBy
  readonly answeredVia: AnsweredVia
  readonly answeredOn: LondonDate
  readonly words?: string
  readonly recordedByName: string
  readonly recordedAt: Date
  readonly struckByName?: string
  readonly struckReason?: string
  /** The site’s pack whose words were read out. */
  readonly packId?: string
  readonly result?: Result
  readonly answers: Answers
  readonly scores: readonly Score[]
}

export const moments = ['baseline', '3 months', '6 months', '12 months', 'closing'] as const
export type Moment = (typeof moments)[number]

/** What a programme asks, and when. */
export type Schedule = readonly { readonly instrument: string; readonly at: readonly Moment[] }[]

/** What a schedule needs to know of an episode. */
export type AskedEpisode = { readonly openedOn: LondonDate; readonly closedOn?: LondonDate }

/** How one measure at one moment of an episode stands. */
export type Standing = {
  readonly instrument: string
  readonly moment: Moment
  readonly dueOn: LondonDate
  readonly state: 'not yet' | 'due' | 'overdue' | 'missed' | 'answered'
}

/** An episode of somebody on the caller's list, with when each measure was answered in it. */
export type ListedEpisode = AskedEpisode & {
  readonly episodeId: string
  readonly personId: PersonId
  readonly programmeId: string
  readonly programmeName: string
  readonly familyName: string
  readonly givenName: string
  readonly ownerId: string
  readonly ownerName: string
  readonly answered: readonly { readonly instrument: string; readonly on: LondonDate }[]
}

declare module '#journal' {
  interface Notes {
    'measure answered': { readonly assessmentId: string; readonly instrument: string }
    'measure struck': { readonly assessmentId: string; readonly instrument: string }
    'measure pack put in': { readonly packId: string; readonly instrument: string }
    'measure pack withdrawn': { readonly packId: string }
    'safety answer given': {
      readonly assessmentId: string
      readonly episodeId: string
      readonly instrument: string
      readonly question: string
    }
  }
}

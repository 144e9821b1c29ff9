import type { LondonDate } from '#calendar'
import type { Moment } from './types.ts'

/** A programme over whole months: from the first day of one to before the first day of another. */
export type Months = {
  readonly programmeId: string
  readonly from: LondonDate
  readonly before: LondonDate
}

/** What a programme's people answered on one scale over some months. Nobody's row; a count under 8 is not there. */
export type ScaleOutcome = {
  readonly instrument: string
  readonly version: string
  readonly scale: string
  /** Answered by the person themselves; else by somebody for them. The two are never mixed. */
  readonly isOwn: boolean
  /** People with a score in these months. */
  readonly people?: number
  readonly mean?: number
  /** Of them, those with an earlier score in the same episode: what is below is about these. */
  readonly pairs?: number
  readonly meanFirst?: number
  readonly meanLast?: number
  readonly meanChange?: number
  readonly sdChange?: number
  readonly better?: number
  readonly same?: number
  readonly worse?: number
}

/** The first years of a programme’s people in quality-adjusted life years, by one value set. Nobody’s row. */
export type QualityYears = {
  /** The form and the value set. */
  readonly version: string
  readonly isOwn: boolean
  readonly people: number
  readonly meanYears: number
  /** Of them, those who died within the year: it counts from death on as 0. Absent where it would be from 1 to 7. */
  readonly died?: number
  /** Not among them: asked at the start, alive a year later and not asked again. Absent where it would be from 1 to 7. */
  readonly notAskedAgain?: number
}

/** Of those who answered one question, how many chose one of the best answers. Both absent counts are from 1 to 7. */
export type BestAnswers = {
  readonly version: string
  readonly item: string
  readonly isOwn: boolean
  readonly people: number
  readonly best?: number
}

/** Of whom a measure was due at a moment, how many answered then. Absent where a count would be from 1 to 7. */
export type AskedOfDue = {
  readonly instrument: string
  readonly moment: Moment
  readonly due: number
  readonly answered?: number
}

/** Of people who died: how many died where they last wished. A count from 1 to 7, or one that gives it away, is absent. */
export type PlacesOfDeath = {
  readonly people: number
  readonly met?: number
  readonly notMet?: number
  /** The place is known too coarsely to say. */
  readonly cannotTell?: number
  readonly notRecorded?: number
  /** No wish was recorded before the death, or it was undecided. */
  readonly noWish?: number
}

/** How a programme's people answered one question of an instrument over some months. */
export type AnswerCounts = {
  readonly version: string
  readonly isOwn: boolean
  readonly people?: number
  /** By answer. One under 8 is not there, nor one that would give it away. */
  readonly counts: Readonly<Record<number, number | undefined>>
}

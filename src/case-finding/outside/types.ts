import type { LondonDate } from '#calendar'
import type { Estimate, Report } from '#prediction'

/** What a score of somebody else's says of itself, in the newest load. */
export type OutsideFacts = {
  readonly scale: 'risk' | 'points' | null
  /** What it was made for, as the load says; null where it says nothing. */
  readonly outcome: string | null
  /** What it was worked out of, as the load says. */
  readonly feeds: readonly string[]
  readonly firstOn: LondonDate
  readonly lastOn: LondonDate
  readonly people: number
  /** Why there is no report, in one sentence. */
  readonly whyNot?: string
}

/** How it came out, and ours on the very same people. */
export type OutsideReport = {
  /** People as they stood on this day, with the newest value of the year before it; what came in the 365 days after. */
  readonly cutOn: LondonDate
  /** Of so many adults registered for a year, how many had a value. */
  readonly adults: number
  readonly listPercent: number
  readonly theirs: Report
  readonly ours?: {
    readonly id: string
    readonly name: string
    readonly figures: Report
    /** Of 100 listed, how many more were admitted by theirs than by ours, on the same people. */
    readonly theirsMore: Estimate
    /** Ours was trained on some of that year, and looks better than it is. */
    readonly isOfThatYear: boolean
  }
}

export type OutsideScore = {
  readonly id: string
  readonly score: string
  readonly version: string
  readonly indexOn: LondonDate
  readonly facts: OutsideFacts
  readonly report: OutsideReport | null
}

/** A value about one person, as it came. */
export type OutsideValue = {
  readonly score: string
  readonly version: string
  readonly value: number
  readonly on: LondonDate
  readonly scale: OutsideFacts['scale']
  readonly outcome: string | null
}

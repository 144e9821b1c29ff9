import type { LondonDate } from '#calendar'
import type { StoreFile } from '#population'
import type { Interval } from '#statistics'
import type { Asked, Choices } from './choice-types.ts'
import type { Further } from './further-types.ts'

/** One thing known of everybody before their index day. */
export type Covariate = {
  readonly name: string
  /** As a reader would say it. */
  readonly label: string
  /** Counts with a long tail enter models as log(1 + count). */
  readonly scale: 'plain' | 'log'
  /** The kind of record it is read from and how far back; none for what is known of everybody. */
  readonly from?: { readonly file: StoreFile; readonly days: number }
  /** Held to the narrower limit of 0.05: what the outcome hangs on most. */
  readonly isStrict?: boolean
}

/** A covariate cut into bands that a pair must share: a value belongs to the band of the last edge it reaches. */
export type ExactKey = { readonly covariate: string; readonly edges: readonly number[] }

/** How close a pair must be beside the prognostic score. */
type Closeness = {
  readonly exact: readonly ExactKey[]
  readonly ageYears: number
  /** How far apart in how likely they were to join, in its standard deviations. */
  readonly propensitySpreads: number
}

/** What somebody writes down before a study of their own is locked. */
export type Plan = {
  readonly question: string
  /** How many matched people each, 1 to 5. */
  readonly ratio: number
  /** How long somebody must have been followed to be looked at. */
  readonly leastFollowUpDays: number
  /** A fall smaller than this would change nothing that anybody does. */
  readonly smallestThatMattersPercent: number
  /** What else went on at the same time. */
  readonly otherInitiatives: string
  /** What changed since the version before, and why. Empty for the first. */
  readonly whatChanged: string
  /** Absent in plans from before there was anything to choose: then it is what ships. */
  readonly choices?: Choices
}

/** Everything decided before any outcome is read. */
export type Protocol = {
  readonly version: number
  /** Absent where nobody wrote one: then it is the method that ships. */
  readonly plan?: Plan
  readonly covariates: readonly Covariate[]
  /** Tried in this order until enough are matched; the index day is always exact. */
  readonly closeness: readonly Closeness[]
  /** How far apart in the prognostic score, in its standard deviations. */
  readonly prognosticSpreads: number
  readonly ratio: number
  readonly horizonDays: number
  /** People who joined later than this before the end of the data are not yet looked at. */
  readonly leastFollowUpDays: number
  readonly leastMatchedShare: number
  /** A study that could only show a larger fall than this is not begun. */
  readonly largestFallPercent: number
}

/** People on index days with what was known of them before. Parallel: one value a row everywhere. */
export type StudyRows = {
  readonly persons: readonly string[]
  readonly indexOns: readonly LondonDate[]
  readonly values: Readonly<Record<string, Float64Array>>
}

/** A past cohort of eligible people whose outcomes ended before anybody joined. */
export type History = StudyRows & { readonly events: Float64Array; readonly years: Float64Array }

/** What a study is matched on: who joined, who could have, who could have long before. No outcomes. */
export type Cut = { readonly treated: StudyRows; readonly pool: StudyRows; readonly history: History }

/** What happened to rows already matched, in their order; months are twelfths of a year from the index day. */
export type Outcomes = {
  /** What is asked (emergency admissions, unless chosen otherwise) after the index day while followed. */
  readonly events: Float64Array
  readonly days: Float64Array
  readonly died: Uint8Array
  /** Follow-up ended because the person joined too. */
  readonly joinedLater: Uint8Array
  /** For each row 24 numbers: the 12 months before, oldest first, then the 12 after. */
  readonly monthlyEvents: Float64Array
  /** For each row 12 numbers: the days followed in each month after. */
  readonly monthlyDays: Float64Array
  /** Other things counted while followed, by name: told beside the answer, never the question. */
  readonly others: Readonly<Record<string, Float64Array>>
}

export type BalanceLine = {
  readonly name: string
  readonly label: string
  readonly before: number
  readonly after: number
  readonly limit: number
  readonly treatedMean: number
  readonly controlMean: number
  readonly denominator: number
  readonly varianceRatio: number | null
  readonly largestGap: number
  readonly gapLimit: number
}

/** One way of matching that was tried, kept so that nobody can say only the best was shown. */
export type Attempt = {
  readonly exact: readonly string[]
  readonly matchedShare: number
}

export type Matched = {
  /** Rows of the cut's treated and pool, one entry a set. */
  readonly sets: readonly { readonly treated: number; readonly controls: readonly number[] }[]
  readonly unmatched: readonly number[]
  readonly attempts: readonly Attempt[]
  readonly balance: readonly BalanceLine[]
  readonly effectiveControls: number
  /** The standard deviation of the score over all eligible rows, from which the caliper comes. */
  readonly scoreSpread: number
  /** Expected yearly admissions of each treated row from history alone. */
  readonly expectedRates: Float64Array
}

/** Why a result is not given although it could be worked out. */
export type Breach = { readonly label: string; readonly found: string }

export type Arm = {
  readonly people: number
  readonly events: number
  readonly years: number
  /** Weighted events a person-year after the index day. */
  readonly rateAfter: number
  /** Weighted events in the year before it. */
  readonly rateBefore: number
  readonly deaths: number
  /** Weighted deaths for each 100 people followed. */
  readonly diedPercent: number
  /** Weighted events for each 100 people a month: 12 before, 12 after. */
  readonly monthlyRates: readonly number[]
  /** How many events each month's rate rests on. */
  readonly monthlyEvents: readonly number[]
  /** What else happened after the index day, by name: weighted, a person-year, with the count it rests on. */
  readonly others: Readonly<Record<string, { readonly rate: number; readonly events: number }>>
}

export type Regression = {
  readonly ownChangePercent: number
  readonly controlChangePercent: number
  /** What the count formula expects of people with these counts, with nothing done. */
  readonly formulaChangePercent: number
}

export type Verdict = 'fewer' | 'cannot tell' | 'more'

/** What last night's run of one programme came to. */
export type Answer = AnswerKind & { readonly asked?: Asked }

type AnswerKind =
  | {
      readonly kind: 'not ready'
      readonly reason: NotReady
      readonly joined: number
      readonly followed: number
    }
  | {
      readonly kind: 'not powered'
      readonly joined: number
      readonly followed: number
      readonly detectableFallPercent: number
      readonly neededFor20Percent: number
    }
  | (Compared & {
      readonly kind: 'withheld'
      readonly breaches: readonly Breach[]
      /** How far the count formula expects the joined people's own rate to fall with no service; from 10 events. */
      readonly expectedFallPercent?: number
    })
  | (Compared & { readonly kind: 'few events'; readonly helped: Counts; readonly matched: Counts })
  | (Compared & Effect & { readonly kind: 'answered'; readonly verdict: Verdict })

export type NotReady =
  | 'nobody joined'
  | 'nobody followed'
  | 'records too short'
  | 'too little history'
  | 'no pool'
  | 'nobody in the cohort'
  | 'leaves out too few'
  | 'not recorded'

type Counts = { readonly people: number; readonly events: number; readonly years: number }

/** What may be shown whether or not there is an effect to show: who was compared, and how alike they were. */
export type Compared = {
  readonly joined: number
  readonly followed: number
  readonly matchedTreated: number
  readonly matchedControls: number
  readonly attempts: readonly Attempt[]
  readonly balance: readonly BalanceLine[]
  readonly effectiveControls: number
  readonly detectableFallPercent: number
  readonly firstOn: LondonDate
  readonly lastOn: LondonDate
  readonly unmatchedMeanAdmissions: number | null
  /** Labels of what could not be compared, because its source is not linked or does not reach back. */
  readonly notKnown: readonly string[]
}

export type Effect = {
  readonly ratio: Interval
  readonly unadjustedRatio: number
  readonly helped: Arm
  readonly matched: Arm
  readonly regression: Regression
  readonly laterJoinedPercent: number
  readonly hiddenCause: { readonly estimate: number; readonly nearest: number }
  readonly neededToSee: number | null
  /** What was asked beside the question; absent in answers from before it was asked. */
  readonly further?: Further
}

/** An effect with what was asked. */
export type EffectAsked = Effect & { readonly asked?: Asked }

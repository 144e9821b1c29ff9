import type { LondonDate } from '#calendar'

/** What a team or practice watches by the month. */
export type MeasureKey = 'admissions' | 'attendances' | 'nights' | 'overdue' | 'plan' | 'goals' | 'injuries'

/** One month of one measure: so many of so much. What each is, the measure says. */
export type MonthCount = { readonly month: LondonDate; readonly events: number; readonly of: number }

/** What one place had in each month, by measure. A measure whose source is not linked is absent. */
export type Months = Readonly<Partial<Record<MeasureKey, readonly MonthCount[]>>>

/** How one night's counts came to be. */
export type Run = {
  readonly id: string
  readonly ranAt: Date
  readonly dataTo: LondonDate
  readonly funnels: readonly FunnelFound[]
  readonly groups: readonly GroupLine[]
}

/** A person's decision that limits begin anew at a month. */
export type Rebasing = {
  readonly id: string
  readonly measure: string
  readonly fromMonth: LondonDate
  readonly reason: string
  readonly decidedByName: string
  readonly decidedAt: Date
  readonly endedAt?: Date
  readonly endedByName?: string
  readonly endedReason?: string
}

/** One practice or team beside what its people’s age, sex, deprivation and conditions would lead one to expect. */
export type FunnelUnitFound = {
  readonly placeId: string
  readonly name: string
  readonly people: number
  readonly observed: number
  readonly expected: number
}

export type FunnelKey =
  | 'registered-admissions'
  | 'registered-attendances'
  | 'care-by-team'
  | 'care-by-practice'

export type FunnelFound = { readonly key: FunnelKey; readonly units: readonly FunnelUnitFound[] }

/** What was counted before and after somebody's people joined, and what would have come with no service. */
export type Change = {
  readonly before: number
  readonly after: number
  /**
   * What the count formula expects after, with nothing done, over the same time; absent where the records do not reach
   * back far enough to know it, and then no before-after figure may be shown.
   */
  readonly expected?: number
}

/** What is counted of people before and after they join. */
export type OutcomeKey = 'admissions' | 'attendances' | 'outpatient' | 'gpContacts'

/** What was counted of some people who joined. What is not linked, or not known far enough back, is absent. */
export type OutcomeSums = {
  readonly people: number
  /** Person-years after joining; before it each person has exactly 1. */
  readonly yearsAfter: number
  readonly died: number
} & { readonly [Key in OutcomeKey]?: Change }

/** The people of one case manager who joined one programme in one year from April to March. */
export type OutcomeLine = OutcomeSums & { readonly programmeId: string; readonly year: string }

/** The people of one programme who are alike in one way, or for whom one thing was done. */
export type GroupLine = OutcomeSums & {
  readonly programmeId: string
  readonly of: GroupingKey
  readonly group: string
  /** The year they joined in, where lines are kept for each year. */
  readonly year?: string
  /** Where groups lie in larger ones that are told as well: the locality of a practice. */
  readonly within?: string
}

/** In what way people are put together. */
export type GroupingKey =
  | 'everybody'
  | 'done'
  | 'joined'
  | 'locality'
  | 'practice'
  | 'team'
  | 'deprivation'
  | 'ethnicity'
  | 'language'
  | 'carer'
  | 'alone'
  | 'care-home'
  | 'sex'
  | 'age'

/** What is recorded as done in the first 90 days of an episode, and the language somebody speaks where it is known. */
export type Beginning = {
  readonly episodeId: string
  readonly speaks?: 'English' | 'Another language'
  readonly done: readonly string[]
}

/** Who was whose: as the record says it, by pseudonym. */
export type Stay = {
  readonly person: string
  readonly episodeId: string
  readonly programmeId: string
  readonly teamId: string
  readonly ownerId: string
  readonly isLatest: boolean
  readonly openedOn: LondonDate
  readonly fromOn: LondonDate
  readonly untilOn?: LondonDate
}

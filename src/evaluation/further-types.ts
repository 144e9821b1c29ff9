import type { Interval } from '#statistics'
import type { OutcomeName } from './outcomes.data.ts'
import type { Differences } from './service-types.ts'

/** Checks and other ways of asking, all written down beforehand and all shown. Undefined: too few to tell. */
export type Further = {
  readonly unaffected?: Interval
  readonly earlyDeaths?: Interval
  readonly otherWays: readonly OtherWay[]
  readonly subgroups: readonly Subgroup[]
  /** Counted beside the question because the study said so; absent where it chose none. */
  readonly outcomes?: readonly FurtherOutcome[]
  /** Measures of routine care, where readings are linked. */
  readonly measures?: readonly MeasureChange[]
  readonly differences: Differences
  /** Days of the year lived without an emergency admission, helped less matched. */
  readonly daysWithout?: Interval
  /** When the first emergency admission came, in both groups. */
  readonly firstYear?: FirstYear
}

/** How many of one group are within a measure of routine care on a day. Matched people count by their weights in the shares. */
export type MeasureShare = {
  readonly people: number
  readonly met: number
  readonly metPercent: number
  readonly recordedPercent: number
}

type MeasureMoved = { readonly before: MeasureShare; readonly after: MeasureShare }

/** One measure at the index day and at the end, of those on its register on both. */
export type MeasureChange = {
  readonly measure: string
  readonly helped: MeasureMoved
  readonly matched: MeasureMoved
}

/** Something counted beside the question, a person-year of each group. */
export type FurtherOutcome = {
  readonly outcome: OutcomeName
  readonly helpedRate?: number
  readonly matchedRate?: number
  readonly ratio?: Interval
  /** Larger than the P value alone, for how many were asked together. */
  readonly adjustedP?: number
  readonly whyNone?: 'too few' | 'not in the records'
}

/** The first of what is asked while followed, helped and matched. */
export type FirstYear = Readonly<Record<'helped' | 'matched', FirstYearOfGroup>>

type FirstYearOfGroup = {
  /** Of 100, alive and without what is asked, from the index day (0) to the end, by twelfths of a year. */
  readonly free: readonly Interval[]
  /** Of 100, by the end of the year. */
  readonly admittedFirst: number
  readonly diedFirst: number
}

/** The same question answered in another way. */
export type OtherWay = {
  readonly way: string
  readonly ratio?: Interval
  /** What is told where there is no one ratio. */
  readonly whyNone?: string
}

/** Whether the service did as much for one group as for the rest. */
export type Subgroup = {
  readonly group: string
  readonly rest: string
  /** How many of those helped are in the group. */
  readonly people: number
  readonly inGroup: Interval
  readonly inRest: Interval
  /** The ratio in the group over the ratio in the rest: 1 is the same for both. */
  readonly ratioOfRatios: Interval
}

import type { Interval } from '#statistics'
import type { Differences } from './service-types.ts'

/** Checks and other ways of asking, all written down beforehand and all shown. Undefined: too few to tell. */
export type Further = {
  readonly unaffected?: Interval
  readonly earlyDeaths?: Interval
  readonly otherWays: readonly OtherWay[]
  readonly subgroups: readonly Subgroup[]
  readonly differences: Differences
  /** Days of the year lived without an emergency admission, helped less matched. */
  readonly daysWithout?: Interval
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

import type { Interval } from '#statistics'

/** Things that have a price. */
export const costItems = [
  'night in hospital',
  'A&E visit',
  'outpatient visit',
  'GP contact',
  'community contact',
  'prescribed item',
  'staff hour',
] as const
export type CostItem = (typeof costItems)[number]

/** What one of something costs, in pounds of that year. */
export type UnitCost = {
  readonly item: CostItem
  readonly pounds: number
  readonly priceYear: number
  readonly source: string
}

/** Of a group of people, how many needed the service by the same rule, and how many of those joined. */
export type ReachLine = {
  /** What kind of group: lines of one kind add up to everybody. */
  readonly of: string
  readonly group: string
  readonly inNeed: number
  readonly joined: number
}

/** What is told of a service whether or not an effect can be: whom it reached, and the time it took. */
export type Service = {
  readonly reach: readonly ReachLine[]
  readonly contacts: number
  /** How many of the contacts have a length. */
  readonly timed: number
  readonly minutes: number
  readonly unitCosts: readonly UnitCost[]
  /** Measures of routine care by practice; absent in nights before they were counted. */
  readonly measures?: readonly MeasureCount[]
  /** Absent in nights before it was counted, and where nobody is with the programme. */
  readonly asDesigned?: AsDesigned
}

/** How a programme's work stands beside its own template on a day: counts alone. */
export type AsDesigned = {
  readonly withUs: number
  /** Somebody was in touch within the days the template gives their stage. */
  readonly inTouch: number
  /** Joined 28 days ago or more, and of those, with a plan that was agreed. */
  readonly duePlan: number
  readonly withPlan: number
  /** Workers or teams who hold its people, and how many hold more than its limit. */
  readonly holders: number
  readonly overLimit: number
  readonly heldLimit: number | null
}

/** One measure of one practice at the end of the records: of those with the programme, or of everybody else there. */
export type MeasureCount = {
  readonly measure: string
  readonly practice: string | null
  readonly isHelped: boolean
  /** On the register. */
  readonly people: number
  readonly recorded: number
  readonly met: number
}

/** Helped minus matched, each with an interval from resampling matched sets. */
export type Differences = {
  /** Emergency admissions for 1,000 people a year. */
  readonly admissions: Interval
  /** Pounds of what could be costed, a person a year. */
  readonly pounds?: Interval
  /** What was costed. */
  readonly costed: readonly CostItem[]
  /** Admissions and pounds together, as drawn again. */
  readonly plane?: CostPlane
}

/** Where the difference may lie: each draw of whole matched sets as admissions for 1,000 people a year and pounds a person. */
export type CostPlane = {
  /** 200 of the draws, in their order. */
  readonly draws: readonly (readonly [number, number])[]
  /** Of all draws, in 100. */
  readonly shares: Readonly<Record<Quadrant, number>>
}

/** Fewer or more emergency admissions, with other care costing less or more. */
export type Quadrant = 'fewer, less' | 'fewer, more' | 'more, less' | 'more, more'

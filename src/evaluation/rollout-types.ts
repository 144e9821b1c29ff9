import type { LondonDate } from '#calendar'
import type { Interval } from '#statistics'

/** What a phased start is to be, before anything is drawn. */
export type RolloutPlan = {
  /** Practice codes, ascending. */
  readonly practices: readonly string[]
  /** The day before which nobody starts; the first step starts one period later. */
  readonly startsOn: LondonDate
  /** How many groups of practices start one after another. */
  readonly steps: number
  readonly monthsEach: number
  /** Whose admissions are counted: adults with so many emergency admissions in the year before; 0 is everybody. */
  readonly leastAdmissions: number
  readonly fromAge: number
}

/** A plan and how far it has come. */
export type Rollout = {
  readonly id: string
  readonly programmeId: string
  readonly plan: RolloutPlan
  readonly draftedById: string
  readonly draftedByName: string
  readonly draftedAt: Date
  readonly lock?: RolloutLock
  readonly answer?: RolloutAnswer
  readonly answeredAt?: Date
}

export type RolloutLock = {
  readonly seed: number
  /** Practice codes, in the order of their start. */
  readonly drawn: readonly string[]
  readonly sha256: string
  readonly approvedByName: string
  readonly approvedAt: Date
}

/** One practice in one period: what happened and whether the service had started there. */
export type RolloutCell = {
  readonly practice: string
  /** From 0. */
  readonly period: number
  readonly events: number
  readonly years: number
}

/** All practices of one period that had started, or had not. */
export type PeriodSum = {
  readonly period: number
  readonly before: { readonly practices: number; readonly events: number; readonly years: number }
  readonly after: { readonly practices: number; readonly events: number; readonly years: number }
}

/** What a roll-out came to. Before its last period is in the records there is no answer at all. */
export type RolloutAnswer =
  | { readonly kind: 'not yet'; readonly recordsTo: LondonDate; readonly neededTo: LondonDate }
  | { readonly kind: 'few events'; readonly events: number }
  | {
      readonly kind: 'answered'
      /** Admissions where the service had started over those where it had not, of the same practice and period. */
      readonly ratio: Interval
      /** Of other orders the lot could have drawn, the share with as large a difference or a larger one. */
      readonly asFarShare: number
      readonly orders: number
      readonly periods: readonly PeriodSum[]
      readonly verdict: 'fewer' | 'cannot tell' | 'more'
    }

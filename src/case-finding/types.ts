import type { LondonDate } from '#calendar'
import type { PersonId } from '#people'
import type { FlagKey } from './flags/types.ts'

/** What a human may say of a candidate. Each is one person at a time and has a coded reason. */
export type Decision = 'accepted' | 'deferred' | 'declined'

/** What a human decided of a person for a programme. `n` counts from 1; the highest holds. */
export type Judgement = {
  readonly id: string
  readonly personId: PersonId
  readonly n: number
  readonly decision: Decision | 'added' | 'taken back'
  readonly reason: string
  readonly words?: string
  /** Of a deferred or declined person: the first day they are shown again. */
  readonly showAgainOn?: LondonDate
  /** The list it was judged from, and that list's day and linked sources. */
  readonly runId?: string
  readonly runIndexOn?: LondonDate
  readonly runSources: readonly string[]
  /** The number on the page it was judged from, where there was one. */
  readonly risk?: number
  readonly practiceId?: string
  readonly judgedById: string
  readonly judgedByName: string
  readonly judgedAt: Date
  /** From opening the person to the decision; not known of a decision from before it was kept. */
  readonly secondsOpen?: number
}

/** The same as far as it decides where the person stands. The list's day and sources are of somebody deferred or declined. */
export type JudgedInBrief = Omit<Judgement, 'id' | 'personId' | 'words' | 'judgedByName' | 'secondsOpen'>

/** One source of the extract, and the day its records reach to. */
type LinkedSource = { readonly source: string; readonly coveredTo: LondonDate }

/** One ranking of the installation for one programme. cut = listed + withUs + objected. */
export type Run = {
  readonly id: string
  readonly programmeId: string
  readonly indexOn: LondonDate
  readonly coveredTo: LondonDate
  readonly sources: readonly LinkedSource[]
  readonly percent: number
  readonly fromAge: number
  readonly considered: number
  readonly cut: number
  readonly listed: number
  readonly withUs: number
  readonly objected: number
  /** Yearly emergency admissions of everybody considered: what the regression note stands on. */
  readonly admissionsMean: number
  readonly admissionsVariance: number
  readonly rankedAt: Date
  /** The model in use it was ranked by; none by the rule. */
  readonly modelId?: string
}

/** The part of a run that is one practice's. */
export type PracticeCounts = Pick<Run, 'considered' | 'listed' | 'withUs' | 'objected'> & {
  /** Registered there and objecting: never considered at all. */
  readonly objecting: number
}

/** Why somebody is suggested, as far as it counts, narrows and orders a list. Who it is takes a permit. */
export type InBrief = {
  readonly rank: number
  /** Of the 365 days before the list's day. */
  readonly emergencyAdmissions: number
  /** Keys of the condition groups recorded. */
  readonly conditions: readonly string[]
  readonly lastAdmissionOn?: LondonDate
  readonly isCareHome?: boolean
  readonly livesAlone?: boolean
  readonly isReturned: boolean
  /** Only of a run by a model in use: how many of people with such a record were admitted in a year, from 0 to 1. */
  readonly risk?: number
  readonly isRiskRising?: boolean
  /** What help could change: never part of the rank. A run of an earlier version has none. */
  readonly flags?: readonly FlagKey[]
  /** Not shown by chance while a hold-out runs, and not worse since it began. */
  readonly isHeldOut?: boolean
  /** The last draw by lot they were in for the programme. */
  readonly lot?: Drawn
  /** Of the 365 days before the list's day. */
  readonly aeVisits: number
  readonly usualIn100?: number
}

/** How a draw by lot fell for somebody. */
export type Drawn = { readonly drawnOn: LondonDate; readonly isDrawn: boolean }

/** The same with the reasons of a number, as a line of the list says them. */
export type Suggestion = InBrief & {
  readonly told?: { readonly up: readonly string[]; readonly down: readonly string[] }
}

declare module '#journal' {
  interface Notes {
    'list ranked': { readonly runId: string; readonly programmeKey: string; readonly listed: number }
    'list signed off': { readonly signOffId: string; readonly runId: string }
    'objection answered': { readonly answer: string }
    'candidate judged': {
      readonly judgementId: string
      readonly programmeId: string
      readonly decision: string
      readonly reason: string
    }
  }
}

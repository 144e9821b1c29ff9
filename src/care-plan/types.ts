import type { Problem } from '#access'
import type { LondonDate } from '#calendar'
import type { ActionKind } from './action-kinds.data.ts'

/** Who does an action: a worker's id, or one of the two who are not staff. */
export type Owner = string

export const ownersNotStaff = ['the person', 'family or friend'] as const

export type LineKind = 'what matters' | 'goal' | 'action' | 'if-then'

/** One line of a plan as it stands in one version. `lineId` is the same through every version it lives. */
export type Line = {
  readonly lineId: string
  readonly kind: LineKind
  /** The goal an action belongs to. */
  readonly goalId?: string
  /** Order on the page, from 0. */
  readonly place: number
  readonly words: string
  /** Of an if-then: what to do then, and whom to call. */
  readonly thenWords?: string
  readonly callWords?: string
  /** Of an action. */
  readonly actionKind?: ActionKind
  readonly owner?: Owner
  readonly dueOn?: LondonDate
  readonly isForOutOfHours: boolean
}

export type AgreedBy = 'the person' | 'somebody who may decide for them'

export type Agreement = {
  readonly by: AgreedBy
  /** Who else was there, in words. */
  readonly with?: string
  readonly on: LondonDate
}

export type ActionState = 'not started' | 'in progress' | 'done' | 'not done' | 'stopped'

/** What somebody may say of an action. */
export type Remark = Exclude<ActionState, 'not started'>

export type Action = Line & {
  readonly ownerName: string
  readonly ownerRole?: string
  readonly state: ActionState
  readonly stateOn?: LondonDate
}

export type Goal = Line & { readonly actions: readonly Action[] }

/** The plan of a person in its newest version. */
export type Plan = {
  readonly id: string
  readonly version: number
  readonly savedAt: Date
  readonly savedByName: string
  readonly agreement?: Agreement
  /** The newest version somebody agreed, where it is not this one. */
  readonly lastAgreed?: { readonly version: number; readonly on: LondonDate }
  readonly reviewOn?: LondonDate
  readonly whatMatters?: Line
  readonly goals: readonly Goal[]
  readonly ifThens: readonly Line[]
}

/** What the emergency summary takes from a plan. */
export type EmergencyPlan = Pick<
  Plan,
  'version' | 'savedAt' | 'agreement' | 'reviewOn' | 'whatMatters' | 'ifThens'
> & { readonly actions: readonly Action[] }

/**
 * A plan as somebody typed it. A blank goal, action or if-then is left out, and one that stood there before is
 * ended.
 */
export type PlanDraft = {
  /** The version it was typed from; 0 when there was no plan yet. */
  readonly from: number
  readonly whatMatters: string
  readonly goals: readonly {
    readonly id?: string
    readonly words: string
    readonly actions: readonly {
      readonly id?: string
      readonly what: string
      readonly kind?: ActionKind
      readonly owner?: Owner
      readonly dueOn?: LondonDate
      readonly isForOutOfHours?: boolean
    }[]
  }[]
  readonly ifThens: readonly {
    readonly id?: string
    readonly if: string
    readonly do: string
    readonly call?: string
  }[]
  readonly reviewOn?: LondonDate
  readonly agreement?: Agreement
  /** After a clash: the version both sides were shown from, and which side to keep of each field. */
  readonly seen?: number
  readonly choices?: readonly Choice[]
  /** The worker a job saves for; somebody signed in saves as themselves. */
  readonly savedById?: string
}

export type Choice = {
  readonly lineId: string
  readonly field: LineField
  readonly keep: 'theirs' | 'mine'
}

export type LineField =
  | 'words'
  | 'thenWords'
  | 'callWords'
  | 'actionKind'
  | 'owner'
  | 'dueOn'
  | 'isForOutOfHours'
  | 'line'

/** One field of one line that two people changed, each in their own way. `line` means taken out or kept. */
export type Clash = {
  readonly lineId: string
  readonly field: LineField
  readonly about: string
  readonly theirs: string | undefined
  readonly mine: string | undefined
}

/** What came of joining two people's changes: the lines, where they clash, and what the other changed. */
export type Merge = {
  readonly lines: readonly Line[]
  readonly reviewOn?: LondonDate
  readonly clashes: readonly Clash[]
  readonly theirChanges: readonly Omit<Clash, 'mine'>[]
}

/** Somebody saved since the page was drawn: what they changed, and both sides of what clashes. Nothing is saved. */
export type ChangedMeanwhile = Merge & {
  readonly version: number
  readonly byName: string
  readonly at: Date
}

export type SavedPlan = {
  readonly version: number
  /** Somebody else's changes that were kept beside these. */
  readonly keptToo?: { readonly byName: string; readonly at: Date }
}

export type PlanOutcome =
  | { readonly ok: true; readonly value: SavedPlan }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly changed?: ChangedMeanwhile }

declare module '#journal' {
  interface Notes {
    'plan saved': { readonly planId: string; readonly version: number; readonly agreedOn?: LondonDate }
    'action saved': {
      readonly actionId: string
      readonly dueOn?: LondonDate
      readonly isForOutOfHours: boolean
    }
    'action remarked': { readonly actionId: string; readonly state: Remark }
  }
}

import type { Problem } from '#access'
import type { LondonDate } from '#calendar'
import type { DueAction } from '#care-plan'
import type { Task } from '#co-ordination'
import type { ClosureReason, Told } from './reasons.data.ts'

/** What becomes of a task that is open when the episode closes. */
export type TaskFate =
  | { readonly taskId: string; readonly turn: number; readonly fate: 'end' }
  | { readonly taskId: string; readonly turn: number; readonly fate: 'hand on'; readonly toStaffId: string }

/** What becomes of an unfinished action of the plan: it stops, or its owner goes on with it. */
export type ActionFate = { readonly actionId: string; readonly fate: 'stop' | 'goes on' }

export type Closing = {
  readonly episodeId: string
  /** The turn the page was drawn from. */
  readonly turn: number
  readonly reason: ClosureReason
  readonly words?: string
  readonly closedOn: LondonDate
  readonly told: readonly Told[]
  readonly tasks: readonly TaskFate[]
  readonly actions: readonly ActionFate[]
  /** The worker a job closes for; somebody signed in closes as themselves. */
  readonly closedById?: string
}

/** What is still open: each must be ended or handed on by name before an episode closes. */
export type LooseEnds = { readonly tasks: readonly Task[]; readonly actions: readonly DueAction[] }

/** How an episode ended. */
export type Closure = {
  readonly id: string
  readonly episodeId: string
  readonly reason: ClosureReason
  /** What of the safety net was done. */
  readonly told: readonly Told[]
  readonly words?: string
  readonly closedOn: LondonDate
  readonly closedByName: string
  readonly recordedAt: Date
}

export type Problems = readonly Problem[]

declare module '#journal' {
  interface Notes {
    'episode closed': {
      readonly episodeId: string
      readonly reason: ClosureReason
      readonly closedOn: LondonDate
    }
    'closing taken back': { readonly episodeId: string }
  }
}

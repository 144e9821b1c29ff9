import type { LondonDate } from '#calendar'
import type { DueAction } from '#care-plan'
import type { PersonId } from '#people'
import type { Task } from './types.ts'

/** One thing of somebody's day: a task, an action of a plan, a first contact that is awaited, or a death to be checked. */
export type DayItem = {
  readonly key: string
  readonly kind: 'task' | 'action' | 'first contact' | 'death'
  readonly personId: PersonId
  readonly what: string
  readonly why?: string
  readonly dueOn: LondonDate
  readonly dueAt?: Date
  readonly isUrgent: boolean
  readonly isPromise: boolean
  readonly isWaiting: boolean
  /** Held by the team until somebody takes it. */
  readonly isUnclaimed: boolean
  readonly turn?: number
  readonly since?: Date
  /** Held by a colleague for whom the caller covers. */
  readonly heldById?: string
  /** The person is said to have died: it is not due, nothing is rung because of it, and it comes back if they are alive. */
  readonly restsBecause?: string
}

/** A day in the order it is worked: what cannot wait, what is late, due, waits for others, comes; and what rests. */
export type Day = {
  readonly now: readonly DayItem[]
  readonly overdue: readonly DayItem[]
  readonly today: readonly DayItem[]
  readonly waiting: readonly DayItem[]
  readonly later: readonly DayItem[]
  /** What is due for people who are said to have died. */
  readonly resting: readonly DayItem[]
}

/**
 * What somebody has to do: the tasks they hold, those their team holds and nobody has taken, their own unfinished
 * actions of plans, and all of that of whoever they cover for. Somebody else's is left out, and so is an action without
 * a date.
 *
 * @param teamId whose unclaimed tasks are theirs to take; none for whoever may see no record.
 * @param covered those the worker covers for today.
 */
export function itemsFor(
  staffId: string,
  teamId: string | undefined,
  tasks: readonly Task[],
  actions: readonly DueAction[],
  covered: ReadonlySet<string> = new Set(),
): readonly DayItem[] {
  const isTheirs = (ownerId = '') => ownerId === staffId || covered.has(ownerId)
  const heldBy = (ownerId = '') => (covered.has(ownerId) ? { heldById: ownerId } : {})
  const mine = tasks.filter(
    (task) => isTheirs(task.ownerId) || (teamId !== undefined && task.teamId === teamId),
  )
  return [
    ...mine.map((task) => ({
      key: task.id,
      kind: 'task' as const,
      personId: task.personId,
      what: task.what,
      why: task.waitingFor ? `Waiting for ${task.waitingFor}` : task.why,
      dueOn: task.dueOn,
      dueAt: task.dueAt,
      isUrgent: task.isUrgent,
      isPromise: task.isPromise,
      isWaiting: task.state === 'waiting',
      isUnclaimed: !task.ownerId,
      turn: task.turn,
      since: task.since,
      ...heldBy(task.ownerId),
    })),
    ...actions.flatMap((action) =>
      isTheirs(action.ownerId) && action.dueOn
        ? [
            {
              key: action.lineId,
              kind: 'action' as const,
              personId: action.personId,
              what: action.words,
              why: `Goal: ${action.goalWords}`,
              dueOn: action.dueOn,
              isUrgent: false,
              isPromise: false,
              isWaiting: false,
              isUnclaimed: false,
              ...heldBy(action.ownerId),
            },
          ]
        : [],
    ),
  ]
}

/** Sorts a day. An alert stands first whatever its day; the rest by the day it is due, the oldest first. */
export function dayOf(items: readonly DayItem[], today: LondonDate): Day {
  const due = items.filter(({ restsBecause }) => !restsBecause)
  const inOrder = (some: readonly DayItem[]) =>
    some.toSorted(
      (a, b) =>
        a.dueOn.localeCompare(b.dueOn) || (a.dueAt?.getTime() ?? endOfDay) - (b.dueAt?.getTime() ?? endOfDay),
    )
  const sorted = inOrder(due)
  const calm = sorted.filter((item) => !item.isUrgent)
  const active = calm.filter((item) => !item.isWaiting)
  return {
    now: sorted.filter((item) => item.isUrgent),
    overdue: active.filter((item) => item.dueOn < today),
    today: active.filter((item) => item.dueOn === today),
    waiting: calm.filter((item) => item.isWaiting),
    later: active.filter((item) => item.dueOn > today),
    resting: inOrder(items.filter(({ restsBecause }) => restsBecause)),
  }
}

const endOfDay = Number.MAX_SAFE_INTEGER

const isOrAre = (count: number) => (count === 1 ? 'is' : 'are')

/** The sentence that says what the day asks: "2 need you now, 3 are overdue and 7 are due today." */
export function daySentence(day: Day): string {
  const { now, overdue, today } = day
  const parts = [
    ...(now.length > 0 ? [`${now.length} ${now.length === 1 ? 'needs' : 'need'} you now`] : []),
    ...(overdue.length > 0 ? [`${overdue.length} ${isOrAre(overdue.length)} overdue`] : []),
    ...(today.length > 0 ? [`${today.length} ${isOrAre(today.length)} due today`] : []),
  ]
  if (parts.length === 0) return 'Nothing is due.'
  const last = parts.at(-1) ?? ''
  return parts.length === 1 ? `${last}.` : `${parts.slice(0, -1).join(', ')} and ${last}.`
}

import { addDays, type LondonDate, londonDate } from '#calendar'
import type { Episode } from '#people'
import { safetyNet } from './reasons.data.ts'
import type { Closing, Closure, LooseEnds, Problems } from './types.ts'

/** The days within which a closing may be taken back. */
export const takeBackDays = 7

/**
 * What to put right before an episode closes.
 *
 * An open alert blocks it. Every other open task and every unfinished action has a fate by name. What the person was
 * not told has a reason in words, unless they died. No score is asked, because none may close an episode.
 */
export function problemsWithClosing(
  closing: Closing,
  episode: Episode,
  ends: LooseEnds,
  today: LondonDate,
): Problems {
  return [
    ...problemsWithFates(closing, ends),
    ...problemsWithDay(closing.closedOn, episode.openedOn, today),
    ...problemsWithSafetyNet(closing),
  ]
}

/** What has no fate yet of all that is still open. */
export function problemsWithFates(closing: Pick<Closing, 'tasks' | 'actions'>, ends: LooseEnds): Problems {
  return [...problemsWithTasks(closing, ends), ...problemsWithActions(closing, ends)]
}

function problemsWithTasks(closing: Pick<Closing, 'tasks'>, { tasks }: LooseEnds): Problems {
  const urgent = tasks.filter((task) => task.isUrgent)
  const fates = new Map(closing.tasks.map((fate) => [fate.taskId, fate]))
  return [
    ...(urgent.length > 0
      ? [
          {
            field: 'urgent',
            message: `Answer the ${urgent.length === 1 ? 'urgent task' : `${urgent.length} urgent tasks`} first`,
          },
        ]
      : []),
    ...tasks
      .filter((task) => !task.isUrgent)
      .flatMap((task) => {
        const fate = fates.get(task.id)
        if (!fate) return [{ field: `task-${task.id}`, message: `Select what happens to “${task.what}”` }]
        return fate.fate === 'hand on' && !fate.toStaffId
          ? [{ field: `task-${task.id}-to`, message: `Select who takes on “${task.what}”` }]
          : []
      }),
  ]
}

function problemsWithActions(closing: Pick<Closing, 'actions'>, { actions }: LooseEnds): Problems {
  const decided = new Set(closing.actions.map((fate) => fate.actionId))
  return actions
    .filter((action) => !decided.has(action.lineId))
    .map((action) => ({
      field: `action-${action.lineId}`,
      message: `Select what happens to “${action.words}”`,
    }))
}

function problemsWithDay(closedOn: LondonDate, openedOn: LondonDate, today: LondonDate): Problems {
  if (closedOn > today) return [{ field: 'on', message: 'Enter the day it closed, today or earlier' }]
  if (closedOn < openedOn) return [{ field: 'on', message: 'Enter a day on or after the episode opened' }]
  return []
}

function problemsWithSafetyNet({ reason, told, words }: Closing): Problems {
  if (reason === 'died' || words?.trim()) return []
  return safetyNet.every(({ code }) => told.includes(code))
    ? []
    : [{ field: 'words', message: 'Enter why something is not done' }]
}

/** What of the safety net was done before the episode closed, and what was not; undefined of whoever died, whom it is not asked of. */
export function safetyNetOf({
  reason,
  told,
}: Pick<Closure, 'reason' | 'told'>):
  | { readonly done: readonly string[]; readonly undone: readonly string[] }
  | undefined {
  if (reason === 'died') return undefined
  const wordsWhere = (isDone: boolean) =>
    safetyNet.filter(({ code }) => told.includes(code) === isDone).map(({ words }) => words)
  return { done: wordsWhere(true), undone: wordsWhere(false) }
}

/** Whether a closing may still be taken back: 7 days from when it was recorded, both days counted. */
export const mayTakeBack = (closure: Pick<Closure, 'recordedAt'>, today: LondonDate): boolean =>
  today < addDays(londonDate(closure.recordedAt), takeBackDays)

/** A death is said on the person's own page, by somebody who knows it, before an episode ends because of it. */
export const deathNotSaid = {
  field: 'reason',
  message: 'Say first who told you that they have died, under “Have they died?” on their page',
}

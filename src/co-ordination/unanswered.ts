import type { Task } from './types.ts'

/**
 * How long an alert may stand before the whole team is told that nobody has turned to it. It rings nobody: what cannot
 * wait an hour is not to be left to a page.
 *
 * @source clinical-content.md 4.3: the slowest clock of an alert, 60 minutes to be acknowledged.
 */
const alertMinutes = 60

/** An alert that stands as it does since then or longer is told to the team. */
export const unansweredBefore = (now: Date): Date => new Date(now.getTime() - alertMinutes * 60_000)

/** The alerts among tasks that nobody has turned to, the longest first. One that waits for somebody has been. */
export const unansweredAmong = (tasks: readonly Task[], now: Date): readonly Task[] =>
  tasks
    .filter(({ isUrgent, state, since }) => isUrgent && state === 'to do' && since <= unansweredBefore(now))
    .toSorted((a, b) => a.since.getTime() - b.since.getTime() || a.id.localeCompare(b.id))

const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`

/** "1 hour", "26 hours", "3 days": how long an alert has stood, rounded down; never less than its hour. */
export function stoodWords(since: Date, now: Date): string {
  const hours = Math.floor((now.getTime() - since.getTime()) / 3_600_000)
  return hours < 48 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day')
}

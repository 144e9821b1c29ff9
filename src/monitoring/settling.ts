import type { Problem } from '#access'
import type { AlertState, KitAlert } from './types.ts'

/** What somebody says of an alert that waits, or of their own answer: that it is taken back. */
export type Settling = {
  readonly answer: 'ask again' | 'not ours' | 'stays' | 'take back' | undefined
  /** The turn the page was drawn from. */
  readonly turn: number
  /** What was decided, and how they know. */
  readonly words: string
  /** When it really happened, where its own time cannot be relied on. */
  readonly happenedAt?: Date
}

/** Whether its own time says nothing about who had the kit. */
export const needsTime = ({ reason }: Pick<KitAlert, 'reason'>): boolean =>
  reason === 'no time' || reason === 'clock ahead'

const waits: readonly AlertState[] = ['parked', 'in doubt']

/** The answers there are for an alert as it stands. It can stay where it was given only once it was given. */
export function answersFor(alert: Pick<KitAlert, 'state'>): readonly NonNullable<Settling['answer']>[] {
  if (alert.state === 'in doubt') return ['ask again', 'stays', 'not ours']
  if (alert.state === 'parked') return ['ask again', 'not ours']
  return alert.state === 'not ours' || alert.state === 'stays' ? ['take back'] : []
}

/** How an alert stands once somebody answered; undefined for an answer that there is not. */
export function stateAfter(
  alert: Pick<KitAlert, 'state' | 'reason'>,
  answer: Settling['answer'],
): AlertState | undefined {
  if (!answer || !answersFor(alert).includes(answer)) return undefined
  if (answer !== 'take back') return answer
  return alert.reason === 'dates corrected' ? 'in doubt' : 'parked'
}

/** What to put right before an answer is kept. */
export function problemsWithSettling(alert: KitAlert, settling: Settling, now: Date): readonly Problem[] {
  const { answer, happenedAt, words } = settling
  const isAgain = answer === 'ask again'
  return [
    ...(stateAfter(alert, answer) ? [] : [{ field: 'answer', message: 'Select what you decided' }]),
    ...(words.trim() ? [] : [{ field: 'words', message: 'Enter what you decided and how you know' }]),
    ...(words.length > 2000
      ? [{ field: 'words', message: 'Shorten this to 2,000 characters or fewer' }]
      : []),
    ...(isAgain && needsTime(alert) && !happenedAt
      ? [{ field: 'happened', message: 'Enter when it happened, with the time' }]
      : []),
    ...(isAgain && happenedAt && happenedAt > now
      ? [{ field: 'happened', message: 'It happened now or earlier' }]
      : []),
  ]
}

export const isWaiting = ({ state }: Pick<KitAlert, 'state'>): boolean => waits.includes(state)

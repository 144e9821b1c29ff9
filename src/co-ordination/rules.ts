import type { Problem } from '#access'
import { daysBetween, type LondonDate, londonDate } from '#calendar'
import type { Wish } from '#people'
import type { Listed, NewContact, NewTask, Task, TaskTurn } from './types.ts'

const mostCharacters = 4000

const needed = (field: string, text: string | undefined, message: string): readonly Problem[] =>
  text?.trim() ? [] : [{ field, message }]

const notTooLong = (field: string, text: string | undefined): readonly Problem[] =>
  (text?.length ?? 0) > mostCharacters
    ? [{ field, message: 'Shorten this to 4,000 characters or fewer' }]
    : []

/** What to put right before a contact is written down. */
export function problemsWithContact(contact: NewContact, now: Date): readonly Problem[] {
  const { happenedAt, minutes, words, nextWords, nextOn } = contact
  const today = londonDate(now)
  return [
    ...(happenedAt && happenedAt > now
      ? [{ field: 'on', message: 'Enter when it happened, now or earlier' }]
      : []),
    ...(minutes !== undefined && (!Number.isInteger(minutes) || minutes < 1 || minutes > 600)
      ? [{ field: 'minutes', message: 'Enter how many minutes, from 1 to 600' }]
      : []),
    ...needed('words', words, 'Enter what happened'),
    ...notTooLong('words', words),
    ...(nextOn ? needed('next', nextWords, 'Enter what happens next') : []),
    ...(nextWords?.trim() && !nextOn ? [{ field: 'next-on', message: 'Enter when it happens next' }] : []),
    ...(nextOn && nextOn < today
      ? [{ field: 'next-on', message: 'Enter a next date that is today or later' }]
      : []),
    ...notTooLong('next', nextWords),
  ]
}

/** What to put right before a task is added. */
export const problemsWithTask = (task: NewTask, today: LondonDate): readonly Problem[] => [
  ...needed('what', task.what, 'Enter what needs to be done'),
  ...notTooLong('what', task.what),
  ...notTooLong('why', task.why),
  ...(task.dueOn < today ? [{ field: 'due', message: 'Enter a due date that is today or later' }] : []),
]

const finished = ['done', 'not needed']

/** What to put right before a task goes on: an urgent one ends, and any waits or is put aside, only with words. */
export function problemsWithTurn(task: Task, turn: TaskTurn, today: LondonDate): readonly Problem[] {
  if (finished.includes(task.state))
    return [{ field: 'words', message: 'This task has ended. Add a new one' }]
  const isChase = turn.state === 'waiting' && task.state === 'waiting'
  return [
    ...(turn.state === 'done' && task.isUrgent ? needed('words', turn.words, 'Enter what came of it') : []),
    ...(turn.state === 'not needed' ? needed('words', turn.words, 'Enter why it is not needed') : []),
    ...(turn.state === 'waiting' && !isChase
      ? needed('waiting-for', turn.waitingFor, 'Enter whom or what it waits for')
      : []),
    ...(isChase ? needed('words', turn.words, 'Enter what came of asking') : []),
    ...(turn.dueOn && turn.dueOn !== task.dueOn && turn.dueOn < today
      ? [{ field: 'due', message: 'Enter a date that is today or later' }]
      : []),
    ...notTooLong('words', turn.words),
    ...notTooLong('waiting-for', turn.waitingFor),
  ]
}

/** How many days since anybody was in touch; since the episode opened, where nobody has been. */
export const daysSilent = (person: Pick<Listed, 'lastContactOn' | 'openedOn'>, today: LondonDate): number =>
  Math.max(0, daysBetween(person.lastContactOn ?? person.openedOn, today))

/** Whether nobody has been in touch for longer than the programme allows in this stage. */
export const isNotHeardFrom = (person: Listed, today: LondonDate): boolean =>
  daysSilent(person, today) > person.reviewEveryDays

/** "Overdue 2 days", "Due today", "Due 3 April". */
export function dueWords(
  dueOn: LondonDate,
  today: LondonDate,
  shortDate: (on: LondonDate) => string,
): string {
  const late = daysBetween(dueOn, today)
  if (late > 0) return `Overdue ${late} ${late === 1 ? 'day' : 'days'}`
  return late === 0 ? 'Due today' : `Due ${shortDate(dueOn)}`
}

/** Reads a time of day as somebody types it: 11, 11am, 2:30pm, 14:30. Undefined when it is none. */
export function readTime(text: string): { readonly hour: number; readonly minute: number } | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(text.trim())
  if (!match) return undefined
  const half = match[3]?.toLowerCase()
  const [typed, minute] = [Number(match[1]), Number(match[2] ?? 0)]
  if (minute > 59 || typed > 23 || (half && (typed === 0 || typed > 12))) return undefined
  const hour = half === 'pm' ? (typed % 12) + 12 : half === 'am' ? typed % 12 : typed
  return { hour, minute }
}

/** Whether an emergency summary says where somebody wishes to be: they share it, and said yes to this as well. */
export const sharesPlaces = (wishes: readonly Pick<Wish, 'kind' | 'answer'>[]): boolean =>
  (['share with out of hours', 'share where they wish to be'] as const).every((kind) =>
    wishes.some((wish) => wish.kind === kind && wish.answer === 'yes'),
  )

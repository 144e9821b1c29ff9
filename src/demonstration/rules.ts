import { addDays, addWorkingDays, isWorkingDay, type LondonDate } from '#calendar'
import type { ClosureReason } from '#closure'
import type { LifeFacts } from './store.ts'

/** How somebody's time with us went, as the town drew it: opened on its day, contacts, and how it ended. */
export type Past = {
  readonly personId: string
  /** Their place among all enrolled: what varies from one to another hangs on it. */
  readonly index: number
  readonly practiceId: string
  readonly openedOn: LondonDate
  readonly contactsOn: readonly LondonDate[]
  /** When what comes next in the plan is due: still to come where the episode is open. */
  readonly nextDueOn: LondonDate
  readonly ends?: { readonly on: LondonDate; readonly reason: ClosureReason }
}

/** Days between contacts, and days an episode lasts at most. */
const contactEveryDays = 28
const lastsDays = 365

const endings: readonly ClosureReason[] = [
  'goals met',
  'goals met',
  'monitored elsewhere',
  'goals met',
  'the person chose',
  'no longer helped by it',
]

/**
 * Somebody's past from the day they were enrolled.
 *
 * It ends on the day they died or left the practice, else after 365 days; what would end today or later is still open.
 *
 * @returns undefined for somebody who was at no practice on that day, or is known to have died by then.
 */
export function pastOf(
  life: LifeFacts,
  enrolledOn: LondonDate,
  index: number,
  today: LondonDate,
): Past | undefined {
  const home = life.registrations.find(
    ({ since, until }) => since <= enrolledOn && (!until || until > enrolledOn),
  )
  if (!home || (life.diedOn && life.diedOn <= enrolledOn)) return undefined
  const ends = endOf(life, enrolledOn, index)
  const isOver = ends.on < today
  return {
    personId: life.personId,
    index,
    practiceId: home.practiceId,
    openedOn: enrolledOn,
    contactsOn: contactDays(enrolledOn, isOver ? ends.on : today),
    nextDueOn: isOver ? addDays(enrolledOn, 84) : addDays(today, 6 + (index % 40)),
    ...(isOver && { ends }),
  }
}

function endOf(life: LifeFacts, openedOn: LondonDate, index: number) {
  const leftOn = life.registrations.at(-1)?.until
  const lastOn = addDays(openedOn, lastsDays)
  if (life.diedOn && life.diedOn <= lastOn && (!leftOn || life.diedOn <= leftOn)) {
    return { on: life.diedOn, reason: 'died' as const }
  }
  if (leftOn && leftOn > openedOn && leftOn <= lastOn) return { on: leftOn, reason: 'moved away' as const }
  return { on: lastOn, reason: endings[index % endings.length] ?? ('goals met' as const) }
}

function contactDays(openedOn: LondonDate, until: LondonDate): readonly LondonDate[] {
  const days: LondonDate[] = []
  for (let on = openedOn; on < until; on = addDays(on, contactEveryDays)) {
    const worked = workingDayFrom(on)
    if (worked < until) days.push(worked)
  }
  return days
}

/** The day itself, or the next one on which people work. */
export const workingDayFrom = (on: LondonDate): LondonDate => (isWorkingDay(on) ? on : addWorkingDays(on, 1))

/** The one of a list that somebody's place among all chooses. @throws Error for an empty list, which is our mistake. */
export function chosen<T>(from: readonly T[], index: number): T {
  const one = from[index % from.length]
  if (one === undefined) throw new Error('nothing to choose from')
  return one
}

/** How somebody on the ward is looked at: how often, the day they came, and every look before today. */
export type WardPast = {
  readonly seen: 'seen every day' | 'seen every week' | 'seen every month'
  readonly cameOn: LondonDate
  readonly looksOn: readonly LondonDate[]
  readonly nextLookOn: LondonDate
}

type Rhythm = { readonly seen: WardPast['seen']; readonly nextInDays: number; readonly looks: number }

const repeat = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at))

// 34 people: 8 seen every day, 17 every week, 9 every month. Due today: the 8, and 4 seen every week, 2 of them late.
const weeklyNext = [0, -1, -2, 1, 1, 1, 1, 1, 1, 6, 6, 6, 6, 6, 6, 6]
const monthlyNext = [1, 6, 7, 8, 9, 12, 13, 14, 15]
// The first is Jean's: on the ward for a week and a day, due today.
const rhythms: readonly Rhythm[] = [
  { seen: 'seen every week', nextInDays: 0, looks: 1 },
  ...repeat(8, (at) => ({ seen: 'seen every day' as const, nextInDays: 0, looks: 2 + ((at * 5) % 11) })),
  ...weeklyNext.map((nextInDays, at) => ({
    seen: 'seen every week' as const,
    nextInDays,
    looks: 1 + ((at * 3) % 5),
  })),
  ...monthlyNext.map((nextInDays) => ({ seen: 'seen every month' as const, nextInDays, looks: 1 })),
]

/** How many lie on the ward of the demonstration. */
export const wardTaken = rhythms.length

/** The past of each person on the ward: 34, of whom 12 are due on today's round. */
export const wardPasts = (today: LondonDate): readonly WardPast[] =>
  rhythms.map(({ seen, nextInDays, looks }) => {
    const nextLookOn = addDays(today, nextInDays)
    const looksOn = looksBefore(seen, nextLookOn, looks)
    const first = looksOn[0] ?? nextLookOn
    return { seen, looksOn, nextLookOn, cameOn: workingDayBefore(first) }
  })

function looksBefore(seen: WardPast['seen'], next: LondonDate, looks: number): readonly LondonDate[] {
  const days: LondonDate[] = []
  let on = next
  while (days.length < looks) {
    on = seen === 'seen every day' ? workingDayBefore(on) : addDays(on, seen === 'seen every week' ? -7 : -28)
    days.unshift(on)
  }
  return days
}

/** The last working day before a day. */
export function workingDayBefore(on: LondonDate): LondonDate {
  let day = addDays(on, -1)
  while (!isWorkingDay(day)) day = addDays(day, -1)
  return day
}

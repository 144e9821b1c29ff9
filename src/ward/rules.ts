import type { Form, Outcome, Problem } from '#access'
import { addDays, daysBetween, type LondonDate, londonInstant, shortDateWords, timeWords } from '#calendar'
import type { Decision, OnWard, Turn } from './types.ts'

/** Whether a look has come due: today, or earlier and nobody has looked since. */
export const isDue = (person: Pick<OnWard, 'nextLookOn'>, today: LondonDate): boolean =>
  person.nextLookOn <= today

/** Whether the time of a look has passed. A look without a time of day is late from the next day. */
export function isLate(
  person: Pick<OnWard, 'nextLookOn' | 'nextLookAt'>,
  now: Date,
  today: LondonDate,
): boolean {
  return person.nextLookOn < today || (person.nextLookAt !== undefined && person.nextLookAt < now)
}

/** When the next look is, as the board says it: "2 hours late", "By 10:05am", "Round today", "19 April". */
export function lookWords(
  person: Pick<OnWard, 'nextLookOn' | 'nextLookAt'>,
  now: Date,
  today: LondonDate,
): string {
  const { nextLookOn, nextLookAt } = person
  const daysLate = daysBetween(nextLookOn, today)
  if (daysLate > 0) return `${counted(daysLate, 'day')} late`
  if (nextLookAt && nextLookAt < now) {
    const minutesLate = Math.max(1, Math.floor((now.getTime() - nextLookAt.getTime()) / 60_000))
    return minutesLate < 60
      ? `${counted(minutesLate, 'minute')} late`
      : `${counted(Math.floor(minutesLate / 60), 'hour')} late`
  }
  if (nextLookAt) return daysLate === 0 ? `By ${timeWords(nextLookAt)}` : shortDateWords(nextLookOn, today)
  return daysLate === 0 ? 'Round today' : shortDateWords(nextLookOn, today)
}

/** "1 day", "2 days". */
export const counted = (count: number, thing: string): string =>
  `${count.toLocaleString('en-GB')} ${thing}${count === 1 ? '' : 's'}`

/** "1 person", "12 people". */
export const peopleCounted = (count: number): string =>
  count === 1 ? '1 person' : `${count.toLocaleString('en-GB')} people`

/** Which day on the ward it is: 1 on the day they came. */
export const dayOnWard = (cameOn: LondonDate, today: LondonDate): number => daysBetween(cameOn, today) + 1

/** The board's first sentence. More people than beds is said, never hidden in a 40th row. */
export function bedsSentence(taken: number, beds: number): string {
  if (taken > beds) return `${taken} people for ${beds} beds. Say no today.`
  return `${taken} of ${beds} beds taken.${taken === beds ? ' Say no today.' : ''}`
}

/** Late looks first, then by bed. */
export const inOrderOfWork =
  (now: Date, today: LondonDate) =>
  (one: OnWard, other: OnWard): number =>
    Number(isLate(other, now, today)) - Number(isLate(one, now, today)) || one.bed - other.bed

/**
 * The order of a round: those already spoken of as they were, then those waiting (late looks first, then by bed), then
 * those skipped, the longest ago first.
 */
export function roundOrder(turns: readonly Turn[], now: Date, today: LondonDate): readonly Turn[] {
  const byWork = inOrderOfWork(now, today)
  const rank = (turn: Turn) => (turn.isDiscussed ? 0 : turn.skippedAt ? 2 : 1)
  return [...turns].sort((one, other) => {
    if (rank(one) !== rank(other)) return rank(one) - rank(other)
    if (rank(one) === 0) return instant(one.onWard.lastDiscussedAt) - instant(other.onWard.lastDiscussedAt)
    if (rank(one) === 2) return instant(one.skippedAt) - instant(other.skippedAt)
    return byWork(one.onWard, other.onWard)
  })
}

const instant = (at: Date | undefined) => at?.getTime() ?? 0

/** The person the round goes to next: the first not discussed, other than `after` where there is anybody else. */
export function nextOnRound(turns: readonly Turn[], after?: string): Turn | undefined {
  const waiting = turns.filter((turn) => !turn.isDiscussed)
  return waiting.find((turn) => turn.onWard.personId !== after) ?? waiting[0]
}

const decisions: readonly Decision[] = [
  'seen every day',
  'seen every week',
  'seen every month',
  'send to hospital',
  'ready to leave',
]

/** How many days from today a look or a task may be given; 0 is today, with a time. */
export const daysOffered: readonly number[] = [0, 1, 2, 3, 7, 14, 28]

export type RoundDecision = {
  readonly decision: Decision
  readonly secondNameId?: string
  readonly nextLookOn: LondonDate
  readonly nextLookAt?: Date
  readonly disagreement?: { readonly staffId: string; readonly words: string }
  readonly task?: {
    readonly what: string
    readonly ownerId: string
    readonly dueOn: LondonDate
    readonly dueAt?: Date
  }
}

type RoundFacts = {
  readonly now: Date
  readonly today: LondonDate
  /** Who is writing it down: never their own second name. */
  readonly writerId: string
  readonly staffIds: ReadonlySet<string>
}

/**
 * Reads what a round decided about one person.
 *
 * Nothing is assumed: a decision and a next look must be chosen; leaving needs a second name, and leaving or hospital
 * needs somebody to do something. A task needs what, who and when together.
 *
 * @returns the decision, or every problem at once, in the order of the form.
 */
export function readDecision(form: Form, facts: RoundFacts): Outcome<RoundDecision> {
  const problems: Problem[] = []
  const say = (field: string, message: string) => {
    problems.push({ field, message })
    return undefined
  }
  const staff = (field: string) => (facts.staffIds.has(form.text(field)) ? form.text(field) : undefined)
  const decision =
    decisions.find((word) => word === form.text('decision')) ?? say('decision', 'Select what happens now')
  const second = staff('secondName')
  if (decision === 'ready to leave' && (!second || second === facts.writerId)) {
    say('secondName', 'Select who else agrees that they are ready to leave')
  }
  const look = readWhen(form, 'look', facts) ?? say('lookInDays', 'Select when they are looked at next')
  if (look && 'message' in look) say('lookTime', look.message)
  const task = readTask(form, facts, staff('taskOwner'), needsTask(decision), say)
  const disagreement = readDisagreement(form, staff('disagrees'), say)
  if (problems.length || !decision || !look || 'message' in look) return { ok: false, problems }
  return {
    ok: true,
    value: {
      decision,
      nextLookOn: look.on,
      ...(look.at && { nextLookAt: look.at }),
      ...(decision === 'ready to leave' && second && { secondNameId: second }),
      ...(task && { task }),
      ...(disagreement && { disagreement }),
    },
  }
}

const needsTask = (decision: Decision | undefined) =>
  decision === 'send to hospital' || decision === 'ready to leave'

type Say = (field: string, message: string) => undefined

function readTask(
  form: Form,
  facts: RoundFacts,
  ownerId: string | undefined,
  isNeeded: boolean,
  say: Say,
): RoundDecision['task'] {
  const what = form.text('task').trim()
  const isBegun = what || form.text('taskOwner') || form.text('taskInDays') || form.text('taskTime').trim()
  if (!isBegun && !isNeeded) return undefined
  if (!what) say('task', 'Enter what has to happen')
  if (!ownerId) say('taskOwner', 'Select who will do this')
  const due = readWhen(form, 'task', facts) ?? say('taskInDays', 'Select the day it has to happen by')
  if (due && 'message' in due) return say('taskTime', due.message)
  if (!what || !ownerId || !due) return undefined
  return { what, ownerId, dueOn: due.on, ...(due.at && { dueAt: due.at }) }
}

function readDisagreement(form: Form, staffId: string | undefined, say: Say): RoundDecision['disagreement'] {
  const words = form.text('disagreesWords').trim()
  if (!words && !form.text('disagrees')) return undefined
  if (!staffId) return say('disagrees', 'Select who disagrees')
  if (!words) return say('disagreesWords', 'Enter why they disagree')
  return { staffId, words }
}

type When = { readonly on: LondonDate; readonly at?: Date } | { readonly message: string }

function readWhen(form: Form, field: 'look' | 'task', facts: RoundFacts): When | undefined {
  const days = daysOffered.find((count) => String(count) === form.text(`${field}InDays`))
  if (days === undefined) return undefined
  const on = addDays(facts.today, days)
  const typed = form.text(`${field}Time`).trim()
  if (!typed) return days === 0 ? { message: 'Enter when, like 11am' } : { on }
  const time = readTimeOfDay(typed)
  if (!time) return { message: 'Enter when, like 11am' }
  const at = londonInstant(on, time.hour, time.minute)
  return at > facts.now ? { on, at } : { message: 'Enter a time later than now' }
}

/**
 * Reads a time as people type it: 11, 11am, 2:30pm, 14:30. An hour from 1 to 6 alone could be either half of the day,
 * so it is not taken.
 */
export function readTimeOfDay(text: string): { readonly hour: number; readonly minute: number } | undefined {
  if (text.trim().toLowerCase() === 'midday') return { hour: 12, minute: 0 }
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(text.trim())
  if (!match) return undefined
  const typed = Number(match[1])
  const minute = Number(match[2] ?? 0)
  const half = match[3]?.toLowerCase()
  if (minute > 59 || typed > 23 || (half && (typed < 1 || typed > 12))) return undefined
  if (!half) return typed >= 7 || (match[2] && match[1]?.length === 2) ? { hour: typed, minute } : undefined
  return { hour: (typed % 12) + (half === 'pm' ? 12 : 0), minute }
}

/** Whether the last discussion allows leaving as "ready": it was decided on a round, with a second name. */
export const mayLeaveAsReady = (person: Pick<OnWard, 'lastDecision'>): boolean =>
  person.lastDecision === 'ready to leave'

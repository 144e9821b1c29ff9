declare const london: unique symbol

/** A day in London, written YYYY-MM-DD. Never an instant: an instant is a `Date` and its name ends in At. */
export type LondonDate = string & { readonly [london]: true }

const dayMs = 86_400_000
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

const hourMs = 3_600_000
// How far London's clock is ahead of UTC's in an hour of UTC: it has only ever been moved on the hour, and to ask the
// clock itself takes 20 microseconds, several times a page.
const aheadMs = new Map<number, number>()

function aheadIn(hour: number): number {
  const known = aheadMs.get(hour)
  if (known !== undefined) return known
  const shown = Object.fromEntries(clock.formatToParts(hour * hourMs).map(({ type, value }) => [type, value]))
  const ahead =
    Date.parse(`${shown.year}-${shown.month}-${shown.day}T${shown.hour}:${shown.minute}:${shown.second}Z`) -
    hour * hourMs
  if (aheadMs.size > 1000) aheadMs.clear()
  aheadMs.set(hour, ahead)
  return ahead
}

// 2026-07-01T00:30:00, as London's clock shows it.
const londonClock = (at: Date): string =>
  new Date(at.getTime() + aheadIn(Math.floor(at.getTime() / hourMs))).toISOString().slice(0, 19)

/** The day it is in London at an instant. */
export function londonDate(at: Date): LondonDate {
  return londonClock(at).slice(0, 10) as LondonDate
}

/**
 * Reads a date written YYYY-MM-DD.
 *
 * @returns the date, or undefined when it is not one of the calendar (such as 30 February).
 */
export function readDate(text: string): LondonDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return undefined
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? (text as LondonDate) : undefined
}

/** Reads three boxes of a form: "27", "3" or "March", "2026". Undefined when they are not a real date. */
export function readDateBoxes(day: string, month: string, year: string): LondonDate | undefined {
  const named = months.findIndex((name) =>
    name.toLowerCase().startsWith(month.trim().toLowerCase().slice(0, 3)),
  )
  const monthNumber = /^\d+$/.test(month.trim()) ? Number(month) : month.trim().length >= 3 ? named + 1 : 0
  if (!/^\d{1,2}$/.test(day.trim()) || !/^\d{4}$/.test(year.trim())) return undefined
  return readDate(`${year.trim()}-${String(monthNumber).padStart(2, '0')}-${day.trim().padStart(2, '0')}`)
}

const dayNumber = (on: LondonDate) => Date.parse(`${on}T00:00:00Z`) / dayMs

/** The day so many days later; negative for earlier. */
export function addDays(on: LondonDate, days: number): LondonDate {
  return new Date((dayNumber(on) + days) * dayMs).toISOString().slice(0, 10) as LondonDate
}

/** The same day so many months later, or that month's last day when it has no such day. */
export function addMonths(on: LondonDate, count: number): LondonDate {
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(day, last)))
    .toISOString()
    .slice(0, 10) as LondonDate
}

/** How many days from one day to another: 1 from Monday to Tuesday, negative when the second is earlier. */
export const daysBetween = (from: LondonDate, to: LondonDate): number => dayNumber(to) - dayNumber(from)

/** 0 for Sunday to 6 for Saturday. */
export const weekdayOf = (on: LondonDate): number => new Date(dayNumber(on) * dayMs).getUTCDay()

/** Age in whole years on a day. Somebody born on 29 February has a birthday on 1 March in other years. */
export function ageOn(bornOn: LondonDate, on: LondonDate): number {
  const years = Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return on.slice(5) < bornOn.slice(5) ? years - 1 : years
}

/**
 * The instant of a time of day in London.
 *
 * In the hour that happens twice in October it is the first; a time that March skips is an hour later.
 */
export function londonInstant(on: LondonDate, hour: number, minute = 0, second = 0): Date {
  const asIfUtc = dayNumber(on) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000
  const guess = new Date(asIfUtc - 3_600_000)
  return timeOfDay(guess).hour === hour ? guess : new Date(asIfUtc)
}

/** 6 August 2026. */
export function dateWords(on: LondonDate): string {
  return `${Number(on.slice(8))} ${months[Number(on.slice(5, 7)) - 1]} ${Number(on.slice(0, 4))}`
}

/** 6 August, or 6 August 2025 when it is not the year of `today`. */
export function shortDateWords(on: LondonDate, today: LondonDate): string {
  return on.slice(0, 4) === today.slice(0, 4) ? dateWords(on).slice(0, -5) : dateWords(on)
}

/** Wednesday 1 April 2026. */
export const dayWords = (on: LondonDate): string => `${weekdays[weekdayOf(on)]} ${dateWords(on)}`

/** 5:30pm, 9am, midday, midnight: the time of day in London. */
export function timeWords(at: Date): string {
  const { hour, minute } = timeOfDay(at)
  if (minute === 0 && hour === 0) return 'midnight'
  if (minute === 0 && hour === 12) return 'midday'
  const shown = hour % 12 === 0 ? 12 : hour % 12
  return `${shown}${minute ? `:${String(minute).padStart(2, '0')}` : ''}${hour < 12 ? 'am' : 'pm'}`
}

/** The time of day in London as minutes after midnight, and seconds. */
export function timeOfDay(at: Date): {
  readonly hour: number
  readonly minute: number
  readonly second: number
} {
  const shown = londonClock(at)
  return {
    hour: Number(shown.slice(11, 13)),
    minute: Number(shown.slice(14, 16)),
    second: Number(shown.slice(17)),
  }
}

/**
 * An installation's time: where it has a day of its own, because everybody in it is made up, that day with the wall
 * clock's time of day; elsewhere the wall clock.
 */
export function installationNow(dayOn: LondonDate | undefined, wallClock: Date): Date {
  if (!dayOn) return wallClock
  const { hour, minute, second } = timeOfDay(wallClock)
  return londonInstant(dayOn, hour, minute, second)
}

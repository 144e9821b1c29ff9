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

function londonParts(at: Date): Record<string, string> {
  return Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
}

/** The day it is in London at an instant. */
export function londonDate(at: Date): LondonDate {
  const { year, month, day } = londonParts(at)
  return `${year}-${month}-${day}` as LondonDate
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
  const { hour: shown } = londonParts(guess)
  return Number(shown) === hour ? guess : new Date(asIfUtc)
}

/** 6 August 2026. */
export function dateWords(on: LondonDate): string {
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number)
  return `${day} ${months[month - 1]} ${year}`
}

/** 6 August, or 6 August 2025 when it is not the year of `today`. */
export function shortDateWords(on: LondonDate, today: LondonDate): string {
  return on.slice(0, 4) === today.slice(0, 4) ? dateWords(on).slice(0, -5) : dateWords(on)
}

/** Wednesday 1 April 2026. */
export const dayWords = (on: LondonDate): string => `${weekdays[weekdayOf(on)]} ${dateWords(on)}`

/** 5:30pm, 9am, midday, midnight: the time of day in London. */
export function timeWords(at: Date): string {
  const parts = londonParts(at)
  const hour = Number(parts.hour)
  const minute = Number(parts.minute)
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
  const parts = londonParts(at)
  return { hour: Number(parts.hour), minute: Number(parts.minute), second: Number(parts.second) }
}

import { bankHolidays } from './bank-holidays.data.ts'
import { addDays, type LondonDate, londonDate, timeOfDay, weekdayOf } from './dates.ts'

/** Monday to Friday, and not a bank holiday in England and Wales. */
export function isWorkingDay(on: LondonDate): boolean {
  const weekday = weekdayOf(on)
  return weekday !== 0 && weekday !== 6 && !bankHolidays.has(on)
}

/** The working day that many working days later. Of 0: the day itself, working or not. */
export function addWorkingDays(on: LondonDate, count: number): LondonDate {
  let day = on
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) left--
  }
  return day
}

/**
 * Whether GP practices are closed: before 8am, from 6:30pm, and all day when it is not a working day.
 *
 * @source NHS England core hours of general practice, 8am to 6:30pm, Monday to Friday except bank holidays.
 */
export function isOutOfHours(at: Date): boolean {
  const { hour, minute } = timeOfDay(at)
  const minutes = hour * 60 + minute
  return !isWorkingDay(londonDate(at)) || minutes < 8 * 60 || minutes >= 18 * 60 + 30
}

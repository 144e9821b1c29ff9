import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  addWorkingDays,
  ageOn,
  dateWords,
  daysBetween,
  dayWords,
  isOutOfHours,
  isWorkingDay,
  type LondonDate,
  londonDate,
  londonInstant,
  readDate,
  readDateBoxes,
  timeWords,
} from './index.ts'

const on = (text: string): LondonDate => {
  const date = readDate(text)
  if (!date) throw new Error(`${text} is not a date`)
  return date
}

describe('HZ35 dates and times are London’s', () => {
  it.each([
    ['2026-03-29T00:30:00Z', '2026-03-29', '12:30am'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '2am'],
    ['2026-06-30T23:30:00Z', '2026-07-01', '12:30am'],
    ['2026-12-31T23:59:00Z', '2026-12-31', '11:59pm'],
    ['2026-01-01T12:00:00Z', '2026-01-01', 'midday'],
    ['2026-01-01T00:00:00Z', '2026-01-01', 'midnight'],
  ])('%s is %s, %s in London', (instant, day, time) => {
    expect(londonDate(new Date(instant))).toBe(day)
    expect(timeWords(new Date(instant))).toBe(time)
  })

  it.each([
    ['2026-04-01', 9, '2026-04-01T08:00:00.000Z'],
    ['2026-01-15', 9, '2026-01-15T09:00:00.000Z'],
    ['2026-03-29', 0, '2026-03-29T00:00:00.000Z'],
    ['2026-10-25', 1, '2026-10-25T00:00:00.000Z'],
    ['2026-10-26', 0, '2026-10-26T00:00:00.000Z'],
  ])('on %s, %i o’clock in London is %s', (day, hour, instant) => {
    expect(londonInstant(on(day), hour).toISOString()).toBe(instant)
  })

  it('a date that is not in the calendar is not read', () => {
    expect(readDate('2026-02-29')).toBeUndefined()
    expect(readDate('29/02/2028')).toBeUndefined()
    expect(readDate('2028-02-29')).toBe('2028-02-29')
    expect(readDateBoxes('27', 'March', '2026')).toBe('2026-03-27')
    expect(readDateBoxes('27', '3', '26')).toBeUndefined()
    expect(readDateBoxes('31', '4', '2026')).toBeUndefined()
    expect(readDateBoxes('1', '', '2026')).toBeUndefined()
  })

  it('days are counted across a change of clocks and a leap day', () => {
    expect(addDays(on('2026-03-28'), 2)).toBe('2026-03-30')
    expect(daysBetween(on('2024-02-28'), on('2024-03-01'))).toBe(2)
    expect(addMonths(on('2026-01-31'), 1)).toBe('2026-02-28')
    expect(addMonths(on('2026-01-31'), -2)).toBe('2025-11-30')
    expect(dayWords(on('2026-04-01'))).toBe('Wednesday 1 April 2026')
    expect(dateWords(on('2026-08-06'))).toBe('6 August 2026')
  })

  it.each([
    ['1936-03-14', '2026-03-13', 89],
    ['1936-03-14', '2026-03-14', 90],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
  ])('somebody born %s is, on %s, %i', (born, day, age) => {
    expect(ageOn(on(born), on(day))).toBe(age)
  })
})

describe('working days', () => {
  it('Good Friday, Easter Monday and weekends are not working days', () => {
    expect(isWorkingDay(on('2026-04-02'))).toBe(true)
    expect(isWorkingDay(on('2026-04-03'))).toBe(false)
    expect(isWorkingDay(on('2026-04-06'))).toBe(false)
    expect(addWorkingDays(on('2026-04-02'), 1)).toBe('2026-04-07')
    expect(addWorkingDays(on('2026-04-03'), 0)).toBe('2026-04-03')
  })

  it.each([
    ['2026-04-02', 7, 59, true],
    ['2026-04-02', 8, 0, false],
    ['2026-04-02', 18, 29, false],
    ['2026-04-02', 18, 30, true],
    ['2026-04-03', 10, 0, true],
  ])('%s at %i:%i is out of hours: %s', (day, hour, minute, expected) => {
    expect(isOutOfHours(londonInstant(on(day), hour, minute))).toBe(expected)
  })
})

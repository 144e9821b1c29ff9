import { describe, expect, it } from 'vitest'
import type { Form } from '#access'
import { type LondonDate, londonInstant, readDate } from '#calendar'
import {
  bedsSentence,
  dayOnWard,
  isLate,
  lookWords,
  nextOnRound,
  readDecision,
  readTimeOfDay,
  roundOrder,
} from './rules.ts'
import type { OnWard, Turn } from './types.ts'

const day = (text: string) => readDate(text) as LondonDate
const today = day('2026-04-01')
const now = londonInstant(today, 9, 30)
const look = (nextLookOn: string, nextLookAt?: Date) => ({
  nextLookOn: day(nextLookOn),
  ...(nextLookAt && { nextLookAt }),
})

describe('the next look', () => {
  it.each([
    ['2026-04-02', undefined, '2 April', false],
    ['2026-04-01', undefined, 'Round today', false],
    ['2026-03-31', undefined, '1 day late', true],
    ['2026-03-18', undefined, '14 days late', true],
    ['2026-04-01', londonInstant(today, 10, 5), 'By 10:05am', false],
    ['2026-04-01', londonInstant(today, 9, 30), 'By 9:30am', false],
    ['2026-04-01', londonInstant(today, 9, 29), '1 minute late', true],
    ['2026-04-01', londonInstant(today, 7, 30), '2 hours late', true],
  ])('due %s at %s is said as “%s”, and late is %s', (on, at, words, late) => {
    expect(lookWords(look(on, at), now, today)).toBe(words)
    expect(isLate(look(on, at), now, today)).toBe(late)
  })

  it('the day somebody came is day 1', () => {
    expect(dayOnWard(today, today)).toBe(1)
    expect(dayOnWard(day('2026-03-24'), today)).toBe(9)
  })
})

describe('the sentence about beds', () => {
  it.each([
    [34, '34 of 39 beds taken.'],
    [39, '39 of 39 beds taken. Say no today.'],
    [41, '41 people for 39 beds. Say no today.'],
  ])('%i people in 39 beds', (taken, words) => {
    expect(bedsSentence(taken, 39)).toBe(words)
  })
})

const turn = (bed: number, on: string, rest: Partial<Turn> = {}): Turn => ({
  onWard: {
    stayId: `stay ${bed}`,
    personId: `person ${bed}`,
    episodeId: `episode ${bed}`,
    bed,
    cameAt: now,
    seen: 'seen every day',
    discussions: 0,
    nextLookOn: day(on),
  } satisfies OnWard,
  isDiscussed: false,
  ...rest,
})

const order = (turns: readonly Turn[]) => roundOrder(turns, now, today).map(({ onWard }) => onWard.bed)

describe('the order of a round', () => {
  it('late looks come first, then by bed', () => {
    expect(order([turn(9, '2026-04-01'), turn(2, '2026-04-01'), turn(30, '2026-03-30')])).toEqual([30, 2, 9])
  })

  it('skipped people come back at the end, the first skipped first', () => {
    const skipped = (minute: number) => ({ skippedAt: londonInstant(today, 9, minute) })
    expect(
      order([turn(1, '2026-03-30', skipped(20)), turn(2, '2026-04-01', skipped(10)), turn(3, '2026-04-01')]),
    ).toEqual([3, 2, 1])
  })

  it('after saving, the round goes to somebody not yet discussed', () => {
    const turns = [turn(1, '2026-04-01', { isDiscussed: true }), turn(2, '2026-04-01'), turn(3, '2026-04-01')]
    expect(nextOnRound(turns)?.onWard.bed).toBe(2)
    expect(nextOnRound(turns, 'person 2')?.onWard.bed).toBe(3)
  })

  it('the last person left is not passed over even when they were just skipped', () => {
    expect(nextOnRound([turn(2, '2026-04-01')], 'person 2')?.onWard.bed).toBe(2)
    expect(nextOnRound([turn(2, '2026-04-01', { isDiscussed: true })])).toBeUndefined()
  })
})

describe('a time as people type it', () => {
  it.each([
    ['11', 11, 0],
    ['11am', 11, 0],
    ['2:30pm', 14, 30],
    ['2.30 PM', 14, 30],
    ['14:30', 14, 30],
    ['12am', 0, 0],
    ['12pm', 12, 0],
    ['midday', 12, 0],
    ['09:15', 9, 15],
  ])('%s', (text, hour, minute) => {
    expect(readTimeOfDay(text)).toEqual({ hour, minute })
  })

  it.each(['', '2', '2:30', '25', '13pm', '11:60', 'soon', '0am'])('%s is not taken', (text) => {
    expect(readTimeOfDay(text)).toBeUndefined()
  })
})

const form = (fields: Record<string, string>): Form => ({
  text: (field) => fields[field] ?? '',
  all: (field) => (fields[field] ? [fields[field]] : []),
  typed: fields,
})
const facts = { now, today, writerId: 'pat', staffIds: new Set(['pat', 'ana', 'omar']) }
const messages = (fields: Record<string, string>) => {
  const read = readDecision(form(fields), facts)
  return read.ok ? [] : read.problems.map(({ message }) => message)
}
const stays = { decision: 'seen every week', lookInDays: '7' }
const visiting = { task: 'Visit', taskOwner: 'ana', taskInDays: '0', taskTime: '11am' }

describe('what a round decides', () => {
  it('nothing is chosen beforehand: an empty form is asked for everything it needs', () => {
    expect(messages({})).toEqual(['Select what happens now', 'Select when they are looked at next'])
  })

  it('staying with a next look is enough', () => {
    expect(readDecision(form(stays), facts)).toEqual({
      ok: true,
      value: { decision: 'seen every week', nextLookOn: '2026-04-08' },
    })
  })

  it('a look today needs a time that is still to come', () => {
    expect(messages({ ...stays, lookInDays: '0' })).toEqual(['Enter when, like 11am'])
    expect(messages({ ...stays, lookInDays: '0', lookTime: 'soon' })).toEqual(['Enter when, like 11am'])
    expect(messages({ ...stays, lookInDays: '0', lookTime: '9am' })).toEqual(['Enter a time later than now'])
    expect(messages({ ...stays, lookInDays: '0', lookTime: '3pm' })).toEqual([])
  })

  it('HZ18 a task needs what, who and when together', () => {
    expect(messages({ ...stays, task: 'Visit' })).toEqual([
      'Select who will do this',
      'Select the day it has to happen by',
    ])
    expect(messages({ ...stays, ...visiting, taskTime: '' })).toEqual(['Enter when, like 11am'])
    expect(messages({ ...stays, ...visiting, task: '' })).toEqual(['Enter what has to happen'])
    expect(messages({ ...stays, ...visiting, taskOwner: 'a stranger' })).toEqual(['Select who will do this'])
    expect(messages({ ...stays, ...visiting })).toEqual([])
  })

  it('sending somebody to hospital needs somebody to do it', () => {
    expect(messages({ ...stays, decision: 'send to hospital' })).toContain('Enter what has to happen')
    expect(messages({ ...stays, decision: 'send to hospital', ...visiting })).toEqual([])
  })

  it('HZ20 ready to leave without a second name is asked for, and the writer is not their own second name', () => {
    const leaving = { ...stays, ...visiting, decision: 'ready to leave' }
    const asked = 'Select who else agrees that they are ready to leave'
    expect(messages(leaving)).toEqual([asked])
    expect(messages({ ...leaving, secondName: 'pat' })).toEqual([asked])
    expect(messages({ ...leaving, secondName: 'omar' })).toEqual([])
  })

  it('a disagreement is kept with who and why', () => {
    expect(messages({ ...stays, disagreesWords: 'Too soon' })).toEqual(['Select who disagrees'])
    expect(messages({ ...stays, disagrees: 'ana' })).toEqual(['Enter why they disagree'])
    expect(
      readDecision(form({ ...stays, disagrees: 'ana', disagreesWords: 'Too soon' }), facts),
    ).toMatchObject({
      value: { disagreement: { staffId: 'ana', words: 'Too soon' } },
    })
  })
})

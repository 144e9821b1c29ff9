import { describe, expect, it } from 'vitest'
import { addDays, type LondonDate, londonInstant, readDate } from '#calendar'
import { type DayItem, dayOf, daySentence, itemsFor } from './day.ts'
import { enrolmentCsv } from './messages.ts'
import { fitOnePage } from './one-page.ts'
import { filterAddress, readFilter, readSearch } from './people-list.ts'
import { daysSilent, dueWords, isNotHeardFrom, readTime } from './rules.ts'
import type { Listed, Task } from './types.ts'

const today = readDate('2026-04-01') as LondonDate

const grazyna: Listed = {
  personId: '01900000-0000-7000-8000-00000000aaaa',
  familyName: 'Wójcik',
  givenName: 'Grażyna',
  bornOn: readDate('1950-12-03'),
  nhsNumber: '9991010106',
  stage: 'active',
  programmeName: 'Quayside care co-ordination',
  ownerId: 'amina',
  ownerName: 'Amina Yusuf',
  openedOn: addDays(today, -100),
  lastContactOn: addDays(today, -28),
  reviewEveryDays: 28,
}

describe('somebody not heard from', () => {
  it.each([
    [28, false],
    [29, true],
  ])('%i days after the last contact, where the programme says 28: %s', (days, isLate) => {
    const person = { ...grazyna, lastContactOn: addDays(today, -days) }
    expect(isNotHeardFrom(person, today)).toBe(isLate)
  })

  it('counts from the day the episode opened where nobody was ever in touch', () => {
    expect(daysSilent({ openedOn: addDays(today, -40) }, today)).toBe(40)
  })
})

describe('what is typed to find somebody in the list', () => {
  it.each([
    ['999 101 0106', { nhsNumber: '9991010106' }],
    ['3/12/1950', { bornOn: '1950-12-03' }],
    ['1950-12-03', { bornOn: '1950-12-03' }],
    ['WÓJCIK, Grażyna', { names: ['WÓJCIK', 'Grażyna'] }],
    ['999 101 0107', { names: ['999', '101', '0107'] }],
    [' ', {}],
  ])('"%s" is read as %o', (words, search) => expect(readSearch(words)).toEqual(search))
})

describe('the address of a list', () => {
  it('says every filter in force, comes back the same, and holds nothing else', () => {
    const address = '/my-people?stage=active&silent=yes&sort=name&page=3'
    const query = new URLSearchParams(address.split('?')[1])
    expect(filterAddress(readFilter({ text: (field) => query.get(field) ?? '' }))).toBe(address)
  })

  it('of an unknown page is the first', () => {
    const filter = readFilter({ text: (field) => (field === 'page' ? '-7x' : '') })
    expect(filter.page).toBe(1)
  })
})

describe('a time of day as somebody types it', () => {
  it.each([
    ['11', { hour: 11, minute: 0 }],
    ['11am', { hour: 11, minute: 0 }],
    ['12am', { hour: 0, minute: 0 }],
    ['12pm', { hour: 12, minute: 0 }],
    ['2:30pm', { hour: 14, minute: 30 }],
    ['2.30 PM', { hour: 14, minute: 30 }],
    ['14:30', { hour: 14, minute: 30 }],
    ['13pm', undefined],
    ['24', undefined],
    ['9:60', undefined],
    ['soon', undefined],
  ])('%s', (text, time) => expect(readTime(text)).toEqual(time))
})

describe('when something is due, in words', () => {
  it.each([
    [-2, 'Overdue 2 days'],
    [-1, 'Overdue 1 day'],
    [0, 'Due today'],
    [3, 'Due 2026-04-04'],
  ])('%i days from today: %s', (days, words) => {
    expect(dueWords(addDays(today, days), today, (on) => on)).toBe(words)
  })
})

const item = (key: string, change: Partial<DayItem> = {}): DayItem => ({
  key,
  kind: 'task',
  personId: 'june',
  what: 'Ring',
  dueOn: today,
  isUrgent: false,
  isPromise: false,
  isWaiting: false,
  isUnclaimed: false,
  ...change,
})

describe('my day', () => {
  it('puts an alert first whatever its day, then what is late, the oldest first', () => {
    const day = dayOf(
      [
        item('today'),
        item('late', { dueOn: addDays(today, -1) }),
        item('later', { dueOn: addDays(today, 1) }),
        item('older', { dueOn: addDays(today, -5) }),
        item('alert', { isUrgent: true, dueOn: addDays(today, 9) }),
        item('asked', { isWaiting: true, dueOn: addDays(today, -3) }),
      ],
      today,
    )
    const keys = Object.fromEntries(
      Object.entries(day).map(([part, items]) => [part, items.map((i) => i.key)]),
    )
    expect(keys).toEqual({
      now: ['alert'],
      overdue: ['older', 'late'],
      today: ['today'],
      waiting: ['asked'],
      later: ['later'],
      resting: [],
    })
  })

  it.each([
    [{ now: 2, overdue: 3, today: 7 }, '2 need you now, 3 are overdue and 7 are due today.'],
    [{ now: 1, overdue: 0, today: 1 }, '1 needs you now and 1 is due today.'],
    [{ now: 0, overdue: 1, today: 0 }, '1 is overdue.'],
    [{ now: 0, overdue: 0, today: 0 }, 'Nothing is due.'],
  ])('%j is said in one sentence', (counts, sentence) => {
    const some = (count: number) => Array.from({ length: count }, (_, at) => item(String(at)))
    const day = { now: some(counts.now), overdue: some(counts.overdue), today: some(counts.today) }
    expect(daySentence({ ...day, waiting: [], later: [], resting: [] })).toBe(sentence)
  })

  it('holds what is mine and what my team has not claimed, and nothing of a colleague’s', () => {
    const task = (id: string, holder: Partial<Task>): Task => ({
      id,
      personId: 'june',
      what: 'Ring',
      isUrgent: false,
      isPromise: false,
      turn: 1,
      state: 'to do',
      holderName: '',
      dueOn: today,
      since: londonInstant(today, 9),
      ...holder,
    })
    const action = {
      personId: 'june',
      words: 'Rail',
      goalWords: 'Walk',
      dueOn: today,
      state: 'not started' as const,
    }
    const items = itemsFor(
      'amina',
      'quayside',
      [
        task('mine', { ownerId: 'amina' }),
        task('his', { ownerId: 'omar' }),
        task('ours', { teamId: 'quayside' }),
      ],
      [
        { ...action, lineId: 'rail', ownerId: 'amina' },
        { ...action, lineId: 'step', ownerId: 'omar' },
      ],
    )
    expect(items.map(({ key, isUnclaimed }) => [key, isUnclaimed])).toEqual([
      ['mine', false],
      ['ours', true],
      ['rail', false],
    ])
  })
})

describe('one side of paper', () => {
  const line = { kind: 'if-then' as const, place: 0, isForOutOfHours: false }
  const plan = (ifThens: number, matters: number, actions: number) => ({
    version: 1,
    savedAt: londonInstant(today, 9),
    whatMatters: {
      ...line,
      kind: 'what matters' as const,
      lineId: 'm',
      words: 'word '.repeat(matters).trim(),
    },
    ifThens: Array.from({ length: ifThens }, (_, at) => ({
      ...line,
      lineId: `i${at}`,
      words: 'If',
      thenWords: 'Then',
    })),
    actions: Array.from({ length: actions }, (_, at) => ({
      ...line,
      kind: 'action' as const,
      lineId: `a${at}`,
      words: 'Do',
      ownerName: 'Amina',
      state: 'not started' as const,
    })),
  })

  it('takes a short plan whole', () => {
    expect(fitOnePage(plan(4, 30, 5))).toMatchObject({ leftOut: [] })
  })

  it('keeps where somebody wishes to be whole, and gives fewer actions their place', () => {
    const without = fitOnePage(plan(4, 30, 40))
    const beside = fitOnePage(plan(4, 30, 40), [
      'Wishes to be cared for: Their own home',
      'Wishes to die: Hospice',
    ])
    expect(beside.actions.length).toBeLessThan(without.actions.length)
    expect(beside.whatMatters).toBe(without.whatMatters)
  })

  it('keeps everything to do first, and says what it left out', () => {
    const fitted = fitOnePage(plan(5, 400, 40))
    expect(fitted.ifThens).toHaveLength(5)
    expect(fitted.whatMatters).toMatch(/ …$/)
    expect(fitted.leftOut[0]).toBe('The rest of what matters is in the plan.')
    expect(fitted.leftOut[1]).toBe(`${40 - fitted.actions.length} more actions in the plan.`)
  })
})

it('the enrolment file leaves the day of ending empty while the episode is open', () => {
  const row = { nhsNumber: '9991010106', enrolledOn: '2026-03-02', contactOn: '2026-03-04' }
  expect(enrolmentCsv([{ ...row, endedOn: null }])).toBe(
    'nhs_number,enrolled_on,ended_on,contact_on\n9991010106,2026-03-02,,2026-03-04\n',
  )
})

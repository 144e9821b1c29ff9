import { describe, expect, it } from 'vitest'
import { type LondonDate, londonInstant, readDate } from '#calendar'
import { howSoonClasses } from './how-soon.data.ts'
import {
  checkedAs,
  clockAfter,
  isLater,
  isUrgent,
  lateFrom,
  problemsWithChange,
  problemsWithHowSoon,
  redFlagsIn,
  seeBy,
  toCheck,
} from './how-soon-rules.ts'
import { byWords } from './how-soon-words.ts'
import { slowestFor } from './messages.ts'
import { redFlags } from './red-flags.data.ts'
import type { HowSoon } from './types.ts'

const on = (text: string): LondonDate => {
  const date = readDate(text)
  if (!date) throw new Error(`${text} is not a date`)
  return date
}
const at = (day: string, hour: number, minute = 0) => londonInstant(on(day), hour, minute)
const classes: readonly HowSoon[] = howSoonClasses.map(({ code }) => code)

describe('HZ16 the clock of each class', () => {
  // Good Friday is 3 April 2026, Easter Monday 6 April.
  it.each([
    ['2 hours', at('2026-04-01', 9, 30), '2026-04-01', '11:30am'],
    ['2 hours', at('2026-04-02', 23, 10), '2026-04-03', '1:10am on 3 April'],
    ['2 hours', new Date('2026-03-29T00:30:00Z'), '2026-03-29', '3:30am'],
    ['2 hours', new Date('2026-10-25T00:30:00Z'), '2026-10-25', '2:30am'],
    ['today', at('2026-04-01', 9, 30), '2026-04-01', 'the end of today'],
    ['today', at('2026-04-04', 23, 59), '2026-04-04', 'the end of today'],
    ['2 working days', at('2026-04-01', 18, 29), '2026-04-07', '7 April'],
    ['2 working days', at('2026-04-03', 10), '2026-04-08', '8 April'],
    ['2 working days', at('2026-12-24', 10), '2026-12-30', '30 December'],
    ['5 working days', at('2026-04-01', 9, 30), '2026-04-10', '10 April'],
    ['5 working days', at('2026-03-28', 9), '2026-04-07', '7 April'],
    ['10 working days', at('2026-04-01', 9, 30), '2026-04-17', '17 April'],
  ] as const)('%s said at %o is by %s', (howSoon, from, day, words) => {
    const by = seeBy(howSoon, from)
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(from)
    expect(by.byOn).toBe(day)
    expect(byWords(by, on(today))).toBe(`by ${words}`)
  })

  it('is late from the minute, or from the midnight after the day, and not before', () => {
    expect(lateFrom(seeBy('2 hours', at('2026-04-01', 9, 30)))).toEqual(at('2026-04-01', 11, 30))
    expect(lateFrom(seeBy('today', at('2026-04-01', 9, 30)))).toEqual(at('2026-04-02', 0))
    expect(lateFrom(seeBy('today', at('2026-10-25', 0, 30)))).toEqual(new Date('2026-10-26T00:00:00Z'))
  })

  it('is longer from each class to the next, whenever it begins', () => {
    for (let hour = 0; hour < 24 * 366; hour += 7) {
      const from = new Date(at('2026-01-01', 0).getTime() + hour * 3_600_000)
      const ends = classes.map((howSoon) => lateFrom(seeBy(howSoon, from)).getTime())
      // Two hours begun late in the evening end after midnight; today ends at midnight.
      const days = ends.slice(1)
      expect(days).toEqual(days.toSorted((a, b) => a - b))
      expect(new Set(days).size).toBe(days.length)
      expect(ends[0]).toBe(from.getTime() + 7_200_000)
    }
  })
})

describe('HZ16 a priority that comes in by code', () => {
  it.each([
    ['stat', '2 hours'],
    ['asap', 'today'],
    ['urgent', '2 working days'],
    ['routine', '10 working days'],
    ['STAT', '2 hours'],
    [' Urgent ', '2 working days'],
  ])('%s is at the slowest %s', (code, howSoon) => {
    expect(slowestFor(code)).toBe(howSoon)
  })

  it('every code of the FHIR value set is mapped to a class there is, a higher one never to a slower class', () => {
    const valueSet = ['routine', 'urgent', 'asap', 'stat']
    const mapped = valueSet.map(slowestFor)
    expect(mapped.every((howSoon) => howSoon !== undefined && classes.includes(howSoon))).toBe(true)
    for (const [place, howSoon] of mapped.entries()) {
      const before = mapped[place - 1]
      if (before && howSoon) expect(isLater(before, howSoon)).toBe(true)
    }
  })

  it.each(['', '0', 'normal', 'R', 'two week wait', 'toString', 'something else', 'rutine'])(
    'an unknown code, %o, is never taken as routine: every class slower than today asks for a second look',
    (code) => {
      expect(slowestFor(code)).toBeUndefined()
      if (!code) return
      for (const howSoon of classes) {
        const asks = toCheck(howSoon, [], code)
        expect(asks).toEqual(isUrgent(howSoon) ? [] : [`The referrer said “${code}”`])
      }
    },
  )

  it.each([
    ['stat', ['today', '2 working days', '5 working days', '10 working days']],
    ['asap', ['2 working days', '5 working days', '10 working days']],
    ['urgent', ['5 working days', '10 working days']],
    ['routine', []],
  ])('of %s a slower choice asks for a second look', (code, asking) => {
    expect(classes.filter((howSoon) => toCheck(howSoon, [], code).length > 0)).toEqual(asking)
  })
})

describe('HZ16 red-flag words', () => {
  it.each([
    ['She fell last night and has been CONFUSED since', ['fell', 'CONFUSED']],
    ['chest  pain on the stairs, chest pain at rest', ['chest pain']],
    ['Her husband can’t cope any more', ['can’t cope']],
    ["Her husband can't cope any more", ["can't cope"]],
    ['carer is in hospital', ['carer is in hospital']],
    ['said he would end his life', ['end his life']],
    ['off her legs since Monday', ['off her legs']],
    ['No chest pain', ['chest pain']],
    ['befell, refallen, hypothesis, strokes the cat', []],
    ['Ring her son, he works nights', []],
    ['', []],
  ])('in “%s”', (text, found) => {
    expect(redFlagsIn(text)).toEqual(found)
  })

  it('every word of the list is found where it is written', () => {
    for (const { words } of redFlags) {
      for (const pattern of words) {
        const written = pattern.replaceAll(' * ', ' was in ').replaceAll('*', '')
        expect(redFlagsIn(`Today ${written}, I am told.`)).not.toEqual([])
      }
    }
  })

  it('ask for a second look at every class slower than today, and at no other; they choose none', () => {
    const written = [{ by: 'You', words: 'He fell twice' }]
    const asking = classes.filter((howSoon) => toCheck(howSoon, written).length > 0)
    expect(asking).toEqual(['2 working days', '5 working days', '10 working days'])
  })
})

describe('HZ16 before how soon is kept', () => {
  const written = [{ by: 'You', words: 'She fell' }]
  const said = { written, theyNeed: 'she needs' }
  const messages = (chosen: { howSoon: string; checked?: string }) =>
    problemsWithHowSoon({ ...said, ...chosen }).map(({ message }) => message)

  it.each(['', 'routine', 'soon', '2 days'])('%o is no choice', (howSoon) => {
    expect(messages({ howSoon })).toEqual(['Select how soon she needs to be seen'])
  })

  it('a slow class beside red-flag words asks, and is kept once somebody has looked', () => {
    expect(messages({ howSoon: '5 working days' })).toEqual(['You wrote “fell”: check how soon'])
    const checked = checkedAs('5 working days', toCheck('5 working days', written))
    expect(messages({ howSoon: '5 working days', checked })).toEqual([])
  })

  it('a second look at one class or one word stands for no other', () => {
    const checked = checkedAs('2 working days', toCheck('2 working days', written))
    expect(messages({ howSoon: '10 working days', checked })).not.toEqual([])
    const more = [{ by: 'You', words: 'She fell and is confused' }]
    expect(problemsWithHowSoon({ ...said, written: more, howSoon: '2 working days', checked })).not.toEqual(
      [],
    )
    expect(messages({ howSoon: '2 working days', checked: 'yes' })).not.toEqual([])
  })
})

describe('HZ16 a change of how soon', () => {
  const saidAt = at('2026-04-01', 9, 30)
  const saidAs = (howSoon: HowSoon) => ({
    ...{ episodeId: 'e', personId: 'p', n: 1, howSoon, beganAt: saidAt, at: saidAt, byName: 'Dr Lund' },
    ...seeBy(howSoon, saidAt),
  })

  it('to later takes a reason, to sooner none, to the same is none', () => {
    for (const from of classes) {
      for (const to of classes) {
        const fields = problemsWithChange(saidAs(from), to, '').map(({ field }) => field)
        expect(fields).toEqual(from === to ? ['how-soon'] : isLater(to, from) ? ['words'] : [])
        expect(problemsWithChange(saidAs(from), to, 'Her daughter is with her').length).toBe(
          from === to ? 1 : 0,
        )
      }
    }
    expect(problemsWithChange(saidAs('today'), '5 working days', '   ')).toHaveLength(1)
  })

  it('made sooner, the clock never ends after the one before, whenever it is said', () => {
    for (const from of classes) {
      for (const to of classes.filter((one) => isLater(from, one))) {
        for (let hours = 0; hours < 24 * 30; hours += 5) {
          const now = new Date(saidAt.getTime() + hours * 3_600_000)
          const after = clockAfter(saidAs(from), to, now)
          expect(lateFrom(after) <= lateFrom(saidAs(from))).toBe(true)
        }
      }
    }
  })

  it('made later, it is counted from when the person began to wait', () => {
    const now = at('2026-04-09', 15)
    expect(clockAfter(saidAs('today'), '5 working days', now)).toMatchObject({
      byOn: '2026-04-10',
      fromAt: saidAt,
    })
    expect(clockAfter(saidAs('10 working days'), 'today', now)).toMatchObject({
      byOn: '2026-04-09',
      fromAt: now,
    })
  })
})

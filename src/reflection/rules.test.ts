import { describe, expect, it } from 'vitest'
import { readDate } from '#calendar'
import type { Cell } from './count-store.ts'
import { learnRates, unitsOf } from './expected.ts'
import { linesTold } from './groups-page.tsx'
import { measures } from './measures.data.ts'
import { changeSaid, figuresOf } from './outcome-words.ts'
import { drawnChart, shownToOthers, variationSaid } from './rules.ts'
import { unitsSeen } from './suppression.ts'
import type { GroupLine, MonthCount, OutcomeLine } from './types.ts'

const measureOf = (key: string) => {
  const found = measures.find((one) => one.key === key)
  if (!found) throw new Error(`no measure ${key}`)
  return found
}
const month = (at: number) => {
  const on = readDate(new Date(Date.UTC(2025, at, 1)).toISOString().slice(0, 10))
  if (!on) throw new Error('no month')
  return on
}
const months = (events: readonly number[], of = 50): readonly MonthCount[] =>
  events.map((count, at) => ({ month: month(at), events: count, of }))

describe('a chart', () => {
  it('tells worse from better by the measure’s own direction', () => {
    const rising = months([8, 9, 8, 9, 8, 9, 8, 20, 21, 20, 21, 20, 21, 20])
    expect(variationSaid(drawnChart(measureOf('overdue'), rising, []))).toContain(
      'Worse, by more than chance',
    )
    expect(variationSaid(drawnChart(measureOf('goals'), rising, []))).toContain('Better, by more than chance')
  })

  it('has a second segment only from a month that somebody named', () => {
    const all = months([8, 9, 8, 9, 8, 9, 8, 20, 21, 20, 21, 20, 21, 20])
    expect(drawnChart(measureOf('overdue'), all, []).chart.segments).toHaveLength(1)
    expect(drawnChart(measureOf('overdue'), all, [month(7)]).chart.segments).toHaveLength(2)
  })

  it('leaves out a month in which there was nobody to be a share of', () => {
    const all = [...months([8, 9]), { month: month(2), events: 0, of: 0 }]
    expect(drawnChart(measureOf('goals'), all, []).chart.points).toHaveLength(2)
  })
})

describe('who does not work with these people', () => {
  it.each([
    ['every count 0 or 8 and more', [8, 0, 30], 'month'],
    ['a month with 3, its quarter with 20', [3, 9, 8, 10, 12, 9], 'quarter'],
    ['a quarter with 6 still', [3, 3, 0, 10, 12, 9], 'withheld'],
    ['all but 4 of 50', [46, 20, 20], 'quarter'],
  ])('sees %s by %s', (_, counts, by) => {
    expect(shownToOthers(measureOf('goals'), months(counts)).by).toBe(by)
  })

  it('never sees the days of rare events', () => {
    expect(shownToOthers(measureOf('injuries'), months([20, 30, 40])).by).toBe('withheld')
  })

  it('sees no place with a small count, nor the one that would give it away; its own place it sees', () => {
    const unit = (placeId: string, observed: number) => ({
      placeId,
      name: placeId,
      people: 100,
      observed,
      expected: 20,
    })
    const units = [unit('a', 3), unit('b', 12), unit('c', 40)]
    const told = (own: string) => unitsSeen(units, own).filter(({ isTold }) => isTold)
    expect(told('').map(({ placeId }) => placeId)).toEqual(['c'])
    expect(told('a').map(({ placeId }) => placeId)).toEqual(['a', 'b', 'c'])
  })

  it('sees no two places who are under 8 together without the one that hides what they add up to', () => {
    const unit = (placeId: string, observed: number) => ({
      placeId,
      name: placeId,
      people: 100,
      observed,
      expected: 20,
    })
    const told = (...observed: number[]) =>
      unitsSeen(
        observed.map((count, at) => unit(String(at), count)),
        '',
      )
        .filter(({ isTold }) => isTold)
        .map((one) => one.observed)
    expect(told(1, 1, 12, 40)).toEqual([40])
    expect(told(5, 6, 12, 40)).toEqual([12, 40])
    expect(told(8, 9, 12)).toEqual([8, 9, 12])
  })
})

describe('a before-after figure', () => {
  const line = (before: number, after: number, expected?: number): OutcomeLine => ({
    programmeId: 'p',
    year: '2025 to 2026',
    people: 40,
    yearsAfter: 30,
    died: 2,
    admissions: { before, after, expected },
  })

  it('HZ39 is not given where nothing is known of what would have come anyway', () => {
    const one = line(80, 30)
    expect(figuresOf(one, one.admissions)).toBeUndefined()
    expect(changeSaid(one, one.admissions, 'Emergency admissions').join(' ')).toContain(
      'no before-after figure',
    )
  })

  it('is not given from fewer than 10: the counts are, beside what was expected', () => {
    const one = line(30, 9, 12)
    expect(figuresOf(one, one.admissions)).toBeUndefined()
    expect(changeSaid(one, one.admissions, 'Emergency admissions').join(' ')).toContain(
      '30 in the year before joining and 9 since; with no service about 12 would have been expected',
    )
  })

  it('S-12 takes the year before as 100, and says what was expected on the same footing', () => {
    const one = line(80, 30, 36)
    const figures = figuresOf(one, one.admissions)
    // 80 for 40 person-years is 2 a year; 30 for 30 is 1: 50 of 100. Expected 36 for 30 is 1.2: 60 of 100.
    expect(figures?.afterAs100).toBeCloseTo(50, 9)
    expect(figures?.expectedAs100).toBeCloseTo(60, 9)
    expect(changeSaid(one, one.admissions, 'Emergency admissions')[0]).toBe(
      'Emergency admissions fell 50%. With no service, people with the same past would be expected to have fallen 40%.',
    )
    expect(changeSaid(one, one.admissions, 'Emergency admissions')[1]).toContain('No clear difference')
  })
})

describe('places compared', () => {
  /** Everybody's rate hangs on age alone; the second place has older people, the third has twice the rate. */
  const cells: readonly Cell[] = ['young', 'old', 'twice'].flatMap((place) =>
    [0, 1, 2, 3, 4].flatMap((age) =>
      [0, 1].flatMap((woman) =>
        [2, 4, 6, 8].map((deprivation): Cell => {
          const years = place === 'old' ? 20 + 30 * age : 140 - 30 * age
          const rate = 0.05 * 2 ** age * (place === 'twice' ? 2 : 1)
          return {
            place,
            age,
            woman,
            deprivation,
            conditions: 0,
            careHome: 0,
            before: 0,
            people: years,
            years,
            admissions: rate * years,
            attendances: 0,
          }
        }),
      ),
    ),
  )
  const compared = (places: readonly string[]) => {
    const kept = cells.filter(({ place }) => places.includes(place))
    const learned = learnRates(kept, 'admissions', 'who they are')
    if (!learned) throw new Error('nothing was learned')
    return unitsOf(kept, learned, (place) => ({ id: place, name: place }))
  }

  it('one with older people, who are admitted more at every age alike, had what was expected', () => {
    for (const { observed, expected } of compared(['young', 'old']))
      expect(observed / expected).toBeCloseTo(1, 6)
  })

  it('one whose people of every age are admitted twice as often had more than was expected', () => {
    const [, twice] = compared(['old', 'twice'])
    expect((twice?.observed ?? 0) / (twice?.expected ?? 1)).toBeGreaterThan(1.2)
  })

  it('nothing is compared where fewer than 50 are known', () => {
    expect(learnRates(cells, 'attendances', 'who they are')).toBeUndefined()
  })
})

describe('groups of people', () => {
  const group = (
    name: string,
    people: number,
    within?: string,
    of: GroupLine['of'] = 'practice',
  ): GroupLine => ({
    programmeId: 'p',
    of,
    group: name,
    ...(within ? { within } : {}),
    people,
    yearsAfter: people,
    died: 0,
    admissions: { before: people, after: people, expected: people },
  })
  const told = (groups: readonly GroupLine[], key: GroupLine['of'], isPartition = true) =>
    linesTold(groups, 'p', { key, isPartition })
      .lines.filter(({ isTold }) => isTold)
      .map(({ group: name }) => name)

  it('one practice left out in a locality takes the smallest other of that locality with it', () => {
    const groups = [
      group('Everybody', 90, undefined, 'everybody'),
      group('North', 45, undefined, 'locality'),
      group('South', 45, undefined, 'locality'),
      group('a', 5, 'North'),
      group('b', 40, 'North'),
      group('c', 5, 'South'),
      group('d', 15, 'South'),
      group('e', 25, 'South'),
    ]
    expect(told(groups, 'locality')).toEqual(['North', 'South'])
    expect(told(groups, 'practice')).toEqual(['e'])
  })

  it('practices of a locality that is left out are left out', () => {
    const groups = [
      group('Everybody', 60, undefined, 'everybody'),
      group('North', 6, undefined, 'locality'),
      group('South', 20, undefined, 'locality'),
      group('East', 34, undefined, 'locality'),
      group('a', 6, 'North'),
      group('b', 10, 'South'),
      group('c', 10, 'South'),
      group('d', 34, 'East'),
    ]
    expect(told(groups, 'locality')).toEqual(['East'])
    expect(told(groups, 'practice')).toEqual(['d'])
  })

  it('of things done, what nearly everybody had is left out as well as what hardly anybody had', () => {
    const done = (name: string, people: number) => group(name, people, undefined, 'done')
    const groups = [
      group('Everybody', 60, undefined, 'everybody'),
      done('x', 55),
      done('y', 30),
      done('z', 4),
    ]
    expect(told(groups, 'done', false)).toEqual(['y'])
  })

  it('a count from 1 to 7 is withheld where how many people there are is told', () => {
    const few = { ...group('a', 20), admissions: { before: 20, after: 3, expected: 9 } }
    const [one, other] = linesTold(
      [
        {
          ...group('Everybody', 40, undefined, 'everybody'),
          admissions: { before: 40, after: 43, expected: 19 },
        },
        few,
        { ...group('b', 20), admissions: { before: 20, after: 40, expected: 10 } },
      ],
      'p',
      { key: 'practice', isPartition: true },
    ).lines
    expect([one?.isTold, one?.withheld.has('admissions'), other?.withheld.has('admissions')]).toEqual([
      true,
      true,
      true,
    ])
  })
})

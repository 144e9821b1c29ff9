import { describe, expect, it } from 'vitest'
import { afterLines, groupLines, rateOf, shownCounts, shownParts } from './equity-rules.ts'

describe('a count that anybody may see', () => {
  it.each([
    ['all of 8 or more are told', [8, 20, 30], [8, 20, 30]],
    ['two under 8 hide each other', [7, 3, 30], ['fewer than 8', 'fewer than 8', 30]],
    [
      'one under 8 takes the next smallest with it, or the sum would tell it',
      [7, 9, 30],
      ['fewer than 8', 'not shown', 30],
    ],
    [
      'two of 1 each, for the total would tell both',
      [1, 1, 30, 40],
      ['fewer than 8', 'fewer than 8', 'not shown', 40],
    ],
    ['two who are 7 together', [4, 3, 30, 40], ['fewer than 8', 'fewer than 8', 'not shown', 40]],
    ['two of 7 each', [7, 7, 30, 40], ['fewer than 8', 'fewer than 8', 'not shown', 40]],
    ['one beside an 8, who are 9 together', [1, 8, 30, 40], ['fewer than 8', 'not shown', 'not shown', 40]],
    ['nobody is told as nobody', [0, 9, 30], [0, 9, 30]],
  ])('%s', (_, counts, shown) => {
    expect(shownCounts(counts)).toEqual(shown)
  })

  it('a part that leaves under 8 of the whole beside it is not shown, nor the one that would tell it', () => {
    expect(shownParts([47, 30, 20], [50, 45, 50])).toEqual(['not shown', 'not shown', 20])
    expect(shownParts([50, 30, 3], [50, 45, 50])).toEqual([50, 'not shown', 'fewer than 8'])
    expect(shownParts([50, 45], [50, 45])).toEqual([50, 45])
    // What is hidden for one reason serves the other: of two practices of 5 and 4 nobody else is hidden twice.
    expect(shownParts([4, 3, 219, 230], [5, 4, 5052, 5993])).toEqual([
      'fewer than 8',
      'fewer than 8',
      'not shown',
      230,
    ])
  })

  it('a rate needs 10, and has its interval', () => {
    expect(rateOf(9, 1000, 1000)).toBeUndefined()
    const rate = rateOf(50, 1000, 1000)
    expect(rate?.value).toBe(50)
    expect(rate?.low).toBeLessThan(50)
    expect(rate?.high).toBeGreaterThan(50)
  })

  it('no rate gives a hidden count away', () => {
    const group = (name: string, found: number) => ({
      by: 'Sex',
      group: name,
      considered: 1000,
      found,
      judged: 0,
      accepted: 0,
      agreed: null,
      agreedLongAgo: null,
      stayed: null,
    })
    const [women, men] = groupLines([group('Women', 12), group('Men', 5)])
    expect(men).toMatchObject({ found: 'fewer than 8', foundOf1000: undefined })
    expect(women).toMatchObject({ found: 'not shown', foundOf1000: undefined })
  })

  it('after somebody is accepted no rate gives a hidden count away, and a run that did not count says nothing', () => {
    const base = { by: 'Sex', considered: 1000, found: 100, judged: 90, accepted: 40 }
    const lines = afterLines([
      { ...base, group: 'Women', agreed: 30, agreedLongAgo: 20, stayed: 12 },
      { ...base, group: 'Men', agreed: 25, agreedLongAgo: 20, stayed: 3 },
    ])
    expect(lines[0]).toMatchObject({ agreed: 30, agreedOf100: { value: 75 }, stayed: 'not shown' })
    expect(lines.map(({ stayedOf100 }) => stayedOf100)).toEqual([undefined, undefined])
    expect(lines[1]).toMatchObject({ stayed: 'fewer than 8', agreedOf100: { value: 62.5 } })
    expect(
      afterLines([{ ...base, group: 'Women', agreed: null, agreedLongAgo: null, stayed: null }]),
    ).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { instrumentOf, instruments } from './instruments.data.ts'
import { isAlert } from './rules.ts'
import { scoreOnly } from './score-only.data.ts'
import { bandOf, friendsAndFamily, isCase, scoresOf } from './scoring.ts'
import type { Answers, Scoring } from './types.ts'

const scoringOf = (key: string): Scoring => {
  const found = instrumentOf(key) ?? scoreOnly.find((one) => one.key === key)
  if (!found) throw new Error(`no instrument ${key}`)
  return found
}

/** The answers in the order of the instrument's items; an absent one was not asked. */
const given = (key: string, values: readonly (number | undefined)[]): Answers =>
  Object.fromEntries(scoringOf(key).items.map((item, at) => [item.key, values[at] ?? 'not asked']))

const score = (key: string, values: readonly (number | undefined)[]) =>
  Object.fromEntries(
    scoresOf(scoringOf(key), given(key, values)).map(({ scale, scoringVersion: _, ...rest }) => [
      scale,
      rest,
    ]),
  )

const scale = (key: string, name = 'total') => {
  const found = scoringOf(key).scales.find((one) => one.key === name)
  if (!found) throw new Error(`no scale ${name}`)
  return found
}

describe('the PHQ-9', () => {
  it.each([
    [[1, 1, 0, 1, 0, 1, 0, 0, 0], 4, 'minimal', false, false],
    [[2, 3, 2, 1, 1, 2, 1, 1, 1], 14, 'moderate', true, true],
    [[2, 2, 2, 2, 2, 1, 1, 1, 1], 14, 'moderate', true, true],
    [[0, 0, 0, 0, 0, 0, 0, 0, 1], 1, 'minimal', false, true],
    [[3, 3, 3, 3, 3, 3, 3, 3, 3], 27, 'severe', true, true],
    [[3, 3, 3, 3, 3, 0, 0, 0, 0], 15, 'moderately severe', true, false],
  ])('%j is %i, %s; a case %s; question 9 acted on %s', (values, total, band, isOne, mustAct) => {
    expect(score('phq-9', values)).toEqual({ total: { value: total } })
    expect(bandOf(scale('phq-9'), total)).toBe(band)
    expect(isCase(scale('phq-9'), total)).toBe(isOne)
    const instrument = instrumentOf('phq-9')
    expect(instrument && isAlert(instrument, given('phq-9', values))).toBe(mustAct)
  })

  it('does not add how difficult it made things', () => {
    expect(score('phq-9', [1, 1, 1, 1, 1, 1, 1, 1, 0, 3])).toEqual({ total: { value: 8 } })
  })

  it('HZ07 with one answer missing has no total; 10 made up in proportion to a sum of 9 stands beside it', () => {
    expect(score('phq-9', [2, 2, 1, 1, 1, 1, 1, 0])).toEqual({
      total: { whyNone: '1 of 9 questions not answered', prorated: 10 },
    })
  })

  it('HZ07 with more missing, nothing is made up, and a blank is never 0', () => {
    expect(score('phq-9', [2, 2, 1, 1, 1, 1, 1])).toEqual({
      total: { whyNone: '2 of 9 questions not answered', prorated: undefined },
    })
    expect(score('phq-9', [])).toEqual({
      total: { whyNone: '9 of 9 questions not answered', prorated: undefined },
    })
  })
})

describe('the GAD-7', () => {
  it.each([
    [[2, 2, 1, 1, 1, 1, 0], 8, 'mild', true],
    [[1, 1, 1, 1, 1, 1, 2], 8, 'mild', true],
    [[1, 1, 1, 1, 1, 1, 1], 7, 'mild', false],
    [[3, 3, 2, 2, 2, 1, 2], 15, 'severe', true],
  ])('%j is %i, %s; a case %s', (values, total, band, isOne) => {
    expect(score('gad-7', values)).toEqual({ total: { value: total } })
    expect(bandOf(scale('gad-7'), total)).toBe(band)
    expect(isCase(scale('gad-7'), total)).toBe(isOne)
  })

  it('says “Not at all”, not the misprint', () => {
    expect(instrumentOf('gad-7')?.items[0]?.choices[0]?.words).toBe('Not at all')
  })
})

describe('the ONS4', () => {
  it.each([
    [
      [7, 9, 4, 6],
      ['high', 'very high', 'low', 'high'],
    ],
    [
      [7, 8, 6, 2],
      ['high', 'high', 'medium', 'low'],
    ],
    [
      [3, 5, 9, 6],
      ['low', 'medium', 'very high', 'high'],
    ],
    [
      [0, 10, 5, 1],
      ['low', 'very high', 'medium', 'very low'],
    ],
  ])('%j is %j, four answers told one by one', (values, bands) => {
    const { scales } = scoringOf('ons4')
    const scores = scoresOf(scoringOf('ons4'), given('ons4', values))
    expect(scores.map(({ value }, at) => scales[at] && bandOf(scales[at], value ?? -1))).toEqual(bands)
    expect(scores.map(({ scale: name }) => name)).toEqual(['satisfied', 'worthwhile', 'happy', 'anxious'])
  })
})

describe('loneliness', () => {
  it.each([
    [[1, 2, 1, 1], 4, 'below 6'],
    [[2, 2, 2, 5], 6, 'commonly reported as lonely'],
    [[3, 2, 2, 5], 7, 'commonly reported as lonely'],
  ])('%j adds three to %i, %s; the direct question is not added', (values, total, band) => {
    expect(score('loneliness', values)).toEqual({ 'ucla-3': { value: total } })
    expect(bandOf(scale('loneliness', 'ucla-3'), total)).toBe(band)
  })
})

describe('the Friends and Family Test', () => {
  it('120, 40, 10, 5, 5 and 20 is 80.0% positive and 5.0% negative of everybody who answered', () => {
    expect(friendsAndFamily([120, 40, 10, 5, 5, 20])).toEqual({
      people: 200,
      positivePercent: 80,
      negativePercent: 5,
    })
  })

  it('of nobody is nothing, not 0%; one answer has no score', () => {
    expect(friendsAndFamily([0, 0, 0, 0, 0, 0])).toBeUndefined()
    expect(score('fft', [1])).toEqual({})
  })
})

describe('instruments we can add up and may not show', () => {
  it.each([
    ['swemwbs', [3, 3, 3, 3, 3, 3, 3], { metric: { value: 19.25 } }],
    ['swemwbs', [2, 3, 3, 3, 4, 3, 4], { metric: { value: 19.98 } }],
    ['swemwbs', [5, 4, 4, 4, 4, 4, 4], { metric: { value: 26.02 } }],
    ['swemwbs', [4, 4, 4, 4, 4, 3, 3], { metric: { value: 23.21 } }],
    ['swemwbs', [2, 2, 3, 2, 3, 2, 3], { metric: { value: 16.88 } }],
    ['swemwbs', [1, 1, 1, 1, 1, 1, 1], { metric: { value: 7 } }],
    ['swemwbs', [5, 5, 5, 5, 5, 5, 5], { metric: { value: 35 } }],
    ['barthel-100', [5, 0, 0, 5, 10, 5, 5, 10, 10, 0], { total: { value: 50 } }],
    ['barthel-20', [2, 1, 0, 1, 1, 2, 2, 1, 0, 0], { total: { value: 10 } }],
    ['barthel-20', [2, 1, 1, 1, 2, 2, 2, 1, 1, 0], { total: { value: 13 } }],
    ['barthel-20', [1, 0, 0, 0, 1, 1, 0, 0, 0, 0], { total: { value: 3 } }],
    [
      'ipos',
      [1, 2, 3, 0, 1, 2, 0, 0, 4, 1, 2, 2, 1, 3, 1, 0, 2],
      {
        total: { value: 25 },
        physical: { value: 14 },
        emotional: { value: 8 },
        communication: { value: 3 },
      },
    ],
  ])('%s of %j', (key, values, scores) => {
    expect(score(key, values)).toEqual(scores)
  })

  it('HZ07 an IPOS answer that could not be given leaves its own part without a score, and the others stand', () => {
    const scores = score('ipos', [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1])
    expect(scores).toMatchObject({ physical: { value: 10 }, emotional: { value: 5 } })
    expect(scores.communication?.value).toBeUndefined()
    expect(scores.total?.value).toBeUndefined()
  })

  it('HZ07 a SWEMWBS with an answer missing has no score', () => {
    expect(score('swemwbs', [3, 3, 3, 3, 3, 3]).metric?.value).toBeUndefined()
  })

  it('hold no words of any question', () => {
    expect(scoreOnly.flatMap(({ items }) => items).filter((item) => 'words' in item)).toEqual([])
  })
})

describe('every instrument', () => {
  it.each([...instruments, ...scoreOnly].map((one) => [one.key, one] as const))(
    'HZ07 %s refuses an answer out of its range, and one to no question of it',
    (_, scoring) => {
      const [first] = scoring.items
      expect(() => scoresOf(scoring, { [first?.key ?? '']: 101 })).toThrow(RangeError)
      expect(() => scoresOf(scoring, { 'no such question': 1 })).toThrow(RangeError)
      expect(() => scoresOf(scoring, { [first?.key ?? '']: Number.NaN })).toThrow(RangeError)
    },
  )

  it('whose words are here says on its page by what terms they may be, and no licensed one is among them', () => {
    for (const { key, credit } of instruments)
      expect([key, credit]).toEqual([
        key,
        expect.stringMatching(/No permission is needed|Open Government Licence v3\.0|^Keyworker’s own words/),
      ])
    const licensed = ['eq-5d', 'zarit', 'cat', 'pam', ...scoreOnly.map(({ key }) => key)]
    expect(instruments.filter(({ key }) => licensed.some((one) => key.startsWith(one)))).toEqual([])
    expect(scoreOnly.every(({ owner }) => owner.length > 20)).toBe(true)
  })

  it('is credited, and adds up only questions it asks', () => {
    for (const { key, credit, items, scales } of instruments) {
      expect([key, credit.length > 20]).toEqual([key, true])
      const keys = items.map((item) => item.key)
      expect(scales.flatMap((one) => one.items).filter((item) => !keys.includes(item))).toEqual([])
    }
  })
})

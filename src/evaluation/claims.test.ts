import { describe, expect, it } from 'vitest'
import { askedWith, wordsOf } from '../../test/asking.ts'
import { sustained, twoScores, twoYears } from './claim-rules.ts'
import { claimsPage } from './claims.tsx'
import { powerPage } from './power.tsx'
import { teacherPage } from './teacher.tsx'

const read = (
  page: (asked: ReturnType<typeof askedWith>) => string,
  query: Readonly<Record<string, string>>,
) => wordsOf(page(askedWith({ query })))

describe('the three warnings of the published programmes', () => {
  it('SC-SAN 168 people from 30 to 37: 4.8 was to be expected, 2.2 (1.1 to 3.3) is left, and nobody was compared', () => {
    const scores = { people: 168, before: 30, after: 37, spread: 8, everybodyMean: 42, correlation: 0.6 }
    const { expected, left } = twoScores(scores)
    expect(expected).toBeCloseTo(4.8, 10)
    expect([left.value, left.low, left.high].map((value) => value.toFixed(1))).toEqual(['2.2', '1.1', '3.3'])
    expect(read(claimsPage, {})).toContain('No control: part of this would have happened anyway.')
  })

  it('SC-PEM 40 then 31 admissions with COPD: one year, may be random, 0.48 to 1.24', () => {
    const { ratio } = twoYears(40, 31)
    expect([ratio.low, ratio.high].map((value) => value.toFixed(2))).toEqual(['0.48', '1.24'])
    expect(read(claimsPage, { before: '40', after: '31' })).toContain('One year, may be random.')
    expect(twoYears(400, 310).mayBeChance).toBe(false)
  })

  it('SC-SDT 100, 82, 97, 101: a first year’s fall that is given back by year 2 is not sustained', () => {
    expect(sustained([100, 82, 97, 101])).toEqual({ verdict: 'not sustained', year: 2 })
    expect(sustained([100, 82, 84, 80]).verdict).toBe('sustained')
    expect(sustained([100, 103, 90]).verdict).toBe('no fall')
    expect(read(claimsPage, { years: '100 82 97 101' })).toContain('Not sustained: given back by year 2.')
  })

  it('never says that anything was saved, or reduced by the service', () => {
    expect(read(claimsPage, { before: '400', after: '310' })).not.toMatch(/saved|reduced|significant|trend/i)
  })
})

describe('what falls by itself', () => {
  it('X-02 shows 60% fewer with no service, for people taken after 2 admissions in a year', () => {
    const words = read(teacherPage, { mean: '0.25', shape: '0.5', least: '2' })
    expect(words).toContain('With no service at all: 60% fewer.')
    expect(words).toContain('2.40 emergency admissions each')
    expect(words).toContain('0.97 in the next')
  })

  it('takes a number that cannot be as the nearest that can', () => {
    expect(read(teacherPage, { least: '900' })).toContain('With no service at all:')
    expect(read(teacherPage, { mean: 'many' })).toContain('60% fewer')
  })
})

describe('could we ever know?', () => {
  it('says before it starts what 84 people can see, and how long until a fall of 20% could be seen', () => {
    const words = read(powerPage, { people: '84', aMonth: '12', fall: '20' })
    expect(words).toContain('With 84 people you can only see falls of 42% or more.')
    expect(words).toContain('At 12 a month: about')
    expect(words).toContain('report it as learning, not effect')
  })

  it('says for how long they are followed, and of too few that no fall at all could be told', () => {
    expect(read(powerPage, { people: '84', aMonth: '12', days: '90' })).toContain(
      'and then 90 days to follow',
    )
    expect(read(powerPage, { people: '84', aMonth: '400' })).toContain('1 more month, and then a year')
    const words = read(powerPage, { people: '2' })
    expect(words).toContain('With 2 people no fall could be told from chance, however large.')
    expect(words).not.toContain('100%')
  })

  it('has the design’s own figures: 200 people with 3 matched each see 28%', () => {
    expect(read(powerPage, { people: '200' })).toContain(
      'With 200 people you can only see falls of 28% or more.',
    )
  })
})

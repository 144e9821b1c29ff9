import { describe, expect, it } from 'vitest'
import { type LondonDate, readDate } from '#calendar'
import { bannerOf } from './banner.ts'
import { wordsFor } from './rules.ts'
import type { Identity } from './types.ts'

const today = readDate('2026-04-01') as LondonDate

const june: Identity = {
  id: 'june',
  familyName: 'Okafor',
  givenName: 'June',
  bornOn: readDate('1941-09-14'),
  isBornAbout: false,
  sex: 'female',
  allergies: [],
  hasNoKnownAllergies: false,
  marks: [],
}

describe('the banner', () => {
  it('says recorded, none known and not recorded allergies apart', () => {
    const penicillin = { name: 'penicillin', reaction: 'rash', source: 'GP' }
    const checked = { hasNoKnownAllergies: true, noAllergiesCheckedOn: readDate('2025-10-02') }
    expect(bannerOf({ ...june, allergies: [penicillin] }, undefined, today).allergy).toEqual({
      state: 'recorded',
      words: 'penicillin (rash)',
    })
    expect(bannerOf({ ...june, ...checked }, undefined, today).allergy).toEqual({
      state: 'none known',
      checkedOn: '2 October 2025',
    })
    expect(bannerOf(june, undefined, today).allergy).toEqual({ state: 'not recorded' })
  })

  it('never shows “none known” to somebody with a recorded allergy', () => {
    const both = {
      ...june,
      allergies: [{ name: 'penicillin', source: 'GP' }],
      hasNoKnownAllergies: true,
      noAllergiesCheckedOn: readDate('2025-10-02'),
    }
    expect(bannerOf(both, undefined, today).allergy.state).toBe('recorded')
  })

  it('of somebody who died has their age at death, not today’s', () => {
    const died = bannerOf({ ...june, diedOn: readDate('2025-09-13') }, undefined, today)
    expect(died).toMatchObject({ diedOn: '13 September 2025', ageYears: 83 })
  })

  it('of somebody whose birth day is not known says about when', () => {
    const piotr = bannerOf({ ...june, isBornAbout: true, bornOn: readDate('1974-07-01') }, undefined, today)
    expect(piotr.bornOn).toBe('about 1 July 1974')
    expect(bannerOf({ ...june, bornOn: undefined }, undefined, today).bornOn).toBe('not known')
  })

  it('names the language of somebody who does not speak English, and none for English', () => {
    expect(bannerOf({ ...june, language: 'Polish' }, undefined, today).tags).toEqual([
      { colour: 'white', words: 'Language: Polish' },
    ])
    expect(bannerOf({ ...june, language: 'English' }, undefined, today).tags).toEqual([])
  })

  it.each([
    ['female', 'she gets'],
    ['male', 'he gets'],
    ['not known', 'they get'],
  ] as const)('speaks of somebody whose sex is %s: %s', (sex, words) => {
    expect(wordsFor({ sex }).theyGet).toBe(words)
  })
})

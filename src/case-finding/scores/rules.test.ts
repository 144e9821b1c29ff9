import { describe, expect, it } from 'vitest'
import { charlson, deficitShare, elixhauser, hospital, hospitalFrailty, lace } from './rules.ts'

describe('the Charlson index', () => {
  it.each([
    ['V1 a heart attack and heart failure', ['I21.9', 'I50.0'], 2, 2],
    ['V2 diabetes alone', ['E11.9'], 1, 0],
    ['V3 diabetes with a complication counts once', ['E11.9', 'E11.2'], 2, 1],
    ['V4 cancer that has spread counts once', ['C34.9', 'C78.7'], 6, 6],
    ['V5 HIV disease', ['B20'], 6, 4],
    ['V6 severe liver disease counts instead of mild', ['K70.3', 'K76.6'], 3, 4],
    ['V7 dementia under two codes counts once', ['F00.1', 'G30.9', 'I63.9', 'G81.9'], 4, 4],
    ['V8 four groups, two of them worth less today', ['J44.9', 'N18.4', 'M05.9', 'K25.4'], 5, 3],
    ['V9 a pacemaker is not in it', ['Z95.0'], 0, 0],
    ['V9 nothing recorded', [], 0, 0],
  ])('%s', (_, codes, original, quan2011) => {
    expect(charlson(codes)).toMatchObject({ original, quan2011 })
  })
})

describe('Elixhauser’s groups by van Walraven', () => {
  it.each([
    ['V10 four groups', ['I50.0', 'I48', 'J44.9', 'N18.4'], 20],
    ['V10 some count below nought', ['F32.9', 'E66.9', 'I10'], -7],
    ['V10 cancer that has spread counts once', ['C34.9', 'C78.7'], 12],
  ])('%s', (_, codes, points) => {
    expect(elixhauser(codes)).toBe(points)
  })
})

describe('LACE', () => {
  it.each([
    ['V11 5 nights, emergency, 4 or more illness points, 2 visits', 5, true, 4, 2, 14],
    ['V12 14 nights, emergency, 3, and never more than 4 visits', 14, true, 3, 6, 17],
    ['V12 a planned day case', 0, false, 0, 0, 0],
    ['V12 the most there can be', 30, true, 9, 9, 19],
  ])('%s', (_, nights, isEmergency, comorbidity, visits, points) => {
    expect(lace({ nights, isEmergency, comorbidity, visits })).toBe(points)
  })
})

describe('the HOSPITAL score', () => {
  it('V13 the most there can be is 13', () => {
    const stay = { haemoglobin: 110, isOncology: true, sodium: 133, hadProcedure: true, isUrgent: true }
    expect(hospital({ ...stay, admissionsBefore: 6, nights: 7 }, '0-1, 2-5, over 5')).toBe(13)
  })
  it('V14 one earlier admission counts 0 or 2 by the variant, which is named; 5 nights count 2 and 4 none', () => {
    const stay = { haemoglobin: 120, isOncology: false, sodium: 135, hadProcedure: false, isUrgent: false }
    expect(hospital({ ...stay, admissionsBefore: 1, nights: 4 }, '0-1, 2-5, over 5')).toBe(0)
    expect(hospital({ ...stay, admissionsBefore: 1, nights: 4 }, '0, 1-5, over 5')).toBe(2)
    expect(hospital({ ...stay, admissionsBefore: 0, nights: 5 }, '0, 1-5, over 5')).toBe(2)
  })
})

describe('the share of frailty deficits', () => {
  it.each([
    [4, 0.111, 'fit'],
    [5, 0.139, 'mild'],
    [8, 0.222, 'mild'],
    [9, 0.25, 'moderate'],
    [12, 0.333, 'moderate'],
    [13, 0.361, 'severe'],
  ])('V15 %i of 36', (count, share, band) => {
    const found = deficitShare(
      Array.from({ length: count }, (_, at) => `deficit ${at}`),
      36,
    )
    expect(found.share).toBeCloseTo(share, 3)
    expect(found.band).toBe(band)
  })
  it('V15 counts a deficit named twice once', () => {
    expect(deficitShare(['falls', 'falls'], 36).share).toBeCloseTo(1 / 36)
  })
})

describe('the Hospital Frailty Risk Score, by points the site loads', () => {
  const points = new Map([
    ['F00', 7.1],
    ['W19', 3.2],
  ])
  it('V16 dementia recorded twice counts once: 10.3 at 80, intermediate, and nothing is said at 74', () => {
    const codes = ['F00', 'F00.1', 'W19']
    expect(hospitalFrailty(codes, points, 80)).toEqual({ points: 10.3, band: 'intermediate' })
    expect(hospitalFrailty(codes, points, 74)).toBeUndefined()
  })
  it.each([
    ['under 5 is low', ['W19'], 'low'],
    ['5 and 15 are intermediate', ['A00'], 'intermediate'],
    ['over 15 is high', ['A00', 'B00'], 'high'],
  ])('%s', (_, codes, band) => {
    const table = new Map([...points, ['A00', 15], ['B00', 0.1]])
    expect(hospitalFrailty(codes, table, 75)?.band).toBe(band)
  })
})

import { describe, expect, it } from 'vitest'
import { shouldHoldCode } from './quality.ts'

describe('codes that are missing', () => {
  it.each([
    ['inpatient', 'admission_method', true],
    ['people', 'sex', true],
    ['inpatient', 'primary_diagnosis', false],
    ['urgent_contacts', 'nothing of ours', false],
    ['nothing of ours', 'sex', false],
  ])('of %s, %s is counted where it should stand in every row', (file, column, is) => {
    expect(shouldHoldCode(file, column)).toBe(is)
  })

  it('what a hospital says only of somebody without an NHS number is not missing elsewhere', () => {
    expect(shouldHoldCode('inpatient', 'sex')).toBe(false)
    expect(shouldHoldCode('emergency_department', 'sex')).toBe(false)
  })
})

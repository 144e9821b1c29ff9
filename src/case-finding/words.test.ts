import { describe, expect, it } from 'vitest'
import { type LondonDate, readDate } from '#calendar'
import { expectedFall, lateSources, notLinked, reasonsOf, sexAndAge } from './words.ts'

const on = (text: string): LondonDate => {
  const date = readDate(text)
  if (!date) throw new Error(`${text} is not a date`)
  return date
}
const today = on('2026-04-01')
const suggestion = {
  pseudonym: 'a',
  rank: 1,
  aeVisits: 0,
  emergencyAdmissions: 0,
  conditions: [],
  isReturned: false,
}

describe('the reasons of a row', () => {
  it.each([
    [suggestion, ['no emergency admission']],
    [
      { ...suggestion, emergencyAdmissions: 1, aeVisits: 1, lastAdmissionOn: on('2026-03-31') },
      ['1 emergency admission, last 1 day ago', '1 A&E visit'],
    ],
    [
      { ...suggestion, emergencyAdmissions: 2, conditions: ['hf', 'dm2', 'htn', 'af', 'copd'] },
      ['2 emergency admissions', 'heart failure', 'diabetes', 'high blood pressure', '2 more conditions'],
    ],
  ])('%#', (given, words) => expect(reasonsOf(given, today)).toEqual(words))

  it('says what is not known of sex and age, never a guess', () => {
    expect(sexAndAge({ sex: 'not known' }, today)).toBe('Person, age not known')
  })
})

describe('what is expected with no help at all', () => {
  const run = { admissionsMean: 0.25, admissionsVariance: 0.375 }

  it('is the gamma-Poisson expectation of those with 2 or more', () => {
    // Mean 0.25 and shape 0.5: somebody with 2 is expected (2 + 0.5) / (1 + 0.5 / 0.25) = 0.83 the next year.
    expect(expectedFall([2, 2, 2, 2, 2, 1, 0], run)).toEqual({ people: 5, percent: 58 })
  })

  it('is not given as a percentage under 10 admissions', () => {
    expect(expectedFall([2, 2, 2, 3], run)).toEqual({ people: 4 })
  })
})

describe('sources', () => {
  const run = {
    sources: [
      { source: 'conditions', coveredTo: on('2026-03-31') },
      { source: 'inpatient', coveredTo: on('2026-03-01') },
      { source: 'emergency_department', coveredTo: on('2026-03-24') },
    ],
  }

  it('HZ34 one that stops more than a week before the newest is said to', () => {
    expect(lateSources(run)).toEqual([{ words: 'Hospital admissions', coveredTo: '2026-03-01' }])
  })

  it('one that is not linked is named, not counted as none', () => {
    expect(notLinked(run)).toContain('Social care')
    expect(notLinked(run)).not.toContain('Recorded conditions')
  })
})

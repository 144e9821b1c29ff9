import { describe, expect, it } from 'vitest'
import { type ChoiceFacts, readChoices, type TypedChoices } from './choice-rules.ts'
import { protocolBy, usualChoices } from './choices.ts'
import { leavesOutTooFew } from './cohort-rules.ts'
import { sha256Of } from './lock.ts'
import { protocol as shipped } from './protocol.data.ts'
import type { Plan } from './types.ts'

const typed: TypedChoices = {
  outcome: 'attendances',
  further: ['emergencies', 'careHomeEntries'],
  horizonDays: '180',
  pool: 'elsewhere',
  fromAge: '75',
  place: 'north',
  joinedFrom: ['1', '4', '2024'],
  joinedTo: ['31', '3', '2025'],
  covariates: ['deprivation', 'carer'],
  subgroups: ['women'],
  checks: ['closer'],
}
const facts: ChoiceFacts = {
  linked: new Set(['inpatient', 'emergency_department', 'social_care']),
  places: [
    { id: 'north', name: 'North', practices: ['Z1', 'Z2'] },
    { id: 'empty', name: 'Empty', practices: [] },
  ],
  programmeFromAge: 40,
}
const problemsOf = (change: Partial<TypedChoices>, followUpDays = 90) => {
  const read = readChoices({ ...typed, ...change }, facts, followUpDays)
  return 'problems' in read ? read.problems.map(({ field, message }) => `${field}: ${message}`) : []
}
const plan: Plan = {
  question: 'Does it change A&E visits?',
  ratio: shipped.ratio,
  leastFollowUpDays: shipped.leastFollowUpDays,
  smallestThatMattersPercent: 15,
  otherInitiatives: '',
  whatChanged: '',
}

describe('what is chosen on the page', () => {
  it('is kept whole, and a locality with the practices it had that day', () => {
    expect(readChoices(typed, facts, 90)).toEqual({
      choices: {
        outcome: 'attendances',
        further: ['emergencies', 'careHomeEntries'],
        horizonDays: 180,
        pool: 'elsewhere',
        cohort: {
          fromAge: 75,
          place: { name: 'North', practices: ['Z1', 'Z2'] },
          joinedFrom: '2024-04-01',
          joinedTo: '2025-03-31',
        },
        covariates: ['deprivation', 'carer'],
        subgroups: ['women'],
        checks: ['closer'],
      },
    })
  })

  it('narrows nothing where nothing was said', () => {
    const read = readChoices(
      { ...typed, fromAge: '', place: '', joinedFrom: ['', '', ''], joinedTo: ['', '', ''] },
      facts,
      90,
    )
    expect(read).toMatchObject({ choices: { cohort: {} } })
  })
})

describe('what cannot be done is refused with what to do instead', () => {
  it.each<readonly [string, Partial<TypedChoices>, string]>([
    ['nothing counted', { outcome: '' }, 'outcome: Select what is counted'],
    [
      'an outcome that was not loaded',
      { outcome: 'gpContacts' },
      'outcome: GP contacts are not in the records that were loaded. Select something else, or load them first',
    ],
    [
      'something beside it that was not loaded',
      { further: ['outpatients', 'prescribedItems'] },
      'further: These: outpatient visits, items prescribed are not in the records that were loaded. Untick them, or load them first',
    ],
    [
      'the question a second time',
      { further: ['attendances'] },
      'further: A&E visits are what is asked: untick them under what is counted beside it',
    ],
    ['no length of time', { horizonDays: '200' }, 'horizonDays: Select how long people are followed'],
    ['no pool', { pool: '' }, 'pool: Select whom they are compared with first'],
    [
      'an age the programme already has',
      { fromAge: '40' },
      'fromAge: The programme itself is for people of 40 and over: select a higher age, or its own',
    ],
    ['an age of one’s own', { fromAge: '71' }, 'fromAge: Select an age from the list'],
    ['a locality that is none', { place: 'south' }, 'place: Select a locality from the list'],
    [
      'a locality without a practice',
      { place: 'empty' },
      'place: No practice of Empty is known here: select another locality, or everywhere',
    ],
    [
      'a day that is none',
      { joinedFrom: ['31', '2', '2025'] },
      'joinedFrom: Day of joining must be a real date, like 27 3 2026',
    ],
    [
      'an end before the beginning',
      { joinedTo: ['31', '3', '2024'] },
      'joinedTo: Enter a last day that is not before the first',
    ],
  ])('%s', (_, change, message) => {
    expect(problemsOf(change)).toEqual([message])
  })

  it('people cannot be followed for at least longer than they are followed', () => {
    expect(problemsOf({}, 365)).toEqual([
      'leastFollowUpDays: People are followed for up to 180 days: select at least 180 days or fewer',
    ])
  })
})

describe('the method that a plan makes', () => {
  it('is the one that ships where nothing was changed, and a plan from before there were choices is as it was', () => {
    const { version, plan: _, ...made } = protocolBy({ ...plan, choices: usualChoices }, 7)
    const { version: __, ...ships } = shipped
    expect(made).toEqual(ships)
    expect(protocolBy(plan, 2)).toEqual({ ...shipped, version: 2, plan })
  })

  it('HZ39 always matches on the past: nobody can leave it out', () => {
    const none = protocolBy({ ...plan, choices: { ...usualChoices, covariates: [] } }, 2)
    const names = none.covariates.map(({ name }) => name)
    for (const past of [
      'expected',
      'admissions30',
      'admissions90',
      'admissions365',
      'admissions730',
      'nights365',
      'attendances365',
      'age',
      'woman',
      'inCareHome',
    ])
      expect(names).toContain(past)
    expect(names).not.toContain('deprivation')
  })

  it('matches on the past of whatever is counted, in four windows, and once', () => {
    const made = protocolBy(
      { ...plan, choices: { ...usualChoices, outcome: 'attendances', covariates: ['carer'] } },
      2,
    )
    const names = made.covariates.map(({ name }) => name)
    expect(names.slice(0, 5)).toEqual(['expected', 'asked365', 'asked90', 'asked30', 'asked730'])
    expect(names).not.toContain('attendances365')
    expect(names).toContain('carer')
    expect(made.covariates.filter(({ isStrict }) => isStrict).map(({ name }) => name)).toEqual([
      'expected',
      'asked365',
    ])
    expect(made.closeness[0]?.exact.map(({ covariate }) => covariate)).toEqual([
      'listed',
      'asked365',
      'asked90',
      'woman',
      'age',
      'inCareHome',
    ])
  })

  it('has another number for every choice', () => {
    const numbers = [
      usualChoices,
      { ...usualChoices, outcome: 'attendances' as const },
      { ...usualChoices, further: ['deaths' as const] },
      { ...usualChoices, horizonDays: 180 },
      { ...usualChoices, pool: 'elsewhere' as const },
      { ...usualChoices, cohort: { fromAge: 75 } },
      { ...usualChoices, covariates: [] },
      { ...usualChoices, subgroups: [] },
      { ...usualChoices, checks: ['closer'] },
    ].map((choices) => sha256Of(protocolBy({ ...plan, choices }, 2)))
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('two cohorts that differ by a few', () => {
  const people = (count: number) => Array.from({ length: count }, (_, i) => `person ${i}`)

  it('R-322 are refused from 1 to 7 people, for what became of those could be worked out', () => {
    expect(leavesOutTooFew(people(100), people(100))).toBe(false)
    expect(leavesOutTooFew(people(99), people(100))).toBe(true)
    expect(leavesOutTooFew(people(107), people(100))).toBe(true)
    expect(leavesOutTooFew(people(92), people(100))).toBe(false)
  })
})

import { bands } from './bands.data.ts'
import type { FeatureTable } from './feature-store.ts'
import { type Family, features } from './features.data.ts'
import { practiceLevel } from './practice-levels.ts'

/** What is known of one person, by feature: undefined when its source is not linked or was not asked. */
export type Facts = (key: string) => number | undefined

/** The features of one row of a table. */
export const factsOf =
  (read: FeatureTable, row: number): Facts =>
  (key) => {
    const value = read.columns.get(key)?.[row]
    return value === undefined || Number.isNaN(value) ? undefined : value
  }

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`

/** The sentence of each family: what the record holds, never what it means. @param usual the same of people alike. */
const tellers: Readonly<Record<Family, (facts: Facts, usual: Facts) => readonly string[]>> = {
  'Age and sex': () => ['age and sex'],
  'Emergency admissions': (facts) => {
    const [year, three] = [facts('emergencyAdmissions365') ?? 0, facts('emergencyAdmissions1095') ?? 0]
    const since = facts('daysSinceAdmission') ?? 0
    if (year > 0) {
      const last = `, the last ${count(since, 'day', 'days')} before the list’s day`
      return [`${count(year, 'emergency admission', 'emergency admissions')} in 12 months${last}`]
    }
    return three > 0
      ? [`no emergency admission in 12 months, ${three.toLocaleString('en-GB')} in 3 years`]
      : ['no emergency admission in 3 years']
  },
  'A&E': (facts) => {
    const [year, ambulance] = [facts('ae365') ?? 0, facts('aeAmbulance365') ?? 0]
    if (year === 0) return ['no A&E visit in 12 months']
    return [
      `${count(year, 'A&E visit', 'A&E visits')} in 12 months`,
      ...(ambulance > 0 ? [`${ambulance} by ambulance`] : []),
    ]
  },
  'GP contacts': (facts, usual) => {
    const [year, outpatient, missed] = [facts('gp365'), facts('outpatient365'), facts('missed365') ?? 0]
    return [
      ...(year === undefined
        ? []
        : [
            `${count(year, 'GP contact', 'GP contacts')} in 12 months, usual for this age ${(usual('gp365') ?? 0).toLocaleString('en-GB')}`,
          ]),
      ...(outpatient ? [count(outpatient, 'outpatient appointment', 'outpatient appointments')] : []),
      ...(missed > 0 ? [`${missed} missed`] : []),
    ]
  },
  Medicines: (facts) => [
    ...(facts('medicines90') === undefined
      ? []
      : [`${count(facts('medicines90') ?? 0, 'kind', 'kinds')} of medicine in 90 days`]),
    ...flags(facts, 'Medicines'),
  ],
  Conditions: (facts) => {
    const all = facts('longTermConditions')
    const named = flags(facts, 'Conditions')
    return [
      ...named,
      ...(all === undefined ? [] : [count(all, 'long-term condition', 'long-term conditions')]),
    ]
  },
  'Frailty and test results': (facts) => {
    const told = Object.entries(bands).flatMap(([key, banded]) => {
      const value = facts(key)
      if (value === undefined || key === 'bmi') return []
      if (value === Number.NEGATIVE_INFINITY) return [banded.notMeasured]
      return banded.bands
        .filter(({ from = -1e9, under = 1e9 }) => value >= from && value < under)
        .map(({ words }) => words)
    })
    return told.length > 0 ? told : ['test results within the usual']
  },
  'Home and care': (facts) => {
    const hours = facts('careHours') ?? 0
    const tenth = facts('imdDecile')
    return [
      ...(hours > 0 ? [`${hours.toLocaleString('en-GB')} hours of social care a week`] : []),
      ...flags(facts, 'Home and care'),
      ...(tenth === undefined ? [] : [`area in deprivation tenth ${tenth} (1 is the most deprived)`]),
      ...levelWords(facts(practiceLevel)),
    ]
  },
}

const toBeSaid = 0.05

/** A practice a twentieth or more above or below the others; nearer than that it is not worth a word. */
const levelWords = (level: number | undefined): readonly string[] =>
  level === undefined || Math.abs(level) < toBeSaid
    ? []
    : [
        `at this practice it happens ${level > 0 ? 'more' : 'less'} often to people with such records than elsewhere`,
      ]

// Only what is there, of the features that are a yes or no.
const flags = (facts: Facts, family: Family) =>
  features
    .filter(
      (feature) =>
        feature.family === family && feature.transform === 'as it is' && feature.measure.is !== 'trait',
    )
    .filter(({ key }) => (facts(key) ?? 0) > 0 && key !== 'gpRising')
    .map(({ words }) => words)

/** What the record holds of a family, as one sentence's words. */
export const tell = (family: Family, facts: Facts, usual: Facts): string =>
  tellers[family](facts, usual).join('; ') || 'nothing recorded'

import {
  type Column,
  chanceTogether,
  type Judged,
  lookTogether,
  mayPromote,
  type Report,
  validate,
} from '#prediction'
import type { FeaturePerson, FeatureTable } from './feature-store.ts'
import { bandOf } from './references.ts'
import type { TrainingReport, YearFlow } from './types.ts'
import { type ByChance, lotOf } from './unaffected.ts'

/** Who was counted of a year. */
export const flowOf = ({ people }: FeatureTable, indexOn: YearFlow['indexOn']): YearFlow => ({
  indexOn,
  people: people.length,
  admitted: people.filter(({ hasHappened }) => hasHappened).length,
  died: people.filter(({ isDeadWithin }) => isDeadWithin).length,
  left: people.filter(({ hasLeftWithin }) => hasLeftWithin).length,
})

export const outcomeOf = ({ people }: FeatureTable): Uint8Array =>
  Uint8Array.from(people, ({ hasHappened }) => (hasHappened ? 1 : 0))

/** The day-one rule as a number from 0 to 1 in the same order: admissions, then A&E visits, then conditions. */
export function ruleScores({ columns, people }: FeatureTable): Float64Array {
  const of = (key: string, row: number) => {
    const value = columns.get(key)?.[row] ?? 0
    return Number.isNaN(value) ? 0 : Math.min(value, 99)
  }
  return Float64Array.from(
    people,
    (_, row) =>
      (of('emergencyAdmissions365', row) * 10_000 + of('ae365', row) * 100 + of('longTermConditions', row)) /
      1_000_000,
  )
}

const careHome = 'Care home'

/** Whether the records say of the year's day who lived in a care home. The yes or no of the load's day is no answer for it. */
export const knowsCareHomes = ({ people }: FeatureTable): boolean =>
  people.every(({ isCareHome }) => isCareHome !== null)

const groupings: readonly {
  readonly by: string
  readonly of: (person: FeaturePerson, age: number) => string
}[] = [
  { by: 'Age', of: (_, age) => `${bandOf(age)} and over` },
  { by: 'Sex', of: ({ sex }) => ({ female: 'Women', male: 'Men' })[sex] ?? 'Sex not known' },
  { by: 'Ethnicity', of: ({ ethnicity }) => `${ethnicity.charAt(0).toUpperCase()}${ethnicity.slice(1)}` },
  {
    by: 'Deprivation',
    of: ({ imdDecile }) =>
      imdDecile === null
        ? 'Deprivation not known'
        : `Fifth ${Math.ceil(imdDecile / 2)}${['', ', most deprived', '', '', '', ', least deprived'][Math.ceil(imdDecile / 2)] ?? ''}`,
  },
  { by: careHome, of: ({ isCareHome }) => (isCareHome ? 'In a care home' : 'Not in a care home') },
  {
    by: 'Severe mental illness',
    of: (person) => (person.hasSevereMentalIllness ? 'Severe mental illness' : 'No severe mental illness'),
  },
  {
    by: 'Learning disability',
    of: (person) => (person.hasLearningDisability ? 'Learning disability' : 'No learning disability'),
  },
  { by: 'Practice', of: ({ practiceCode }) => `Practice ${practiceCode}` },
]

const ageWords = (from: number, next: number | undefined) =>
  next ? `${from} to ${next - 1}` : `${from} and over`

/** The groups a model is looked at by, each person's as a code. */
export function subgroupsOf(read: FeatureTable, drawn?: ByChance): NonNullable<Judged['subgroups']> {
  const ages = read.columns.get('age')
  const ran = drawn && drawn.isHeldOut.size > 0 ? [{ by: 'Hold-out', of: lotOf(drawn) }] : []
  const told = groupings.filter(({ by }) => by !== careHome || knowsCareHomes(read))
  return [...told, ...ran].map(({ by, of }) => {
    const words = read.people.map((person, row) => of(person, ages?.[row] ?? 0))
    const names = [...new Set(words)].sort((a, b) => a.localeCompare(b, 'en-GB', { numeric: true }))
    const place = new Map(names.map((name, at) => [name, at]))
    const shown =
      by === 'Age'
        ? names.map((name, at) =>
            ageWords(Number.parseInt(name, 10), Number.parseInt(names[at + 1] ?? '', 10) || undefined),
          )
        : names
    return { by, names: shown, codes: Int32Array.from(words, (word) => place.get(word) ?? 0) }
  })
}

/** The error of the logarithm of what is expected, by what the model learned by chance: in the order of `subgroupsOf`. */
export type LearnedErrors = {
  readonly groups: readonly Float64Array[]
  readonly everybody: number
  /** How they go together: of all groups in turn, and of everybody last. */
  readonly covariance: Float64Array
}

/**
 * Everybody of a year judged by their risks.
 *
 * @param drawn whom a hold-out's lot fell on in that year, if one ran.
 * @param learned where it is known: without it an interval counts the chance of the year judged on alone.
 */
export function judge(
  read: FeatureTable,
  risk: Float64Array,
  listPercent: number,
  drawn?: ByChance,
  learned?: LearnedErrors,
) {
  const admissions = read.columns.get('emergencyAdmissions365')
  const ages = read.columns.get('age')
  const flags = (test: (row: number) => boolean) =>
    Uint8Array.from(read.people, (_, row) => (test(row) ? 1 : 0))
  return validate({
    risk,
    outcome: outcomeOf(read),
    list: { percent: listPercent },
    subgroups: subgroupsOf(read, drawn).map((grouping, at) => ({
      ...grouping,
      learned: learned?.groups[at],
    })),
    learned: learned?.everybody,
    comparators: {
      '2 or more emergency admissions': flags((row) => (admissions?.[row] ?? 0) >= 2),
      'aged 85 or over': flags((row) => (ages?.[row] ?? 0) >= 85),
    },
    marks: { 'no emergency admission in 2 years': flags((row) => read.people[row]?.admissions730 === 0) },
  })
}

/** All groups of a report looked at together, as the same people are in several of them. */
export function lookAtAll(
  read: FeatureTable,
  risk: Float64Array,
  { subgroups }: Report,
  drawn: ByChance,
  learned: LearnedErrors | undefined,
): TrainingReport['together'] {
  // Where a list was at work in the year, those it showed are meant to be admitted less often: that split is looked at apart.
  const told = subgroupsOf(read, drawn).filter(({ by }) => by !== 'Hold-out')
  const groups = subgroups.filter(({ by }) => by !== 'Hold-out')
  const seen = groups.map(({ events, observedOverExpected }) => {
    const { value = 1, high = null } = observedOverExpected ?? {}
    return events === null || high === null || value === 0
      ? undefined
      : { ratio: value, error: Math.log(high / value) / 1.959963984540054, events }
  })
  const all = learned && Math.sqrt(learned.covariance.length)
  const chance = chanceTogether(
    risk,
    told.map(({ codes, names }) => ({ codes, count: names.length })),
    seen,
    learned && all ? { covariance: firstOf(learned.covariance, all, groups.length) } : undefined,
  )
  if (!chance) return undefined
  const together = lookTogether(chance, seen)
  return { ...together, names: together.standOut.map((at) => groups[at]?.group ?? '') }
}

/** The first so many rows and columns of a square matrix. */
const firstOf = (matrix: Float64Array, size: number, first: number) =>
  Float64Array.from(
    { length: first ** 2 },
    (_, at) => matrix[Math.floor(at / first) * size + (at % first)] ?? 0,
  )

/** How much better the model's list is than the rule's on the same people. */
export const againstTheRule = (
  read: FeatureTable,
  risk: Float64Array,
  percent: number,
  seed: number,
): ReturnType<typeof mayPromote> =>
  mayPromote({ outcome: outcomeOf(read), model: ruleScores(read), challenger: risk, percent, seed })

/** How the rule and the published scores order the same people. */
export function rivalsOf(read: FeatureTable, percent: number): TrainingReport['rivals'] {
  const scores: readonly (readonly [string, Float64Array])[] = [
    ['The rule of this product', ruleScores(read)],
    ['Emergency admissions in 12 months', scaled(read.columns.get('emergencyAdmissions365'))],
    ['Charlson score (Quan 2011), hospital illnesses', scaled(read.columns.get('charlson'))],
    ['Number of long-term conditions', scaled(read.columns.get('longTermConditions'))],
  ]
  return scores.flatMap(([words, risk]) => {
    if (risk.length !== read.people.length || risk.every((value) => value === risk[0])) return []
    const { auc, cuts } = validate({ risk, outcome: outcomeOf(read), list: { percent } })
    const cut = cuts.find((one) => one.percent === percent)
    return cut ? [{ words, auc, ppv: cut.ppv, sensitivity: cut.sensitivity }] : []
  })
}

const scaled = (column: Column | undefined) =>
  Float64Array.from(column ?? [], (value) =>
    Number.isNaN(value) ? 0 : Math.min(Math.max(value, 0), 99) / 100,
  )

import { type Column, newColumn, type RidgeRecipe, type Table, type Treatment } from '#prediction'
import { bands } from './bands.data.ts'
import type { FeatureTable } from './feature-store.ts'
import { type Family, type Feature, features } from './features.data.ts'
import { practiceLevel } from './practice-levels.ts'

/** Where the columns of a model's table come from. */
export type ColumnOrigin = { readonly column: string; readonly feature: Feature; readonly words: string }

/** Every column some features become, in order: one each, or one a band. */
export const columnsOf = (used: readonly Feature[]): readonly ColumnOrigin[] =>
  used.flatMap((feature) => {
    const banded = bands[feature.key]
    if (!banded) return [{ column: feature.key, feature, words: feature.words }]
    return [
      ...banded.bands.map(({ words }) => ({ column: `${feature.key}: ${words}`, feature, words })),
      { column: `${feature.key}: not measured`, feature, words: banded.notMeasured },
    ]
  })

/** What family a column is told under; a column of an earlier version that is no more is told under the last. */
export const familyOf = (column: string): Family =>
  families.get(column.split(':')[0] ?? '') ?? 'Home and care'

const families = new Map(features.map(({ key, family }) => [key, family]))

/**
 * The table a model reads: bands are noughts and ones, not measured is a column of its own, not linked is missing.
 *
 * @param names only these columns, in this order; all unless given.
 * @throws Error when a column is asked for that these features do not give: that is our mistake.
 */
export function modelTable(read: FeatureTable, used: readonly Feature[], names?: readonly string[]): Table {
  const level = read.columns.get(practiceLevel)
  const all = new Map<string, Column>([
    ...used.flatMap((feature) => columnsFrom(read, feature)),
    ...(level ? [[practiceLevel, level] as const] : []),
  ])
  const wanted = names ?? [...all.keys()]
  const columns = wanted.map((name) => {
    const column = all.get(name)
    if (!column) throw new Error(`no feature gives the column ${name}`)
    return column
  })
  // Not copied: a million people's columns are half a gigabyte, and nobody writes to them.
  return { rows: read.people.length, names: wanted, columns }
}

function columnsFrom(read: FeatureTable, feature: Feature): readonly (readonly [string, Column])[] {
  const values = read.columns.get(feature.key)
  if (!values) return []
  const banded = bands[feature.key]
  if (!banded) return [[feature.key, values]]
  const known = (test: (value: number) => boolean) => {
    const column = newColumn(values.length, 'single')
    for (let row = 0; row < column.length; row++) {
      const value = values[row] ?? Number.NaN
      column[row] = Number.isNaN(value) ? value : test(value) ? 1 : 0
    }
    return column
  }
  const isNone = (value: number) => value === Number.NEGATIVE_INFINITY
  return [
    ...banded.bands.map(({ words, from = -Number.MAX_VALUE, under = Number.POSITIVE_INFINITY }) => {
      return [`${feature.key}: ${words}`, known((value) => value >= from && value < under)] as const
    }),
    [`${feature.key}: not measured`, known(isNone)],
  ]
}

/** The columns that say the same of everybody: they tell nobody apart and are left out by name. */
export const constantColumns = ({ names, columns }: Table): readonly string[] =>
  names.filter((_, at) => {
    const column = columns[at]
    const first = column?.[0]
    return column?.every((value) => Object.is(value, first)) ?? true
  })

const treatmentOf: Readonly<Record<Feature['transform'], Treatment>> = {
  'as it is': 'line',
  bands: 'line',
  'logarithm, capped': 'count',
  spline: 'curve',
}

// Without age and sex: a contribution of theirs is told against people of the same, and is nought.
const interactions: readonly (readonly [string, string])[] = [
  ['emergencyAdmissions365', 'longTermConditions'],
  ['emergencyAdmissions365', 'gp90'],
  ['emergencyAdmissions1095', 'medicines90'],
  ['ae365', 'severeMentalIllness'],
  ['ae365', 'alcoholHarm'],
  ['heartFailure', 'kidneyDisease'],
  ['copd', 'antibiotics'],
  ['falls', 'medicines90'],
  ['dementia', 'falls'],
  ['careHours', 'longTermConditions'],
]

/** How a ridge model reads these columns. */
export function recipeFor(names: readonly string[]): RidgeRecipe {
  const origin = new Map(columnsOf(features).map((one) => [one.column, one.feature]))
  const treatments = Object.fromEntries(
    names.map((name) => [name, treatmentOf[origin.get(name)?.transform ?? 'as it is']]),
  )
  const pairs = interactions.filter(([a, b]) => names.includes(a) && names.includes(b))
  return { kind: 'keyworker', treatments, interactions: pairs }
}

/** Which way each column may push a tree, where only one makes sense. */
export const signsFor = (names: readonly string[]): Readonly<Record<string, 1 | -1>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const sign = features.find(({ key }) => key === name)?.sign ?? 0
      return sign === 0 ? [] : [[name, sign]]
    }),
  )

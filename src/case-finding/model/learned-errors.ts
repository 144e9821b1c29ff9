import { learnedChance, type RidgeModel, type Running, type Sample, type Table } from '#prediction'
import type { FeatureTable } from './feature-store.ts'
import { type LearnedErrors, subgroupsOf } from './judging.ts'
import { recipeFor } from './model-table.ts'
import type { ByChance } from './unaffected.ts'

/**
 * By how much the chance of the year a model learned from moves what it expects, of each group the report is told by and
 * of everybody. Undefined where the coefficients cannot be told apart.
 *
 * @param taught the model without its practices' levels, its sample, and the variance between those levels.
 * @param test the people it is judged on, `table` their columns, `risk` what the model with its levels says of them.
 */
export async function learnedErrorsOf(
  taught: { readonly model: RidgeModel; readonly sample: Sample; readonly levelVariance: number },
  test: {
    readonly read: FeatureTable
    readonly table: Table
    readonly risk: Float64Array
    readonly drawn: ByChance
  },
  running: Running,
): Promise<LearnedErrors | undefined> {
  const { sample } = taught
  const recipe = recipeFor(sample.table.names)
  const places = new Map(sample.groupNames?.map((code, at) => [code, at]))
  const groups = subgroupsOf(test.read, test.drawn).map(({ codes, names }) => ({
    codes,
    count: names.length,
  }))
  const everybody = { codes: new Int32Array(test.risk.length), count: 1 }
  const chance = await learnedChance(
    { ...taught, recipe },
    {
      ...test,
      levels: Int32Array.from(test.read.people, ({ practiceCode }) => places.get(practiceCode) ?? -1),
      groupings: [...groups, everybody],
    },
    running,
  )
  return (
    chance && {
      groups: chance.errors.slice(0, -1),
      everybody: chance.errors.at(-1)?.[0] ?? 0,
      covariance: chance.covariance,
    }
  )
}

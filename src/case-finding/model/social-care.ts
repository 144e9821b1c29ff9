import {
  type Estimate,
  fitRidge,
  type RidgeModel,
  type Running,
  riskOf,
  type Sample,
  validate,
} from '#prediction'
import type { FeatureTable } from './feature-store.ts'
import { type Feature, features } from './features.data.ts'
import { outcomeOf } from './judging.ts'
import { modelTable, recipeFor } from './model-table.ts'
import { levelled, practiceLevel, practiceLevels, withLevels } from './practice-levels.ts'
import { aucDifference, listDifference } from './two-orders.ts'

/** What the facts of social care changed in the order of a model, on people it had not seen. */
export type SocialCareChange = {
  /** The facts, as a reader says them. */
  readonly facts: readonly string[]
  /** People on the list, and of how many. */
  readonly listed: number
  readonly people: number
  readonly with: { readonly auc: Estimate; readonly ppv: Estimate }
  readonly without: { readonly auc: Estimate; readonly ppv: Estimate }
  /** With less without. */
  readonly auc: Estimate
  readonly ppv: Estimate
  /** The share of the list that would be other people without. */
  readonly others: Estimate
}

const isOfSocialCare = ({ key, from }: Feature) => from === 'social_care' || key === 'livesInCareHome'

/** The year a model was tested on, with its own numbers for it. */
type Tested = {
  readonly read: FeatureTable
  readonly used: readonly Feature[]
  readonly risk: Float64Array
  readonly percent: number
  readonly seed: number
}

/**
 * Fits a model again without the facts of social care and holds the two orders against each other on the year tested on. The
 * penalty is the first one’s, and is not chosen anew; levels of practices are.
 *
 * @param people those of the sample, row by row. @returns undefined where the model has no such fact.
 * @source Requirements R-003.
 */
export async function withoutSocialCare(
  sample: Sample,
  people: FeatureTable,
  model: RidgeModel,
  tested: Tested,
  running: Running = {},
): Promise<SocialCareChange | undefined> {
  const all = features.filter(isOfSocialCare)
  const isTheirs = (column: string) => all.some(({ key }) => key === column)
  const { table } = sample
  const facts = all.filter(({ key }) => table.names.includes(key))
  if (facts.length === 0) return undefined
  const kept = table.names.flatMap((name, at) => (isTheirs(name) ? [] : [at]))
  const names = kept.map((at) => table.names[at] ?? '')
  const fewer: Sample = {
    ...sample,
    table: { ...table, names, columns: kept.flatMap((at) => table.columns[at] ?? []) },
  }
  const bare = await fitRidge(fewer, { ...recipeFor(names), lambda: model.lambda }, running)
  const { levels } = practiceLevels(people, await riskOf(bare, fewer.table))
  const read = withLevels(tested.read, levels)
  const columns = [...names, ...(read.columns.has(practiceLevel) ? [practiceLevel] : [])]
  const other = await riskOf(levelled(bare, levels), modelTable(read, tested.used, columns))
  return changeOf(
    tested,
    other,
    facts.map(({ words }) => words),
  )
}

function changeOf(
  { read, risk, percent, seed }: Tested,
  without: Float64Array,
  facts: readonly string[],
): SocialCareChange {
  const outcome = outcomeOf(read)
  const figuresOf = (order: Float64Array) => {
    const { auc, cuts } = validate({ risk: order, outcome, list: { percent } })
    const cut = cuts.find((one) => one.percent === null) ?? cuts.find((one) => one.percent === percent)
    if (!cut) throw new Error('a report has no cut at the length of the list')
    return { auc, ppv: cut.ppv, people: cut.people }
  }
  const [first, second] = [figuresOf(risk), figuresOf(without)]
  const orders = { outcome, one: risk, other: without }
  return {
    facts,
    listed: first.people,
    people: read.people.length,
    with: { auc: first.auc, ppv: first.ppv },
    without: { auc: second.auc, ppv: second.ppv },
    auc: aucDifference(orders),
    ...listDifference(orders, first.people, seed),
  }
}

import {
  differenceOf,
  matchedSets,
  type Propensity,
  randomStream,
  type StudyRule,
  type StudyTable,
  type TableSet,
} from '#statistics'

/** How far the answer moves when ties fall otherwise: the rows are put in random orders and matched again. */
export function tieRangeOf(
  study: StudyTable,
  outcome: Float64Array,
  propensity: Propensity,
  rule: StudyRule,
  sets: readonly TableSet[],
  orders: number,
) {
  const asked = differenceOf(outcome, sets)
  let [low, high, fewest, most] = [asked, asked, sets.length, sets.length]
  for (let seed = 1; seed <= orders; seed++) {
    const order = shuffled(study.treated.length, seed)
    const take = (values: Float64Array) => Float64Array.from(order, (row) => values[row] ?? 0)
    const moved: StudyTable = {
      treated: Uint8Array.from(order, (row) => study.treated[row] ?? 0),
      covariates: study.covariates.map(({ name, values }) => ({ name, values: take(values) })),
      strata: Int32Array.from(order, (row) => study.strata[row] ?? 0),
    }
    const again = matchedSets(moved, { ...propensity, scores: take(propensity.scores) }, rule)
    const difference = differenceOf(take(outcome), again)
    ;[low, high] = [Math.min(low, difference), Math.max(high, difference)]
    ;[fewest, most] = [Math.min(fewest, again.length), Math.max(most, again.length)]
  }
  return { low, high, orders, fewestMatched: fewest, mostMatched: most }
}

function shuffled(n: number, seed: number): Int32Array {
  const { uniform } = randomStream(seed)
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1))
    const [a, b] = [order[i] ?? 0, order[j] ?? 0]
    order[i] = b
    order[j] = a
  }
  return order
}

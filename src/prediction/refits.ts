import { randomStream } from '#statistics'
import { observedOverExpectedOf, slopeOf } from './calibration.ts'
import type { Running } from './crew.ts'
import { aucOf } from './discrimination.ts'
import { withError } from './estimates.ts'
import { eventsOf } from './fit-ridge.ts'
import { foldsOf } from './folds.ts'
import { type Refit, withRefits } from './refitting.ts'
import type { Estimate } from './report-types.ts'
import { riskOf } from './scoring.ts'
import { rowsOf } from './table.ts'
import type { Model, Recipe, Sample } from './types.ts'

/** How much better a model looks on its own rows than on others; the corrected figures. */
export type Optimism = {
  readonly bootstraps: number
  readonly rowsEach: number
  /** Apparent less corrected; the interval is what so few bootstraps leave open. */
  readonly auc: Estimate
  readonly brier: Estimate
  readonly slope: Estimate
  readonly correctedAuc: number
  readonly correctedBrier: number
  readonly correctedSlope: number
}

type Figures = { readonly auc: number; readonly brier: number; readonly slope: number }

const eventsForFew = 5000
const rowsAtMost = 100_000

/**
 * Refits the recipe on bootstrapped rows: 200 times with under 5,000 events, else 20 times on 100,000 rows at most.
 * Trees, which take a hundred times as long, 20 times always. λ is not chosen anew.
 *
 * @source Harrell, Lee and Mark, Statistics in Medicine 1996;15:361.
 */
export async function optimism(
  sample: Sample,
  recipe: Recipe,
  model: Model,
  running: Running & { readonly seed?: number } = {},
): Promise<Optimism> {
  const stream = randomStream(running.seed ?? 1)
  const isLarge = eventsOf(sample) >= eventsForFew
  const bootstraps = isLarge || model.kind === 'trees' ? 20 : 200
  const some = isLarge ? someRows(sample, stream.uniform) : sample
  const apparent = figuresOf(await riskOf(model, sample.table, running), sample.outcome)
  const draws = await withRefits(some, recipe, model, running, async (refit) => {
    const made: Figures[] = []
    while (made.length < bootstraps) {
      made.push(await optimismOf(refit, some.outcome, stream.uniform))
      running.onProgress?.(made.length / bootstraps, 'fitting again on resampled rows')
    }
    return made
  })
  const [auc, brier, slope] = (['auc', 'brier', 'slope'] as const).map((figure) =>
    meanOf(draws.map((draw) => draw[figure])),
  )
  if (!auc || !brier || !slope) throw new Error('prediction: a figure of the bootstrap is missing')
  return {
    bootstraps,
    rowsEach: some.table.rows,
    auc,
    brier,
    slope,
    correctedAuc: apparent.auc - auc.value,
    correctedBrier: apparent.brier - brier.value,
    correctedSlope: apparent.slope - slope.value,
  }
}

function meanOf(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const error = Math.sqrt(squares / (values.length - 1) / values.length)
  return withError(mean, error, `bootstrap, ${values.length}`)
}

function figuresOf(risk: Float64Array, outcome: Uint8Array): Figures {
  let squares = 0
  for (let i = 0; i < risk.length; i++) squares += ((risk[i] ?? 0) - (outcome[i] ?? 0)) ** 2
  return {
    auc: aucOf(risk, outcome).value,
    brier: squares / risk.length,
    slope: slopeOf(risk, outcome).value,
  }
}

/** A refit's figures on the rows it was made from, less its figures on all. */
async function optimismOf(refit: Refit, outcome: Uint8Array, uniform: () => number): Promise<Figures> {
  const times = new Uint16Array(outcome.length)
  const drawn = Int32Array.from(outcome, () => Math.floor(uniform() * outcome.length))
  for (const row of drawn) times[row] = (times[row] ?? 0) + 1
  const risk = await refit(times)
  const own = figuresOf(
    Float64Array.from(drawn, (row) => risk[row] ?? 0),
    Uint8Array.from(drawn, (row) => outcome[row] ?? 0),
  )
  const all = figuresOf(risk, outcome)
  return { auc: own.auc - all.auc, brier: own.brier - all.brier, slope: own.slope - all.slope }
}

function someRows(sample: Sample, uniform: () => number): Sample {
  const { rows } = sample.table
  if (rows <= rowsAtMost) return sample
  const order = Int32Array.from({ length: rows }, (_, i) => i)
  for (let i = 0; i < rowsAtMost; i++) {
    const other = i + Math.floor(uniform() * (rows - i))
    const kept = order[i] ?? 0
    order[i] = order[other] ?? 0
    order[other] = kept
  }
  const chosen = order.slice(0, rowsAtMost).sort()
  const outcome = Uint8Array.from(chosen, (row) => sample.outcome[row] ?? 0)
  return { table: rowsOf(sample.table, chosen), outcome }
}

export type GroupsLeftOut = {
  readonly folds: readonly {
    readonly groups: number
    readonly people: number
    readonly events: number
    /** Null under 10 events. */
    readonly auc: Estimate | null
    readonly observedOverExpected: Estimate | null
  }[]
  readonly auc: Estimate
  readonly calibrationSlope: Estimate
  readonly observedOverExpected: Estimate
}

/**
 * Fits 10 times (fewer with fewer groups), each time without a tenth of the groups, and judges on them.
 *
 * @throws RangeError when there are fewer than two groups: the caller's mistake.
 * @source Royston, Parmar and Sylvester 2004 (internal-external cross-validation).
 */
export async function leaveGroupsOut(
  sample: Sample,
  recipe: Recipe,
  model: Model,
  running: Running = {},
): Promise<GroupsLeftOut> {
  const { outcome, groups, table } = sample
  const { folds, count } = foldsOf(table.rows, groups, 10)
  if (count < 2) throw new RangeError('there is one group: none can be left out')
  const risk = new Float64Array(table.rows)
  await withRefits(sample, recipe, model, running, async (refit) => {
    for (let fold = 0; fold < count; fold++) {
      const without = await refit(Uint16Array.from(folds, (own) => (own === fold ? 0 : 1)))
      for (let i = 0; i < risk.length; i++) if (folds[i] === fold) risk[i] = without[i] ?? 0
      running.onProgress?.((fold + 1) / count, 'fitting again without some of the practices')
    }
  })
  return {
    folds: Array.from({ length: count }, (_, fold) => foldFigures(sample, folds, fold, risk)),
    auc: aucOf(risk, outcome),
    calibrationSlope: slopeOf(risk, outcome),
    observedOverExpected: observedOverExpectedOf(risk, outcome),
  }
}

function foldFigures({ outcome, groups }: Sample, folds: Uint8Array, fold: number, risk: Float64Array) {
  const rows = Int32Array.from(folds.keys()).filter((row) => folds[row] === fold)
  const own = Float64Array.from(rows, (row) => risk[row] ?? 0)
  const happened = Uint8Array.from(rows, (row) => outcome[row] ?? 0)
  const events = happened.reduce((sum, value) => sum + value, 0)
  const isHidden = events < 10 || events === rows.length
  return {
    groups: groups ? new Set(Array.from(rows, (row) => groups[row])).size : rows.length,
    people: rows.length,
    events,
    auc: isHidden ? null : aucOf(own, happened),
    observedOverExpected: isHidden ? null : observedOverExpectedOf(own, happened),
  }
}

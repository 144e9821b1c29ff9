import type { Running } from './crew.ts'
import type { Estimate } from './report-types.ts'
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

/**
 * Refits the recipe on bootstrapped rows: 200 times with under 5,000 events, else 20 times on 100,000 rows at most.
 *
 * @source Harrell, Lee and Mark, Statistics in Medicine 1996;15:361.
 */
export async function optimism(
  sample: Sample,
  recipe: Recipe,
  model: Model,
  running: Running & { readonly seed?: number } = {},
): Promise<Optimism> {
  throw new Error(`not built: ${sample} ${recipe} ${model} ${running}`)
}

export type GroupsLeftOut = {
  readonly folds: readonly {
    readonly groups: number
    readonly people: number
    readonly events: number
    readonly auc: Estimate | null
    readonly observedOverExpected: Estimate | null
  }[]
  readonly auc: Estimate
  readonly calibrationSlope: Estimate
  readonly observedOverExpected: Estimate
}

/** Fits 10 times (fewer with fewer groups) without a tenth of the groups and judges on them. */
export async function leaveGroupsOut(
  sample: Sample,
  recipe: Recipe,
  model: Model,
  running: Running = {},
): Promise<GroupsLeftOut> {
  throw new Error(`not built: ${sample} ${recipe} ${model} ${running}`)
}

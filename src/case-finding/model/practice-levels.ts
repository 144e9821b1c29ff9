import type { RidgeModel } from '#prediction'
import type { FeatureTable } from './feature-store.ts'

/** The column that says how much more often a practice's people are admitted than such records are elsewhere. */
export const practiceLevel = 'practiceLevel'

/** By practice code, on the log-odds: above 0 where people with such records were admitted more often. */
export type PracticeLevels = Readonly<Record<string, number>>

/** People by practice, and what happened to them beside what a model said. */
export type Placed = {
  /** The place of each person's practice; -1 for one that has none. */
  readonly codes: Int32Array
  readonly count: number
  /** The log-odds a model says of each. */
  readonly line: Float64Array
  /** 1 or 0, or the chance where that is known. */
  readonly happened: Uint8Array | Float64Array
}

/**
 * How far each practice is from what a model says of its people, each drawn towards all the others by how few were admitted
 * there: a practice of chance alone is given nothing.
 *
 * Practices differ in how soon a hospital admits, whatever the record: a model that does not know it says too little of
 * some practices' people and too much of others', year after year. A practice that was not there is given 0.
 *
 * @param risk what the model says of the year's people. @returns the levels, none where practices do not differ beyond chance,
 *   and their variance.
 * @source DerSimonian and Laird, Controlled Clinical Trials 1986;7:177, on the log-odds; the level is the most likely one.
 */
export function practiceLevels(
  { people }: FeatureTable,
  risk: Float64Array,
): { readonly levels: PracticeLevels; readonly variance: number } {
  const practices = [...new Set(people.map(({ practiceCode }) => practiceCode))].sort()
  const place = new Map(practices.map((code, at) => [code, at]))
  const { levels, variance } = levelsOf({
    codes: Int32Array.from(people, ({ practiceCode }) => place.get(practiceCode) ?? -1),
    count: practices.length,
    line: risk.map((value) => Math.log(value / (1 - value))),
    happened: Uint8Array.from(people, ({ hasHappened }) => (hasHappened ? 1 : 0)),
  })
  if (variance === 0) return { levels: {}, variance }
  return { levels: Object.fromEntries(practices.map((code, at) => [code, levels[at] ?? 0])), variance }
}

/** The same by the places of practices: the most likely levels, by Newton's method on sums that bend one way only. */
export function levelsOf(placed: Placed): { readonly levels: Float64Array; readonly variance: number } {
  const levels = new Float64Array(placed.count)
  const variance = varianceOf(lookAt(placed, levels))
  if (variance === 0) return { levels, variance }
  for (let round = 0; round < 20; round++) {
    const { more, sharpness } = lookAt(placed, levels)
    let longest = 0
    for (let at = 0; at < levels.length; at++) {
      const step = ((more[at] ?? 0) - (levels[at] ?? 0) / variance) / ((sharpness[at] ?? 0) + 1 / variance)
      levels[at] = (levels[at] ?? 0) + step
      longest = Math.max(longest, Math.abs(step))
    }
    if (longest < 1e-10) break
  }
  return { levels, variance }
}

type Looks = { readonly more: Float64Array; readonly sharpness: Float64Array }

/** Of each practice at its level: admitted less expected, and how sharply that changes. */
function lookAt({ codes, count, line, happened }: Placed, levels: Float64Array): Looks {
  const [more, sharpness] = [new Float64Array(count), new Float64Array(count)]
  for (let row = 0; row < codes.length; row++) {
    const at = codes[row] ?? -1
    if (at < 0) continue
    const said = 1 / (1 + Math.exp(-((line[row] ?? 0) + (levels[at] ?? 0))))
    more[at] = (more[at] ?? 0) + (happened[row] ?? 0) - said
    sharpness[at] = (sharpness[at] ?? 0) + said * (1 - said)
  }
  return { more, sharpness }
}

/** The variance of levels between practices, beyond chance; 0 where there is none. */
function varianceOf({ more, sharpness }: Looks): number {
  const known = [...sharpness.keys()].filter((at) => (sharpness[at] ?? 0) > 0)
  const sum = (of: (more: number, sharpness: number) => number) =>
    known.reduce((all, at) => all + of(more[at] ?? 0, sharpness[at] ?? 1), 0)
  const weight = sum((_, sharp) => sharp)
  const mean = sum((by) => by) / weight
  const apart = sum((by, sharp) => (by / sharp - mean) ** 2 * sharp)
  const spare = weight - sum((_, sharp) => sharp ** 2) / weight
  return spare > 0 ? Math.max(0, (apart - (known.length - 1)) / spare) : 0
}

/** The year's features with each person's practice level beside them; as they were where the model has none. */
export function withLevels(read: FeatureTable, levels: PracticeLevels | undefined): FeatureTable {
  if (!levels || Object.keys(levels).length === 0) return read
  const column = Float64Array.from(read.people, ({ practiceCode }) => levels[practiceCode] ?? 0)
  return { ...read, columns: new Map([...read.columns, [practiceLevel, column]]) }
}

/** A fitted model that adds each person's practice level to the log-odds; as it was where there is none. */
export function levelled(model: RidgeModel, levels: PracticeLevels): RidgeModel {
  if (Object.keys(levels).length === 0) return model
  return {
    ...model,
    readings: [
      ...model.readings,
      { name: practiceLevel, treatment: 'line', cap: null, knots: [], fill: 0, hasMissing: false },
    ],
    terms: [
      ...model.terms,
      { name: practiceLevel, from: [practiceLevel], part: 'value', mean: 0, spread: 1, coefficient: 1 },
    ],
  }
}

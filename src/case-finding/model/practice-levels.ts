import type { RidgeModel } from '#prediction'
import type { FeatureTable } from './feature-store.ts'

/** The column that says how much more often a practice's people are admitted than such records are elsewhere. */
export const practiceLevel = 'practiceLevel'

/** By practice code, on the log-odds: above 0 where people with such records were admitted more often. */
export type PracticeLevels = Readonly<Record<string, number>>

/** People's rows by practice, as what happened against what was said. */
type Practice = { readonly code: string; readonly rows: readonly number[] }

const logOdds = (risk: number) => Math.log(risk / (1 - risk))
const riskAt = (line: number) => 1 / (1 + Math.exp(-line))

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
  const rows = new Map<string, number[]>()
  people.forEach(({ practiceCode }, row) => {
    const own = rows.get(practiceCode)
    if (own) own.push(row)
    else rows.set(practiceCode, [row])
  })
  const practices = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, own]) => ({ code, rows: own }))
  const variance = varianceOf(practices, people, risk)
  if (variance === 0) return { levels: {}, variance }
  const levels = practices.map((one) => [one.code, levelOf(one, people, risk, variance)])
  return { levels: Object.fromEntries(levels), variance }
}

/** Of one practice at a level: admitted less expected, and how sharply that changes. */
function lookAt({ rows }: Practice, people: FeatureTable['people'], risk: Float64Array, level: number) {
  let [more, sharpness] = [0, 0]
  for (const row of rows) {
    const said = riskAt(logOdds(risk[row] ?? 0) + level)
    more += (people[row]?.isAdmitted ? 1 : 0) - said
    sharpness += said * (1 - said)
  }
  return { more, sharpness }
}

/** The variance of levels between practices, beyond chance; 0 where there is none. */
function varianceOf(
  practices: readonly Practice[],
  people: FeatureTable['people'],
  risk: Float64Array,
): number {
  const looks = practices.map((one) => lookAt(one, people, risk, 0)).filter(({ sharpness }) => sharpness > 0)
  const sum = (of: (look: (typeof looks)[number]) => number) => looks.reduce((all, look) => all + of(look), 0)
  const weight = sum(({ sharpness }) => sharpness)
  const mean = sum(({ more }) => more) / weight
  const apart = sum(({ more, sharpness }) => (more / sharpness - mean) ** 2 * sharpness)
  const spare = weight - sum(({ sharpness }) => sharpness ** 2) / weight
  return spare > 0 ? Math.max(0, (apart - (looks.length - 1)) / spare) : 0
}

/** The most likely level: Newton's method on a sum that bends one way only. */
function levelOf(practice: Practice, people: FeatureTable['people'], risk: Float64Array, variance: number) {
  let level = 0
  for (let round = 0; round < 20; round++) {
    const { more, sharpness } = lookAt(practice, people, risk, level)
    const step = (more - level / variance) / (sharpness + 1 / variance)
    level += step
    if (Math.abs(step) < 1e-10) break
  }
  return level
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

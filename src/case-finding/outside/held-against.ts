import { dateWords, type LondonDate } from '#calendar'
import type { Store } from '#population'
import { mayPromote, riskOf } from '#prediction'
import { type FeatureTable, readFeatures } from '../model/feature-store.ts'
import { features } from '../model/features.data.ts'
import { judge, outcomeOf } from '../model/judging.ts'
import { modelTable } from '../model/model-table.ts'
import { withLevels } from '../model/practice-levels.ts'
import { canScore } from '../model/score-list.ts'
import type { ModelSpec } from '../model/types.ts'
import { asShares, saysHowLikely, testableFrom } from './rules.ts'
import { scoredBy, valuesOn } from './store.ts'
import type { OutsideFacts, OutsideReport, OutsideScore } from './types.ts'

/** Our own, to stand beside a score of somebody else's. */
export type Ours = {
  readonly id: string
  readonly name: string
  readonly trainedOn: LondonDate
  readonly spec: ModelSpec
}

/** What a score is held against: the newest day whose year after it is complete, the list's length, ours. */
export type Against = {
  readonly yearFrom: LondonDate
  readonly listPercent: number
  readonly ours?: Ours
}

type Answer = { readonly facts: OutsideFacts; readonly report?: OutsideReport }

const fewestAdmitted = 10

/**
 * How a score came out on the newest day it was given that a whole year follows: every adult registered for a year who had a
 * value, and who of them was admitted.
 *
 * @returns the facts with why there is no report, where there is none.
 */
export async function heldAgainst(
  store: Store,
  named: Pick<OutsideScore, 'score' | 'version'>,
  facts: OutsideFacts,
  against: Against,
): Promise<Answer> {
  const not = (whyNot: string): Answer => ({ facts: { ...facts, whyNot } })
  if (!store.has('inpatient'))
    return not('Hospital stays are not linked: nobody can say who was admitted after it.')
  const cutOn = await scoredBy(store, named, against.yearFrom)
  if (!cutOn)
    return not(
      `It was first given on ${dateWords(facts.firstOn)}. What came in the year after can be told from a list of ${dateWords(testableFrom(facts.firstOn))} on.`,
    )
  const values = await valuesOn(store, named, cutOn)
  const used = featuresFor(store, against.ours)
  const read = await readFeatures(store, { indexOn: cutOn, fromAge: 18, registeredDays: 365 }, used)
  const scored = ofRows(
    read,
    read.people.flatMap(({ person }, row) => (values.has(person) ? [row] : [])),
  )
  const outcome = outcomeOf(scored)
  const admitted = outcome.reduce((sum, one) => sum + one, 0)
  if (admitted < fewestAdmitted || admitted === outcome.length)
    return not('Fewer than 10 of the people it was given to were admitted in the year after: too few to say.')
  const theirs = asShares(
    Float64Array.from(scored.people, ({ person }) => values.get(person) ?? 0),
    saysHowLikely(facts),
  )
  if (!theirs) return not('It gives everybody the same value: it puts nobody before anybody.')
  const figures = judge(scored, theirs, against.listPercent)
  const ours = await oursOn(store, scored, theirs, cutOn, against)
  const { listPercent } = against
  const report = { cutOn, adults: read.people.length, listPercent, theirs: figures, ...(ours && { ours }) }
  return { facts, report }
}

/** Those our model reads, and those a report looks at by itself. */
function featuresFor(store: Store, ours: Ours | undefined) {
  const keys = new Set([
    ...(ours?.spec.columns.map((column) => column.split(':')[0]) ?? []),
    'age',
    'emergencyAdmissions365',
  ])
  return features.filter(({ key, from }) => keys.has(key) && (from === 'people' || store.has(from)))
}

const ofRows = ({ people, columns }: FeatureTable, rows: readonly number[]): FeatureTable => ({
  people: rows.flatMap((row) => people[row] ?? []),
  columns: new Map(
    [...columns].map(([key, column]) => [key, Float64Array.from(rows, (row) => column[row] ?? Number.NaN)]),
  ),
})

const yearDays = 365

async function oursOn(
  store: Store,
  scored: FeatureTable,
  theirs: Float64Array,
  cutOn: LondonDate,
  { ours, listPercent }: Against,
): Promise<OutsideReport['ours']> {
  if (!ours || !canScore(store, ours.spec)) return undefined
  const used = featuresFor(store, ours)
  const table = modelTable(withLevels(scored, ours.spec.levels), used, ours.spec.columns)
  const risk = await riskOf(ours.spec.model, table)
  const { ppvDifference } = mayPromote({
    outcome: outcomeOf(scored),
    model: risk,
    challenger: theirs,
    percent: listPercent,
  })
  const apart = Math.abs(Date.parse(cutOn) - Date.parse(ours.trainedOn)) / 86_400_000
  return {
    id: ours.id,
    name: ours.name,
    figures: judge(scored, risk, listPercent),
    theirsMore: ppvDifference,
    isOfThatYear: apart < yearDays,
  }
}

import { addDays, type LondonDate } from '#calendar'
import type { Workshop } from '#jobs'
import type { CurrentLoad, Store } from '#population'
import type { Sample } from '#prediction'
import { availableFeatures } from './availability.ts'
import { type FeatureCut, type FeatureTable, partSql, readFeatures } from './feature-store.ts'
import { type Feature, features } from './features.data.ts'
import { outcomeOf } from './judging.ts'
import { constantColumns, modelTable } from './model-table.ts'
import { prepareCodes, prepareLinks } from './prepare-store.ts'
import { deficitList, recordFacts } from './record-facts-store.ts'
import type { TargetKey } from './targets.data.ts'
import type { TrainingReport } from './types.ts'
import { type ByChance, unaffected } from './unaffected.ts'
import { drawnAfter } from './unaffected-store.ts'

/** The two years of a training: features of the first and what followed it, judged on the second. */
export const yearsOf = (indexOn: LondonDate): { readonly train: LondonDate; readonly test: LondonDate } => ({
  train: addDays(indexOn, -1 - 730),
  test: addDays(indexOn, -1 - 365),
})

/** Both years' people and features, what could not be counted, and the statement they were counted by. */
export type Years = {
  readonly target: TargetKey
  readonly train: FeatureTable
  readonly test: FeatureTable
  readonly used: readonly Feature[]
  readonly leftOut: TrainingReport['leftOut']
  readonly days: ReturnType<typeof yearsOf>
  readonly statement: string
  /** Whom a hold-out's lot fell on in the year after each of the days. */
  readonly drawn: { readonly train: ByChance; readonly test: ByChance }
}

/** Reads both years. @returns a sentence where these records cannot tell what is asked for. */
export async function readYears(
  store: Store,
  load: CurrentLoad,
  workshop: Workshop,
  target: TargetKey = 'emergency admission',
): Promise<Years | { readonly refused: string }> {
  const days = yearsOf(load.indexOn)
  const why = whyNotTold(store, load, target, days.train)
  if (why) return { refused: `Not trained: ${why}. What is in use stays in use.` }
  const deficits = deficitList(workshop.folder)
  const facts = await recordFacts(store, load, deficits.length > 0)
  const { used, leftOut } = availableFeatures(features, facts, [days.train, days.test, load.indexOn])
  await prepareCodes(store, deficits)
  await prepareLinks(store)
  const cut = (indexOn: LondonDate): FeatureCut => ({ indexOn, fromAge: 18, registeredDays: 365, target })
  const train = await readFeatures(store, cut(days.train), used)
  await workshop.say('Reading the year it is tested on', 0.08)
  const test = await readFeatures(store, cut(days.test), used)
  const drawn = await workshop.inVisit(async ({ db }) => ({
    train: await drawnAfter(db, days.train),
    test: await drawnAfter(db, days.test),
  }))
  const told = leftOut.map(({ feature, why }) => ({ number: feature.number, words: feature.words, why }))
  // Another lot makes another model of the same records.
  const lots = drawn.train.isHeldOut.size > 0 ? JSON.stringify([...drawn.train.isHeldOut].sort()) : ''
  const statement = partSql(store, cut(days.train), used, 0, 1) + lots
  return { target, train, test, used, leftOut: told, days, statement, drawn }
}

/** Why these records cannot tell to whom it happened in both years; undefined where they can. */
function whyNotTold(
  store: Store,
  load: CurrentLoad,
  target: TargetKey,
  from: LondonDate,
): string | undefined {
  if (target === 'care home entry')
    return store.careHomesFrom !== undefined && store.careHomesFrom <= from
      ? undefined
      : 'these records do not say since when people lived in a care home, or not for long enough'
  const [file, words] =
    target === 'A&E attendance'
      ? (['emergency_department', 'A&E attendances'] as const)
      : (['inpatient', 'hospital stays'] as const)
  const begins = load.sources.flatMap((source) => (source.file === file ? (source.coversFrom ?? []) : []))
  return store.has(file) && begins.every((day) => day <= addDays(from, 7))
    ? undefined
    : `${words} are not linked, or not for long enough`
}

/**
 * The first year as a sample to fit, its practices as groups, without the columns that say the same of everybody, and without
 * those a list was at work on where enough were held out to stand in for them.
 */
export function sampleOf({ train: all, used, drawn }: Years) {
  const { year: train, heldOut } = unaffected(all, drawn.train)
  const whole = modelTable(train, used)
  const constant = constantColumns(whole)
  const kept = whole.names.flatMap((name, at) => (constant.includes(name) ? [] : [at]))
  const names = kept.map((at) => whole.names[at] ?? '')
  const practices = [...new Set(train.people.map(({ practiceCode }) => practiceCode))].sort()
  const place = new Map(practices.map((code, at) => [code, at]))
  const sample: Sample = {
    // A million people's columns are 600 MB: those kept are not copied again.
    table: { rows: whole.rows, names, columns: kept.flatMap((at) => whole.columns[at] ?? []) },
    outcome: outcomeOf(train),
    groups: Int32Array.from(train.people, ({ practiceCode }) => place.get(practiceCode) ?? 0),
    groupNames: practices,
  }
  return { sample, names, constant, people: train, heldOut }
}

import { join } from 'node:path'
import { newId } from '#access'
import type { LondonDate } from '#calendar'
import type { Task, Workshop } from '#jobs'
import { type CurrentLoad, currentLoad, type Store, withStore } from '#population'
import { checkOf, drift, movedFrom, riskOf } from '#prediction'
import { type FeatureCut, type FeatureTable, readFeatures } from '../model/feature-store.ts'
import { type Feature, features } from '../model/features.data.ts'
import { outcomeOf } from '../model/judging.ts'
import { columnsOf, modelTable } from '../model/model-table.ts'
import { withLevels } from '../model/practice-levels.ts'
import { prepareCodes, prepareLinks } from '../model/prepare-store.ts'
import { deficitList } from '../model/record-facts-store.ts'
import { canScore } from '../model/score-list.ts'
import { type TargetKey, targetOf } from '../model/targets.data.ts'
import { yearsOf } from '../model/training-years.ts'
import type { ModelSpec } from '../model/types.ts'
import type { ByChance } from '../model/unaffected.ts'
import { drawnAfter } from '../model/unaffected-store.ts'
import { asTested } from '../model/updating.ts'
import { type Reference, referenceOf } from './reference.ts'
import { addCheck, modelsToCheck, type ToCheck } from './store.ts'
import type { ModelCheck, MovedFact } from './types.ts'

/**
 * Looks at the model in use, and at the newest others, with the load that stands now: how the newest complete year came out
 * by each, and how far the people of the list's day lie from those it was tested on. It decides nothing. A model that lacks
 * a source, and a load looked at already, are passed over.
 */
export const checkModels: Task = async (workshop) => {
  const asked = await workshop.inVisit(async ({ db }) => {
    const load = await currentLoad(db)
    if (!load) return undefined
    const yearFrom = yearsOf(load.indexOn).test
    return { load, models: await modelsToCheck(db, load.id), drawn: await drawnAfter(db, yearFrom) }
  })
  if (!asked || asked.models.length === 0) return
  const checks = await withStore(join(workshop.folder, asked.load.folder), (store) =>
    checksIn(store, workshop, asked),
  )
  await workshop.inVisit(async ({ db, now }) => {
    for (const check of checks) await addCheck(db, { id: newId(), loadId: asked.load.id, check, at: now })
  })
  await workshop.say('The models are looked at', 1)
}

type AskedOf = {
  readonly load: CurrentLoad
  readonly models: readonly ToCheck[]
  readonly drawn: ByChance
}

async function checksIn(
  store: Store,
  workshop: Workshop,
  { load, models, drawn }: AskedOf,
): Promise<readonly ModelCheck[]> {
  const able = models.filter(({ spec }) => store.has('inpatient') && canScore(store, spec))
  if (able.length === 0) return []
  await prepareCodes(store, deficitList(workshop.folder))
  await prepareLinks(store)
  const keys = new Set(able.flatMap(({ spec }) => spec.columns.map((column) => column.split(':')[0])))
  const used = features.filter(({ key }) => keys.has(key))
  const at = (indexOn: LondonDate, target: TargetKey): Promise<FeatureTable> =>
    readFeatures(store, { ...cutAt(indexOn), target }, used)
  await workshop.say('Looking at the last complete year', 0.1)
  const yearFrom = yearsOf(load.indexOn).test
  const asked = [...new Set(able.map(({ spec }) => targetOf(spec).key))]
  const came = new Map<string, Awaited<ReturnType<typeof howItCame>>>()
  for (const target of asked) {
    const year = await at(yearFrom, target)
    for (const model of able.filter(({ spec }) => targetOf(spec).key === target))
      came.set(model.id, await howItCame(model, { year, yearFrom, used, drawn }))
  }
  await workshop.say('Looking at the people of now', 0.5)
  const people = new Map<TargetKey, FeatureTable>()
  for (const target of asked) people.set(target, await at(load.indexOn, target))
  const checks: ModelCheck[] = []
  for (const model of able) {
    const target = targetOf(model.spec).key
    const now = people.get(target)
    const reference = model.spec.reference ?? (await laidOutOn(model, await at(model.testedOn, target), used))
    const check = came.get(model.id)
    if (check && now) {
      const moved = await howItMoved(model.spec, reference, now, used)
      checks.push({ modelId: model.id, indexOn: load.indexOn, yearFrom, ...check, ...moved })
    }
  }
  return checks
}

// Those a report counts: of age, and registered for a year.
const cutAt = (indexOn: LondonDate): FeatureCut => ({ indexOn, fromAge: 18, registeredDays: 365 })

const tableFor = (spec: ModelSpec, read: FeatureTable, used: readonly Feature[]) =>
  modelTable(withLevels(read, spec.levels), used, spec.columns)

async function howItCame(
  { spec, listPercent }: ToCheck,
  {
    year,
    yearFrom,
    used,
    drawn,
  }: { year: FeatureTable; yearFrom: LondonDate; used: readonly Feature[]; drawn: ByChance },
) {
  const [risk, outcome] = [
    await riskOf(asTested(spec, yearFrom), tableFor(spec, year, used)),
    outcomeOf(year),
  ]
  const check = checkOf({ risk, outcome }, listPercent)
  if (!check) return undefined
  const held = year.people.flatMap(({ pseudonym }, row) =>
    drawn.isHeldOut.get(pseudonym) === true ? [row] : [],
  )
  const ofHeld = checkOf(
    {
      risk: Float64Array.from(held, (row) => risk[row] ?? 0),
      outcome: Uint8Array.from(held, (row) => outcome[row] ?? 0),
    },
    100,
  )
  if (!ofHeld || ofHeld.observed < fewestAdmitted) return check
  const { people, observed, observedOverExpected } = ofHeld
  return { ...check, heldOut: { people, observed, observedOverExpected } }
}

const fewestAdmitted = 10

async function howItMoved(
  spec: ModelSpec,
  reference: Reference,
  now: FeatureTable,
  used: readonly Feature[],
): Promise<Pick<ModelCheck, 'riskIndex' | 'peopleNow' | 'facts'>> {
  const table = tableFor(spec, now, used)
  const heavy = heaviest(spec)
  const moved = new Map(drift(reference.columns, table).map(({ column, index }) => [column, index]))
  return {
    riskIndex: movedFrom(reference.risk, await riskOf(spec.model, table)),
    peopleNow: table.rows,
    facts: heavy.map(
      (column): MovedFact => ({
        column,
        words: columnsOf(features).find((one) => one.column === column)?.words ?? 'the practice',
        index: moved.get(column) ?? 0,
      }),
    ),
  }
}

/** Of a model trained before references were kept: as the records say now of the year it was tested on. */
async function laidOutOn(
  { spec }: ToCheck,
  read: FeatureTable,
  used: readonly Feature[],
): Promise<Reference> {
  const table = tableFor(spec, read, used)
  return referenceOf(table, await riskOf(spec.model, table))
}

const howMany = 10

/** The columns a model weighs most: by the sum of what one standard deviation of each of their terms adds to the log-odds. */
function heaviest({ model }: ModelSpec): readonly string[] {
  const weights = new Map<string, number>()
  for (const { from, coefficient, spread } of model.terms)
    if (spread > 0)
      for (const column of from) weights.set(column, (weights.get(column) ?? 0) + Math.abs(coefficient))
  return [...weights]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, howMany)
    .map(([column]) => column)
}

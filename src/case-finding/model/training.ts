import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { newId } from '#access'
import type { Task, Workshop } from '#jobs'
import { installation, programmes } from '#organisations'
import { type CurrentLoad, currentLoad, withStore } from '#population'
import { refusals } from '#prediction'
import { fitAndJudge, seed } from './fit-and-judge.ts'
import { outcomeOf } from './judging.ts'
import { addModel, addRefusal, modelCount, sameModel } from './model-store.ts'
import { recipeFor } from './model-table.ts'
import { featuresHash, recordsHash } from './record-facts-store.ts'
import { type Target, type TargetKey, targets } from './targets.data.ts'
import { readYears, sampleOf } from './training-years.ts'
import type { ModelSpec, TrainingReport } from './types.ts'

/** What a training came to. */
export type Trained =
  | { readonly modelId: string; readonly report: TrainingReport; readonly isNew: boolean }
  | { readonly refused: string }

/**
 * Trains a model on this installation's records of the year before last and tests it on the last complete year. The
 * same records and code give the same model, kept once.
 */
export const train: Task = async (workshop, payload) => {
  const asked = Object.values(targets).find(({ key }) => key === payload.target)
  await trainModel(workshop, { target: asked?.key ?? 'emergency admission' })
}

/** What is trained: the refits that tell how much it flatters itself are left out of a quick training. */
export type TrainingWish = { readonly isQuick?: boolean; readonly target: TargetKey }

/** The same, with what it came to. */
export async function trainModel(
  workshop: Workshop,
  { isQuick = false, target }: TrainingWish,
): Promise<Trained> {
  const began = performance.now()
  const known = await workshop.inVisit(async ({ db }) => ({
    load: await currentLoad(db),
    kind: (await installation(db)).kind,
    listPercent:
      (await programmes(db)).find(({ template }) => template.kind === 'case management')?.template
        .targetPercent ?? 5,
    count: await modelCount(db),
    place: (await installation(db)).name,
  }))
  const { load } = known
  if (!load) return { refused: 'Not trained: no extract is loaded yet.' }
  const folder = join(workshop.folder, load.folder)
  await workshop.say('Reading two years of records', 0.02)
  const years = await withStore(folder, (store) => readYears(store, load, workshop, target))
  if ('refused' in years) return await refuse(workshop, load, years.refused)
  const sampled = sampleOf(years)
  const recipe = recipeFor(sampled.names)
  const parameters = sampled.names.length + splineBends + (recipe.interactions ?? []).length
  // Somebody who stands in for others is one person admitted, not many.
  const counted = { ...sampled.sample, outcome: outcomeOf(years.train) }
  if (refusals(counted, parameters).length > 0) {
    return await refuse(workshop, load, refusalWords(counted.outcome, parameters, targets[target]))
  }
  const hashes = { recordsSha256: await recordsHash(folder), featuresSha256: featuresHash(years.statement) }
  const before = await workshop.inVisit(({ db }) => sameModel(db, { ...hashes, seed }))
  if (before) return { modelId: before.id, report: before.report, isNew: false }
  const fitted = await fitAndJudge(workshop, years, sampled, known.listPercent, isQuick)
  const kind = known.kind === 'real' ? 'real' : 'synthetic'
  const report: TrainingReport = {
    ...fitted.report,
    ...hashes,
    ...{ kind, seed, listPercent: known.listPercent, name: nameOf(known.place, target, known.count + 1) },
    seconds: Math.round((performance.now() - began) / 1000),
  }
  return { modelId: await keep(workshop, load, report, fitted.spec), report, isNew: true }
}

/** A model of anything else than admissions says so in its name: nobody must take one for the other. */
function nameOf(place: string | undefined, target: TargetKey, n: number): string {
  const words = (place ?? 'local').toLowerCase().replaceAll(/[^a-z]+/g, '-')
  return target === 'emergency admission' ? `${words}-${n}` : `${words}-${targets[target].slug}-${n}`
}

const splineBends = 2
const fewestAdmitted = 200

/** Why nothing was trained, in one sentence, and what is used meanwhile. */
function refusalWords(outcome: Uint8Array, parameters: number, { had }: Target): string {
  const admitted = outcome.reduce((sum, value) => sum + value, 0).toLocaleString('en-GB')
  const needed = Math.max(fewestAdmitted, 10 * parameters).toLocaleString('en-GB')
  return `Not trained: ${admitted} people ${had} in the year to train on, and ${needed} are needed. The rule ranking stays in use.`
}

async function refuse(workshop: Workshop, load: CurrentLoad, sentence: string): Promise<Trained> {
  await workshop.inVisit(async (visit) => {
    const refusalId = newId()
    await addRefusal(visit.db, { id: refusalId, loadId: load.id, sentence, at: visit.now })
    await visit.note({ what: 'training refused', about: `training ${refusalId}`, facts: { refusalId } })
  })
  await workshop.say(sentence, 1)
  return { refused: sentence }
}

async function keep(
  workshop: Workshop,
  load: CurrentLoad,
  report: TrainingReport,
  spec: ModelSpec,
): Promise<string> {
  const modelId = newId()
  const reportSha256 = createHash('sha256').update(JSON.stringify(report)).digest('hex')
  await workshop.inVisit(async (visit) => {
    await addModel(visit.db, { id: modelId, loadId: load.id, report, reportSha256, spec, at: visit.now })
    const verdict = report.judgement.verdict
    await visit.note({ what: 'model trained', about: `model ${modelId}`, facts: { modelId, verdict } })
    await visit.later('check models', {}, 'check models')
  })
  await workshop.say(`Trained ${report.name}: ${report.judgement.verdict}`, 1)
  return modelId
}

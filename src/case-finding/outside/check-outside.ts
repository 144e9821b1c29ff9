import { join } from 'node:path'
import { newId } from '#access'
import type { Task } from '#jobs'
import { programmes } from '#organisations'
import { currentLoad, type Store, withStore } from '#population'
import { modelInUse, modelSpec, trainedModels } from '../model/model-store.ts'
import { prepareCodes, prepareLinks } from '../model/prepare-store.ts'
import { deficitList } from '../model/record-facts-store.ts'
import { targetOf } from '../model/targets.data.ts'
import { yearsOf } from '../model/training-years.ts'
import { type Against, heldAgainst, type Ours } from './held-against.ts'
import { addOutside, scoresIn, wereLookedAt } from './store.ts'
import type { OutsideScore } from './types.ts'

/**
 * Holds each score of somebody else's that came with the load against what came, by the very report our models are judged by,
 * beside our own on the same people. It is in no rank of ours, whatever comes out. A load looked at already is passed over.
 */
export const checkOutside: Task = async (workshop) => {
  const load = await workshop.inVisit(async ({ db }) => {
    const now = await currentLoad(db)
    return now && !(await wereLookedAt(db, now.id)) ? now : undefined
  })
  if (!load) return
  const ours = await workshop.inVisit(({ db }) => ourModel(db))
  const listPercent = await workshop.inVisit(
    async ({ db }) =>
      (await programmes(db)).find(({ template }) => template.kind === 'case management')?.template
        .targetPercent ?? 5,
  )
  const against = { yearFrom: yearsOf(load.indexOn).test, listPercent, ...(ours && { ours }) }
  const found = await withStore(join(workshop.folder, load.folder), (store) =>
    testedIn(store, against, workshop),
  )
  await workshop.inVisit(async ({ db, now }) => {
    for (const one of found) await addOutside(db, { ...one, id: newId(), loadId: load.id, at: now })
  })
  await workshop.say('The scores of others are looked at', 1)
}

type Db = Parameters<typeof trainedModels>[0]

/** Ours to stand beside them: the model in use, or else the newest without a leak. */
async function ourModel(db: Db): Promise<Ours | undefined> {
  const used = await modelInUse(db)
  // They are judged by emergency admissions: a model of anything else is not held against them.
  const sound = (await trainedModels(db)).filter(
    ({ verdict, report }) => verdict !== 'do not use' && targetOf(report).key === 'emergency admission',
  )
  const model = sound.find(({ id }) => id === used?.id) ?? sound[0]
  const spec = model && (await modelSpec(db, model.id))
  return model && spec && { id: model.id, name: model.name, trainedOn: model.trainedOn, spec }
}

type Tested = Pick<OutsideScore, 'score' | 'version' | 'facts'> & Awaited<ReturnType<typeof heldAgainst>>

async function testedIn(
  store: Store,
  against: Against,
  workshop: Parameters<Task>[0],
): Promise<readonly Tested[]> {
  const scores = await scoresIn(store)
  if (scores.length === 0) return []
  await prepareCodes(store, deficitList(workshop.folder))
  await prepareLinks(store)
  const tested: Tested[] = []
  for (const { score, version, feeds, ...told } of scores) {
    await workshop.say(`Looking at ${score}`, tested.length / scores.length)
    const facts = { ...told, feeds: feeds?.split(';') ?? [] }
    tested.push({ score, version, ...(await heldAgainst(store, { score, version }, facts, against)) })
  }
  return tested
}

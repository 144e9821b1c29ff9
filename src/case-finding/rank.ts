import { join } from 'node:path'
import { newId, type SystemCaller, type Visit } from '#access'
import type { LondonDate } from '#calendar'
import type { Db } from '#database'
import type { Task, Workshop } from '#jobs'
import { type Programme, programmes } from '#organisations'
import { type CurrentLoad, currentLoad, pseudonymsOf, type Store, withStore } from '#population'
import { addMovement, hasModels } from './drift/store.ts'
import { judgedAndAfter } from './group-store.ts'
import { holdOut } from './holdout/store.ts'
import { type LaidOut, layOut } from './laid-out.ts'
import { addLater, countLater, decidedFor } from './later/store.ts'
import type { Decided, LaterCount } from './later/types.ts'
import { addJudging, countReasons, type Judging, judgingFor } from './ledger/store.ts'
import type { ReasonCount } from './ledger/types.ts'
import { addMirror, mirrorOf } from './mirror/store.ts'
import type { Mirror } from './mirror/types.ts'
import { modelInUse } from './model/model-store.ts'
import { targetOf } from './model/targets.data.ts'
import { addProfile } from './profile/store.ts'
import { type Asked, listFor, type RankedList } from './ranked-list.ts'
import { entriesOf, hasEntries, keepEntries } from './registers/store.ts'
import { addRun, hasRun, notToList, objectingByPractice, risksWhenJudged, watchedFor } from './run-store.ts'

/**
 * The list of every programme from the current load, by the rule, and by the model in use where there is one: the
 * rule's list is always there to go back to. The same load ranked again in the same way changes nothing.
 */
export const rank: Task = async (workshop) => {
  const { load, toMake } = await workshop.inVisit(async ({ db }) => {
    const load = await currentLoad(db)
    return { load, toMake: load ? await listsToMake(db, load) : [] }
  })
  if (!load) return
  if (toMake.length > 0) await makeLists(workshop, load, toMake)
  await keepRegisters(workshop, load)
  // Whether the numbers still fit is looked at once every list is made, and holds none of them up.
  await workshop.inVisit(async (visit) => {
    if (await hasModels(visit.db)) await visit.later('check models', {}, 'check models')
    if (load.sources.some(({ file }) => file === 'outside_scores'))
      await visit.later('check outside scores', {}, 'check outside scores')
  })
  await workshop.say('Every list is ranked', 1)
}

type Model = Awaited<ReturnType<typeof modelInUse>>
type ToMake = { readonly programme: Programme; readonly model: Model }

/** Every list of this load that is not made yet. */
async function listsToMake(db: Db, load: CurrentLoad): Promise<readonly ToMake[]> {
  const model = await modelInUse(db)
  const toMake: ToMake[] = []
  for (const programme of await programmes(db))
    for (const way of [undefined, ...(model ? [model] : [])])
      if (!(await hasRun(db, programme, load, way?.id))) toMake.push({ programme, model: way })
  return toMake
}

async function makeLists(workshop: Workshop, load: CurrentLoad, toMake: readonly ToMake[]): Promise<void> {
  const lists = toMake.map(({ programme: { template }, model }) => ({
    ...{ fromAge: template.fromAge, percent: template.targetPercent, spec: model?.spec },
  }))
  const about = { indexOn: load.indexOn, dataFolder: workshop.folder }
  await withStore(join(workshop.folder, load.folder), async (store) => {
    const laid = layOut(store, about, lists)
    for (const [at, { programme, model }] of toMake.entries()) {
      await workshop.say(`Ranking for ${programme.template.name}`, at / toMake.length)
      await rankFor(workshop, load, laid, { programme, model })
    }
  })
}

/** The registers of a load, once: who is on one and since when is the same for every programme. */
async function keepRegisters(workshop: Workshop, load: CurrentLoad): Promise<void> {
  if (await workshop.inVisit(({ db }) => hasEntries(db, load.id))) return
  const entries = await withStore(join(workshop.folder, load.folder), (store) =>
    entriesOf(store, load.indexOn),
  )
  await workshop.inVisit(({ db }) => keepEntries(db, load.id, entries))
}

async function rankFor(
  workshop: Workshop,
  load: CurrentLoad,
  laid: LaidOut,
  { programme, model }: ToMake,
): Promise<void> {
  const asked = await workshop.inVisit((visit) => factsFor(visit, load, programme, model))
  const list = await listFor(laid, programme, { ...asked, spec: model?.spec })
  if (!list) return
  const { store } = laid
  const made = {
    list,
    mirror: await mirrorBeside(store, load.indexOn, asked, list),
    later: await countLater(store, load.indexOn, asked.decided),
    reasons: await countReasons(store, load.indexOn, asked.judging.followed),
  }
  const { agreement, pace } = asked.judging
  await workshop.inVisit((visit) => keepRun(visit, load, programme, { ...made, agreement, pace }, model))
}

/** The mirror of a list: those served are with us or were accepted; those listed, judged or objecting are not in it. */
function mirrorBeside(
  store: Store,
  indexOn: LondonDate,
  asked: Pick<Asked, 'left' | 'judged'>,
  list: RankedList,
): Promise<Mirror> {
  const { left, judged } = asked
  const named = (rows: readonly { readonly pseudonym: string }[]) => rows.map(({ pseudonym }) => pseudonym)
  const served = [
    ...left.filter(({ reason }) => reason === 'with us'),
    ...judged.filter(({ wasAccepted }) => wasAccepted),
  ]
  return mirrorOf(
    store,
    indexOn,
    named(served),
    named([...left, ...judged, ...list.listed, ...list.returned]),
  )
}

type Known = Omit<Asked, 'spec'> & {
  readonly decided: readonly Decided[]
  readonly judging: Judging
}

/** What the record must say before ranking: whom not to list, and whom to watch for. */
async function factsFor(
  visit: Visit<SystemCaller>,
  load: CurrentLoad,
  programme: Programme,
  model: Model,
): Promise<Known> {
  const [left, watched] = [await notToList(visit.db, programme.id), await watchedFor(visit.db, programme.id)]
  const risks = await risksWhenJudged(visit.db, programme.id, targetOf(model?.spec ?? {}).key)
  const ids = [...left.map(({ personId }) => personId), ...watched.map(({ personId }) => personId)]
  const pseudonyms = await pseudonymsOf(visit.db, ids)
  return {
    left: named(left, pseudonyms),
    watched: named(
      watched.map((one) => ({ ...one, riskThen: risks.get(one.personId) })),
      pseudonyms,
    ),
    objecting: await objectingByPractice(visit.db),
    judged: await judgedAndAfter(visit.db, programme.id),
    decided: await decidedFor(visit.db, programme.id),
    judging: await judgingFor(visit.db, programme.id, { indexOn: load.indexOn, now: visit.now }),
  }
}

/** Each row under every pseudonym of its person: a record joined to another has two. Of two rows the later holds. */
function named<T extends { readonly personId: string }>(
  rows: readonly T[],
  behind: readonly { readonly person: string; readonly pseudonym: string }[],
): readonly (T & { readonly pseudonym: string })[] {
  const byPerson = new Map(rows.map((row) => [row.personId, row]))
  return behind.flatMap(({ person, pseudonym }) => {
    const row = byPerson.get(person)
    return row ? [{ ...row, pseudonym }] : []
  })
}

type Made = {
  readonly list: RankedList
  readonly mirror: Mirror
  readonly later: readonly LaterCount[]
  readonly reasons: readonly ReasonCount[]
} & Pick<Judging, 'agreement' | 'pace'>

async function keepRun(
  visit: Visit<SystemCaller>,
  load: CurrentLoad,
  programme: Programme,
  { list, mirror, later, ...judging }: Made,
  model: Model,
): Promise<void> {
  const runId = newId()
  const isKept = await addRun(visit.db, {
    ...list,
    id: runId,
    programme,
    load,
    rankedAt: visit.now,
    modelId: model?.id,
  })
  if (!isKept) return
  await addMovement(visit.db, runId)
  await addMirror(visit.db, runId, mirror)
  await addLater(visit.db, runId, later)
  await addJudging(visit.db, runId, judging)
  await addProfile(visit.db, runId, list.profile)
  if (model) await holdOut(visit.db, runId, visit.now)
  await visit.note({
    what: 'list ranked',
    about: `run ${runId}`,
    facts: { runId, programmeKey: programme.key, listed: list.listed.length },
  })
}

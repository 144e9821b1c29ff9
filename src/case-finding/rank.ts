import { join } from 'node:path'
import { newId, type SystemCaller, type Visit } from '#access'
import type { LondonDate } from '#calendar'
import type { Task, Workshop } from '#jobs'
import { type Programme, programmes } from '#organisations'
import { type CurrentLoad, currentLoad, pseudonymsOf, type Store, withStore } from '#population'
import { addMovement, hasModels } from './drift/store.ts'
import type { Evidence } from './evidence-store.ts'
import { judgedAndAfter } from './group-store.ts'
import { holdOut } from './holdout/store.ts'
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
import { frailtyPoints, hospitalFrailties } from './scores/hospital-frailty-store.ts'

/**
 * The list of every programme from the current load, by the rule, and by the model in use where there is one: the
 * rule's list is always there to go back to. The same load ranked again in the same way changes nothing.
 */
export const rank: Task = async (workshop) => {
  const { load, all, model } = await workshop.inVisit(async (visit) => ({
    load: await currentLoad(visit.db),
    all: await programmes(visit.db),
    model: await modelInUse(visit.db),
  }))
  if (!load) return
  const ways = [undefined, ...(model ? [model] : [])]
  const scoredBefore: Asked['scoredBefore'] = new Map()
  for (const [at, programme] of all.entries()) {
    await workshop.say(`Ranking for ${programme.template.name}`, at / all.length)
    for (const way of ways) await rankFor(workshop, load, programme, way, scoredBefore)
  }
  await keepRegisters(workshop, load)
  // Whether the numbers still fit is looked at once every list is made, and holds none of them up.
  await workshop.inVisit(async (visit) => {
    if (await hasModels(visit.db)) await visit.later('check models', {}, 'check models')
    if (load.sources.some(({ file }) => file === 'outside_scores'))
      await visit.later('check outside scores', {}, 'check outside scores')
  })
  await workshop.say('Every list is ranked', 1)
}

/** The registers of a load, once: who is on one and since when is the same for every programme. */
async function keepRegisters(workshop: Workshop, load: CurrentLoad): Promise<void> {
  if (await workshop.inVisit(({ db }) => hasEntries(db, load.id))) return
  const entries = await withStore(join(workshop.folder, load.folder), (store) =>
    entriesOf(store, load.indexOn),
  )
  await workshop.inVisit(({ db }) => keepEntries(db, load.id, entries))
}

type Model = Awaited<ReturnType<typeof modelInUse>>

async function rankFor(
  workshop: Workshop,
  load: CurrentLoad,
  programme: Programme,
  model: Model,
  scoredBefore: Asked['scoredBefore'],
): Promise<void> {
  const asked = await workshop.inVisit((visit) => factsFor(visit, load, programme, model))
  if (!asked) return
  const made = await withStore(join(workshop.folder, load.folder), async (store) => {
    const given = { ...asked, dataFolder: workshop.folder, spec: model?.spec, scoredBefore }
    const list = await listFor(store, load.indexOn, programme, given)
    return (
      list && {
        list: await withFrailty(store, load.indexOn, workshop.folder, list),
        mirror: await mirrorBeside(store, load.indexOn, asked, list),
        later: await countLater(store, load.indexOn, asked.decided),
        reasons: await countReasons(store, load.indexOn, asked.judging.followed),
      }
    )
  })
  const { agreement, pace } = asked.judging
  if (made)
    await workshop.inVisit((visit) => keepRun(visit, load, programme, { ...made, agreement, pace }, model))
}

/** A list with the Hospital Frailty Risk Score beside its people, where the site loaded a table of points. */
async function withFrailty(
  store: Store,
  indexOn: LondonDate,
  dataFolder: string,
  list: RankedList,
): Promise<RankedList> {
  const points = frailtyPoints(dataFolder)
  if (points.size === 0) return list
  const frailty = await hospitalFrailties(store, indexOn, points)
  const evidence = [...list.evidence].map(([who, found]): [string, Evidence] => [
    who,
    { ...found, scores: { ...found.scores, hospitalFrailty: frailty.get(who) ?? 'does not apply' } },
  ])
  return { ...list, evidence: new Map(evidence) }
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

type Known = Omit<Asked, 'dataFolder' | 'spec' | 'scoredBefore'> & {
  readonly decided: readonly Decided[]
  readonly judging: Judging
}

/** What the record must say before ranking: whom not to list, and whom to watch for. Undefined when it is done. */
async function factsFor(
  visit: Visit<SystemCaller>,
  load: CurrentLoad,
  programme: Programme,
  model: Model,
): Promise<Known | undefined> {
  if (await hasRun(visit.db, programme, load, model?.id)) return undefined
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

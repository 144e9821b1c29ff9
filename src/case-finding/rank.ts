import { join } from 'node:path'
import { newId, type SystemCaller, type Visit } from '#access'
import type { LondonDate } from '#calendar'
import type { Task, Workshop } from '#jobs'
import { type Programme, programmes } from '#organisations'
import { type CurrentLoad, currentLoad, pseudonymsOf, type Store, withStore } from '#population'
import {
  type Counted,
  consideredByPractice,
  countEverybody,
  firstRanked,
  returnedOf,
  totals,
  type Watched,
} from './counts-store.ts'
import { type ListPart, partsOf } from './cut.ts'
import { type Evidence, evidenceFor } from './evidence-store.ts'
import { addRun, hasRun, type NotToList, notToList, objectingByPractice, watchedFor } from './run-store.ts'

/** The list of every programme from the current load. The same load ranked again by the same rules changes nothing. */
export const rank: Task = async (workshop) => {
  const { load, all } = await workshop.inVisit(async (visit) => ({
    load: await currentLoad(visit.db),
    all: await programmes(visit.db),
  }))
  if (!load) return
  for (const [at, programme] of all.entries()) {
    await workshop.say(`Ranking for ${programme.template.name}`, at / all.length)
    await rankFor(workshop, load, programme)
  }
  await workshop.say('Every list is ranked', 1)
}

async function rankFor(workshop: Workshop, load: CurrentLoad, programme: Programme): Promise<void> {
  const asked = await workshop.inVisit((visit) => factsFor(visit, load, programme))
  if (!asked) return
  const list = await withStore(join(workshop.folder, load.folder), (store) =>
    listFor(store, load.indexOn, programme, asked),
  )
  await workshop.inVisit((visit) => keepRun(visit, load, programme, list))
}

/** What the record must say before ranking: whom not to list, and whom to watch for. Undefined when it is done. */
async function factsFor(visit: Visit<SystemCaller>, load: CurrentLoad, programme: Programme) {
  if (await hasRun(visit.db, programme, load)) return undefined
  const [left, watched] = [await notToList(visit.db, programme.id), await watchedFor(visit.db, programme.id)]
  const ids = [...left.map(({ personId }) => personId), ...watched.map(({ personId }) => personId)]
  const pseudonyms = await pseudonymsOf(visit.db, ids)
  return {
    left: named(left, pseudonyms),
    watched: named(watched, pseudonyms),
    objecting: await objectingByPractice(visit.db),
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

type RankedList = {
  readonly considered: number
  readonly mean: number
  readonly variance: number
  readonly cut: number
  readonly parts: readonly ListPart[]
  readonly listed: readonly Counted[]
  readonly returned: readonly Counted[]
  readonly evidence: ReadonlyMap<string, Evidence>
}

async function listFor(
  store: Store,
  indexOn: LondonDate,
  { template }: Programme,
  asked: {
    readonly left: readonly (NotToList & Pick<Watched, 'pseudonym'>)[]
    readonly watched: readonly Watched[]
    readonly objecting: ReadonlyMap<string, number>
  },
): Promise<RankedList> {
  await countEverybody(store, { indexOn, fromAge: template.fromAge })
  const { considered, mean, variance } = await totals(store)
  const cut = Math.ceil((considered * template.targetPercent) / 100)
  const first = await firstRanked(store, cut)
  const leftOut = new Map(asked.left.map(({ pseudonym, reason }) => [pseudonym, reason]))
  const parts = partsOf(await consideredByPractice(store), first, leftOut, asked.objecting)
  const listed = first.filter(({ pseudonym }) => !leftOut.has(pseudonym))
  const inCut = new Set(first.map(({ pseudonym }) => pseudonym))
  const returned = (await returnedOf(store, asked.watched)).filter(
    ({ pseudonym }) => !inCut.has(pseudonym) && !leftOut.has(pseudonym),
  )
  const evidence = await evidenceFor(store, [...listed, ...returned], indexOn)
  return { considered, mean, variance, cut, parts, listed, returned, evidence }
}

async function keepRun(
  visit: Visit<SystemCaller>,
  load: CurrentLoad,
  programme: Programme,
  list: RankedList,
): Promise<void> {
  const runId = newId()
  const isKept = await addRun(visit.db, { ...list, id: runId, programme, load, rankedAt: visit.now })
  if (!isKept) return
  await visit.note({
    what: 'list ranked',
    about: `run ${runId}`,
    facts: { runId, programmeKey: programme.key, listed: list.listed.length },
  })
}

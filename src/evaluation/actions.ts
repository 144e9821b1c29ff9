import { join } from 'node:path'
import { addDays, type LondonDate } from '#calendar'
import type { Task, Workshop } from '#jobs'
import { type Programme, programmes } from '#organisations'
import { type CurrentLoad, currentLoad, withStore } from '#population'
import { type Joined, openPopulation, type Population, type Records } from './cut-store.ts'
import { matchedRows } from './effect.ts'
import type { OtherWay } from './further-types.ts'
import { protocolBy, sha256Of, studyInForce } from './lock.ts'
import { tryMethod } from './made-up-services.ts'
import { judgeInFull, type Prepared, prepare, ratioBy } from './rules.ts'
import { secondPool } from './second-pool.ts'
import { timeLogged, unitCosts } from './service-store.ts'
import { costItems, type Service, type UnitCost } from './service-types.ts'
import { enrolments, listedOn, saveResult } from './store.ts'
import { openDraft, saveDraftCheck, saveMethodTrial, saveOpening } from './study-store.ts'
import type { DraftCheck } from './study-types.ts'
import type { Answer, Protocol } from './types.ts'
import { exampleCosts } from './unit-costs.data.ts'

/** What of a programme a study needs; `joined` by the record, whether or not the population store knows them. */
type Studied = { readonly id: string; readonly fromAge: number; readonly joined: number }

type Sealed = Extract<Prepared, { kind: 'sealed' }> & { readonly known: Protocol }

/**
 * Cuts, matches and judges how alike the groups are. No outcome of the study is read.
 *
 * @returns a final answer that holds no outcome, or the matched people whose outcomes may now be read.
 */
async function prepareFor(
  population: Population,
  method: Protocol,
  { id, fromAge, joined }: Studied,
): Promise<Extract<Prepared, { kind: 'stopped' }> | Sealed> {
  const joinedOn = await population.joinedOn(id)
  const lastOn = addDays(population.dataTo, -method.leastFollowUpDays)
  const followed = joinedOn.filter((on) => on <= lastOn).length
  const first = joinedOn[0]
  const notReady = (reason: Extract<Answer, { kind: 'not ready' }>['reason']) =>
    ({ kind: 'stopped', answer: { kind: 'not ready', reason, joined, followed } }) as const
  if (joined === 0 || !first) return notReady(joined === 0 ? 'nobody joined' : 'nobody followed')
  if (followed === 0) return notReady('nobody followed')
  const pastOn = addDays(first, -365)
  const covariates = population.known(method.covariates, pastOn)
  if (!covariates.some(({ name }) => name === 'admissions365')) return notReady('records too short')
  const known = { ...method, covariates }
  const notKnown = method.covariates
    .filter((covariate) => !covariates.includes(covariate))
    .map(({ label }) => label)
  const cut = await population.cut({ programmeId: id, fromAge, lastOn, pastOn, protocol: known })
  const prepared = prepare(known, { joined, followed: cut.treated.persons.length }, cut, notKnown)
  return prepared.kind === 'stopped' ? prepared : { ...prepared, known }
}

/** Reads the outcomes of people already matched and found alike, and judges them. */
async function answerBy(population: Population, sealed: Sealed, costs: readonly UnitCost[]): Promise<Answer> {
  const { known, cut, matched } = sealed
  const rows = matchedRows(cut, matched)
  const outcomes = await population.outcomes(rows, matched.sets.length, known.horizonDays)
  const answer = judgeInFull(known, sealed, outcomes, costs)
  if (answer.kind !== 'answered' || !answer.further) return answer
  const ways = [
    ...(await laterKept(population, sealed, answer.laterJoinedPercent)),
    await secondPool(known, sealed, (one, helped) => population.outcomes(one, helped, known.horizonDays)),
  ]
  return { ...answer, further: { ...answer.further, otherWays: [...answer.further.otherWays, ...ways] } }
}

/** Where many of those compared joined later, the same with them kept on, so that both ways are shown. */
async function laterKept(
  population: Population,
  sealed: Sealed,
  laterJoinedPercent: number,
): Promise<readonly OtherWay[]> {
  if (laterJoinedPercent <= 10) return []
  const { known, cut, matched } = sealed
  const rows = matchedRows(cut, matched)
  const kept = await population.outcomes(rows, rows.persons.length, known.horizonDays)
  return [{ way: 'Those who joined later kept on', ratio: ratioBy(known, sealed, kept) }]
}

/**
 * Works out every programme's answer from the newest load and keeps it. Promised every night and after each load;
 * twice gives two equal answers.
 *
 * A programme whose study breaks does not keep the others from theirs: their answers are kept first.
 */
export const evaluate: Task = (workshop) =>
  withPopulation(workshop, async (population, load, joined, all) => {
    const broken: unknown[] = []
    for (const [i, programme] of all.entries()) {
      await workshop.say(`${i} of ${all.length} programmes answered`, i / all.length)
      await answerOne(workshop, population, load, studied(programme, joined)).catch((error) =>
        broken.push(error),
      )
    }
    if (broken.length > 0) throw broken[0]
  })

/** Says what a draft could see and how alike its groups would be; no outcome is read, however often it is asked. */
export const checkDraft: Task = (workshop, { programmeId }) =>
  withPopulation(workshop, async (population, load, joined, all) => {
    const programme = all.find(({ id }) => id === programmeId)
    const draft = await workshop.inVisit(({ db }) => openDraft(db, String(programmeId)))
    if (!programme || !draft) return
    await workshop.say('Matching, without outcomes', 0.2)
    const prepared = await prepareFor(population, protocolBy(draft.plan, 1), studied(programme, joined))
    const found: DraftCheck =
      prepared.kind === 'stopped' ? prepared : { kind: 'alike', compared: prepared.compared }
    await workshop.inVisit(({ db, now }) =>
      saveDraftCheck(db, { draftId: draft.id, loadId: load.id, ranAt: now, found }),
    )
  })

const madeUpServices = 200

/**
 * Tries the method of every study whose groups were alike on made-up services of people who did not join. Minutes of
 * work: by the clock once a week, or when somebody asks.
 */
export const tryTheMethod: Task = (workshop) =>
  withPopulation(workshop, async (population, load, joined, all) => {
    for (const programme of all) {
      const study = await workshop.inVisit(({ db, now }) => studyInForce(db, programme.id, now))
      const prepared = await prepareFor(population, study.protocol, studied(programme, joined))
      if (prepared.kind === 'stopped') continue
      const { pool } = prepared.cut
      const outcomes = await population.outcomes(pool, 0, prepared.known.horizonDays)
      const trial = await tryMethod(prepared.known, prepared, outcomes, madeUpServices, (done) =>
        workshop.say(`${done} of ${madeUpServices} made-up services asked about`, done / madeUpServices),
      )
      await workshop.inVisit(({ db, now }) =>
        saveMethodTrial(db, { ...trial, studyId: study.id, loadId: load.id, ranAt: now }),
      )
    }
  })

async function withPopulation(
  workshop: Workshop,
  work: (
    population: Population,
    load: CurrentLoad,
    joined: readonly Joined[],
    all: readonly Programme[],
  ) => Promise<void>,
): Promise<void> {
  const { load, all, joined } = await workshop.inVisit(async ({ db }) => ({
    load: await currentLoad(db),
    all: await programmes(db),
    joined: await enrolments(db),
  }))
  if (!load) return
  await withStore(join(workshop.folder, load.folder), async (store) => {
    const records = {
      coversFrom: coversFrom(load),
      dataTo: load.coveredTo,
      joined,
      listedOn: (programmeId: string, days: readonly LondonDate[]) =>
        workshop.inVisit(({ db }) => listedOn(db, programmeId, days)),
    }
    await work(await openPopulation(store, records), load, joined, all)
  })
}

const coversFrom = ({ sources }: CurrentLoad): Records['coversFrom'] =>
  Object.fromEntries(sources.flatMap(({ file, coversFrom: from }) => (from ? [[file, from]] : [])))

const studied = ({ id, template }: Programme, joined: readonly Joined[]): Studied => ({
  id,
  fromAge: template.fromAge,
  joined: new Set(joined.filter(({ programmeId }) => programmeId === id).map(({ person }) => person)).size,
})

async function answerOne(
  workshop: Workshop,
  population: Population,
  load: CurrentLoad,
  programme: Studied,
): Promise<void> {
  // The study is locked in a transaction of its own, before anything is compared.
  const study = await workshop.inVisit(({ db, now }) => studyInForce(db, programme.id, now))
  const prepared = await prepareFor(population, study.protocol, programme)
  const service = await serviceOf(workshop, population, programme)
  const answer =
    prepared.kind === 'stopped'
      ? prepared.answer
      : await openAndAnswer(
          workshop,
          population,
          { studyId: study.id, loadId: load.id },
          prepared,
          service.unitCosts,
        )
  await workshop.inVisit(({ db, now }) =>
    saveResult(db, {
      studyId: study.id,
      loadId: load.id,
      ranAt: now,
      dataTo: load.coveredTo,
      answer,
      service,
    }),
  )
}

async function serviceOf(
  workshop: Workshop,
  population: Population,
  { id, fromAge }: Studied,
): Promise<Service> {
  const { entered, logged } = await workshop.inVisit(async ({ db }) => ({
    entered: await unitCosts(db),
    logged: (await timeLogged(db)).find(({ programmeId }) => programmeId === id),
  }))
  return {
    reach: await population.reach(id, fromAge),
    contacts: logged?.contacts ?? 0,
    timed: logged?.timed ?? 0,
    minutes: logged?.minutes ?? 0,
    unitCosts: pricesOf(entered),
  }
}

/** What somebody entered, and an example where nobody has. */
const pricesOf = (entered: readonly UnitCost[]): readonly UnitCost[] =>
  costItems.flatMap((wanted) => [...entered, ...exampleCosts].find(({ item }) => item === wanted) ?? [])

/** Keeps that the groups were alike, and who was in them as one number, before any outcome is read. */
async function openAndAnswer(
  workshop: Workshop,
  population: Population,
  of: { readonly studyId: string; readonly loadId: string },
  sealed: Sealed,
  costs: readonly UnitCost[],
): Promise<Answer> {
  const matchedSha256 = sha256Of(matchedRows(sealed.cut, sealed.matched).persons)
  const people = sealed.matched.sets.length
  await workshop.inVisit(({ db, now }) => saveOpening(db, { ...of, openedAt: now, matchedSha256, people }))
  return answerBy(population, sealed, costs)
}

import { join } from 'node:path'
import { addDays, type LondonDate } from '#calendar'
import type { Task, Workshop } from '#jobs'
import { type Programme, programmes } from '#organisations'
import { type CurrentLoad, currentLoad, withStore } from '#population'
import { protocolBy } from './choices.ts'
import { type Joined, openPopulation, type Population, type Records } from './cut-store.ts'
import { matchedRows } from './effect.ts'
import { sha256Of, studyInForce } from './lock.ts'
import { firstDraws, lotAnswerOf } from './lot-rules.ts'
import { inLots } from './lot-store.ts'
import type { LotAnswer } from './lot-types.ts'
import { tryMethod } from './made-up-services.ts'
import { answerBy, prepareFor, type Sealed, type Studied } from './sealed.ts'
import { runAsDesigned, timeLogged, unitCosts } from './service-store.ts'
import type { Service, UnitCost } from './service-types.ts'
import { enrolments, listedOn, saveResult } from './store.ts'
import { answeredCohorts, openDraft, saveDraftCheck, saveMethodTrial, saveOpening } from './study-store.ts'
import type { DraftCheck } from './study-types.ts'
import type { Answer, Protocol } from './types.ts'
import { pricesInForce, pricesLoaded } from './unit-costs.ts'

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
      await answerOne(workshop, population, load, programme, joined).catch((error) => broken.push(error))
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
    const prepared = await prepareFor(
      population,
      protocolBy(draft.plan, 1),
      await studied(workshop, programme, joined),
    )
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
      const prepared = await prepareFor(
        population,
        study.protocol,
        await studied(workshop, programme, joined),
      )
      if (prepared.kind === 'stopped') continue
      const { pool } = prepared.cut
      const outcomes = await population.outcomes(pool, 0, prepared.known)
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

const studied = async (
  workshop: Workshop,
  { id, template }: Programme,
  joined: readonly Joined[],
): Promise<Studied> => ({
  id,
  fromAge: template.fromAge,
  joined: new Set(joined.filter(({ programmeId }) => programmeId === id).map(({ person }) => person)).size,
  cohorts: await workshop.inVisit(({ db }) => answeredCohorts(db, id)),
})

async function answerOne(
  workshop: Workshop,
  population: Population,
  load: CurrentLoad,
  of: Programme,
  joined: readonly Joined[],
): Promise<void> {
  const programme = await studied(workshop, of, joined)
  // The study is locked in a transaction of its own, before anything is compared.
  const study = await workshop.inVisit(({ db, now }) => studyInForce(db, programme.id, now))
  const prepared = await prepareFor(population, study.protocol, programme)
  const service = await serviceOf(workshop, population, programme)
  const lot = await lotOf(workshop, population, programme, study.protocol)
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
      lot,
    }),
  )
}

// A lot is always asked about emergency admissions within a year, of everybody in the draw, whatever the study chose.
const lotHorizonDays = 365

/** What the draws by lot say: whoever was drawn is followed as drawn, and so is whoever was not. */
async function lotOf(
  workshop: Workshop,
  population: Population,
  { id }: Studied,
  { leastFollowUpDays }: Protocol,
): Promise<LotAnswer | undefined> {
  const lastOn = addDays(population.dataTo, -leastFollowUpDays)
  const all = firstDraws(await workshop.inVisit(({ db }) => inLots(db, id)))
  const drawn = all.filter(({ drawnOn }) => drawnOn <= lastOn)
  if (drawn.length === 0) return undefined
  const here = await population.standings(id, drawn)
  const rows = here.flatMap(({ row }) => drawn[row] ?? [])
  const asRows = {
    persons: rows.map(({ person }) => person),
    indexOns: rows.map(({ drawnOn }) => drawnOn),
    values: {},
  }
  const outcomes = await population.outcomes(asRows, rows.length, { horizonDays: lotHorizonDays })
  return lotAnswerOf(
    rows,
    outcomes,
    Uint8Array.from(here, ({ joined }) => joined),
  )
}

async function serviceOf(
  workshop: Workshop,
  population: Population,
  { id, fromAge }: Studied,
): Promise<Service> {
  const { entered, logged, asDesigned } = await workshop.inVisit(async ({ db, today }) => ({
    entered: await unitCosts(db),
    logged: (await timeLogged(db)).find(({ programmeId }) => programmeId === id),
    asDesigned: (await runAsDesigned(db, today)).find(({ programmeId }) => programmeId === id),
  }))
  return {
    reach: await population.reach(id, fromAge),
    measures: await population.measures(id),
    ...(asDesigned ? { asDesigned } : {}),
    contacts: logged?.contacts ?? 0,
    timed: logged?.timed ?? 0,
    minutes: logged?.minutes ?? 0,
    unitCosts: pricesInForce(entered, pricesLoaded(await population.costs())),
  }
}

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

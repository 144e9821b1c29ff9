import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { addDays } from '#calendar'
import type { Task, Workshop } from '#jobs'
import { type Programme, programmes } from '#organisations'
import { type CurrentLoad, currentLoad, withStore } from '#population'
import { type Joined, openPopulation, type Population, type Records } from './cut-store.ts'
import { matchedRows } from './effect.ts'
import { protocol } from './protocol.data.ts'
import { judgeInFull, prepare } from './rules.ts'
import { enrolments, lockStudy, saveResult } from './store.ts'
import type { Answer, Protocol } from './types.ts'

/** What of a programme a study needs. */
type StudiedProgramme = { readonly id: string; readonly fromAge: number }

/**
 * Tonight's answer for one programme. The outcomes of the people compared are read only when their groups have
 * been found alike.
 *
 * @param joined how many joined by the record, whether or not the population store knows them.
 */
export async function answerFor(
  population: Population,
  method: Protocol,
  programme: StudiedProgramme,
  joined: number,
): Promise<Answer> {
  const joinedOn = await population.joinedOn(programme.id)
  const lastOn = addDays(population.dataTo, -method.leastFollowUpDays)
  const followed = joinedOn.filter((on) => on <= lastOn).length
  const first = joinedOn[0]
  const notReady = (reason: Extract<Answer, { kind: 'not ready' }>['reason']): Answer => ({
    kind: 'not ready',
    reason,
    joined,
    followed,
  })
  if (joined === 0 || !first) return notReady(joined === 0 ? 'nobody joined' : 'nobody followed')
  if (followed === 0) return notReady('nobody followed')
  const pastOn = addDays(first, -365)
  const covariates = population.known(method.covariates, pastOn)
  if (!covariates.some(({ name }) => name === 'admissions365')) return notReady('records too short')
  const known = { ...method, covariates }
  const notKnown = method.covariates
    .filter((covariate) => !covariates.includes(covariate))
    .map(({ label }) => label)
  const cut = await population.cut({
    programmeId: programme.id,
    fromAge: programme.fromAge,
    lastOn,
    pastOn,
    protocol: known,
  })
  const prepared = prepare(known, { joined, followed: cut.treated.persons.length }, cut, notKnown)
  if (prepared.kind === 'stopped') return prepared.answer
  const rows = matchedRows(prepared.cut, prepared.matched)
  const outcomes = await population.outcomes(rows, prepared.matched.sets.length, method.horizonDays)
  return judgeInFull(known, prepared, outcomes)
}

/**
 * Works out every programme's answer from the newest load and keeps it. Promised every night and after each load;
 * twice gives two equal answers.
 *
 * A programme whose study breaks does not keep the others from theirs: their answers are kept first.
 */
export const evaluate: Task = async (workshop) => {
  const facts = await workshop.inVisit(async ({ db }) => ({
    load: await currentLoad(db),
    all: await programmes(db),
    joined: await enrolments(db),
  }))
  const { load, all, joined } = facts
  if (!load) return
  await withStore(join(workshop.folder, load.folder), async (store) => {
    const population = await openPopulation(store, {
      coversFrom: coversFrom(load),
      dataTo: load.coveredTo,
      joined,
    })
    const broken: unknown[] = []
    for (const [i, programme] of all.entries()) {
      await workshop.say(`${i} of ${all.length} programmes answered`, i / all.length)
      await answerOne(workshop, population, load, programme, joined).catch((error) => broken.push(error))
    }
    if (broken.length > 0) throw broken[0]
  })
}

const coversFrom = ({ sources }: CurrentLoad): Records['coversFrom'] =>
  Object.fromEntries(sources.flatMap(({ file, coversFrom: from }) => (from ? [[file, from]] : [])))

async function answerOne(
  workshop: Workshop,
  population: Population,
  load: CurrentLoad,
  { id, template }: Programme,
  joined: readonly Joined[],
): Promise<void> {
  // The study is locked in a transaction of its own, before anything is compared.
  const studyId = await workshop.inVisit(({ db, now }) =>
    lockStudy(db, id, protocol, protocolHash(protocol), now),
  )
  const count = new Set(joined.filter(({ programmeId }) => programmeId === id).map(({ person }) => person))
    .size
  const answer = await answerFor(population, protocol, { id, fromAge: template.fromAge }, count)
  await workshop.inVisit(({ db, now }) =>
    saveResult(db, { studyId, loadId: load.id, ranAt: now, dataTo: load.coveredTo, answer }),
  )
}

/** What a protocol says, as one number that no change escapes. */
const protocolHash = (protocol: Protocol): string =>
  createHash('sha256').update(JSON.stringify(protocol)).digest('hex')

import { addDays, type LondonDate } from '#calendar'
import type { Cohort } from './choice-types.ts'
import { choicesOf, priorYearOf } from './choices.ts'
import { leavesOutTooFew } from './cohort-rules.ts'
import type { Population, StudyCut } from './cut-store.ts'
import { follow, matchedRows } from './effect.ts'
import type { OtherWay } from './further-types.ts'
import { measureChanges } from './measure-rules.ts'
import { askedBy, judgeInFull, type Prepared, prepare, ratioBy } from './rules.ts'
import { closerWays, secondPool } from './second-pool.ts'
import type { UnitCost } from './service-types.ts'
import type { Answer, NotReady, Outcomes, Protocol, StudyRows } from './types.ts'

/** What of a programme a study needs; `joined` by the record, whether or not the population store knows them. */
export type Studied = {
  readonly id: string
  readonly fromAge: number
  readonly joined: number
  /** Cohorts of other versions of its study, whose answers stand beside this one’s. */
  readonly cohorts?: readonly Cohort[]
}

/** A study matched and found alike, by the covariates its records know. */
export type Sealed = Extract<Prepared, { kind: 'sealed' }> & {
  readonly known: Protocol
  readonly study: StudyCut
}

type Stopped = Extract<Prepared, { kind: 'stopped' }>

/**
 * Cuts, matches and judges how alike the groups are. No outcome of the study is read.
 *
 * @returns a final answer that holds no outcome, or the matched people whose outcomes may now be read.
 */
export async function prepareFor(
  population: Population,
  method: Protocol,
  studied: Studied,
): Promise<Stopped | Sealed> {
  const found = await preparedBy(population, method, studied)
  return found.kind === 'stopped' ? { ...found, answer: { ...found.answer, ...askedBy(method) } } : found
}

async function preparedBy(
  population: Population,
  method: Protocol,
  studied: Studied,
): Promise<Stopped | Sealed> {
  const { id, fromAge } = studied
  const first = (await population.joinedOn(id))[0]
  const lastOn = addDays(population.dataTo, -method.leastFollowUpDays)
  const { joined, followed, lack } = await cohortOf(population, method, studied, lastOn)
  const notReady = (reason: NotReady) =>
    ({ kind: 'stopped', answer: { kind: 'not ready', reason, joined, followed } }) as const
  if (lack || !first) return notReady(lack ?? 'nobody followed')
  if (!(await population.isRecorded(choicesOf(method).outcome))) return notReady('not recorded')
  const pastOn = addDays(first, -365)
  const covariates = population.known(method.covariates, pastOn)
  if (!covariates.some(({ name }) => name === priorYearOf(method))) return notReady('records too short')
  const known = { ...method, covariates }
  const notKnown = method.covariates
    .filter((covariate) => !covariates.includes(covariate))
    .map(({ label }) => label)
  const study: StudyCut = { programmeId: id, fromAge, lastOn, pastOn, protocol: known }
  const cut = await population.cut(study)
  const prepared = prepare(known, { joined, followed: cut.treated.persons.length }, cut, notKnown)
  return prepared.kind === 'stopped' ? prepared : { ...prepared, known, study }
}

/** Who of the cohort joined and can be looked at, and why nobody may be looked at where that is so. */
async function cohortOf(
  population: Population,
  method: Protocol,
  { id, joined, cohorts = [] }: Studied,
  lastOn: LondonDate,
): Promise<{ readonly joined: number; readonly followed: number; readonly lack?: NotReady }> {
  const { cohort } = choicesOf(method)
  const personsIn = async (one: Cohort) =>
    (await population.joinedIn(id, one)).filter(({ on }) => on <= lastOn).map(({ person }) => person)
  const own = await personsIn(cohort)
  const isNarrower = Object.keys(cohort).length > 0
  const all = isNarrower ? (await population.joinedIn(id, cohort)).length : joined
  const found = { joined: all, followed: own.length }
  if (joined === 0) return { ...found, lack: 'nobody joined' }
  if (own.length === 0) return { ...found, lack: isNarrower ? 'nobody in the cohort' : 'nobody followed' }
  for (const other of isNarrower ? [{}, ...cohorts] : cohorts)
    if (leavesOutTooFew(own, await personsIn(other))) return { ...found, lack: 'leaves out too few' }
  return found
}

/** Reads the outcomes of people already matched and found alike, and judges them. */
export async function answerBy(
  population: Population,
  sealed: Sealed,
  costs: readonly UnitCost[],
): Promise<Answer> {
  const { known, cut, matched } = sealed
  const rows = matchedRows(cut, matched)
  const outcomes = await population.outcomes(rows, matched.sets.length, known)
  const answer = { ...judgeInFull(known, sealed, outcomes, costs), ...askedBy(known) }
  if (answer.kind !== 'answered' || !answer.further) return answer
  const read = (one: StudyRows, helped: number) => population.outcomes(one, helped, known)
  const ways = [
    ...(await laterKept(population, sealed, answer.laterJoinedPercent)),
    ...(await closerWays(known, sealed, read)),
    await secondPool(known, sealed, read, () => population.cut({ ...sealed.study, pool: 'everywhere' })),
  ]
  const measures = await movedIn(population, sealed, outcomes)
  const otherWays = [...answer.further.otherWays, ...ways]
  return { ...answer, further: { ...answer.further, otherWays, ...(measures ? { measures } : {}) } }
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
  const kept = await population.outcomes(rows, rows.persons.length, known)
  return [{ way: 'Those who joined later kept on', ratio: ratioBy(known, sealed, kept) }]
}

/** How routine care moved among the matched people, where readings are in the records. */
async function movedIn(
  population: Population,
  { known, prognosis, cut, matched }: Sealed,
  outcomes: Outcomes,
) {
  const rows = matchedRows(cut, matched)
  const before = await population.measured(rows, 0)
  const after = await population.measured(rows, known.horizonDays)
  return before && after && measureChanges(follow(known, prognosis, cut, matched, outcomes), before, after)
}

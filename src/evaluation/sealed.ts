import { addDays } from '#calendar'
import type { Population } from './cut-store.ts'
import { matchedRows } from './effect.ts'
import type { OtherWay } from './further-types.ts'
import { judgeInFull, type Prepared, prepare, ratioBy } from './rules.ts'
import { secondPool } from './second-pool.ts'
import type { UnitCost } from './service-types.ts'
import type { Answer, Protocol } from './types.ts'

/** What of a programme a study needs; `joined` by the record, whether or not the population store knows them. */
export type Studied = { readonly id: string; readonly fromAge: number; readonly joined: number }

/** A study matched and found alike, by the covariates its records know. */
export type Sealed = Extract<Prepared, { kind: 'sealed' }> & { readonly known: Protocol }

/**
 * Cuts, matches and judges how alike the groups are. No outcome of the study is read.
 *
 * @returns a final answer that holds no outcome, or the matched people whose outcomes may now be read.
 */
export async function prepareFor(
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
export async function answerBy(
  population: Population,
  sealed: Sealed,
  costs: readonly UnitCost[],
): Promise<Answer> {
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

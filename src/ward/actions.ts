import {
  changedMeanwhile,
  type ListPermit,
  newId,
  notForYou,
  type Outcome,
  type Permit,
  permitList,
  Refused,
  type StaffVisit,
} from '#access'
import { addDays, londonDate, timeWords } from '#calendar'
import { addTask } from '#co-ordination'
import { organisationById, programmes } from '#organisations'
import { openEpisodesIn } from '#people'
import { bedsSentence, isDue, mayLeaveAsReady, type RoundDecision, roundOrder } from './rules.ts'
import {
  addDiscussion,
  addRound,
  addSkip,
  addStay,
  bedsTaken,
  endRound,
  endStay,
  freeBed,
  onWardNow,
  openRound,
  roundEvents,
  stayOf,
} from './store.ts'
import type { LeavingReason, OnWard, Round, Seen, Turn, Ward } from './types.ts'

/**
 * The ward the caller works at, with the programme that names it.
 *
 * @throws Refused when they work elsewhere, or when no programme of kind "virtual ward" names their ward.
 */
export async function wardOf(visit: StaffVisit): Promise<Ward> {
  const { organisation } = visit.caller
  if (organisation.kind !== 'ward') throw notForYou()
  const place = await organisationById(visit.db, organisation.id)
  const programme = (await programmes(visit.db)).find(
    ({ template }) => template.kind === 'virtual ward' && template.teams.includes(place?.code ?? ''),
  )
  if (!programme) {
    throw new Refused('not now', 'No programme names this ward. Ask your administrator to add it to one.')
  }
  return {
    id: organisation.id,
    name: organisation.name,
    ...(place?.telephone && { telephone: place.telephone }),
    programmeId: programme.id,
    beds: programme.template.beds ?? 0,
  }
}

/** Leave to see everybody of the ward: those in its beds, and those waiting for one. */
export const openTheWard = (visit: StaffVisit, verb: string): Promise<ListPermit> =>
  permitList(visit, { may: 'run rounds', circle: 'team', purpose: 'direct care', verb })

/**
 * Gives the permitted person a bed.
 *
 * @returns the bed's number; or what stands in the way: no open episode in the ward's programme, in a bed already, or
 *   the ward is full. Of any number at once for the last bed one gets it.
 */
export async function admit(
  visit: StaffVisit,
  permit: Permit<'whole'>,
  ward: Ward,
  chosen: { readonly episodeId: string; readonly seen: Seen },
): Promise<Outcome<{ readonly bed: number }>> {
  const there = await stayOf(visit.db, permit)
  if (there) return refuse('bed', `They are in bed ${there.bed} already`)
  const bed = await freeBed(visit.db, ward.id, ward.beds, visit.now)
  if (!bed) return refuse('bed', bedsSentence(await bedsTaken(visit.db, ward.id), ward.beds))
  const stayId = newId()
  await addStay(visit.db, permit, {
    id: stayId,
    episodeId: chosen.episodeId,
    bedId: bed.id,
    since: bed.freeFrom,
    at: visit.now,
    seen: chosen.seen,
    // Whoever comes is looked at on the next round, however often they are seen after that.
    nextLookOn: addDays(visit.today, 1),
    by: visit.caller.staffId,
  })
  await visit.note({
    what: 'admitted to the ward',
    person: permit.person,
    about: `stay ${stayId}`,
    facts: { stayId, bed: bed.n },
  })
  return { ok: true, value: { bed: bed.n } }
}

const refuse = (field: string, message: string) => ({ ok: false, problems: [{ field, message }] }) as const

/**
 * Takes the permitted person off the ward and frees the bed. Their episode goes on until it is closed.
 *
 * @returns a problem when they are in no bed, or when "ready to leave" was not decided on a round.
 */
export async function leaveWard(
  visit: StaffVisit,
  permit: Permit<'whole'>,
  reason: LeavingReason,
): Promise<Outcome<{ readonly bed: number }>> {
  const there = await stayOf(visit.db, permit)
  if (!there) return refuse('reason', 'They are not in a bed on this ward')
  if (reason === 'ready to leave' && !mayLeaveAsReady(there)) {
    return refuse(
      'reason',
      'Ready to leave is decided on the round, with a second name. Decide it there first',
    )
  }
  const end = { at: visit.now, by: visit.caller.staffId, reason }
  if (!(await endStay(visit.db, permit, there.stayId, end))) {
    throw changedMeanwhile('Somebody else took them off the ward just now. Look at the ward again.')
  }
  await visit.note({
    what: 'left the ward',
    person: permit.person,
    about: `stay ${there.stayId}`,
    facts: { stayId: there.stayId, reason },
  })
  return { ok: true, value: { bed: there.bed } }
}

/** Starts today's round, or goes on with it. One left open on another day is ended first. */
export async function startRound(visit: StaffVisit, ward: Ward): Promise<Round> {
  const by = visit.caller.staffId
  const open = await openRound(visit.db, ward.id)
  if (open?.heldOn === visit.today) return open
  if (open) await endRound(visit.db, open.id, visit.now, by)
  await addRound(visit.db, ward.id, { id: newId(), heldOn: visit.today, at: visit.now, by })
  const round = await openRound(visit.db, ward.id)
  if (!round) throw new Error('a round was started and none is open')
  return round
}

/** The round being held, or a refusal that says how to start one. */
export async function currentRound(visit: StaffVisit, ward: Ward): Promise<Round> {
  const round = await openRound(visit.db, ward.id)
  if (!round) throw new Refused('not now', 'No round is being held. Start the round from the ward’s page.')
  return round
}

/** Who is on a round, in its order: everybody whose look is due, and everybody already discussed on it. */
export async function turnsOf(
  visit: StaffVisit,
  permit: ListPermit,
  ward: Ward,
  round: Round,
): Promise<readonly Turn[]> {
  const people = await onWardNow(visit.db, permit, ward.id)
  const events = new Map(
    (await roundEvents(visit.db, permit, round.id)).map((event) => [event.stayId, event]),
  )
  const turns = people
    .filter((onWard) => events.get(onWard.stayId)?.decision || isDue(onWard, round.heldOn))
    .map((onWard) => ({ onWard, ...turnFrom(events.get(onWard.stayId)) }))
  return roundOrder(turns, visit.now, visit.today)
}

const turnFrom = (event: { decision: string | null; skippedAt: Date | null } | undefined) => ({
  isDiscussed: Boolean(event?.decision),
  ...(event?.skippedAt && { skippedAt: event.skippedAt }),
})

/**
 * Writes down what the round decided about the permitted person; what has to happen becomes a task at once.
 *
 * @param from how many discussions the page was drawn from.
 * @returns what to put right in the task.
 * @throws Refused when somebody wrote a decision meanwhile, or the person left the ward; then nothing is saved.
 */
export async function discuss(
  visit: StaffVisit,
  permit: Permit<'whole'>,
  round: Round,
  from: number,
  decided: RoundDecision,
): Promise<Outcome> {
  const there = await stayOf(visit.db, permit)
  if (!there) throw changedMeanwhile('They left the ward meanwhile. Go on with the next person.')
  if (there.discussions !== from) throw changedMeanwhile(whoWasFirst(there))
  const { task, ...rest } = decided
  const given = task && (await giveTask(visit, permit, task))
  if (given && !given.ok) return given
  const isFirst = await addDiscussion(visit.db, permit, {
    ...rest,
    stayId: there.stayId,
    n: from + 1,
    roundId: round.id,
    ...(given && { taskId: given.value.taskId }),
    at: visit.now,
    by: visit.caller.staffId,
  })
  if (!isFirst) throw changedMeanwhile(whoWasFirst(there))
  await visit.note({
    what: 'discussed on the ward round',
    person: permit.person,
    about: `stay ${there.stayId}`,
    facts: { stayId: there.stayId, decision: decided.decision },
  })
  return { ok: true, value: undefined }
}

const whoWasFirst = ({ lastDiscussedBy, lastDiscussedAt }: OnWard): string =>
  lastDiscussedBy && lastDiscussedAt
    ? `${lastDiscussedBy} saved a decision about this person at ${timeWords(lastDiscussedAt)}. Look at it, then decide again.`
    : 'Somebody saved a decision about this person just now. Look at it, then decide again.'

async function giveTask(
  visit: StaffVisit,
  permit: Permit<'whole'>,
  task: NonNullable<RoundDecision['task']>,
): Promise<Outcome<{ readonly taskId: string }>> {
  const { ownerId, ...rest } = task
  const why = 'Decided on the ward round'
  const added = await addTask(visit, permit, { ...rest, why, holder: { staffId: ownerId } })
  return added.ok
    ? added
    : { ok: false, problems: added.problems.map((each) => ({ ...each, field: 'task' })) }
}

/** Puts the permitted person off to the end of the round. */
export async function skip(visit: StaffVisit, permit: Permit<'whole'>, round: Round): Promise<void> {
  const there = await stayOf(visit.db, permit)
  if (!there) throw changedMeanwhile('They left the ward meanwhile. Go on with the next person.')
  await addSkip(visit.db, permit, {
    id: newId(),
    roundId: round.id,
    stayId: there.stayId,
    by: visit.caller.staffId,
  })
}

/** Ends the round. Whoever was not discussed keeps a look that is due, which puts them on the next one. */
export async function leaveRound(visit: StaffVisit, round: Round, turns: readonly Turn[]): Promise<void> {
  if (!(await endRound(visit.db, round.id, visit.now, visit.caller.staffId))) return
  const discussed = turns.filter((turn) => turn.isDiscussed).length
  await visit.note({
    what: 'ward round ended',
    about: `round ${round.id}`,
    facts: { roundId: round.id, discussed, notReached: turns.length - discussed },
  })
}

/** Those with an open episode in the ward's programme and no bed: who may be admitted. */
export async function waitingForBed(visit: StaffVisit, permit: ListPermit, ward: Ward) {
  const inBed = new Set((await onWardNow(visit.db, permit, ward.id)).map((person) => person.personId))
  const episodes = await openEpisodesIn(visit.db, permit)
  return episodes.filter(
    (episode) => episode.programmeId === ward.programmeId && !inBed.has(episode.personId),
  )
}

/** The day somebody came to the ward. */
export const cameOn = (person: Pick<OnWard, 'cameAt'>) => londonDate(person.cameAt)

import {
  changedMeanwhile,
  type ListPermit,
  newId,
  type Outcome,
  type Permit,
  Refused,
  type StaffVisit,
} from '#access'
import { timeWords } from '#calendar'
import { addTask } from '#co-ordination'
import { isDue, type RoundDecision, roundOrder } from './rules.ts'
import {
  addDiscussion,
  addRound,
  addSkip,
  endRound,
  onWardNow,
  openRound,
  roundEvents,
  stayOf,
} from './store.ts'
import type { OnWard, Round, Turn, Ward } from './types.ts'

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

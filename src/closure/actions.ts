import { actorOf, changedMeanwhile, newId, notForYou, type Outcome, type Permit, type Visit } from '#access'
import { remarkOnAction, unfinishedActions } from '#care-plan'
import { openTasks, turnTask } from '#co-ordination'
import type { Db } from '#database'
import { type Episode, episodesOf, turnEpisode } from '#people'
import { mayTakeBack, problemsWithClosing } from './rules.ts'
import { closureOf, insertClosure, stageBefore, takeBackClosure } from './store.ts'
import type { Closing, LooseEnds } from './types.ts'

/** What the permitted person still has open: it must be ended or handed on by name before an episode closes. */
export async function looseEnds(db: Db, permit: Permit<'whole'>): Promise<LooseEnds> {
  return {
    tasks: await openTasks(db, [permit.person]),
    actions: await unfinishedActions(db, [permit.person]),
  }
}

/**
 * Closes an episode, by a named person's decision and with a coded reason.
 *
 * Everything still open is ended or handed on in the same transaction. What to do if things get worse stays readable
 * to the team for 28 days, and the closing may be taken back for 7.
 *
 * @returns what to put right: an open alert blocks it, and every other open task and action needs its fate.
 * @throws Refused when the person has no such open episode, or somebody changed it since the page was drawn.
 */
export async function closeEpisode(
  visit: Visit,
  permit: Permit<'whole'>,
  closing: Closing,
): Promise<Outcome> {
  const episode = (await episodesOf(visit.db, permit)).find(({ id }) => id === closing.episodeId)
  if (!episode) throw notForYou()
  if (episode.closedOn || episode.turn !== closing.turn) throw changed(episode)
  const problems = problemsWithClosing(closing, episode, await looseEnds(visit.db, permit), visit.today)
  if (problems.length > 0) return { ok: false, problems }
  const by = actorOf(visit, closing.closedById)
  await settle(visit, permit, closing, by)
  const turn = {
    stage: 'closed' as const,
    ownerId: episode.ownerId,
    teamId: episode.teamId,
    reason: closing.reason,
    at: visit.now,
    by,
  }
  const isMine = await turnEpisode(visit.db, permit, episode.id, closing.turn, turn, closing.closedOn)
  if (!isMine) throw changed(episode)
  await insertClosure(visit.db, permit, { ...closing, id: newId(), by, at: visit.now })
  const { reason, closedOn } = closing
  await visit.note({
    what: 'episode closed',
    person: permit.person,
    about: `episode ${episode.id}`,
    facts: { episodeId: episode.id, reason, closedOn },
  })
  return { ok: true, value: undefined }
}

const changed = (episode: Episode) =>
  changedMeanwhile(
    episode.closedOn
      ? 'This episode was closed meanwhile. Open the person’s page to see how it ended.'
      : 'This episode changed hands or stage meanwhile. Check how it stands, then close it again.',
  )

async function settle(visit: Visit, permit: Permit<'whole'>, closing: Closing, by: string): Promise<void> {
  for (const fate of closing.tasks) {
    const { taskId, turn } = fate
    const next =
      fate.fate === 'end'
        ? { state: 'not needed' as const, words: 'The episode closed' }
        : { state: 'to do' as const, holder: { staffId: fate.toStaffId }, words: 'Handed on at closing' }
    const outcome = await turnTask(visit, permit, { taskId, turn, ...next, byId: by })
    if (!outcome.ok) throw new Error(`task ${taskId} could not be settled at closing`)
  }
  for (const { actionId, fate } of closing.actions) {
    if (fate === 'goes on') continue
    const words = 'The episode closed'
    const outcome = await remarkOnAction(visit, permit, { actionId, state: 'stopped', words, byId: by })
    if (!outcome.ok) throw new Error(`action ${actionId} could not be stopped at closing`)
  }
}

/**
 * Takes a closing back within 7 days: the episode is open again, in the stage and with the case manager it had.
 *
 * What was ended with it stays ended. @throws Refused when there is nothing to take back, or it is too late.
 */
export async function takeBack(
  visit: Visit,
  permit: Permit<'whole'>,
  back: { readonly episodeId: string; readonly reason: string },
): Promise<Outcome> {
  if (!back.reason.trim()) {
    return { ok: false, problems: [{ field: 'reason', message: 'Enter why the closing is taken back' }] }
  }
  const episodes = await episodesOf(visit.db, permit)
  const episode = episodes.find(({ id }) => id === back.episodeId)
  const closure = await closureOf(visit.db, permit, back.episodeId)
  if (!episode || !closure) throw notForYou()
  const isAgain = episodes.some((one) => !one.closedOn && one.programmeId === episode.programmeId)
  if (isAgain) throw changedMeanwhile('A new episode in this programme is open already. Go on with that one.')
  if (!mayTakeBack(closure, visit.today)) {
    throw changedMeanwhile('More than 7 days have passed. Refer the person again to open a new episode.')
  }
  await reopen(visit, permit, episode, { id: closure.id, reason: back.reason.trim() })
  return { ok: true, value: undefined }
}

async function reopen(
  visit: Visit,
  permit: Permit<'whole'>,
  episode: Episode,
  closure: { readonly id: string; readonly reason: string },
): Promise<void> {
  const by = actorOf(visit)
  const stage = (await stageBefore(visit.db, permit, episode.id, episode.turn)) ?? 'active'
  const turn = {
    stage,
    ownerId: episode.ownerId,
    teamId: episode.teamId,
    reason: 'closing taken back',
    at: visit.now,
    by,
  }
  const isMine =
    (await takeBackClosure(visit.db, permit, { ...closure, by, at: visit.now })) &&
    (await turnEpisode(visit.db, permit, episode.id, episode.turn, turn))
  if (!isMine) throw changed(episode)
  await visit.note({
    what: 'closing taken back',
    person: permit.person,
    about: `episode ${episode.id}`,
    facts: { episodeId: episode.id },
  })
}

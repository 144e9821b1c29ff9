import { permit, type Visit } from '#access'
import type { Task as Job } from '#jobs'
import { episodesOf } from '#people'
import { turnTask } from './actions.ts'
import { tasksLeftAt } from './store.ts'

const task = 'pass tasks on to the new team'

/**
 * Somebody's care passed to another team: whoever stays behind can open them no more, so what they still had to do would
 * stand in nobody's day. It is promised here and done as soon as the change is kept, by the program, because the one who
 * changed it may have lost the tie with it.
 */
export async function tasksFollow(
  visit: Visit,
  note: {
    readonly person?: string
    readonly facts: { readonly episodeId: string; readonly fromTeamId: string; readonly teamId: string }
  },
): Promise<void> {
  const { episodeId, fromTeamId, teamId } = note.facts
  if (fromTeamId === teamId || !note.person) return
  await visit.later(task, { personId: note.person, episodeId, fromTeamId }, `${task} ${episodeId}`)
}

/** Gives the case manager of an episode every open task that its old team, or somebody who works only there, holds. */
const passTasksOn: Job = (workshop, payload) =>
  workshop.inVisit(async (visit) => {
    const asked = { may: 'do tasks', part: 'whole', purpose: 'direct care' } as const
    const leave = await permit(visit, String(payload.personId), {
      ...asked,
      verb: 'pass tasks to another team',
    })
    const open = (await episodesOf(visit.db, leave)).filter(({ closedOn }) => !closedOn)
    const episode = open.find(({ id }) => id === payload.episodeId)
    const fromTeamId = String(payload.fromTeamId)
    // In another programme they are with the old team still.
    if (!episode || open.some(({ teamId }) => teamId === fromTeamId)) return
    for (const { id, turn, state, holderName } of await tasksLeftAt(
      visit.db,
      leave,
      fromTeamId,
      episode.teamId,
    )) {
      const outcome = await turnTask(visit, leave, {
        ...{ taskId: id, turn, state },
        holder: { staffId: episode.ownerId },
        words: `From ${holderName}: care passed to ${episode.teamName}`,
        byId: episode.ownerId,
      })
      if (!outcome.ok) throw new Error('a task could not pass to the new team')
    }
  })

export const followTasks: Readonly<Record<string, Job>> = { [task]: passTasksOn }

import { permit, type Visit } from '#access'
import { addTask } from '#co-ordination'
import { episodesOf } from '#people'

/**
 * Somebody answered that they have thought of death or of hurting themselves: the team of the episode has an urgent task
 * for today, in the same transaction as the answer. It is the team's and not one worker's, so that leave or a day off
 * hides it from nobody.
 *
 * @throws Error when the task cannot be added: then the answers are not kept either, and the page says so. That is ours.
 */
export async function askTheSameDay(
  visit: Visit,
  note: {
    readonly person?: string
    readonly facts: { readonly episodeId: string; readonly instrument: string; readonly question: string }
  },
): Promise<void> {
  const leave = await permit(visit, note.person ?? '', {
    may: 'see people',
    part: 'whole',
    purpose: 'direct care',
    verb: 'raise the task of a safety answer',
  })
  const { episodeId, instrument, question } = note.facts
  const episode = (await episodesOf(visit.db, leave)).find(({ id }) => id === episodeId)
  if (!episode) throw new Error('a safety answer has no episode whose team could act on it')
  const outcome = await addTask(visit, leave, {
    what: 'Talk to them today about thoughts of being better off dead or of hurting themselves',
    why: `Question ${question} of the ${instrument} was answered above “Not at all”`,
    holder: { teamId: episode.teamId },
    dueOn: visit.today,
    isUrgent: true,
    addedById: episode.ownerId,
  })
  if (!outcome.ok) throw new Error('the task of a safety answer could not be added')
}

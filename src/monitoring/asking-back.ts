import { permit, type Visit } from '#access'
import { addDays } from '#calendar'
import { addTask } from '#co-ordination'
import { aboutPerson } from '#people'
import { loansOf, openPersonHasKit } from './store.ts'

const daysToAsk = 7

const asking = { may: 'do tasks', part: 'whole', purpose: 'direct care', verb: 'ask for kit back' } as const

/**
 * An episode closed while somebody still has kit: whoever closed it leaves a task to ask for it back, with the team, in the
 * same transaction. One for all of it.
 */
export async function askForKitBack(
  visit: Visit,
  note: { readonly person?: string; readonly facts: { readonly episodeId: string } },
): Promise<void> {
  // Whoever closes an episode has the person open; most have no kit.
  if (!(await openPersonHasKit(visit.db))) return
  const leave = await permit(visit, note.person ?? '', asking)
  const out = (await loansOf(visit.db, leave)).filter(({ until }) => !until)
  const { episodes, person } = await aboutPerson(visit, leave)
  const episode = episodes.find(({ id }) => id === note.facts.episodeId)
  if (out.length === 0 || !episode) return
  const outcome = await addTask(visit, leave, {
    what: `Ask for kit back${person.diedOn ? ' from whoever has it now' : ''}: ${out.map(({ kind, serial }) => `${kind}, serial ${serial}`).join('; ')}`,
    why: 'Their episode closed. Until it is taken back under Kit, its alerts go on coming to this team',
    holder: { teamId: episode.teamId },
    dueOn: addDays(visit.today, daysToAsk),
    addedById: episode.ownerId,
  })
  if (!outcome.ok) throw new Error('kit could not be asked back')
}

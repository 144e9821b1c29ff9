import { changedMeanwhile, newId, notForYou, type Permit, type Visit } from '#access'
import { type Programme, programmes } from '#organisations'
import { type Episode, episodesOf } from '#people'

/** The wish to take part in a programme, answered now. */
export const takingPart = (visit: Visit, programmeKey: string) =>
  ({
    id: newId(),
    kind: 'take part',
    purpose: programmeKey,
    since: visit.today,
    at: visit.now,
    source: visit.caller.kind === 'staff' ? visit.caller.role : visit.caller.name,
  }) as const

/** One thing to put right. */
export const problem = (field: string, message: string) =>
  ({ ok: false, problems: [{ field, message }] }) as const

/** The human who asks. @throws Refused when the program itself does: it decides about nobody. */
export function humanOf(visit: Visit, permit: Permit<'whole'>): string {
  if (visit.caller.kind === 'staff') return visit.caller.staffId
  throw notForYou({ person: permit.person, purpose: 'direct care', verb: 'decide about an episode' })
}

export const programmeOf = async (visit: Visit, id: string): Promise<Programme | undefined> =>
  (await programmes(visit.db)).find((programme) => programme.id === id)

/** The open episode of the permitted person in a programme. */
export const openIn = async (visit: Visit, permit: Permit<'whole'>, programmeId: string) =>
  (await episodesOf(visit.db, permit)).find(
    (episode) => episode.programmeId === programmeId && !episode.closedOn,
  )

/** An open episode by its reference. @throws Refused when it is another person's, or closed meanwhile. */
export async function openEpisodeOf(
  visit: Visit,
  permit: Permit<'whole'>,
  episodeId: string,
): Promise<Episode> {
  const episode = (await episodesOf(visit.db, permit)).find(({ id }) => id === episodeId)
  if (!episode) throw notForYou({ person: permit.person, purpose: 'direct care', verb: 'open an episode' })
  if (episode.closedOn) throw changedMeanwhile('This episode has been closed. Open the person to see why.')
  return episode
}

/** Somebody turned the episode first. */
export const turned = (episode: Episode) =>
  changedMeanwhile(
    `Somebody changed ${episode.programmeName} for this person since you opened the page. Look again.`,
  )

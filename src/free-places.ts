import { tellFreePlaces } from '#case-finding'
import type { Task } from '#jobs'
import { type ProgrammeTemplate, programmes } from '#organisations'
import { type PossibleOwner, possibleOwners } from '#referral'

/**
 * Counts each programme's free places and tells case-finding, which may not look forward to the rooms that have them.
 * A list may be cut by them.
 */
export const countFreePlaces: Task = async (workshop) => {
  await workshop.inVisit(async (visit) => {
    for (const programme of await programmes(visit.db)) {
      const owners = await possibleOwners(visit.db, programme)
      await tellFreePlaces(visit, programme.id, placesOf(owners, programme.template))
    }
  })
}

/**
 * A programme's places: what its case managers, or its teams, may still take on by the caseload limit, and never more
 * than its beds leave. Somebody over the limit has no place, and takes none from another.
 */
export function placesOf(
  owners: readonly Pick<PossibleOwner, 'staffId' | 'teamId' | 'held'>[],
  { caseload, beds }: Pick<ProgrammeTemplate, 'caseload' | 'beds'>,
): { readonly free: number; readonly capacity: number } {
  const held = new Map<string, number>()
  for (const owner of owners) {
    const key = { worker: owner.staffId, nurse: owner.staffId, team: owner.teamId, site: '' }[caseload.unit]
    held.set(key, (held.get(key) ?? 0) + owner.held)
  }
  const all = [...held.values()]
  const free = all.reduce((sum, count) => sum + Math.max(0, caseload.limit - count), 0)
  const capacity = caseload.limit * all.length
  if (beds === undefined) return { free, capacity }
  const taken = all.reduce((sum, count) => sum + count, 0)
  const most = Math.min(capacity, beds)
  return { free: Math.min(free, Math.max(0, beds - taken)), capacity: most }
}

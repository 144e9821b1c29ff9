import type { Db } from '#database'
import { organisationByCode, type Programme, staffAt } from '#organisations'
import { owningRoles } from './reasons.data.ts'
import { leastLoadedFirst } from './rules.ts'
import { caseloads } from './store.ts'
import type { PossibleOwner } from './types.ts'

/** Who may be a case manager in a programme: staff of its teams in an owning role today, least loaded first. */
export async function possibleOwners(db: Db, programme: Programme): Promise<readonly PossibleOwner[]> {
  const owners: Omit<PossibleOwner, 'held'>[] = []
  for (const code of programme.template.teams) {
    const team = await organisationByCode(db, code)
    if (!team) continue
    for (const { id, name } of await staffAt(db, team.id, owningRoles)) {
      owners.push({ staffId: id, name, teamId: team.id, teamName: team.name })
    }
  }
  const teamIds = [...new Set(owners.map(({ teamId }) => teamId))]
  const held = await caseloads(db, programme.id, teamIds)
  return leastLoadedFirst(
    owners.map((owner) => ({
      ...owner,
      held: held.find((h) => h.ownerId === owner.staffId && h.teamId === owner.teamId)?.held ?? 0,
    })),
  )
}

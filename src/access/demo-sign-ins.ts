import type { Db } from '#database'
import {
  addOrganisation,
  addPost,
  addStaff,
  installation,
  type Organisation,
  type OrganisationKind,
  organisationsOf,
  type Role,
  shippedRoles,
} from '#organisations'
import { newId } from './ids.ts'
import { demoPosts } from './sign-in-store.ts'

/** Where each role is made: at the first place of the first kind that is there. */
const placeOf: Partial<Record<Role, readonly OrganisationKind[]>> = {
  GP: ['practice', 'team'],
  'practice administrator': ['practice', 'team'],
  'ward clerk': ['ward', 'team'],
  'out-of-hours clinician': ['out of hours', 'team'],
  analyst: ['umbrella', 'team'],
  commissioner: ['umbrella', 'team'],
  'privacy officer': ['umbrella', 'team'],
  'clinical safety officer': ['umbrella', 'team'],
  'system administrator': ['umbrella', 'team'],
}

/**
 * Makes one sign-in a role for a synthetic installation's first practice and team, so that whoever loads a made-up
 * population of their own can walk in. A role that somebody has already is left alone; without a team one is made.
 *
 * @returns how many were made now. In a real installation none, ever.
 */
export async function makeDemoSignIns(db: Db): Promise<number> {
  if ((await installation(db)).kind !== 'synthetic') return 0
  const held = new Set((await demoPosts(db)).map(({ role }) => role))
  const missing = roles.filter((role) => !held.has(role))
  if (missing.length === 0) return 0
  const team = await firstTeam(db)
  for (const role of missing) {
    const place = (await firstPlace(db, placeOf[role] ?? ['team'])) ?? team
    const staffId = newId()
    await addStaff(db, { id: staffId, name: `Made-up ${role}` })
    await addPost(db, { id: newId(), staffId, organisationId: place.id, role })
  }
  return missing.length
}

const isRole = (text: string): text is Role => Object.hasOwn(shippedRoles, text)
const roles: readonly Role[] = Object.keys(shippedRoles).filter(isRole)

async function firstPlace(db: Db, kinds: readonly OrganisationKind[]): Promise<Organisation | undefined> {
  for (const kind of kinds) {
    const [first] = [...(await organisationsOf(db, kind))].sort((a, b) =>
      (a.code ?? '').localeCompare(b.code ?? ''),
    )
    if (first) return first
  }
  return undefined
}

async function firstTeam(db: Db): Promise<Organisation> {
  const known = await firstPlace(db, ['team'])
  if (known) return known
  const made: Organisation = { id: newId(), kind: 'team', code: 'TEAM1', name: 'Care co-ordination team' }
  await addOrganisation(db, made)
  return made
}

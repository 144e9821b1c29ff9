import type { Permit, StaffVisit } from '#access'
import { type Colleague, staffAround } from '#care-plan'
import { aboutPerson } from '#people'
import type { Holder } from './types.ts'

export type Holders = readonly { readonly value: string; readonly words: string }[]

/** Who may hold a task: everybody at work today around the person, and the caller's own team as a whole. */
export async function holders(visit: StaffVisit, leave: Permit<'whole'>): Promise<Holders> {
  const { episodes, person } = await aboutPerson(visit, leave)
  const { organisation } = visit.caller
  const teams = episodes.filter((episode) => !episode.closedOn).map((episode) => episode.teamId)
  const staff = await staffAround(visit.db, [
    organisation.id,
    ...teams,
    ...(person.practice ? [person.practice.id] : []),
  ])
  return [
    ...staff.map(({ id, name, role }: Colleague) => ({ value: id, words: `${name}, ${role}` })),
    { value: 'team', words: `${organisation.name}: whoever is free` },
  ]
}

/** The holder somebody chose from the list; undefined for what was not on it. */
export const holderFrom = (visit: StaffVisit, chosen: string, known: Holders): Holder | undefined => {
  if (!known.some(({ value }) => value === chosen)) return undefined
  return chosen === 'team' ? { teamId: visit.caller.organisation.id } : { staffId: chosen }
}

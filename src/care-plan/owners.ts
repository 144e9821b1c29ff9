import type { Permit, StaffVisit } from '#access'
import type { AboutPerson } from '#people'
import { planOf } from './questions.ts'
import { staffAround } from './store.ts'

export type OwnerChoice = { readonly value: string; readonly words: string }

/**
 * Who may be given an action: the person, their family, and everybody at work today in the teams of their open
 * episodes, at their practice, or where the caller works; and whoever holds one already.
 */
export async function ownerChoices(
  visit: StaffVisit,
  leave: Permit<'whole'>,
  about: AboutPerson,
): Promise<readonly OwnerChoice[]> {
  const teams = about.episodes.filter((episode) => !episode.closedOn).map((episode) => episode.teamId)
  const practice = about.person.practice ? [about.person.practice.id] : []
  const places = [visit.caller.organisation.id, ...teams, ...practice]
  const staff = (await staffAround(visit.db, places)).map(({ id, name, role }) => ({
    value: id,
    words: `${name}, ${role}`,
  }))
  const known = new Set(staff.map(({ value }) => value))
  const plan = await planOf(visit.db, leave)
  const others = (plan?.goals ?? [])
    .flatMap((goal) => goal.actions)
    .flatMap((action) =>
      action.owner && action.ownerRole && !known.has(action.owner)
        ? [{ value: action.owner, words: `${action.ownerName}, ${action.ownerRole}` }]
        : [],
    )
  const distinct = [...new Map(others.map((one) => [one.value, one])).values()]
  return [
    { value: 'the person', words: `${about.called}, themselves` },
    { value: 'family or friend', words: 'Family or a friend' },
    ...staff,
    ...distinct,
  ]
}

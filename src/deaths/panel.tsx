import type { Permit, PersonPanel, StaffVisit } from '#access'
import { deathAddress, identityOf, isUnconfirmed } from '#people'
import { Button } from '#ui'
import { maySayDied } from './actions.ts'

/** Among what can be done for a person: the question while nobody has answered it, else the way to say or read it. */
export async function panelFor(visit: StaffVisit, leave: Permit<'whole'>): Promise<PersonPanel | undefined> {
  if (!visit.caller.activities.has(maySayDied)) return undefined
  const person = await identityOf(visit.db, leave)
  const href = deathAddress(leave.person)
  if (isUnconfirmed(person))
    return { place: 'acts', contents: <Button href={href}>Recorded as died: check</Button> }
  const words = person.diedOn ? 'Who said that they died' : 'Have they died?'
  return { place: 'acts', contents: <a href={href}>{words}</a> }
}

import type { Permit, PersonPanel, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { deathAddress, identityOf, isUnconfirmed, whoSays } from '#people'
import { Button, Panel } from '#ui'
import { maySayDied } from './actions.ts'

/** On the page about a person: the question while nobody has answered it, else the way to say or read it. */
export async function panelFor(visit: StaffVisit, leave: Permit<'whole'>): Promise<PersonPanel | undefined> {
  if (!visit.caller.activities.has(maySayDied)) return undefined
  const person = await identityOf(visit.db, leave)
  const href = deathAddress(leave.person)
  if (!isUnconfirmed(person))
    return {
      place: 'acts',
      contents: <a href={href}>{person.diedOn ? 'Who said that they died' : 'Have they died?'}</a>,
    }
  return {
    place: 'main',
    contents: (
      <Panel
        kind="caution"
        heading={`Recorded as died ${person.diedOn ? dateWords(person.diedOn) : ''}: check`}
        id="recorded-as-died"
      >
        <p>
          {whoSays(person)} Nothing about their care was closed: what is due is held until somebody says yes
          or no.
        </p>
        <p>
          <Button href={href}>Say whether it is so</Button>
        </p>
      </Panel>
    ),
  }
}

import type { Answer, Asked, StaffVisit } from '#access'
import { ageOn, dateWords } from '#calendar'
import {
  deathAddress,
  type Episode,
  type Identity,
  identitiesOf,
  nameToSearch,
  openEpisodesIn,
  whoSays,
} from '#people'
import { Button, EmptyState, Row, RowList, renderPage } from '#ui'
import { maySayDied } from './actions.ts'
import { openUnconfirmed } from './store.ts'

/** Everybody of the caller’s who is recorded as died and of whom nobody here has confirmed it. */
export async function showDeaths(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const list = await openUnconfirmed(visit)
  const people = await identitiesOf(visit.db, list)
  const episodes = await openEpisodesIn(visit.db, list)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Recorded as died: check',
    caption: visit.caller.organisation.name,
    isStamped: true,
    lead:
      people.length === 0
        ? undefined
        : `${people.length === 1 ? '1 person is' : `${people.length} people are`} recorded as died, and nobody here has confirmed it. What is due for them is held.`,
    back: { href: '/my-people', words: 'Back to my people' },
    children:
      people.length === 0 ? (
        <EmptyState says={'Nobody with you is recorded as died and not confirmed.'} />
      ) : (
        <RowList label={'Recorded as died'}>
          {people.map((person) => (
            <DeathRow
              key={person.id}
              person={person}
              episode={episodes.find(({ personId }) => personId === person.id)}
              visit={visit}
            />
          ))}
        </RowList>
      ),
  })
  return { kind: 'page', html }
}

function DeathRow(props: {
  readonly person: Identity
  readonly episode: Episode | undefined
  readonly visit: StaffVisit
}) {
  const { person, episode, visit } = props
  const name = nameToSearch(person)
  return (
    <Row
      who={
        <>
          <a href={`/people/${person.id}`}>{name}</a>
          {person.bornOn && `, ${ageOn(person.bornOn, person.diedOn ?? visit.today)}`}
        </>
      }
      what={`Recorded as died ${person.diedOn ? dateWords(person.diedOn) : ''}`}
      why={`${whoSays(person)} ${episode ? `With ${episode.ownerName}.` : 'Kit is still out.'}`}
      act={
        visit.caller.activities.has(maySayDied) && (
          <Button isSmall href={deathAddress(person.id)} about={`whether ${name} has died`}>
            Check
          </Button>
        )
      }
    />
  )
}

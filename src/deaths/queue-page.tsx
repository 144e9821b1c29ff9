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
import { Button, EmptyState, Row, RowList, renderPage, Section } from '#ui'
import { maySayDied } from './actions.ts'
import { openUnconfirmed } from './store.ts'

/** Everybody of the caller’s who is recorded as died and of whom nobody here has confirmed it. */
export async function showDeaths(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const list = await openUnconfirmed(visit)
  const all = await identitiesOf(visit.db, list)
  const withNobody = new Set<string>(list.withNobody)
  const people = all.filter(({ id }) => !withNobody.has(id))
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
    children: (
      <>
        {people.length === 0 ? (
          <EmptyState says={'Nobody with you is recorded as died and not confirmed.'} />
        ) : (
          <RowList label={'Recorded as died'}>
            {people.map((person) => (
              <DeathRow
                key={person.id}
                person={person}
                why={withWhom(episodes.find(({ personId }) => personId === person.id))}
                visit={visit}
              />
            ))}
          </RowList>
        )}
        <WithNobody
          people={all.filter(({ id }) => withNobody.has(id))}
          inAll={list.withNobodyInAll}
          visit={visit}
        />
      </>
    ),
  })
  return { kind: 'page', html }
}

const withWhom = (episode: Episode | undefined) =>
  episode ? `With ${episode.ownerName}.` : 'Kit is still out.'

// Nothing of theirs is held and nobody has a question to answer: whoever knows them may see that a name is wrong.
function WithNobody(props: {
  readonly people: readonly Identity[]
  readonly inAll: number
  readonly visit: StaffVisit
}) {
  const { people, inAll, visit } = props
  if (people.length === 0) return null
  return (
    <Section heading="Your patients with nobody in their care here" count={inAll}>
      <p>
        In the last 90 days the records said that they died, and they are on no list any more. You know them
        better than the records do: if one of them is alive, say so.
        {inAll > people.length && ` The newest ${people.length} are shown.`}
      </p>
      <RowList label="Patients with nobody in their care here">
        {people.map((person) => (
          <DeathRow key={person.id} person={person} visit={visit} isQuiet />
        ))}
      </RowList>
    </Section>
  )
}

function DeathRow(props: {
  readonly person: Identity
  readonly why?: string
  /** Nobody waits for an answer. */
  readonly isQuiet?: boolean
  readonly visit: StaffVisit
}) {
  const { person, why = '', isQuiet = false, visit } = props
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
      why={`${whoSays(person)} ${why}`}
      act={
        visit.caller.activities.has(maySayDied) && (
          <Button
            kind={isQuiet ? 'secondary' : 'main'}
            isSmall
            href={deathAddress(person.id)}
            about={`whether ${name} has died`}
          >
            Check
          </Button>
        )
      }
    />
  )
}

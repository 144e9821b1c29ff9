import type { Answer, Asked, StaffVisit } from '#access'
import { dayWords, timeWords } from '#calendar'
import { deathAddress, diedWords, type Identity, identitiesOf, nameToSearch, openEpisodesIn } from '#people'
import { howSoonWords, isUrgent, lateFrom } from '#referral'
import { Button, EmptyState, PaperCheck, Row, RowList, renderPage, Section, Tag } from '#ui'
import { type FirstContact, firstContacts, inOrderOfClock, waitingSentence } from './first-contact.ts'
import { FirstContactClock } from './first-contact-rows.tsx'
import { openWaiting } from './first-contact-store.ts'

/** Everybody of the caller's team or practice with whom nobody has been in touch since they were accepted, late first. */
export async function showFirstContacts(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { db, now, caller } = visit
  const list = await openWaiting(visit)
  const people = new Map((await identitiesOf(db, list)).map((person) => [person.id, person]))
  const { awaited } = await firstContacts(db, list.people, await openEpisodesIn(db, list))
  const all = inOrderOfClock(awaited)
  const isHeld = ({ episode }: FirstContact) => people.get(episode.personId)?.diedOn !== undefined
  const waiting = all.filter((one) => !isHeld(one))
  const isLate = ({ said }: FirstContact) => lateFrom(said) <= now
  const parts = [
    { heading: 'Late', shown: waiting.filter(isLate) },
    { heading: 'In time', shown: waiting.filter((one) => !isLate(one)) },
    { heading: 'Held: recorded as died', shown: all.filter(isHeld) },
  ].filter(({ shown }) => shown.length > 0)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Waiting for a first contact',
    caption: caller.organisation.name,
    lead: waitingSentence(waiting, visit),
    back: { href: '/my-people', words: 'Back to my people' },
    isStamped: true,
    children: (
      <>
        {all.length === 0 && <EmptyState says="Nobody waits for a first contact." />}
        {parts.map(({ heading, shown }) => (
          <Section key={heading} heading={heading} count={shown.length}>
            <RowList label={heading}>
              {shown.map((one) => (
                <WaitingRow
                  key={one.episode.id}
                  one={one}
                  person={people.get(one.episode.personId)}
                  visit={visit}
                />
              ))}
            </RowList>
          </Section>
        ))}
        <PaperCheck at={`${dayWords(visit.today)}, ${timeWords(visit.now)}`} />
      </>
    ),
  })
  return { kind: 'page', html }
}

function WaitingRow(props: {
  readonly one: FirstContact
  readonly person?: Identity
  readonly visit: StaffVisit
}) {
  const { one, person, visit } = props
  const { episode, said } = one
  const name = person ? nameToSearch(person) : 'Name not known'
  const died = person && diedWords(person)
  if (died)
    return (
      <Row
        who={<a href={`/people/${episode.personId}`}>{name}</a>}
        what={died}
        why={`${episode.ownerName}. Nobody is to ring before somebody has checked`}
        clock={<Tag colour="grey">Held</Tag>}
        act={
          visit.caller.activities.has('record contacts') && (
            <Button
              kind="secondary"
              isSmall
              href={deathAddress(episode.personId)}
              about={`whether ${name} has died`}
            >
              Check
            </Button>
          )
        }
      />
    )
  return (
    <Row
      who={<a href={`/people/${episode.personId}`}>{name}</a>}
      what={howSoonWords(said.howSoon)}
      why={`${episode.ownerName}. Said by ${said.byName}`}
      clock={<FirstContactClock by={said} isPressing={isUrgent(said.howSoon)} visit={visit} />}
      act={
        visit.caller.activities.has('record contacts') && (
          <Button
            kind="secondary"
            isSmall
            href={`/people/${episode.personId}/contacts/record`}
            about={`First contact, ${name}`}
          >
            Record a contact
          </Button>
        )
      }
    />
  )
}

import type { Permit, StaffVisit } from '#access'
import { addDays, londonDate, shortDateWords, timeWords } from '#calendar'
import type { Episode } from '#people'
import { howSoonWords, isUrgent } from '#referral'
import { Button, Panel, Row, Tag } from '#ui'
import { type FirstContact, firstContactClock } from './first-contact.ts'
import type { LateHere } from './first-contact-store.ts'
import { howSoonAddress, mayChangeHowSoon } from './how-soon-page.tsx'

/** Where the team and the practice see who waits. */
export const firstContactsAddress = '/my-people/first-contacts'

/** The clock of a first contact; what colour says, the words say. */
export function FirstContactClock(props: {
  readonly by: Pick<FirstContact['said'], 'byOn' | 'byAt'>
  readonly isPressing: boolean
  readonly visit: StaffVisit
}) {
  const { now, today } = props.visit
  const { words, colour } = firstContactClock(props.by, props.isPressing, now, today)
  return colour ? <Tag colour={colour}>{words}</Tag> : words
}

/** On the page about a person: who is to be in touch first and until when, while nobody has been. */
export function FirstContactRow(props: {
  readonly awaited: FirstContact
  readonly visit: StaffVisit
  readonly permit: Permit<'whole'>
  /** The person is said to have died: nobody is to ring. */
  readonly isHeld: boolean
}) {
  const { visit, permit, isHeld } = props
  const { episode, said } = props.awaited
  const may = visit.caller.activities
  return (
    <Row
      what="First contact"
      why={
        <>
          {episode.ownerName}. {howSoonWords(said.howSoon)}
          {may.has(mayChangeHowSoon) && (
            <>
              {' '}
              <a href={howSoonAddress(permit.person, episode.id)}>
                Change how soon<span className="nhsuk-u-visually-hidden"> in {episode.programmeName}</span>
              </a>
            </>
          )}
        </>
      }
      clock={
        isHeld ? (
          <Tag colour="grey">Held</Tag>
        ) : (
          <FirstContactClock by={said} isPressing={isUrgent(said.howSoon)} visit={visit} />
        )
      }
      act={
        !isHeld &&
        may.has('record contacts') && (
          <Button
            kind="secondary"
            isSmall
            href={`/people/${permit.person}/contacts/record`}
            about="First contact"
          >
            Record a contact
          </Button>
        )
      }
    />
  )
}

/** Of somebody accepted before it was asked, with whom nobody has been in touch: that it was not, and where to say it. */
export function UnaskedNote({
  unasked,
  visit,
}: {
  readonly unasked: readonly Episode[]
  readonly visit: StaffVisit
}) {
  const may = visit.caller.activities.has(mayChangeHowSoon)
  return unasked.map(({ id, personId, programmeName }) => (
    <p key={id}>
      How soon was not asked.{' '}
      {may && (
        <a href={howSoonAddress(personId, id)}>
          Say how soon<span className="nhsuk-u-visually-hidden"> in {programmeName}</span>
        </a>
      )}
    </p>
  ))
}

/** Told to everybody of the team, because whoever is named may be away: whose first contact is late, and since when. */
export function LateNote({
  late,
  visit,
}: {
  readonly late: readonly LateHere[]
  readonly visit: StaffVisit
}) {
  if (late.length === 0) return null
  const people = late.reduce((sum, one) => sum + one.late, 0)
  return (
    <Panel
      kind="caution"
      heading={`${people} ${people === 1 ? 'person of this team waits' : 'people of this team wait'} for a first contact that is late`}
    >
      <ul className="nhsuk-list nhsuk-list--bullet">
        {late.map(({ ownerId, name, late: count, since }) => (
          <li key={ownerId}>
            {name}: {count}, the longest since {sinceWords(since, visit)}
          </li>
        ))}
      </ul>
      <p>
        <a href={firstContactsAddress}>See who waits</a>
      </p>
    </Panel>
  )
}

// What was due in the course of a day is late from midnight: it is told by that day.
function sinceWords(since: Date, { today }: StaffVisit): string {
  const day = londonDate(since)
  return timeWords(since) === 'midnight'
    ? `the end of ${shortDateWords(addDays(day, -1), today)}`
    : `${shortDateWords(day, today)}, ${timeWords(since)}`
}

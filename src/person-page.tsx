import type { ReactNode } from 'react'
import {
  type Asked,
  type Permit,
  type PersonPanel,
  permit,
  Refused,
  type Room,
  type Route,
  type StaffVisit,
} from '#access'
import { dateWords, londonDate, shortDateWords, timeWords } from '#calendar'
import { savepoint } from '#database'
import { type JournalEntry, journalOf } from '#journal'
import { type AboutPerson, aboutPerson, type Episode, personTabs } from '#people'
import {
  Button,
  ButtonRow,
  Columns,
  EmptyState,
  Panel,
  renderPage,
  Section,
  SummaryList,
  Telephone,
  Timeline,
} from '#ui'
import { noteWords } from './note-words.ts'
import { rooms } from './pathway.ts'
import { logFault } from './work.ts'

const reading = { may: 'see people', part: 'whole', purpose: 'direct care' } as const

/** The page about one person, put together from what each room offers, and their timeline. */
export const personScreens: readonly Route[] = [
  { method: 'GET', path: '/people/:person', may: 'see people', answer: showPerson },
  { method: 'GET', path: '/people/:person/timeline', may: 'see people', answer: showTimeline },
]

async function showPerson(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', { ...reading, verb: 'read the record' })
  const about = await aboutPerson(visit, leave)
  const panels = await panelsOf(visit, leave)
  const at = (place: PersonPanel['place']) =>
    panels
      .filter((panel) => panel.place === place)
      .map((panel) => <div key={panel.room}>{panel.contents}</div>)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Summary',
    heading: about.called,
    isHeadingHidden: true,
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Summary'),
    children: (
      <>
        <Acts visit={visit} about={about} more={at('acts')} />
        <Columns
          main={at('main')}
          side={
            <>
              {at('side')}
              <Episodes about={about} visit={visit} />
              <PeopleAround about={about} />
            </>
          }
        />
      </>
    ),
  })
  return { kind: 'page' as const, html }
}

type RoomPanel = PersonPanel & { readonly room: string }

// A part that cannot be read says so itself; the rest of the page stands.
async function panelsOf(visit: StaffVisit, leave: Permit<'whole'>): Promise<readonly RoomPanel[]> {
  const panels: RoomPanel[] = []
  for (const room of rooms) {
    const panel = await panelOf(visit, leave, room)
    if (panel) panels.push({ ...panel, room: room.name })
  }
  return panels
}

async function panelOf(
  visit: StaffVisit,
  leave: Permit<'whole'>,
  room: Room,
): Promise<PersonPanel | undefined> {
  const { panelFor } = room
  if (!panelFor) return undefined
  try {
    return await savepoint(visit.db, () => panelFor(visit, leave))
  } catch (error) {
    if (error instanceof Refused) throw error
    logFault(`panel of ${room.name}`, error)
    return {
      place: 'main',
      contents: (
        <Panel kind="caution" heading={`The part about ${room.name.replace('-', ' ')} could not be read`}>
          <p>It could not be read at {timeWords(visit.now)}. The rest of this page stands. Open it again.</p>
        </Panel>
      ),
    }
  }
}

function Acts(props: {
  readonly visit: StaffVisit
  readonly about: AboutPerson
  readonly more: readonly ReactNode[]
}) {
  const { visit, about, more } = props
  const page = `/people/${about.person.id}`
  const may = visit.caller.activities
  const isAlive = !about.person.diedOn
  return (
    <ButtonRow>
      {may.has('record contacts') && isAlive && (
        <Button href={`${page}/contacts/record`} quickKey="C">
          Record a contact
        </Button>
      )}
      {may.has('do tasks') && (
        <Button kind="secondary" href={`${page}/tasks/add`} quickKey="T">
          Add a task
        </Button>
      )}
      {may.has('write plans') && isAlive && (
        <Button kind="secondary" href={`${page}/plan/change`}>
          Change the plan
        </Button>
      )}
      {more}
      {may.has('see emergency summary') && (
        <Button kind="secondary" href={`${page}/emergency`} quickKey="E">
          Emergency summary, 1 page
        </Button>
      )}
    </ButtonRow>
  )
}

function Episodes({ about, visit }: { readonly about: AboutPerson; readonly visit: StaffVisit }) {
  const open = about.episodes.filter((episode) => !episode.closedOn)
  const closed = about.episodes.filter((episode) => episode.closedOn)
  return (
    <Section heading="Episode" isRuled={false}>
      {open.length === 0 && <p>No episode is open. Nobody is {about.called}’s case manager.</p>}
      {open.map((episode, at) => (
        <OneEpisode
          key={episode.id}
          episode={episode}
          visit={visit}
          isLead={at === 0}
          isAlone={open.length === 1}
        />
      ))}
      {closed.length > 0 && (
        <p className="kw-second">
          Before:{' '}
          {closed
            .map(
              (episode) =>
                `${episode.programmeName}, ${dateWords(episode.openedOn)} to ${episode.closedOn ? dateWords(episode.closedOn) : ''}`,
            )
            .join('; ')}
        </p>
      )}
    </Section>
  )
}

type EpisodeProps = {
  readonly episode: Episode
  readonly visit: StaffVisit
  readonly isLead: boolean
  readonly isAlone: boolean
}

function OneEpisode({ episode, visit, isLead, isAlone }: EpisodeProps) {
  const close = `/people/${episode.personId}/close?episode=${episode.id}`
  return (
    <>
      {!isAlone && (
        <p>{isLead ? <b>Leads</b> : `Also in ${episode.programmeName}, with ${episode.ownerName}`}</p>
      )}
      <SummaryList
        rows={[
          { label: 'Programme', value: episode.programmeName },
          {
            label: 'Stage',
            value: `${episode.stage.charAt(0).toUpperCase()}${episode.stage.slice(1)}, opened ${shortDateWords(episode.openedOn, visit.today)}`,
          },
          {
            label: 'Case manager',
            value: (
              <>
                {episode.ownerName}
                {episode.ownerTelephone && (
                  <>
                    <br />
                    <Telephone number={episode.ownerTelephone} />
                  </>
                )}
              </>
            ),
          },
          { label: 'Team', value: episode.teamName },
        ]}
      />
      {visit.caller.activities.has('close episodes') && (
        <p>
          <a href={close}>
            Close this episode<span className="nhsuk-u-visually-hidden"> in {episode.programmeName}</span>
          </a>
        </p>
      )}
    </>
  )
}

function PeopleAround({ about: { person, called } }: { readonly about: AboutPerson }) {
  const { practice, nextOfKin, telephone } = person
  const around = [
    { who: called, what: 'at home', number: telephone },
    ...(practice ? [{ who: practice.name, what: 'GP practice', number: practice.telephone }] : []),
    ...(nextOfKin ? [{ who: nextOfKin.name, what: 'next of kin', number: nextOfKin.telephone }] : []),
  ]
  return (
    <Section heading="People around" isRuled={false}>
      {around.map(({ who, what, number }) => (
        <p key={what}>
          <b>{who}</b>, {what}
          <br />
          {number ? <Telephone number={number} /> : <span className="kw-second">No number recorded</span>}
        </p>
      ))}
      {!nextOfKin && <p>No next of kin is recorded.</p>}
    </Section>
  )
}

async function showTimeline(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', { ...reading, verb: 'read the timeline' })
  const about = await aboutPerson(visit, leave)
  const isAll = asked.query.text('show') === 'all'
  const entries = await journalOf(visit.db, leave, isAll ? 500 : 51)
  const shown = isAll ? entries : entries.slice(0, 50)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Timeline',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Timeline'),
    lead:
      shown.length === 0
        ? undefined
        : 'What happened, the newest first. What was written down later says so.',
    children: (
      <>
        {shown.length === 0 ? (
          <EmptyState says={`Nothing has happened with ${about.called} here yet.`} />
        ) : (
          <Timeline items={shown.map(asItem)} />
        )}
        {entries.length > shown.length && (
          <p>
            <a href={`/people/${leave.person}/timeline?show=all`}>Show all (up to 500)</a>
          </p>
        )}
      </>
    ),
  })
  return { kind: 'page' as const, html }
}

const dayMs = 86_400_000

function asItem(entry: JournalEntry) {
  const { happenedAt, recordedAt, byName, system } = entry
  const isLate = recordedAt.getTime() - happenedAt.getTime() > dayMs
  const late = isLate ? `, written down ${dateWords(londonDate(recordedAt))}` : ''
  return {
    when: `${dateWords(londonDate(happenedAt))}, ${timeWords(happenedAt)}`,
    what: noteWords(entry),
    by: `${byName ?? `Keyworker (${system})`}${late}`,
  }
}

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
import { timeWords } from '#calendar'
import { sharingOf } from '#care-plan'
import { type Cover, coverFor } from '#co-ordination'
import { savepoint } from '#database'
import { type AboutPerson, aboutPerson, personTabs } from '#people'
import { Button, ButtonRow, Columns, Panel, renderPage } from '#ui'
import { rooms } from './pathway.ts'
import { Episodes, PeopleAround } from './person-side.tsx'
import { showTimeline } from './timeline-page.tsx'
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
  const covers = await coversOf(visit, about)
  const sharing = await sharingOf(visit.db, leave, about.episodes)
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
              <Episodes about={about} visit={visit} covers={covers} sharing={sharing} />
              <PeopleAround about={about} />
              {at('side')}
            </>
          }
        />
      </>
    ),
  })
  return { kind: 'page' as const, html }
}

// Who does the work of a case manager who is away, by the case manager.
async function coversOf(visit: StaffVisit, about: AboutPerson): Promise<ReadonlyMap<string, Cover>> {
  const covers = new Map<string, Cover>()
  for (const { ownerId, closedOn } of about.episodes) {
    const cover = closedOn ? undefined : await coverFor(visit.db, ownerId)
    if (cover) covers.set(ownerId, cover)
  }
  return covers
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
        <Panel kind="caution" heading={`The part about ${room.name} could not be read`}>
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
      {may.has('see emergency summary') && (
        <Button kind="secondary" href={`${page}/emergency`} quickKey="E">
          Emergency summary, 1 page
        </Button>
      )}
      {more}
      {may.has('write plans') && <a href={`${page}/marked`}>More care with this record</a>}
    </ButtonRow>
  )
}

import type { Answer, Asked, StaffVisit } from '#access'
import { dayWords, timeWords } from '#calendar'
import { diedWords, type Identity, identitiesOf, isUnconfirmed, nameToSearch } from '#people'
import {
  Button,
  EmptyState,
  HiddenFields,
  Panel,
  PaperCheck,
  PostForm,
  Row,
  RowList,
  renderPage,
  Tag,
} from '#ui'
import { openTasks } from './store.ts'
import type { Task } from './types.ts'
import { stoodWords, unansweredAmong, unansweredBefore } from './unanswered.ts'
import { openUnanswered, type UnansweredHere } from './unanswered-store.ts'

/** Where the team sees the alerts nobody has turned to. */
export const unansweredAddress = '/my-day/alerts'

/** Every alert of the caller's team that has stood an hour as it was given, the longest first; anybody may take one on. */
export async function showUnanswered(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { db, now, caller } = visit
  const list = await openUnanswered(visit, unansweredBefore(now))
  const people = new Map((await identitiesOf(db, list)).map((person) => [person.id, person]))
  const isKnownDead = (person?: Identity) => person?.diedOn !== undefined && !isUnconfirmed(person)
  const alerts = unansweredAmong(await openTasks(db, list.people), now).filter(
    ({ personId }) => !isKnownDead(people.get(personId)),
  )
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Alerts nobody has turned to',
    caption: caller.organisation.name,
    lead:
      alerts.length > 0 &&
      'They have stood for an hour or more as they were given. If you can, take one on. If you are not sure, ring whoever holds it.',
    back: { href: '/my-day', words: 'Back to my day' },
    isStamped: true,
    children:
      alerts.length === 0 ? (
        <EmptyState says="No alert has stood for an hour." />
      ) : (
        <>
          <RowList label="Alerts nobody has turned to">
            {alerts.map((alert) => (
              <AlertRow key={alert.id} alert={alert} person={people.get(alert.personId)} visit={visit} />
            ))}
          </RowList>
          <PaperCheck at={`${dayWords(visit.today)}, ${timeWords(now)}`} />
        </>
      ),
  })
  return { kind: 'page', html }
}

function AlertRow(props: { readonly alert: Task; readonly person?: Identity; readonly visit: StaffVisit }) {
  const { alert, person, visit } = props
  const name = person ? nameToSearch(person) : 'Name not known'
  const died = person && diedWords(person)
  const why = [died && `${died}: check that first`, `With ${alert.holderName}`, alert.why]
  return (
    <Row
      who={<a href={`/people/${alert.personId}`}>{name}</a>}
      what={alert.what}
      why={why.filter(Boolean).join('. ')}
      clock={<Tag colour="red">{`Stood ${stoodWords(alert.since, visit.now)}`}</Tag>}
      act={visit.caller.activities.has('do tasks') && <Act alert={alert} name={name} visit={visit} />}
    />
  )
}

function Act({
  alert,
  name,
  visit,
}: {
  readonly alert: Task
  readonly name: string
  readonly visit: StaffVisit
}) {
  const page = `/people/${alert.personId}/tasks/${alert.id}`
  const about = `${alert.what}, ${name}`
  if (alert.ownerId === visit.caller.staffId)
    return (
      <Button isSmall href={`${page}?from=my-day`} about={about}>
        Answer
      </Button>
    )
  return (
    <PostForm action={page} personToken={alert.personId} layout="row">
      <HiddenFields fields={{ turn: String(alert.turn), now: 'take', from: 'my-day' }} />
      <Button isSmall about={about}>
        Take it on
      </Button>
    </PostForm>
  )
}

/** Told to everybody of the team, because whoever holds an alert may be away: how many stand, and with whom. */
export function UnansweredNote({
  unanswered,
  visit,
}: {
  readonly unanswered: readonly UnansweredHere[]
  readonly visit: StaffVisit
}) {
  if (unanswered.length === 0) return null
  const count = unanswered.reduce((sum, { alerts }) => sum + alerts, 0)
  return (
    <Panel
      kind="caution"
      heading={`${count} ${count === 1 ? 'alert of this team has' : 'alerts of this team have'} stood for an hour or more`}
    >
      <ul className="nhsuk-list nhsuk-list--bullet">
        {unanswered.map(({ ownerId, name, alerts, since }) => (
          <li key={ownerId ?? 'team'}>
            {name ?? 'Nobody has taken it'}: {alerts}, the longest for {stoodWords(since, visit.now)}
          </li>
        ))}
      </ul>
      <p>
        <a href={unansweredAddress}>See them, and take one on</a>
      </p>
    </Panel>
  )
}

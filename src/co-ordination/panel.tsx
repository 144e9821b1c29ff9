import type { Permit, PersonPanel, StaffVisit } from '#access'
import { shortDateWords } from '#calendar'
import { unfinishedActions } from '#care-plan'
import { diedWords, episodesOf, identityOf, isUnconfirmed } from '#people'
import { Row, RowLink, RowList, Section, Tag, Timeline } from '#ui'
import { askSection } from './ask-panel.tsx'
import { whenWords } from './contact-parts.tsx'
import { firstContacts } from './first-contact.ts'
import { FirstContactRow, UnaskedNote } from './first-contact-rows.tsx'
import { dueWords } from './rules.ts'
import { contactsOf, openTasks } from './store.ts'
import type { Contact, Task } from './types.ts'

const shownContacts = 5

/** What is to do for the person, and the last contacts. */
export async function panelFor(visit: StaffVisit, permit: Permit<'whole'>): Promise<PersonPanel> {
  const tasks = await openTasks(visit.db, [permit.person])
  const actions = await unfinishedActions(visit.db, [permit.person])
  const due = actions.filter(({ dueOn }) => dueOn && dueOn <= visit.today)
  const contacts = await contactsOf(visit.db, permit, 20)
  const person = await identityOf(visit.db, permit)
  const isHeld = diedWords(person) !== undefined
  const { awaited, unasked } = await firstContacts(
    visit.db,
    [permit.person],
    await episodesOf(visit.db, permit),
  )
  const count = tasks.length + due.length + awaited.length
  const mayAct = visit.caller.activities.has('do tasks')
  return {
    place: 'main',
    contents: (
      <>
        <Section heading="To do" count={count}>
          {contacts.length === 0 && <UnaskedNote unasked={unasked} visit={visit} />}
          {count === 0 ? (
            <p>Nothing is to do now.</p>
          ) : (
            <RowList label="To do">
              {awaited.map((one) => (
                <FirstContactRow
                  key={one.episode.id}
                  awaited={one}
                  visit={visit}
                  permit={permit}
                  isHeld={isHeld}
                />
              ))}
              {tasks.map((task) => (
                <TaskRow
                  key={task.id}
                  task={task}
                  visit={visit}
                  mayAct={mayAct}
                  // An urgent one may be of somebody alive, while nobody has confirmed the death.
                  isHeld={isHeld && !(task.isUrgent && isUnconfirmed(person))}
                />
              ))}
              {due.map((action) => (
                <Row
                  key={action.lineId}
                  what={action.words}
                  why={`${action.ownerName ?? action.ownerWords ?? 'Nobody yet'}, from the plan`}
                  clock={
                    isHeld ? (
                      <Tag colour="grey">Held</Tag>
                    ) : (
                      action.dueOn && <Due dueOn={action.dueOn} visit={visit} />
                    )
                  }
                  act={
                    visit.caller.activities.has('write plans') && (
                      <RowLink
                        href={`/people/${permit.person}/plan/actions/${action.lineId}`}
                        about={action.words}
                      >
                        Say how it stands
                      </RowLink>
                    )
                  }
                />
              ))}
            </RowList>
          )}
        </Section>
        {await askSection(visit, permit, isHeld)}
        <Happened contacts={contacts} person={permit.person} />
      </>
    ),
  }
}

type TaskProps = {
  readonly task: Task
  readonly visit: StaffVisit
  readonly mayAct: boolean
  readonly isHeld: boolean
}

function TaskRow({ task, visit, mayAct, isHeld }: TaskProps) {
  const page = `/people/${task.personId}/tasks/${task.id}`
  const words = task.isPromise ? `Promised: ${task.what}` : task.what
  return (
    <Row
      what={mayAct ? <a href={page}>{words}</a> : words}
      why={task.waitingFor ? `${task.holderName}, waiting for ${task.waitingFor}` : task.holderName}
      clock={
        isHeld ? (
          <Tag colour="grey">Held</Tag>
        ) : task.isUrgent ? (
          <Tag colour="red">{`Act by ${shortDateWords(task.dueOn, visit.today)}`}</Tag>
        ) : (
          <Due dueOn={task.dueOn} visit={visit} />
        )
      }
      act={
        mayAct && (
          <RowLink href={page} about={task.what}>
            {isHeld ? 'Look at it' : task.state === 'waiting' ? 'Chase' : 'Finish'}
          </RowLink>
        )
      }
    />
  )
}

function Due({ dueOn, visit }: { readonly dueOn: Task['dueOn']; readonly visit: StaffVisit }) {
  const words = dueWords(dueOn, visit.today, (on) => shortDateWords(on, visit.today))
  return dueOn < visit.today ? <Tag colour="orange">{words}</Tag> : words
}

function Happened({ contacts, person }: { readonly contacts: readonly Contact[]; readonly person: string }) {
  const standing = contacts.filter((contact) => !contact.struckAt).slice(0, shownContacts)
  return (
    <Section heading="What has happened">
      {standing.length === 0 ? (
        <p>Nobody has been in touch yet.</p>
      ) : (
        <Timeline
          items={standing.map((contact) => ({
            when: whenWords(contact.happenedAt),
            what: contact.words,
            by: `${contact.madeByName}, ${contact.kind}`,
          }))}
        />
      )}
      <p>
        <a href={`/people/${person}/timeline`}>Whole timeline</a>
      </p>
    </Section>
  )
}

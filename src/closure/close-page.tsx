import {
  type Asked,
  notForYou,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { readDateBoxes } from '#calendar'
import { staffAround } from '#care-plan'
import { type AboutPerson, aboutPerson, type Episode, isUnconfirmed, personTabs, wordsFor } from '#people'
import {
  Button,
  Checkboxes,
  DateField,
  HiddenFields,
  Panel,
  PostForm,
  Radios,
  renderPage,
  Section,
  Select,
  TextArea,
} from '#ui'
import { closeEpisode, looseEnds } from './actions.ts'
import { closureReasons, safetyNet } from './reasons.data.ts'
import { deathNotSaid, problemsWithFates } from './rules.ts'
import type { ActionFate, Closing, LooseEnds, TaskFate } from './types.ts'

const closing = {
  may: 'close episodes',
  part: 'whole',
  purpose: 'direct care',
  verb: 'close the episode',
} as const

type Choices = readonly { readonly value: string; readonly words: string }[]

/** The page that closes an episode: what is still open, why it ends, and what the person has when we go. */
export const showClose = (visit: StaffVisit, asked: Asked) => closePage(visit, asked, [])

async function closePage(visit: StaffVisit, asked: Asked, problems: readonly Problem[]) {
  const leave = await permit(visit, asked.params.person ?? '', closing)
  const about = await aboutPerson(visit, leave)
  const episode = wantedEpisode(about, asked)
  const ends = await looseEnds(visit.db, leave)
  const urgent = ends.tasks.filter((task) => task.isUrgent)
  const [year = '', month = '', day = ''] = visit.today.split('-').map((part) => part.replace(/^0/, ''))
  const fresh = { 'on-day': day, 'on-month': month, 'on-year': year }
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Close the episode',
    heading: `Close ${about.called}’s episode`,
    caption: episode.programmeName,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}`, words: `Back to ${about.called}` },
    lead: 'What to do if things get worse stays readable for 28 days. You can take the closing back for 7.',
    problems,
    typed: problems.length > 0 ? { ...asked.form.typed, told: asked.form.all('told') } : fresh,
    children: (
      <>
        {urgent.length > 0 && (
          <Panel kind="worse" heading="Something urgent is open" id="urgent">
            <p>An episode does not close over it. Answer it, or say in it why it is not needed.</p>
            <ul>
              {urgent.map((task) => (
                <li key={task.id}>
                  <a href={`/people/${leave.person}/tasks/${task.id}`}>{task.what}</a>, {task.holderName}
                </li>
              ))}
            </ul>
          </Panel>
        )}
        <PostForm action={`/people/${leave.person}/close`} personToken={leave.person}>
          <HiddenFields fields={{ episode: episode.id, turn: String(episode.turn) }} />
          <Ends ends={ends} choices={await takers(visit, about)} />
          <WhyAndSafetyNet about={about} />
          <Button quickKey="S">Close the episode</Button>
        </PostForm>
      </>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

function wantedEpisode(about: AboutPerson, asked: Asked): Episode {
  const wanted = asked.form.text('episode') || asked.query.text('episode')
  const open = about.episodes.filter((episode) => !episode.closedOn)
  const episode = wanted ? open.find(({ id }) => id === wanted) : open[0]
  if (!episode) throw notForYou()
  return episode
}

async function takers(visit: StaffVisit, about: AboutPerson): Promise<Choices> {
  const places = [
    visit.caller.organisation.id,
    ...about.episodes.map((episode) => episode.teamId),
    ...(about.person.practice ? [about.person.practice.id] : []),
  ]
  return (await staffAround(visit.db, places)).map(({ id, name, role }) => ({
    value: id,
    words: `${name}, ${role}`,
  }))
}

function Ends({ ends, choices }: { readonly ends: LooseEnds; readonly choices: Choices }) {
  const tasks = ends.tasks.filter((task) => !task.isUrgent)
  if (tasks.length + ends.actions.length === 0) return null
  return (
    <Section heading="Still open" count={tasks.length + ends.actions.length}>
      {tasks.map((task) => (
        <div key={task.id}>
          <HiddenFields fields={{ [`task-${task.id}-turn`]: String(task.turn) }} />
          <Radios
            name={`task-${task.id}`}
            label={task.what}
            hint={`With ${task.holderName}`}
            choices={[
              { value: 'end', words: 'It ends with the episode' },
              {
                value: 'hand on',
                words: 'Somebody takes it on',
                whenChosen: (
                  <Select
                    name={`task-${task.id}-to`}
                    label={`Who takes on “${task.what}”?`}
                    prompt="Choose a person"
                    choices={choices}
                  />
                ),
              },
            ]}
          />
        </div>
      ))}
      {ends.actions.map((action) => (
        <Radios
          key={action.lineId}
          name={`action-${action.lineId}`}
          label={action.words}
          hint={`From the plan, with ${action.ownerName ?? action.ownerWords ?? 'nobody yet'}`}
          choices={[
            { value: 'stop', words: 'It stops with the episode' },
            ...(action.ownerName || action.ownerWords
              ? [{ value: 'goes on', words: `It goes on with ${action.ownerName ?? action.ownerWords}` }]
              : []),
          ]}
        />
      ))}
    </Section>
  )
}

function WhyAndSafetyNet({ about }: { readonly about: AboutPerson }) {
  return (
    <Section heading="Why, and what stays">
      <Radios
        name="reason"
        label="Why does it end?"
        choices={closureReasons.map(({ code, words }) => ({ value: code, words }))}
      />
      <DateField name="on" label="On which day?" />
      <Checkboxes
        name="told"
        label={`What does ${about.called} have when we go?`}
        hint="If something is not done, say why below"
        choices={safetyNet.map(({ code, words }) => ({ value: code, words }))}
      />
      <TextArea
        name="words"
        label={`What else is there to know about ${wordsFor(about.person).their} leaving?`}
        isOptional
      />
    </Section>
  )
}

/** Closes the episode, and goes back to the person. */
export async function sendClose(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', closing)
  const read = await readClosing(visit, asked, leave)
  if ('problems' in read) return closePage(visit, asked, read.problems)
  const outcome = await closeEpisode(visit, leave, read.closing)
  if (!outcome.ok) return closePage(visit, asked, outcome.problems)
  return {
    kind: 'go' as const,
    to: `/people/${leave.person}`,
    saved: 'Episode closed. You can take it back for 7 days.',
  }
}

type Read = { readonly closing: Closing } | { readonly problems: readonly Problem[] }

async function readClosing(visit: StaffVisit, asked: Asked, leave: Permit<'whole'>): Promise<Read> {
  const { text, all } = asked.form
  const reason = closureReasons.find(({ code }) => code === text('reason'))?.code
  const closedOn = readDateBoxes(text('on-day'), text('on-month'), text('on-year'))
  const ends = await looseEnds(visit.db, leave)
  const about = await aboutPerson(visit, leave)
  const takesOn = await takers(visit, about)
  const fates = {
    tasks: ends.tasks.flatMap((task) => taskFate(asked, task.id, takesOn)),
    actions: ends.actions.flatMap((action) => actionFate(asked, action.lineId)),
  }
  // A record may say it of the wrong person, and a closing for it ends what somebody alive needs.
  const isNotSaid = reason === 'died' && (!about.person.diedOn || isUnconfirmed(about.person))
  if (!reason || !closedOn || isNotSaid) {
    return {
      // All at once: what is left would otherwise be told only after this is put right.
      problems: [
        ...problemsWithFates(fates, ends),
        ...(reason ? [] : [{ field: 'reason', message: 'Select why it ends' }]),
        ...(isNotSaid ? [deathNotSaid] : []),
        ...(closedOn ? [] : [{ field: 'on', message: 'Enter the day it closed, like 27 3 2026' }]),
      ],
    }
  }
  return {
    closing: {
      ...fates,
      episodeId: text('episode'),
      turn: Number(text('turn')),
      reason,
      words: text('words'),
      closedOn,
      told: safetyNet.map(({ code }) => code).filter((code) => all('told').includes(code)),
    },
  }
}

function taskFate(asked: Asked, taskId: string, takesOn: Choices): readonly TaskFate[] {
  const fate = asked.form.text(`task-${taskId}`)
  const turn = Number(asked.form.text(`task-${taskId}-turn`))
  const chosen = asked.form.text(`task-${taskId}-to`)
  if (fate === 'end') return [{ taskId, turn, fate }]
  if (fate !== 'hand on') return []
  return [{ taskId, turn, fate, toStaffId: takesOn.some(({ value }) => value === chosen) ? chosen : '' }]
}

function actionFate(asked: Asked, actionId: string): readonly ActionFate[] {
  const fate = asked.form.text(`action-${actionId}`)
  return fate === 'stop' || fate === 'goes on' ? [{ actionId, fate }] : []
}

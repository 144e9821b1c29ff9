import { type Answer, type Asked, type Problem, permit, requireSamePerson, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { type AboutPerson, aboutPerson, deathAddress, personTabs } from '#people'
import {
  Button,
  Checkboxes,
  EmptyState,
  HiddenFields,
  Panel,
  PostForm,
  Radios,
  renderPage,
  TextArea,
} from '#ui'
import { maySayAlive, takeDeathBack } from './actions.ts'
import { deathVersion } from './store.ts'
import type { BackAgain } from './types.ts'
import { waysAlive } from './ways.data.ts'

const taking = { may: maySayAlive, part: 'whole', purpose: 'direct care' } as const

/** The form that takes back that somebody died, with what that does. */
export async function showBack(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const verb = 'read how to take back that they have died'
  const leave = await permit(visit, asked.params.person ?? '', { ...taking, verb })
  const about = await aboutPerson(visit, leave)
  const { called, person } = about
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Take back that somebody died',
    heading: `${called} is alive: take it back`,
    banner: about.banner,
    tabs: personTabs(visit, person.id),
    back: { href: deathAddress(person.id), words: 'What is said of it' },
    problems,
    typed: problems.length > 0 ? { ...asked.form.typed, sure: asked.form.all('sure') } : undefined,
    children:
      person.diedOn || problems.length > 0 ? (
        <>
          <WhatItDoes about={about} />
          <BackForm about={about} drawnFrom={await deathVersion(visit.db, leave)} />
        </>
      ) : (
        <EmptyState says={`Nothing says that ${called} has died.`} />
      ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function WhatItDoes({ about }: { readonly about: AboutPerson }) {
  const { called, episodes, person } = about
  const closed = episodes.filter(({ closedOn }) => closedOn && person.diedOn && closedOn >= person.diedOn)
  return (
    <Panel kind="caution" heading="Read this first">
      <p>
        After this, {called} is on every list again, and colleagues ring. If they have died, a family is rung
        as if they were alive.
      </p>
      <ul>
        <li>What was held is due again, and their practice has them as before.</li>
        <li>
          If the same source sends the same day again, it is not believed; another day, or another source, is
          asked about anew.
        </li>
        <li>Case-finding and the evaluation follow with the next load.</li>
        {closed.map((episode) => (
          <li key={episode.id}>
            The episode in {episode.programmeName} was closed on{' '}
            {dateWords(episode.closedOn ?? episode.openedOn)}. That stays:{' '}
            <a href={`/people/${person.id}/close/${episode.id}/back`}>take the closing back</a> within 7 days.
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function BackForm({ about, drawnFrom }: { readonly about: AboutPerson; readonly drawnFrom: string }) {
  const { called, person } = about
  return (
    <PostForm action={`${deathAddress(person.id)}/back`} personToken={person.id}>
      <HiddenFields fields={{ 'drawn-from': drawnFrom }} />
      <Radios
        name="alive-by"
        label={`How do you know that ${called} is alive?`}
        choices={waysAlive.map(({ code, words }) => ({ value: code, words }))}
      />
      <TextArea name="words" label="Who said so, or what happened?" rows={3} />
      <Checkboxes
        name="sure"
        label="Is this the person?"
        choices={[
          {
            value: 'yes',
            words: 'I have checked the name, date of birth and NHS number above with whoever told me',
          },
        ]}
      />
      <Button>Take it back</Button>
    </PostForm>
  )
}

/** Takes it back, and goes to the person. */
export async function sendBack(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const { text } = asked.form
  const verb = 'take back that they have died'
  const leave = await permit(visit, asked.params.person ?? '', { ...taking, verb })
  const back: BackAgain = {
    drawnFrom: text('drawn-from'),
    aliveBy: waysAlive.find(({ code }) => code === text('alive-by'))?.code,
    words: text('words'),
    isSure: text('sure') === 'yes',
  }
  const outcome = await takeDeathBack(visit, leave, back)
  if (!outcome.ok) return showBack(visit, asked, outcome.problems)
  const saved = 'Taken back. They are on your lists again, and what was held is due.'
  return { kind: 'go', to: `/people/${leave.person}`, saved }
}

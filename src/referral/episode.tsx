import type { ReactNode } from 'react'
import {
  type Answer,
  type Asked,
  notForYou,
  type Permit,
  type Problem,
  permit,
  type StaffVisit,
} from '#access'
import { type Programme, programmes } from '#organisations'
import { bannerFor, type Episode, episodesOf, identityOf, nameInSentence } from '#people'
import { Button, HiddenFields, PostForm, Radios, renderPage } from '#ui'
import { OwnerField, splitOwner } from './owner-field.tsx'
import { possibleOwners } from './owners.ts'
import { reassignReasons } from './reasons.data.ts'
import { reassign, recordAgreement } from './turns.ts'

type Opened = {
  readonly leave: Permit<'whole'>
  readonly name: string
  readonly episode: Episode
  readonly programme: Programme
}

async function open(visit: StaffVisit, asked: Asked, verb: string): Promise<Opened> {
  const person = asked.params.person ?? ''
  const look = { part: 'whole', purpose: 'direct care', verb } as const
  const leave = await permit(visit, person, { may: 'accept referrals', ...look })
  const wanted = asked.form.text('episode') || asked.query.text('episode')
  const episodes = (await episodesOf(visit.db, leave)).filter(({ closedOn }) => !closedOn)
  const episode = wanted ? episodes.find(({ id }) => id === wanted) : episodes[0]
  const programme = (await programmes(visit.db)).find(({ id }) => id === episode?.programmeId)
  if (!episode || !programme) throw notForYou({ person, purpose: look.purpose, verb })
  return { leave, episode, programme, name: nameInSentence(await identityOf(visit.db, leave)) }
}

const hiddenOf = ({ episode }: Opened) => ({ episode: episode.id, turn: String(episode.turn) })
const turnIn = ({ form }: Asked) => Number.parseInt(form.text('turn'), 10) || 0

const page = async (
  visit: StaffVisit,
  asked: Asked,
  opened: Opened,
  own: { readonly title: string; readonly heading: string; readonly problems?: readonly Problem[] },
  children: ReactNode,
): Promise<string> =>
  renderPage({
    furniture: asked.furniture,
    ...own,
    caption: opened.episode.programmeName,
    banner: await bannerFor(visit, opened.leave),
    back: { href: `/people/${opened.leave.person}`, words: 'Back to the person' },
    typed: own.problems && asked.form.typed,
    children,
  })

/** Asks what the person said about taking part. */
export async function showAgreement(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await open(visit, asked, 'open the agreement to take part')
  return { kind: 'page', html: await agreementPage(visit, asked, opened) }
}

const agreementPage = (visit: StaffVisit, asked: Asked, opened: Opened, problems?: readonly Problem[]) =>
  page(
    visit,
    asked,
    opened,
    { title: 'Record the answer', heading: `What did ${opened.name} say?`, problems },
    <PostForm action={`/people/${opened.leave.person}/agreement`} personToken={opened.leave.person}>
      <HiddenFields fields={hiddenOf(opened)} />
      <Radios
        name="answer"
        label="Would they like to take part?"
        choices={[
          { value: 'yes', words: 'Yes' },
          {
            value: 'no',
            words: 'No',
            hint: 'The episode stays with its case manager until it is closed with a reason',
          },
        ]}
      />
      <Button quickKey="S">Save the answer</Button>
    </PostForm>,
  )

/** Keeps what the person said. */
export async function saveAgreement(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await open(visit, asked, 'record the agreement to take part')
  const { leave, episode, name } = opened
  const answer = asked.form.text('answer')
  const outcome = await recordAgreement(visit, leave, { episodeId: episode.id, turn: turnIn(asked), answer })
  if (!outcome.ok) {
    return { kind: 'page', status: 422, html: await agreementPage(visit, asked, opened, outcome.problems) }
  }
  const saved =
    answer === 'yes' ? `${name} takes part.` : `${name} said no. Close the episode, with the reason.`
  return { kind: 'go', to: `/people/${leave.person}`, saved }
}

/** Asks who takes over. */
export async function showReassign(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await open(visit, asked, 'open a change of case manager')
  return { kind: 'page', html: await reassignPage(visit, asked, opened) }
}

async function reassignPage(
  visit: StaffVisit,
  asked: Asked,
  opened: Opened,
  problems?: readonly Problem[],
): Promise<string> {
  const { leave, episode, programme, name } = opened
  const owners = (await possibleOwners(visit.db, programme)).filter(
    ({ staffId, teamId }) => staffId !== episode.ownerId || teamId !== episode.teamId,
  )
  return page(
    visit,
    asked,
    opened,
    { title: 'Change the case manager', heading: `Change the case manager of ${name}`, problems },
    <PostForm action={`/people/${leave.person}/case-manager`} personToken={leave.person}>
      <p>
        Now: <b>{episode.ownerName}</b>, {episode.teamName}. Clocks already running do not start again.
      </p>
      <HiddenFields fields={hiddenOf(opened)} />
      <OwnerField label="Who takes over?" owners={owners} programme={programme} />
      <Radios
        name="reason"
        label="Why?"
        choices={reassignReasons.map(({ code, words }) => ({ value: code, words }))}
      />
      <Button quickKey="S">Change the case manager</Button>
    </PostForm>,
  )
}

/** Keeps the change of case manager. */
export async function saveReassign(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await open(visit, asked, 'change the case manager')
  const { leave, episode } = opened
  const outcome = await reassign(visit, leave, {
    episodeId: episode.id,
    turn: turnIn(asked),
    ...splitOwner(asked.form.text('owner')),
    reason: asked.form.text('reason'),
  })
  if (!outcome.ok) {
    return { kind: 'page', status: 422, html: await reassignPage(visit, asked, opened, outcome.problems) }
  }
  // The one who hands over may have lost the tie with it: the person's page would then not open.
  const keepsTie =
    leave.tie === 'registered' || splitOwner(asked.form.text('owner')).teamId === episode.teamId
  return {
    kind: 'go',
    to: keepsTie ? `/people/${leave.person}` : '/my-people',
    saved: 'The case manager is changed.',
  }
}

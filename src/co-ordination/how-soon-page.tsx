import {
  type Asked,
  changedMeanwhile,
  notForYou,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { londonDate, shortDateWords } from '#calendar'
import { aboutPerson, type Episode, episodesOf, identityOf, personTabs } from '#people'
import {
  byWords,
  changeHowSoon,
  HowSoonField,
  howSoonIn,
  howSoonSent,
  howSoonWords,
  type Pronouns,
  pronounsOf,
  type Triage,
  writtenSince,
} from '#referral'
import { Button, HiddenFields, Panel, PostForm, renderPage, TextArea } from '#ui'
import { heardSince } from './first-contact-store.ts'

/** Who may say anew how soon somebody needs to be seen: whoever accepts. */
export const mayChangeHowSoon = 'accept referrals'

export const howSoonAddress = (person: string, episodeId: string): string =>
  `/people/${person}/how-soon?episode=${episodeId}`

type Opened = {
  readonly leave: Permit<'whole'>
  readonly episode: Episode
  readonly said?: Triage
  readonly isHeard: boolean
  readonly they: Pronouns
}

async function open(visit: StaffVisit, asked: Asked, verb: string): Promise<Opened> {
  const person = asked.params.person ?? ''
  const look = { part: 'whole', purpose: 'direct care', verb } as const
  const leave = await permit(visit, person, { may: mayChangeHowSoon, ...look })
  const wanted = asked.form.text('episode') || asked.query.text('episode')
  const episodes = (await episodesOf(visit.db, leave)).filter(({ closedOn }) => !closedOn)
  const episode = wanted ? episodes.find(({ id }) => id === wanted) : episodes[0]
  if (!episode) throw notForYou({ person, purpose: look.purpose, verb })
  const said = (await howSoonIn(visit.db, [leave.person])).find(({ episodeId }) => episodeId === episode.id)
  return {
    leave,
    episode,
    said,
    isHeard: said !== undefined && (await heardSince(visit.db, [said])).has(episode.id),
    they: pronounsOf((await identityOf(visit.db, leave)).sex),
  }
}

/** Asks how soon somebody needs to be seen, anew, or for the first time where it was not asked. */
export async function showHowSoon(visit: StaffVisit, asked: Asked) {
  return page(visit, asked, await open(visit, asked, 'open how soon somebody needs to be seen'))
}

async function page(visit: StaffVisit, asked: Asked, opened: Opened, problems: readonly Problem[] = []) {
  const { leave, episode, said, isHeard } = opened
  const about = await aboutPerson(visit, leave)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Change how soon',
    heading: `How soon does ${about.called} need to be seen?`,
    caption: episode.programmeName,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: isHeard ? (
      <Panel kind="neutral" heading="The first contact has been made">
        <p>
          Its clock has ended. <a href={`/people/${leave.person}/tasks/add`}>Add a task</a> with a date and a
          name for what comes next.
        </p>
      </Panel>
    ) : (
      <HowSoonForm
        opened={opened}
        sent={problems.length > 0 ? howSoonSent(asked.form) : undefined}
        written={await writtenSince(visit, leave, episode.id, asked.form.text('words'))}
        now={said ? nowWords(said, visit) : 'How soon was not asked.'}
      />
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

const nowWords = (said: Triage, { today }: StaffVisit): string =>
  `Now: ${howSoonWords(said.howSoon)}, ${byWords(said, today)}, as ${said.byName} said. Later is counted from ${shortDateWords(londonDate(said.beganAt), today)}, when the wait began.`

function HowSoonForm(props: {
  readonly opened: Opened
  readonly sent?: ReturnType<typeof howSoonSent>
  readonly written: Awaited<ReturnType<typeof writtenSince>>
  readonly now: string
}) {
  const { leave, episode, said, they } = props.opened
  return (
    <PostForm action={`/people/${leave.person}/how-soon`} personToken={leave.person}>
      <p>{props.now}</p>
      <HiddenFields fields={{ episode: episode.id, n: String(said?.n ?? 0) }} />
      <HowSoonField doTheyNeed={they.doTheyNeed} sent={props.sent} written={props.written} />
      <TextArea name="words" label="Why?" hint="Needed where it becomes later" rows={3} />
      <Button quickKey="S">Save how soon</Button>
    </PostForm>
  )
}

/** Keeps how soon. */
export async function sendHowSoon(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const opened = await open(visit, asked, 'say how soon somebody needs to be seen')
  const { leave, episode, isHeard, they } = opened
  if (isHeard)
    throw changedMeanwhile('Somebody has been in touch since you opened the page. Add a task instead.')
  const { howSoon, checked } = howSoonSent(asked.form)
  const outcome = await changeHowSoon(visit, leave, {
    ...{ episodeId: episode.id, howSoon, checked, theyNeed: they.theyNeed },
    n: Number.parseInt(asked.form.text('n'), 10) || 0,
    words: asked.form.text('words'),
  })
  if (!outcome.ok) return page(visit, asked, opened, outcome.problems)
  return {
    kind: 'go' as const,
    to: `/people/${leave.person}`,
    saved: `How soon is saved. ${episode.ownerName} has it in their day: ring them if it is urgent.`,
  }
}

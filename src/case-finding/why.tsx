import type { Answer, Asked, Problem, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import type { Episode } from '#people'
import {
  Button,
  Columns,
  HiddenFields,
  Panel,
  PostForm,
  Radios,
  renderPage,
  Section,
  SummaryList,
  Tag,
} from '#ui'
import { practiceList } from './candidates.ts'
import { JudgedFirst, judgeAs, problemsAt, ReasonFields, ShowAgain, said, WordsField } from './decide.tsx'
import { addressOf, listText, narrowed, ofTab } from './list-rules.ts'
import { type Opened, openPerson } from './person.ts'
import { canTakeBack, reasonWords, standingOf } from './rules.ts'
import { sourceWords } from './sources.data.ts'
import { currentRun, suggestionOf } from './store.ts'
import type { Run } from './types.ts'
import { Reasons, UseOfServices } from './why-records.tsx'
import { byAndWhen } from './words.ts'

const look = { may: 'judge candidates', verb: 'read why a candidate is on the list' } as const

/** Why somebody is on the list: the counted reasons with their dated records, and the decision beside them. */
export async function showWhy(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await openPerson(visit, asked, look)
  return { kind: 'page', html: await whyPage(visit, asked, opened) }
}

async function whyPage(
  visit: StaffVisit,
  asked: Asked,
  opened: Opened,
  problems?: readonly Problem[],
): Promise<string> {
  const { leave, programme, banner, name, query } = opened
  const run = await currentRun(visit.db, programme.id)
  const found = run && (await suggestionOf(visit.db, leave, run.id))
  const next = `/case-finding/${leave.person}/next?list=${encodeURIComponent(listText(query))}`
  return renderPage({
    furniture: asked.furniture,
    title: 'Why somebody is on the list',
    heading: found ? `Why ${name} is on the list` : `${name} is not on the list by the rule`,
    caption: run && `${programme.template.name}, list of ${dateWords(run.indexOn)}`,
    banner,
    back: { href: addressOf(query, { page: query.page }), words: 'Back to the list' },
    isStamped: true,
    acts: <a href={next}>Next person</a>,
    problems,
    typed: problems && asked.form.typed,
    children: (
      <Columns
        main={
          <>
            {found && run ? (
              <>
                <p className="kw-lead">
                  <b>
                    Rule ranking {found.suggestion.rank.toLocaleString('en-GB')} of{' '}
                    {run.cut.toLocaleString('en-GB')}.
                  </b>{' '}
                  Not validated here.
                </p>
                <Reasons
                  suggestion={found.suggestion}
                  evidence={found.evidence}
                  run={run}
                  today={visit.today}
                />
                <UseOfServices evidence={found.evidence} indexOn={run.indexOn} />
              </>
            ) : (
              <p>
                The rule did not count {opened.them} among the first. Somebody may still be added, deferred or
                accepted by hand.
              </p>
            )}
            <Panel kind="caution" heading="Expect a fall anyway">
              <p>
                People with several admissions in one year usually have fewer in the next with no extra help.
                A fall is not, by itself, success.
              </p>
            </Panel>
          </>
        }
        side={
          <>
            <Decision
              visit={visit}
              opened={opened}
              run={run}
              problems={problems}
              suggestion={found?.suggestion}
            />
            {run && <NotSeen run={run} />}
          </>
        }
      />
    ),
  })
}

function Decision(props: {
  readonly visit: StaffVisit
  readonly opened: Opened
  readonly run?: Run
  readonly suggestion?: Parameters<typeof standingOf>[0]['suggestion']
  readonly problems?: readonly Problem[]
}) {
  const { visit, opened, run, suggestion, problems } = props
  const { leave, programme, them, seen, query, history, banner } = opened
  const standing = standingOf(
    {
      history,
      suggestion,
      run,
      hasOpenEpisode: opened.withUs !== undefined,
      practiceId: visit.caller.organisation.id,
    },
    visit.today,
  )
  if (banner.diedOn) return null
  if (opened.withUs) return <WithUs episode={opened.withUs} />
  return (
    <Panel kind="decision" heading="Your decision">
      {standing.tab !== 'to judge' && <Decided visit={visit} opened={opened} />}
      <PostForm action={`/case-finding/${leave.person}`} personToken={leave.person}>
        <JudgedFirst opened={opened} problems={problems} />
        <HiddenFields fields={{ programme: programme.key, seen: String(seen), list: listText(query) }} />
        <Radios
          name="decision"
          label={`Would care co-ordination help ${them}?`}
          choices={[
            { value: 'accepted', words: 'Accept', hint: 'Next, you choose the case manager' },
            {
              value: 'deferred',
              words: 'Defer',
              whenChosen: (
                <>
                  <ReasonFields way="deferred" />
                  <ShowAgain them={them} />
                </>
              ),
            },
            {
              value: 'declined',
              words: 'Decline',
              hint: `Not shown again for ${programme.template.declineForMonths} months`,
              whenChosen: <ReasonFields way="declined" />,
            },
          ]}
        />
        <WordsField />
        <Button quickKey="S">Save and next person</Button>
        <p className="kw-second">You can undo this for 7 days.</p>
      </PostForm>
    </Panel>
  )
}

const WithUs = ({ episode }: { readonly episode: Episode }) => (
  <Panel kind="neutral" heading="With us already">
    <p>
      {episode.ownerName} is the case manager in {episode.programmeName} since {dateWords(episode.openedOn)}.{' '}
      <a href={`/people/${episode.personId}`}>Open the record</a>
    </p>
  </Panel>
)

/** What was decided before. Of somebody to judge it is not shown: nobody reads a colleague's view before their own. */
function Decided({ visit, opened }: { readonly visit: StaffVisit; readonly opened: Opened }) {
  const { inForce, leave, programme, seen, query } = opened
  if (!inForce) return null
  return (
    <>
      <p>
        <b>{inForce.decision.charAt(0).toUpperCase() + inForce.decision.slice(1)}</b>:{' '}
        {reasonWords(inForce.decision, inForce.reason)}
        {inForce.words && ` “${inForce.words}”`}
        <br />
        <span className="kw-second">
          {byAndWhen(inForce, visit.today)}
          {inForce.showAgainOn && `. Shown again on ${dateWords(inForce.showAgainOn)}`}
        </span>
      </p>
      {inForce.decision !== 'accepted' && canTakeBack(inForce, visit.today) && (
        <PostForm action={`/case-finding/${leave.person}/take-back`} personToken={leave.person}>
          <HiddenFields fields={{ programme: programme.key, seen: String(seen), list: listText(query) }} />
          <Button kind="link">Undo this decision</Button>
        </PostForm>
      )}
    </>
  )
}

function NotSeen({ run }: { readonly run: Run }) {
  const rows = sourceWords.map(({ file, words }) => {
    const source = run.sources.find((linked) => linked.source === file)
    return {
      label: words,
      value: source ? `to ${dateWords(source.coveredTo)}` : <Tag colour="yellow">Not linked</Tag>,
    }
  })
  return (
    <Section heading="What could and could not be seen">
      <SummaryList rows={rows} />
    </Section>
  )
}

/** Saves the decision of the page and goes to the next person to judge; an acceptance goes on to its own page. */
export async function saveWhy(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await openPerson(visit, asked, { may: 'judge candidates', verb: 'judge a candidate' })
  const { leave, programme, query } = opened
  const decision = asked.form.text('decision')
  const list = encodeURIComponent(listText(query))
  if (decision === 'accepted') {
    return { kind: 'go', to: `/referrals/accept/${leave.person}?programme=${programme.key}&list=${list}` }
  }
  const outcome = await judgeAs(visit, asked, opened, decision)
  if (!outcome.ok) {
    const html = await whyPage(visit, asked, opened, problemsAt(outcome.problems, decision))
    return { kind: 'page', status: 422, html }
  }
  const way = decision === 'deferred' ? 'deferred' : 'declined'
  return { kind: 'go', to: `/case-finding/${leave.person}/next?list=${list}`, ...said(opened, way) }
}

/** Goes to the person after this one on the list as its address orders it, or to the list when there is none. */
export async function goToNext(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { leave, programme, query } = await openPerson(visit, asked, look)
  const list = await practiceList(visit, programme, {
    purpose: 'direct care',
    verb: 'go to the next person on the case-finding list',
  })
  const all = narrowed(
    ofTab(list.candidates, 'to judge', visit.caller.staffId),
    { ...query, tab: 'to judge' },
    visit.today,
  )
  const here = all.findIndex(({ person }) => person.id === leave.person)
  const rank = list.candidates.find(({ person }) => person.id === leave.person)?.suggestion?.rank ?? 0
  const next = here >= 0 ? all[here + 1] : all.find(({ suggestion }) => (suggestion?.rank ?? 0) > rank)
  const text = listText(query)
  if (!next) return { kind: 'go', to: addressOf(query, { page: query.page }) }
  return { kind: 'go', to: `/case-finding/${next.person.id}?list=${encodeURIComponent(text)}` }
}

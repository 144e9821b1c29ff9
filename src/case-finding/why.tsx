import type { Answer, Asked, Problem, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { programmes } from '#organisations'
import type { PersonId } from '#people'
import { Columns, Panel, renderPage, Section, SummaryList, Tag } from '#ui'
import { inUseFor, practiceListUnnamed } from './candidates.ts'
import { judgeAs, problemsAt, said } from './decide.tsx'
import { WhatHelpCouldChange } from './flags/change-panel.tsx'
import { suitsOf } from './flags/programme-part.ts'
import { saidBefore } from './history-store.ts'
import { HeldOut } from './holdout/holdout-panel.tsx'
import { DriftWarning } from './list-notes.tsx'
import { addressOf, asksWhoTheyAre, listText, narrowed, ofTab, type Unopened } from './list-rules.ts'
import { LotsOfPerson } from './lots/lot-notes.tsx'
import { lotsOfPerson } from './lots/store.ts'
import { objectionsOf } from './objection.tsx'
import { OutsideValues } from './outside/outside-values.tsx'
import { peopleAtRanks } from './part-store.ts'
import { type Opened, openPerson } from './person.ts'
import { sourceWords } from './sources.data.ts'
import { currentRun, suggestionOf } from './store.ts'
import type { Run } from './types.ts'
import { NotOnTheList } from './why-absent.tsx'
import { Decision } from './why-decision.tsx'
import { EarlierLists } from './why-history.tsx'
import { Numbered } from './why-number.tsx'
import { Reasons, UseOfServices } from './why-records.tsx'
import { Scores } from './why-scores.tsx'
import { expectedNext } from './words.ts'

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
  const found = run && !banner.diedOn ? await suggestionOf(visit.db, leave, run.id) : undefined
  const hasObjected = (await objectionsOf(visit, leave)).length > 0
  const inUse = await inUseFor(visit, run)
  const lots = await lotsOfPerson(visit.db, leave, programme.id)
  const said = await saidBefore(visit.db, leave, programme.id)
  const suits = (await programmes(visit.db)).map(suitsOf)
  const mayDecide = !banner.diedOn && !opened.withUs && (found !== undefined || !hasObjected)
  const next = `/case-finding/${leave.person}/next?list=${encodeURIComponent(listText(query))}`
  return renderPage({
    furniture: asked.furniture,
    title: 'Why somebody is on the list',
    heading: found ? `Why ${name} is on the list` : `${name} is not on the list`,
    caption: run && `${programme.template.name}, list of ${dateWords(run.indexOn)}`,
    banner,
    back: { href: addressOf(query, { page: query.page }), words: 'Back to the list' },
    isStamped: true,
    acts: (
      <>
        {mayDecide && <a href="#your-decision">Your decision</a>} <a href={next}>Next person</a>
      </>
    ),
    problems,
    typed: problems && asked.form.typed,
    children: (
      <Columns
        main={
          <>
            {found && run ? (
              <>
                <DriftWarning inUse={inUse} />
                {inUse && found.evidence?.told ? (
                  <Numbered
                    told={found.evidence.told}
                    evidence={found.evidence}
                    run={run}
                    inUse={inUse}
                    them={opened.them}
                  />
                ) : (
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
                  </>
                )}
                <UseOfServices evidence={found.evidence} indexOn={run.indexOn} />
                <Scores scores={found.evidence?.scores} />
                <OutsideValues values={found.evidence?.outside} today={visit.today} />
              </>
            ) : (
              <NotOnTheList
                opened={opened}
                run={run}
                hasObjected={hasObjected}
                isByModel={inUse !== undefined}
              />
            )}
            <EarlierLists said={said} run={run} />
            {found?.suggestion.isHeldOut && <HeldOut them={opened.them} />}
            <LotsOfPerson lots={lots} them={opened.them} />
            {found && run && <FallAnyway admissions={found.suggestion.emergencyAdmissions} run={run} />}
          </>
        }
        side={
          <>
            {(mayDecide || opened.withUs) && (
              <Decision
                visit={visit}
                opened={opened}
                run={run}
                problems={problems}
                suggestion={found?.suggestion}
              />
            )}
            {found?.evidence?.flags && (
              <WhatHelpCouldChange flags={found.evidence.flags} programmes={suits} />
            )}
            {run && <NotSeen run={run} />}
          </>
        }
      />
    ),
  })
}

/** Regression to the mean, of whoever was chosen for a bad year. */
function FallAnyway({ admissions, run }: { readonly admissions: number; readonly run: Run }) {
  if (admissions < 2) return null
  const next = expectedNext(admissions, run)
  return (
    <Panel kind="caution" heading="Expect a fall anyway">
      <p>
        {next === undefined
          ? 'People with several emergency admissions in one year usually have fewer in the next with no extra help.'
          : `People here with ${admissions} emergency admissions in a year are expected to have about ${next.toFixed(1)} each in the next with no extra help.`}{' '}
        A fall is not, by itself, success.
      </p>
    </Panel>
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
    const problems = problemsAt(outcome.problems, decision).map(({ field, message }) => ({
      field: field === 'words' ? `words-${decision}` : field,
      message,
    }))
    const html = await whyPage(visit, asked, opened, problems)
    return { kind: 'page', status: 422, html }
  }
  const way = decision === 'deferred' ? 'deferred' : 'declined'
  return { kind: 'go', to: `/case-finding/${leave.person}/next?list=${list}`, ...said(opened, way) }
}

/** Goes to the person after this one on the list as its address orders it, or to the list when there is none. */
export async function goToNext(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { leave, programme, query } = await openPerson(visit, asked, look)
  const list = await practiceListUnnamed(visit, programme, { isWhole: asksWhoTheyAre(query) })
  const all = narrowed(
    ofTab(list.candidates, 'to judge', visit.caller.staffId),
    { ...query, tab: 'to judge' },
    visit.today,
  )
  const rank = list.run && (await suggestionOf(visit.db, leave, list.run.id))?.suggestion.rank
  const isHere = ({ person, suggestion }: Unopened) =>
    person.id === leave.person || (rank !== undefined && suggestion?.rank === rank)
  const here = all.findIndex(isHere)
  const rest =
    here >= 0 ? all.slice(here + 1) : all.filter((one) => (one.suggestion?.rank ?? 0) > (rank ?? 0))
  const next = await firstToOpen(visit, list.run, rest)
  const text = listText(query)
  if (!next) return { kind: 'go', to: addressOf(query, { page: query.page }) }
  return { kind: 'go', to: `/case-finding/${next}?list=${encodeURIComponent(text)}` }
}

/** The first of some people who may still be listed. */
async function firstToOpen(
  visit: StaffVisit,
  run: Run | undefined,
  rest: readonly Unopened[],
): Promise<PersonId | undefined> {
  for (const { person, suggestion } of rest) {
    if (person.id) return person.id
    const rank = suggestion?.rank ?? 0
    const id = (await peopleAtRanks(visit.db, run?.id, [rank])).get(rank)
    if (id) return id
  }
  return undefined
}

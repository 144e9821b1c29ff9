import { type Asked, permit, type StaffVisit } from '#access'
import { dateWords, dayWords, type LondonDate, shortDateWords, timeWords } from '#calendar'
import { type AboutPerson, aboutPerson, personTabs } from '#people'
import {
  Button,
  type Column,
  DataTable,
  Details,
  EmptyState,
  Panel,
  PrintButton,
  renderPage,
  Section,
  Tag,
} from '#ui'
import { actionKindWords } from './action-kinds.data.ts'
import { IfWorse, WhatMatters } from './plan-parts.tsx'
import { planOf } from './questions.ts'
import { sharingOf, sharingWords } from './sharing.ts'
import { versionsOf } from './store.ts'
import type { Action, Goal, Plan } from './types.ts'
import { agreementWords, draftWords, freshness, ownerWords, standing } from './words.ts'

/** The plan as it stands, or an older version of it, marked as superseded. */
export async function showPlan(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', {
    may: 'see people',
    part: 'whole',
    purpose: 'direct care',
    verb: 'read the care plan',
  })
  const about = await aboutPerson(visit, leave)
  const newest = await planOf(visit.db, leave)
  const wanted = Number(asked.query.text('version'))
  const older = newest && wanted > 0 && wanted < newest.version
  const plan = older ? await planOf(visit.db, leave, wanted) : newest
  const versions = newest ? await versionsOf(visit.db, leave, newest.id) : []
  const sharing = await sharingOf(visit.db, leave, about.episodes)
  const isWriter = visit.caller.activities.has('write plans')
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Care plan',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Plan'),
    acts: (
      <Acts
        person={leave.person}
        called={about.called}
        hasPlan={Boolean(plan)}
        isWriter={isWriter && !older}
        maySeeSummary={visit.caller.activities.has('see emergency summary')}
      />
    ),
    lead: plan && <Lead plan={plan} about={about} today={visit.today} />,
    children: (
      <>
        {older && newest && (
          <Panel kind="caution" heading={`SUPERSEDED. Version ${newest.version} replaced this one`}>
            <p>
              <a href={`/people/${leave.person}/plan`}>Read the plan as it stands now</a>
            </p>
          </Panel>
        )}
        <p>
          {!sharing.isShared && <Tag colour="yellow">Not known to out of hours</Tag>}{' '}
          {sharingWords(sharing, about.called)}{' '}
          {isWriter && <a href={`/people/${leave.person}/sharing`}>Change who sees</a>}
        </p>
        {plan ? (
          <PlanParts plan={plan} about={about} today={visit.today} mayChange={isWriter && !older} />
        ) : (
          <EmptyState says={`${about.called} has no plan yet.`}>
            {isWriter && <Button href={`/people/${leave.person}/plan/change`}>Write the plan</Button>}
          </EmptyState>
        )}
        {versions.length > 1 && (
          <Details summary={`Earlier versions (${versions.length - 1})`}>
            <ul>
              {versions.slice(1).map((version) => (
                <li key={version.n}>
                  <a href={`/people/${leave.person}/plan?version=${version.n}`}>Version {version.n}</a>, saved
                  by {version.savedByName} at {timeWords(version.savedAt)}
                  {version.agreedOn ? `, agreed ${shortDateWords(version.agreedOn, visit.today)}` : ''}
                </li>
              ))}
            </ul>
          </Details>
        )}
        {plan && (
          <p className="kw-second">
            Printed by {visit.caller.name}, {dayWords(visit.today)}, {timeWords(visit.now)}. Uncontrolled copy
            of version {plan.version}.
          </p>
        )}
      </>
    ),
  })
  return { kind: 'page' as const, html }
}

function Acts(props: {
  readonly person: string
  readonly called: string
  readonly hasPlan: boolean
  readonly isWriter: boolean
  readonly maySeeSummary: boolean
}) {
  const { person, called, hasPlan, isWriter, maySeeSummary } = props
  // A room that comes later answers here; somebody without a plan takes home who looks after them.
  const ownCopy = <a href={`/people/${person}/own-copy`}>For {called} in plain words</a>
  if (!hasPlan) return ownCopy
  return (
    <>
      {isWriter && <Button href={`/people/${person}/plan/change`}>Change the plan</Button>}
      <PrintButton>Print</PrintButton>
      {ownCopy}
      {maySeeSummary && <a href={`/people/${person}/emergency`}>Emergency summary</a>}
    </>
  )
}

type Shown = { readonly plan: Plan; readonly about: AboutPerson; readonly today: LondonDate }

function Lead({ plan, about, today }: Shown) {
  const fresh = freshness(plan, today)
  return (
    <>
      Version {plan.version}. {agreementWords(plan, about.called)}.{' '}
      {fresh.isStale ? (
        <Tag colour="orange">{fresh.words}</Tag>
      ) : (
        <>
          <Tag colour="green">Fresh</Tag> {fresh.words}.
        </>
      )}{' '}
      {plan.reviewOn
        ? `${fresh.isStale ? 'Review was due' : 'Next review'} ${dayWords(plan.reviewOn)}.`
        : 'No review date yet.'}
    </>
  )
}

function PlanParts({ plan, about, today, mayChange }: Shown & { readonly mayChange: boolean }) {
  const draft = draftWords(plan)
  return (
    <>
      {draft && (
        <Panel kind="caution" heading={draft.heading}>
          <ul>
            {draft.missing.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          {plan.lastAgreed && (
            <p>
              Version {plan.lastAgreed.version} was agreed on {dateWords(plan.lastAgreed.on)}.
            </p>
          )}
        </Panel>
      )}
      <WhatMatters plan={plan} about={about} today={today} mayWrite={mayChange} />
      {plan.goals.map((goal, at) => (
        <GoalPart key={goal.lineId} {...{ goal, at, plan, about, today, mayChange }} />
      ))}
      <IfWorse plan={plan} about={about} mayWrite={mayChange} />
    </>
  )
}

type GoalProps = Shown & { readonly goal: Goal; readonly at: number; readonly mayChange: boolean }

function GoalPart({ goal, at, plan, about, today, mayChange }: GoalProps) {
  const columns: readonly Column<Action>[] = [
    {
      head: 'Action',
      cell: (action) => (
        <>
          {mayChange ? (
            <a href={`/people/${about.person.id}/plan/actions/${action.lineId}`}>{action.words}</a>
          ) : (
            action.words
          )}{' '}
          {action.actionKind && <span className="kw-second">{actionKindWords(action.actionKind)}</span>}{' '}
          {action.isForOutOfHours && <Tag colour="purple">For out of hours</Tag>}
        </>
      ),
      width: 'wide',
    },
    { head: 'Who', cell: ownerWords, width: 'middle' },
    {
      head: 'By when',
      cell: (action) => (action.dueOn ? shortDateWords(action.dueOn, today) : 'No date yet'),
      width: 'narrow',
    },
    {
      head: 'How it stands',
      cell: (action) => {
        const { colour, words } = standing(action, Boolean(plan.agreement), today)
        return <Tag colour={colour}>{words}</Tag>
      },
      width: 'narrow',
    },
  ]
  return (
    <Section heading={`${at + 1}. ${goal.words}`}>
      {goal.actions.length === 0 ? (
        <p>No action yet. {mayChange && <a href={`/people/${about.person.id}/plan/change`}>Add one</a>}</p>
      ) : (
        <DataTable
          caption={`Actions for ${goal.words}`}
          isCaptionHidden
          columns={columns}
          rows={goal.actions}
          keyOf={(action) => action.lineId}
        />
      )}
    </Section>
  )
}

import type { Permit, PersonPanel, StaffVisit } from '#access'
import { shortDateWords } from '#calendar'
import { type AboutPerson, aboutPerson, wordsFor } from '#people'
import { type Column, DataTable, EmptyState, Panel, Section, Tag } from '#ui'
import { WhatMatters } from './plan-parts.tsx'
import { planOf } from './questions.ts'
import type { Action, Goal, Plan } from './types.ts'
import { agreementWords, draftWords, freshness, ownerWords, standing } from './words.ts'

type Shown = { readonly plan: Plan | undefined; readonly about: AboutPerson; readonly visit: StaffVisit }

/** What matters, what to do if things get worse, and the plan in short: the top of the page about one person. */
export async function panelFor(visit: StaffVisit, permit: Permit<'whole'>): Promise<PersonPanel> {
  const about = await aboutPerson(visit, permit)
  const plan = await planOf(visit.db, permit)
  const mayWrite = mayWriteFor(visit, about)
  return {
    place: 'main',
    contents: (
      <>
        <WhatMatters plan={plan} about={about} today={visit.today} mayWrite={mayWrite} />
        <IfWorsePanel plan={plan} about={about} mayWrite={mayWrite} />
        <PlanInShort plan={plan} about={about} visit={visit} />
      </>
    ),
  }
}

// Nobody is asked anything who is said to have died; the plan stands as it is until that is taken back.
const mayWriteFor = ({ caller }: StaffVisit, { person }: AboutPerson) =>
  caller.activities.has('write plans') && !person.diedOn

function IfWorsePanel({ plan, about, mayWrite }: Omit<Shown, 'visit'> & { readonly mayWrite: boolean }) {
  const { person } = about
  return (
    <Panel kind="worse" heading={`If ${wordsFor(person).theyGet} worse`}>
      {plan && plan.ifThens.length > 0 ? (
        plan.ifThens.map((line) => (
          <p key={line.lineId}>
            <b>{line.words}:</b> {line.thenWords}
            {line.callWords && (
              <>
                . Call <b>{line.callWords}</b>
              </>
            )}
          </p>
        ))
      ) : (
        <p>
          <b>Nobody has written down what to do.</b>{' '}
          {mayWrite && <a href={`/people/${person.id}/plan/change`}>Write it down</a>}
        </p>
      )}
    </Panel>
  )
}

type NextStep = { readonly goal: Goal; readonly action: Action | undefined }

function PlanInShort({ plan, about, visit }: Shown) {
  const { person, called } = about
  const their = wordsFor(person).their
  const heading = `${their.charAt(0).toUpperCase()}${their.slice(1)} plan`
  if (!plan) {
    return (
      <Section heading={heading}>
        <EmptyState says={`${called} has no plan yet.`}>
          {mayWriteFor(visit, about) && (
            <p>
              <a href={`/people/${person.id}/plan/change`}>Write the plan</a>
            </p>
          )}
        </EmptyState>
      </Section>
    )
  }
  const steps = plan.goals.map((goal) => ({ goal, action: goal.actions.find(isOpen) }))
  const fresh = freshness(plan, visit.today)
  return (
    <Section
      heading={heading}
      acts={
        <>
          Version {plan.version}. {draftWords(plan)?.heading ?? `${agreementWords(plan, called)}.`}{' '}
          <Tag colour={fresh.isStale ? 'orange' : 'green'}>{fresh.isStale ? fresh.words : 'Fresh'}</Tag>
        </>
      }
    >
      <DataTable
        caption={`${heading}, next step for each goal`}
        isCaptionHidden
        columns={stepColumns(plan, visit)}
        rows={steps}
        keyOf={({ goal }) => goal.lineId}
      />
      <p>
        <a href={`/people/${person.id}/plan`}>Open the plan</a>
      </p>
    </Section>
  )
}

const isOpen = (action: Action) => action.state === 'not started' || action.state === 'in progress'

const stepColumns = (plan: Plan, visit: StaffVisit): readonly Column<NextStep>[] => [
  { head: 'Goal', cell: ({ goal }) => goal.words, width: 'middle' },
  {
    head: 'Next step',
    cell: ({ goal, action }) =>
      action?.words ?? (goal.actions.length > 0 ? 'Every action has ended' : 'No action yet'),
    width: 'wide',
  },
  { head: 'Who', cell: ({ action }) => (action ? ownerWords(action) : '') },
  {
    head: 'When',
    cell: ({ action }) => {
      if (!action) return ''
      const { colour, words } = standing(action, Boolean(plan.agreement), visit.today)
      if (colour === 'orange') return <Tag colour="orange">{words}</Tag>
      return action.dueOn ? shortDateWords(action.dueOn, visit.today) : 'No date yet'
    },
    width: 'narrow',
  },
]

import type { LondonDate } from '#calendar'
import { type AboutPerson, wordsFor } from '#people'
import { DataTable, Panel, Quote, Section } from '#ui'
import type { Plan } from './types.ts'

/** What matters to the person in their words; where nobody has asked, the gap is loud. */
export function WhatMatters(props: {
  readonly plan: Plan | undefined
  readonly about: AboutPerson
  readonly today: LondonDate
  /** Whether the reader may write it down: a gap leads nobody to a page that is not theirs. */
  readonly mayWrite: boolean
}) {
  const { plan, about, mayWrite } = props
  const { called, person } = about
  if (!plan?.whatMatters) {
    return (
      <Panel kind="matters" heading={`What matters to ${called}`}>
        <p>
          <b>
            Nobody has asked {called} what matters to {wordsFor(person).them}.
          </b>{' '}
          {mayWrite && <a href={`/people/${person.id}/plan/change`}>Ask {wordsFor(person).them}</a>}
        </p>
      </Panel>
    )
  }
  return (
    <Panel kind="matters" heading={`What matters to ${called}`}>
      <Quote>“{plan.whatMatters.words}”</Quote>
    </Panel>
  )
}

/** What to do if things get worse, as a table; a gap where nobody has written it down. */
export function IfWorse(props: {
  readonly plan: Plan
  readonly about: AboutPerson
  readonly mayWrite: boolean
}) {
  const { plan, about, mayWrite } = props
  return (
    <Section heading="If things get worse">
      {plan.ifThens.length === 0 ? (
        <p>
          Nobody has written down what to do if {wordsFor(about.person).theyGet} worse.{' '}
          {mayWrite && <a href={`/people/${about.person.id}/plan/change`}>Write it down</a>}
        </p>
      ) : (
        <DataTable
          caption="If things get worse"
          isCaptionHidden
          columns={[
            { head: 'If this happens', cell: (line) => line.words, width: 'middle' },
            { head: 'Do this', cell: (line) => line.thenWords ?? '', width: 'wide' },
            { head: 'Then call', cell: (line) => line.callWords ?? 'Nobody named' },
          ]}
          rows={plan.ifThens}
          keyOf={(line) => line.lineId}
        />
      )}
    </Section>
  )
}

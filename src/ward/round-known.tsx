import type { StaffVisit } from '#access'
import { londonDate, shortDateWords, timeWords } from '#calendar'
import type { JournalEntry } from '#journal'
import { Panel, Quote, Section, Telephone, Timeline } from '#ui'
import type { OpenPerson } from './person.tsx'
import type { RoundPage } from './round-page.tsx'
import type { Decision, OnWard } from './types.ts'

/** What matters to the person, above anything else a round knows of them. */
export function Matters(props: { readonly givenName: string; readonly whatMatters: string | undefined }) {
  const { givenName, whatMatters } = props
  return (
    <Panel kind="matters" heading={`What matters to ${givenName}`}>
      {whatMatters ? <Quote>{whatMatters}</Quote> : <p>Nobody has written this down yet. Ask {givenName}.</p>}
    </Panel>
  )
}

export function IfWorse({ ifWorse }: Pick<RoundPage, 'ifWorse'>) {
  if (ifWorse.length === 0) return null
  return (
    <Panel kind="worse" heading="If things get worse">
      {ifWorse.map(({ lineId, words, thenWords, callWords }) => (
        <p key={lineId}>
          <b>{words}:</b> {thenWords}
          {callWords && (
            <>
              . Call <b>{callWords}</b>
            </>
          )}
        </p>
      ))}
    </Panel>
  )
}

/** Most of a virtual ward is rung: the number stands where the question is asked. */
export function NoReadings({ person: { identity } }: { readonly person: OpenPerson }) {
  const { givenName, telephone, nextOfKin } = identity
  return (
    <Panel kind="neutral" heading="No readings are linked">
      <p>Blood pressure, oxygen and other readings do not come to this ward yet. Ask {givenName}.</p>
      <p>
        {givenName}: {telephone ? <Telephone number={telephone} /> : 'no number recorded'}
        {nextOfKin?.telephone && (
          <>
            <br />
            {nextOfKin.name}, next of kin: <Telephone number={nextOfKin.telephone} />
          </>
        )}
      </p>
    </Panel>
  )
}

/** What happened since the round last looked, with what was said. */
export function Since(props: {
  readonly since: readonly JournalEntry[]
  readonly said: RoundPage['said']
  readonly there: OnWard
  readonly visit: StaffVisit
}) {
  const { since, said, there, visit } = props
  const from = there.lastDiscussedAt ?? there.cameAt
  const words = `${there.lastDiscussedAt ? 'Since the last look' : 'Since they came'}, ${shortDateWords(londonDate(from), visit.today)}`
  return (
    <Section heading={words} isRuled={false}>
      {there.lastDecision && (
        <p>
          Then: <b>{decisionWords[there.lastDecision].toLowerCase()}</b>
          {there.lastDiscussedBy && `, written down by ${there.lastDiscussedBy}`}.
        </p>
      )}
      {since.length ? (
        <Timeline
          items={since.map((entry) => ({
            when: `${shortDateWords(londonDate(entry.happenedAt), visit.today)}, ${timeWords(entry.happenedAt)}`,
            what: happenedWords(entry, said.get(entry.about ?? '')),
            ...(entry.byName && { by: entry.byName }),
          }))}
        />
      ) : (
        <p>Nothing has been written down since then.</p>
      )}
    </Section>
  )
}

function happenedWords({ what }: JournalEntry, said: string | undefined): string {
  const words = `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`
  return said ? `${words}: ${said}` : words
}

export const decisionWords: Readonly<Record<Decision, string>> = {
  'seen every day': 'Stay, seen every day',
  'seen every week': 'Stay, seen every week',
  'seen every month': 'Stay, seen every month',
  'send to hospital': 'Send to hospital or same-day unit',
  'ready to leave': 'Ready to leave',
}

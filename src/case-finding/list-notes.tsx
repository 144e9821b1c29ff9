import { dateWords, type LondonDate, londonDate } from '#calendar'
import { Details, Panel } from '#ui'
import type { PracticeList } from './candidates.ts'
import { conditionGroupsVersion } from './condition-groups.data.ts'
import { mustAct, ratioMoved } from './drift/rules.ts'
import { areNumbersTooOld, isOldList } from './list-age.ts'
import type { Unopened } from './list-rules.ts'
import { targetOf } from './model/targets.data.ts'
import type { Run } from './types.ts'
import { counted, expectedFall, inSentence, lateSources, notLinked, sourcesOf } from './words.ts'

/** What must be known before the list is believed: that it is old, or that a source stops early. */
export function ListWarnings({ run, today }: { readonly run: Run; readonly today: LondonDate }) {
  const isOld = isOldList(run.indexOn, today)
  const late = lateSources(run)
  if (!isOld && late.length === 0) return null
  return (
    <Panel kind="caution" heading={isOld ? 'This list is old' : 'A source stops early'}>
      {isOld && (
        <p>
          It is of {dateWords(run.indexOn)}, more than 35 days ago. What happened since is not counted. Ask
          your administrator for a new extract.
        </p>
      )}
      {areNumbersTooOld(run.indexOn, today) && (
        <p>After 90 days no number is shown about anybody, by any model: what it rests on is too long ago.</p>
      )}
      {late.map(({ words, coveredTo }) => (
        <p key={words}>
          {words} stop at {dateWords(coveredTo)}. What happened since may be missing.
        </p>
      ))}
    </Panel>
  )
}

/** That the model in use has gone past a bound set beforehand: its numbers are to be read with care until somebody acted. */
export function DriftWarning({ inUse }: Pick<PracticeList, 'inUse'>) {
  if (!inUse?.check || !mustAct(inUse.check)) return null
  const ratio = inUse.check.observedOverExpected
  return (
    <Panel kind="caution" heading="Read these numbers with care">
      <p>
        {ratioMoved(ratio) === 'act'
          ? `In the year before this list ${Math.round(100 * ratio.value)} ${targetOf(inUse.model.report).did} for every 100 the model expected.`
          : 'The people here are not those the model was tested on any more.'}{' '}
        The order may still be of use. <a href={`/models/${inUse.model.id}`}>What is being done</a>
      </p>
    </Panel>
  )
}

/** What would become of those with 2 or more admissions with no help at all: chosen for a bad year, they have a better one. */
export function FallNote({
  candidates,
  run,
}: {
  readonly candidates: readonly Unopened[]
  readonly run: Run
}) {
  const admissions = candidates.map(({ suggestion }) => suggestion?.emergencyAdmissions ?? 0)
  const { people, percent } = expectedFall(admissions, run)
  if (people === 0) return null
  return (
    <div className="kw-panel kw-panel--caution">
      <p>
        {people.toLocaleString('en-GB')} of these {candidates.length.toLocaleString('en-GB')} had 2 or more
        emergency admissions this year.{' '}
        <b>
          {percent === undefined
            ? 'Expect fewer next year with no help at all.'
            : `Expect about ${percent}% fewer next year with no help at all.`}
        </b>
      </p>
      <Details summary="Why?">
        <p>
          Somebody chosen for an unusually bad year usually has a better one next. This is called regression
          to the mean. A fall after joining a service is therefore no proof that the service helped.
        </p>
        {percent !== undefined && (
          <p>
            The figure is worked out from the emergency admissions of all{' '}
            {counted(run.considered, 'adult', 'adults')} this list considered, as a gamma-Poisson expectation.
            It says nothing of any one person.
          </p>
        )}
      </Details>
    </div>
  )
}

/** How the list was made, what it could not see, and who is left out. */
export function ListFoot({ list }: { readonly list: PracticeList }) {
  const { run, counts, candidates, goneSince } = list
  if (!run) return null
  const missing = notLinked(run)
  const withUsNow = candidates.filter(
    ({ standing, suggestion }) => suggestion && standing.tab === 'left out' && standing.why === 'with us',
  ).length
  const withUs = (counts?.withUs ?? 0) + withUsNow
  const objecting = counts?.objecting ?? 0
  return (
    <section className="kw-section" aria-label="About this list">
      <p className="kw-second">
        {list.inUse ? (
          <>
            Model {list.inUse.model.name}, checked here {dateWords(londonDate(list.inUse.model.trainedAt))};{' '}
            {list.inUse.since.answeredForBy} answers for it.{' '}
            <a href={`/models/${list.inUse.model.id}`}>How good is this list?</a>
          </>
        ) : (
          'Rule ranking, not validated here.'
        )}{' '}
        {sourcesWords(run, list.inUse !== undefined)}
        {missing.length > 0 && <b> Not linked: {missing.map(inSentence).join(', ')}.</b>}
      </p>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {objecting > 0 && <li>{leftOutWords(objecting, 'because they objected')}</li>}
        {withUs > 0 && <li>{leftOutWords(withUs, 'because they are with us already')}</li>}
        {goneSince > 0 && (
          <li>
            {counted(goneSince, 'person', 'people')} on the list of {dateWords(run.indexOn)}{' '}
            {goneSince === 1 ? 'has' : 'have'} objected, moved or died since.
          </li>
        )}
      </ul>
      <ul className="nhsuk-list">
        <li>
          <a href={`/case-finding/equity?programme=${list.programme.key}`}>
            Who is found, and who is missed, by group
          </a>
        </li>
        <li>
          <a href={`/case-finding/mirror?programme=${list.programme.key}`}>
            People like those we help, in groups we miss
          </a>
        </li>
        <li>
          <a href={`/case-finding/registers?programme=${list.programme.key}`}>
            People on a register, with the day they came on it
          </a>
        </li>
        <li>
          <a href="/case-finding/trained">Who was trained to read the lists</a>
        </li>
      </ul>
      <Details summary="How this list is made">
        {list.inUse && (
          <p>
            {run.considered.toLocaleString('en-GB')} registered people aged {run.fromAge} or over were put in
            order by how many of 100 people with such a record {targetOf(list.inUse.model.report).had} in the
            following 12 months here. The first {run.percent} in 100 are {run.cut.toLocaleString('en-GB')}{' '}
            people in all practices. Nobody is accepted or declined by it. Without a model the order would be
            by this rule:
          </p>
        )}
        <p>
          {run.considered.toLocaleString('en-GB')} registered people aged {run.fromAge} or over were put in
          order by a rule: emergency admissions in the 365 days before {dateWords(run.indexOn)}, then A&amp;E
          attendances in those days, then how many of 37 groups of conditions are recorded (code list of{' '}
          {dateWords(conditionGroupsVersion)}, not yet confirmed by a clinician). The first {run.percent} in
          100 are {run.cut.toLocaleString('en-GB')} people in all practices. The rule orders people to look
          at. It says nothing of what is to come, and nobody is accepted or declined by it.
        </p>
      </Details>
    </section>
  )
}

function sourcesWords(run: Run, isByModel: boolean): string {
  const { inOrder, beside } = sourcesOf(run, isByModel)
  const named = (sources: typeof inOrder) =>
    sources.map(({ words, coveredTo }) => `${words} to ${dateWords(coveredTo)}`).join(', ')
  return [
    inOrder.length > 0 && `Put in order from ${named(inOrder)}.`,
    beside.length > 0 && `Also linked, and of no part in the order: ${named(beside)}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

const leftOutWords = (count: number, why: string) =>
  `${counted(count, 'person', 'people')} of this practice ${count === 1 ? 'is' : 'are'} left out ${why}.`

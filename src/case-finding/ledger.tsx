import type { Answer, Asked, StaffVisit } from '#access'
import { organisationById } from '#organisations'
import { nameToSearch } from '#people'
import { CountLine, DataTable, Details, EmptyState, Paging, renderPage } from '#ui'
import { agreementIn, reasonCounts } from './agreement.ts'
import { practiceList, programmeFor } from './candidates.ts'
import { LaterPart } from './later/later-part.tsx'
import { laterLines } from './later/rules.ts'
import { laterOf } from './later/store.ts'
import { LaterByReason } from './ledger/parts.tsx'
import { durationWords, reasonLines } from './ledger/rules.ts'
import { reasonsLaterOf } from './ledger/store.ts'
import { addressOf, type Candidate, listText, readQuery } from './list-rules.ts'
import { paged } from './paged.ts'
import { isToJudge, reasonWords } from './rules.ts'
import { byAndWhen, capital, counted } from './words.ts'

/**
 * Every decision of the practice, newest first, also those taken back or changed. Those about somebody who is to judge
 * now are left out: nobody reads a colleague's view before their own.
 */
export async function showLedger(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const query = readQuery(asked.query)
  const programme = await programmeFor(visit, query.programme)
  const list =
    programme &&
    (await practiceList(visit, programme, {
      purpose: 'direct care',
      verb: 'read the decisions of the practice',
    }))
  const rows = (list?.candidates ?? [])
    .filter(({ standing }) => !isToJudge(standing))
    .flatMap(({ person, history }) =>
      history.map((judgement) => ({ person, judgement, isInForce: judgement.id === history.at(-1)?.id })),
    )
    .sort(
      (a, b) =>
        b.judgement.judgedAt.getTime() - a.judgement.judgedAt.getTime() || b.judgement.n - a.judgement.n,
    )
  const { page, from, to, shown } = paged(rows, query.page)
  const hasDecided = (list?.candidates ?? []).some(({ history }) => history.length > 0)
  const code = (await organisationById(visit.db, visit.caller.organisation.id))?.code ?? ''
  const later = list?.run && laterLines(await laterOf(visit.db, list.run.id, code), true)
  const byReason = list?.run ? reasonLines(await reasonsLaterOf(visit.db, list.run.id, code), true) : []
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Decisions of this practice',
    caption: programme && `${visit.caller.organisation.name}, ${programme.template.name}`,
    lead: 'What was decided, by whom and why. A changed decision stays here.',
    back: { href: addressOf(query), words: 'Back to the list' },
    isStamped: true,
    children: (
      <>
        {rows.length === 0 ? (
          <EmptyState
            says={
              hasDecided
                ? 'Everybody decided on is to judge again. What was said before is shown once they are judged.'
                : 'Nothing has been decided yet.'
            }
          />
        ) : (
          <>
            <Together candidates={list?.candidates ?? []} />
            <CountLine from={from} to={to} total={rows.length} orderedBy="newest first" />
            <DataTable
              caption="Decisions"
              isCaptionHidden
              rows={shown}
              keyOf={({ judgement }) => judgement.id}
              columns={[
                {
                  head: 'Person',
                  width: 'middle',
                  cell: ({ person }) => (
                    <a href={`/case-finding/${person.id}?list=${encodeURIComponent(listText(query))}`}>
                      {nameToSearch(person)}
                    </a>
                  ),
                },
                { head: 'Decision', cell: ({ judgement }) => capital(judgement.decision), width: 'narrow' },
                {
                  head: 'Reason',
                  width: 'wide',
                  cell: ({ judgement }) => (
                    <>
                      {reasonWords(judgement.decision, judgement.reason)}
                      {judgement.words && <div>“{judgement.words}”</div>}
                    </>
                  ),
                },
                { head: 'By', cell: ({ judgement }) => byAndWhen(judgement, visit.today) },
                { head: 'Now', cell: ({ isInForce }) => (isInForce ? 'In force' : 'Changed since') },
              ]}
            />
            <Paging
              page={page}
              total={rows.length}
              hrefFor={(at) =>
                addressOf(query, { page: at }).replace('/case-finding', '/case-finding/ledger')
              }
            />
          </>
        )}
        {later && list.run && <LaterPart lines={later} run={list.run} />}
        <LaterByReason lines={byReason} />
      </>
    ),
  })
  return { kind: 'page', html }
}

/** What the decisions come to: how far two judges agree, the reasons in force, and who was added by hand. */
function Together({ candidates }: { readonly candidates: readonly Candidate[] }) {
  const { pairs, same, kappa } = agreementIn(candidates.map(({ history }) => history))
  const reasons = reasonCounts(candidates.flatMap(({ inForce }) => (inForce ? [inForce] : [])))
  const middle = middleOf(candidates.flatMap(({ inForce }) => inForce?.secondsOpen ?? []))
  const added = candidates.filter(({ added }) => added).length
  return (
    <Details summary="What the decisions come to">
      <p>
        {kappa
          ? `${pairs} people were judged by two, who agreed about ${same}. Beyond chance that is a kappa of ${kappa.value.toFixed(2)} (${kappa.low.toFixed(2)} to ${kappa.high.toFixed(2)}).`
          : `${counted(pairs, 'person was', 'people were')} judged by two. 10 are needed to say how far judges agree.`}{' '}
        {counted(added, 'person was', 'people were')} added by hand.
        {middle !== undefined &&
          ` Half of the decisions in force were made within ${durationWords(middle)} of opening the person.`}
      </p>
      <DataTable
        caption="Reasons in force"
        rows={reasons}
        keyOf={({ decision, reason }) => `${decision}-${reason}`.replaceAll(' ', '-')}
        columns={[
          { head: 'Decision', cell: ({ decision }) => capital(decision) },
          { head: 'Reason', cell: ({ decision, reason }) => reasonWords(decision, reason) },
          { head: 'People', cell: ({ count }) => count, isNumber: true },
        ]}
      />
    </Details>
  )
}

/** The middle of some durations, the longer of two; none under 10, where it would speak of single decisions. */
function middleOf(seconds: readonly number[]): number | undefined {
  if (seconds.length < 10) return undefined
  return [...seconds].sort((a, b) => a - b)[Math.floor(seconds.length / 2)]
}

import type { Answer, Asked, StaffVisit } from '#access'
import { nameToSearch } from '#people'
import { CountLine, DataTable, EmptyState, Paging, renderPage, rowsAPage } from '#ui'
import { practiceList, programmeFor } from './candidates.ts'
import { addressOf, listText, readQuery } from './list-rules.ts'
import { reasonWords } from './rules.ts'
import { byAndWhen } from './words.ts'

/**
 * Every decision of the practice, newest first, also those taken back or changed. Those about somebody who is to judge
 * now are left out: nobody reads a colleague's view before their own.
 */
export async function showLedger(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const query = readQuery(asked.query.text)
  const programme = await programmeFor(visit, query.programme)
  const list =
    programme &&
    (await practiceList(visit, programme, {
      purpose: 'direct care',
      verb: 'read the decisions of the practice',
    }))
  const rows = (list?.candidates ?? [])
    .filter(({ standing }) => standing.tab !== 'to judge')
    .flatMap(({ person, history }) =>
      history.map((judgement) => ({ person, judgement, isInForce: judgement.id === history.at(-1)?.id })),
    )
    .sort(
      (a, b) =>
        b.judgement.judgedAt.getTime() - a.judgement.judgedAt.getTime() || b.judgement.n - a.judgement.n,
    )
  const from = query.page === 'all' ? 0 : (query.page - 1) * rowsAPage
  const shown = query.page === 'all' ? rows.slice(0, 500) : rows.slice(from, from + rowsAPage)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Decisions of this practice',
    caption: programme && `${visit.caller.organisation.name}, ${programme.template.name}`,
    lead: 'What was decided, by whom and why. A changed decision stays here.',
    back: { href: addressOf(query), words: 'Back to the list' },
    isStamped: true,
    children:
      rows.length === 0 ? (
        <EmptyState says="Nothing has been decided yet." />
      ) : (
        <>
          <CountLine from={from + 1} to={from + shown.length} total={rows.length} orderedBy="newest first" />
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
              { head: 'Decision', cell: ({ judgement }) => judgement.decision, width: 'narrow' },
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
              { head: 'Now', cell: ({ isInForce }) => (isInForce ? 'Newest' : 'Changed since') },
            ]}
          />
          <Paging
            page={query.page}
            total={rows.length}
            hrefFor={(page) => addressOf(query, { page }).replace('/case-finding', '/case-finding/ledger')}
          />
        </>
      ),
  })
  return { kind: 'page', html }
}

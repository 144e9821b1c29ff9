import type { Answer, Asked, StaffVisit } from '#access'
import { dayWords, timeWords } from '#calendar'
import { deathsAddress, diedAmong } from '#people'
import { CountLine, EmptyState, LongTable, Paging, PaperCheck, PrintButton, renderPage, rowsAPage } from '#ui'
import { firstContactsAddress } from './first-contact-rows.tsx'
import { mayHandOver } from './hand-over-actions.ts'
import { handOverAddress, LeftNote } from './hand-over-page.tsx'
import { linesOf, openPeople, type PeopleCounted } from './lists.store.ts'
import { Filters, Search, Views } from './my-people-filters.tsx'
import { columns } from './my-people-table.tsx'
import { nextBesideTasks } from './next-store.ts'
import { filterAddress, type PeopleFilter, readFilter, readSearch } from './people-list.ts'

const rowsAtOnce = 500

/** Everybody of the caller's team or practice with an open episode. */
export const showMyPeople = (visit: StaffVisit, asked: Asked) =>
  peoplePage(visit, asked, readFilter(asked.query), '')

/** The same, found by name, number or birth date: sent as a form, so that no name is left in an address. */
export const findMyPeople = (visit: StaffVisit, asked: Asked) =>
  peoplePage(visit, asked, { ...readFilter(asked.form), page: 'all' }, asked.form.text('words'))

async function peoplePage(
  visit: StaffVisit,
  asked: Asked,
  filter: PeopleFilter,
  words: string,
): Promise<Answer> {
  const { caller, today } = visit
  const from = filter.page === 'all' ? 0 : (filter.page - 1) * rowsAPage
  const most = filter.page === 'all' ? rowsAtOnce : rowsAPage
  const leave = await openPeople(visit, { filter, search: readSearch(words), from, most })
  const { counts, found } = leave.about
  // People leave a list as it is worked down: a page that is no more is the last there is.
  if (from >= found && from > 0)
    return peoplePage(visit, asked, { ...filter, page: Math.max(1, Math.ceil(found / rowsAPage)) }, words)
  const shown = linesOf(leave)
  const ids = shown.map(({ personId }) => personId)
  const [died, beside] = await Promise.all([diedAmong(visit.db, ids), nextBesideTasks(visit.db, leave)])
  const html = renderPage({
    furniture: asked.furniture,
    title: 'My people',
    caption: caller.organisation.name,
    isStamped: true,
    lead: <Lead counts={counts} />,
    children: (
      <>
        <LeftNote left={leave.about.left} visit={visit} />
        <Views counts={counts} filter={filter} />
        <Search words={words} />
        <Filters about={leave.about} filter={filter} />
        <CountLine
          from={found === 0 ? 0 : from + 1}
          to={from + shown.length}
          total={found}
          orderedBy={filter.sort === 'name' ? 'by family name' : 'longest not heard from first'}
        >
          <PrintButton>Print</PrintButton>
        </CountLine>
        {shown.length === 0 ? (
          <NoOne everybody={counts.everybody} words={words} />
        ) : (
          <LongTable
            caption="My people"
            columns={columns(today, died, beside)}
            rows={shown}
            keyOf={(person) => person.personId}
          />
        )}
        {!words && (
          <Paging page={filter.page} total={found} hrefFor={(page) => filterAddress({ ...filter, page })} />
        )}
        <p className="kw-second">
          As seen by {caller.name} at {timeWords(visit.now)}, same filters and order when printed.
        </p>
        <PaperCheck at={`${dayWords(visit.today)}, ${timeWords(visit.now)}`} />
        <p>
          <a href={firstContactsAddress}>Who waits for a first contact</a>
        </p>
        <p>
          <a href={deathsAddress}>Who is recorded as died, to be checked</a>
        </p>
        {caller.activities.has(mayHandOver) && (
          <p>
            Somebody leaves the team? <a href={handOverAddress}>Hand a caseload over</a>
          </p>
        )}
      </>
    ),
  })
  return { kind: 'page', html }
}

function Lead({ counts: { everybody, silent } }: Pick<PeopleCounted, 'counts'>) {
  const people = everybody === 1 ? '1 person has' : `${everybody.toLocaleString('en-GB')} people have`
  return (
    <>
      {people} an open episode.{' '}
      {silent === 0
        ? 'Everybody was heard from in time.'
        : `${silent} not heard from for longer than the programme says.`}
    </>
  )
}

function NoOne({ everybody, words }: { readonly everybody: number; readonly words: string }) {
  if (everybody === 0) {
    return (
      <EmptyState says="Nobody has an open episode with you yet.">
        <p>People join when somebody accepts them from a practice’s list.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState says={`0 of ${everybody} people match${words ? ' what you typed' : ''}.`}>
      <p>
        <a href="/my-people">Clear everything ({everybody} people)</a>
      </p>
    </EmptyState>
  )
}

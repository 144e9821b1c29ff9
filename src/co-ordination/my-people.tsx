import type { Asked, StaffVisit } from '#access'
import { type LondonDate, timeWords } from '#calendar'
import { CountLine, DataTable, EmptyState, Paging, PrintButton, renderPage, rowsAPage } from '#ui'
import { detailsOf, listedIn, openPeople } from './lists.store.ts'
import { Filters, Search, Views } from './my-people-filters.tsx'
import { columns } from './my-people-table.tsx'
import { filterAddress, inOrder, isFound, isKept, type PeopleFilter, readFilter } from './people-list.ts'
import { isNotHeardFrom } from './rules.ts'
import type { Listed } from './types.ts'

/** Everybody of the caller's team or practice with an open episode. */
export const showMyPeople = (visit: StaffVisit, asked: Asked) =>
  peoplePage(visit, asked, readFilter(asked.query), '')

/** The same, found by name, number or birth date: sent as a form, so that no name is left in an address. */
export const findMyPeople = (visit: StaffVisit, asked: Asked) =>
  peoplePage(visit, asked, { ...readFilter(asked.form), page: 'all' }, asked.form.text('words'))

async function peoplePage(visit: StaffVisit, asked: Asked, filter: PeopleFilter, words: string) {
  const { caller, db, today } = visit
  const everybody = await listedIn(db, await openPeople(visit), caller.organisation.id)
  const kept = everybody.filter((person) => isKept(person, filter, caller.staffId, today))
  const found = inOrder(
    (words ? await detailsOf(db, kept) : kept).filter((person) => isFound(person, words)),
    filter.sort,
    today,
  )
  const from = filter.page === 'all' ? 0 : (filter.page - 1) * rowsAPage
  const shown = found.slice(from, from + (filter.page === 'all' ? 500 : rowsAPage))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'My people',
    caption: caller.organisation.name,
    isStamped: true,
    lead: <Lead everybody={everybody} today={today} />,
    children: (
      <>
        <Views everybody={everybody} filter={filter} visit={visit} />
        <Search words={words} />
        <Filters everybody={everybody} filter={filter} />
        <CountLine
          from={found.length === 0 ? 0 : from + 1}
          to={from + shown.length}
          total={found.length}
          orderedBy={filter.sort === 'name' ? 'by family name' : 'longest not heard from first'}
        >
          <PrintButton>Print</PrintButton>
        </CountLine>
        {shown.length === 0 ? (
          <NoOne everybody={everybody} words={words} />
        ) : (
          <DataTable
            caption="My people"
            isCaptionHidden
            density="list"
            columns={columns(today)}
            rows={await detailsOf(db, shown)}
            keyOf={(person) => person.personId}
          />
        )}
        {!words && (
          <Paging
            page={filter.page}
            total={found.length}
            hrefFor={(page) => filterAddress({ ...filter, page })}
          />
        )}
        <p className="kw-second">
          As seen by {caller.name} at {timeWords(visit.now)}, same filters and order when printed.
        </p>
      </>
    ),
  })
  return { kind: 'page' as const, html }
}

function Lead({ everybody, today }: { readonly everybody: readonly Listed[]; readonly today: LondonDate }) {
  const silent = everybody.filter((person) => isNotHeardFrom(person, today)).length
  const people =
    everybody.length === 1 ? '1 person has' : `${everybody.length.toLocaleString('en-GB')} people have`
  return (
    <>
      {people} an open episode.{' '}
      {silent === 0
        ? 'Everybody was heard from in time.'
        : `${silent} not heard from for longer than the programme says.`}
    </>
  )
}

function NoOne({ everybody, words }: { readonly everybody: readonly Listed[]; readonly words: string }) {
  if (everybody.length === 0) {
    return (
      <EmptyState says="Nobody has an open episode with you yet.">
        <p>People join when somebody accepts them from a practice’s list.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState says={`0 of ${everybody.length} people match${words ? ' what you typed' : ''}.`}>
      <p>
        <a href="/my-people">Clear everything ({everybody.length} people)</a>
      </p>
    </EmptyState>
  )
}

import { dateWords, londonDate, timeWords } from '#calendar'
import { bannerFor, personTabs } from '#people'
import {
  Chips,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  FilterBar,
  Paging,
  renderPage,
  rowsAPage,
  Tag,
  TextField,
} from '#ui'
import { type Look, type LookFilter, lookCounts, looksAt } from './looks-store.ts'
import { permit } from './permit.ts'
import { realClockWords } from './real-clock.ts'
import type { Answer, Asked, Route, StaffVisit } from './types.ts'

const kinds: readonly { readonly kind: LookFilter['kind']; readonly words: string }[] = [
  { kind: 'all', words: 'All' },
  { kind: 'alone', words: 'Record opened' },
  { kind: 'in a list', words: 'Seen in a list' },
  { kind: 'refused', words: 'Refused' },
]
const rowsAtOnce = 500

async function show(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', {
    may: 'see who looked',
    part: 'whole',
    purpose: 'audit and privacy',
    verb: 'read who looked',
  })
  const { query } = asked
  const page = query.text('page') === 'all' ? 'all' : Math.max(1, Number(query.text('page')) || 1)
  const kind = kinds.find((known) => known.kind === query.text('kind'))?.kind ?? 'all'
  const filter: LookFilter = { words: query.text('words'), kind }
  const counts = await lookCounts(visit.db, leave, filter.words)
  const from = page === 'all' ? 0 : (page - 1) * rowsAPage
  const looks = await looksAt(visit.db, leave, filter, from, page === 'all' ? rowsAtOnce : rowsAPage)
  const address = (change: {
    readonly words?: string
    readonly kind?: string
    readonly page?: number | 'all'
  }) => {
    const next = { ...filter, ...change }
    const parts = new URLSearchParams({ kind: next.kind, ...(next.words && { words: next.words }) })
    if (change.page && change.page !== 1) parts.set('page', String(change.page))
    return `/people/${leave.person}/who-looked?${parts}`
  }
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Who looked',
    banner: await bannerFor(visit, leave),
    tabs: personTabs(visit, leave.person, 'Who looked'),
    lead: `Everybody who opened this record or saw this person in a list.${realClockWords(asked.furniture)}`,
    children: (
      <>
        <Chips
          chips={kinds.map((each) => ({
            href: address({ kind: each.kind }),
            words: each.words,
            count: counts[each.kind],
            isCurrent: each.kind === kind,
          }))}
        />
        <FilterBar
          action={`/people/${leave.person}/who-looked`}
          label="Narrow the list"
          keep={{ kind }}
          inForce={filter.words ? [{ href: address({ words: '' }), words: `“${filter.words}”` }] : []}
        >
          <TextField
            name="words"
            label="Who, role, place or what they did"
            labelSize="plain"
            value={filter.words}
            widthChars={20}
          />
        </FilterBar>
        <CountLine
          from={looks.length > 0 ? from + 1 : 0}
          to={from + looks.length}
          total={counts[kind]}
          orderedBy="newest first"
        />
        {looks.length > 0 ? (
          <DataTable
            caption="Who looked"
            isCaptionHidden
            columns={columns}
            rows={looks}
            keyOf={({ id }) => `look-${id}`}
          />
        ) : (
          <EmptyState says="Nobody, with these filters.">
            <a href={`/people/${leave.person}/who-looked`}>Take off all filters</a>
          </EmptyState>
        )}
        <Paging page={page} total={counts[kind]} hrefFor={(to) => address({ page: to })} />
      </>
    ),
  })
  return { kind: 'page', html }
}

const columns: readonly Column<Look>[] = [
  { head: 'Who', cell: ({ who }) => who },
  {
    head: 'Role and place',
    cell: ({ role, organisationName }) => (role ? `${role}, ${organisationName}` : 'The program'),
  },
  {
    head: 'What they did',
    cell: ({ verb, isList, outcome }) => (
      <>
        {capital(verb)}
        {isList && ', in a list'} {outcome === 'refused' && <Tag colour="red">Refused</Tag>}
      </>
    ),
    width: 'middle',
  },
  { head: 'What for', cell: ({ purpose }) => capital(purpose) },
  { head: 'When', cell: ({ at }) => `${dateWords(londonDate(at))}, ${timeWords(at)}` },
]

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const whoLookedRoutes: readonly Route[] = [
  { method: 'GET', path: '/people/:person/who-looked', may: 'see who looked', answer: show },
]

import type { Asked, StaffVisit } from '#access'
import { dayWords, timeWords } from '#calendar'
import { nameToSearch } from '#people'
import {
  Chips,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  FilterBar,
  type Link,
  Paging,
  PaperCheck,
  PrintButton,
  renderPage,
  rowsAPage,
  Select,
  Tag,
} from '#ui'
import { askedEpisodes, openAsked } from './asked-store.ts'
import { type DueFilter, type DueRow, dueAddress, dueRows, isKept, readDueFilter } from './due-filter.ts'
import { askingAddress } from './measures-page.tsx'
import { libraryIn } from './pack-store.ts'
import { scoringOf, scorings } from './scorings.ts'
import { schedulesHere } from './store.ts'
import { dueWords, momentWords } from './words.ts'

/** What is to be asked of everybody the caller's team or practice has, the longest overdue first. */
export async function showDue(visit: StaffVisit, asked: Asked) {
  const { caller, db, today } = visit
  const filter = readDueFilter(asked.query)
  const episodes = await askedEpisodes(db, await openAsked(visit))
  const everything = dueRows(episodes, await schedulesHere(db, await libraryIn(db, today)), today)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Measures to ask',
    caption: caller.organisation.name,
    isStamped: true,
    lead: leadOf(everything, caller.staffId),
    children: <List everything={everything} filter={filter} visit={visit} />,
  })
  return { kind: 'page' as const, html }
}

function List(props: {
  readonly everything: readonly DueRow[]
  readonly filter: DueFilter
  readonly visit: StaffVisit
}) {
  const { everything, filter, visit } = props
  const { caller } = visit
  const kept = everything.filter((row) => isKept(row, filter, caller.staffId))
  const from = filter.page === 'all' ? 0 : (filter.page - 1) * rowsAPage
  const shown = kept.slice(from, from + (filter.page === 'all' ? 500 : rowsAPage))
  return (
    <>
      <Views rows={everything} filter={filter} staffId={caller.staffId} />
      <Filters rows={everything} filter={filter} />
      <CountLine
        from={shown.length === 0 ? 0 : from + 1}
        to={from + shown.length}
        total={kept.length}
        orderedBy="longest overdue first"
      >
        <PrintButton>Print</PrintButton>
      </CountLine>
      {shown.length === 0 ? (
        <Nothing total={everything.length} />
      ) : (
        <DataTable
          caption="Measures to ask"
          isCaptionHidden
          density="list"
          columns={columns(visit)}
          rows={shown}
          keyOf={({ episode, moment }) => `${episode.episodeId}-${moment.replace(' ', '-')}`}
        />
      )}
      <Paging page={filter.page} total={kept.length} hrefFor={(page) => dueAddress({ ...filter, page })} />
      <p className="kw-second">
        As seen by {caller.name} at {timeWords(visit.now)}, same filters and order when printed.{' '}
        {caller.activities.has('run programmes') && (
          <>
            <a href="/measures/schedule">What is asked, and when</a>{' '}
            <a href="/measures/packs">Licensed measures</a>
          </>
        )}
      </p>
      <PaperCheck at={`${dayWords(visit.today)}, ${timeWords(visit.now)}`} />
    </>
  )
}

const all: DueFilter = { isMine: false, state: '', measure: '', owner: '', page: 1 }

function leadOf(rows: readonly DueRow[], staffId: string): string {
  const late = rows.filter(({ state }) => state === 'overdue')
  if (rows.length === 0) return 'Nothing is due to be asked now.'
  const mine = late.filter(({ episode }) => episode.ownerId === staffId).length
  return `${late.length} overdue, ${mine} of them yours, and ${rows.length - late.length} due.`
}

type Shown = { readonly rows: readonly DueRow[]; readonly filter: DueFilter }

function Views({ rows, filter, staffId }: Shown & { readonly staffId: string }) {
  const views: readonly { readonly words: string; readonly set: DueFilter }[] = [
    { words: 'Everybody', set: all },
    { words: 'Mine', set: { ...all, isMine: true } },
    { words: 'Mine, overdue', set: { ...all, isMine: true, state: 'overdue' } },
    { words: 'Overdue', set: { ...all, state: 'overdue' } },
  ]
  const here = dueAddress({ ...filter, page: 1 })
  return (
    <Chips
      chips={views.map(({ words, set }) => ({
        href: dueAddress(set),
        words,
        count: rows.filter((row) => isKept(row, set, staffId)).length,
        isCurrent: dueAddress(set) === here,
      }))}
    />
  )
}

function Filters({ rows, filter }: Shown) {
  const owners = [...new Map(rows.map(({ episode }) => [episode.ownerId, episode.ownerName])).entries()].map(
    ([value, words]) => ({ value, words }),
  )
  const without = (change: Partial<DueFilter>) => dueAddress({ ...filter, ...change, page: 1 })
  const ownerName = owners.find(({ value }) => value === filter.owner)?.words ?? 'One case manager'
  const inForce: readonly Link[] = [
    ...(filter.measure
      ? [{ href: without({ measure: '' }), words: scoringOf(filter.measure)?.name ?? filter.measure }]
      : []),
    ...(filter.owner ? [{ href: without({ owner: '' }), words: ownerName }] : []),
    ...(filter.state
      ? [{ href: without({ state: '' }), words: filter.state === 'due' ? 'Due' : 'Overdue' }]
      : []),
    ...(filter.isMine ? [{ href: without({ isMine: false }), words: 'Mine' }] : []),
  ]
  return (
    <FilterBar
      action="/measures"
      label="Narrow the list"
      keep={filter.isMine ? { mine: 'yes' } : {}}
      inForce={inForce}
    >
      <Select
        name="measure"
        label="Measure"
        labelSize="plain"
        prompt="Any"
        choices={scorings.map(({ key, name }) => ({ value: key, words: name }))}
        current={filter.measure}
      />
      <Select
        name="state"
        label="When"
        labelSize="plain"
        prompt="Due or overdue"
        choices={[
          { value: 'due', words: 'Due' },
          { value: 'overdue', words: 'Overdue' },
        ]}
        current={filter.state}
      />
      <Select
        name="owner"
        label="Case manager"
        labelSize="plain"
        prompt="Anybody"
        choices={owners.toSorted((a, b) => a.words.localeCompare(b.words))}
        current={filter.owner}
      />
    </FilterBar>
  )
}

const columns = (visit: StaffVisit): readonly Column<DueRow>[] => [
  {
    head: 'Who',
    cell: ({ episode }) => <a href={`/people/${episode.personId}/measures`}>{nameToSearch(episode)}</a>,
    width: 'middle',
  },
  {
    head: 'What to ask',
    cell: ({ episode, instruments: keys, moment }) => (
      <>
        {keys.map((key, at) => (
          <span key={key}>
            {at > 0 && ', '}
            <a href={askingAddress(episode.personId, key, episode.episodeId)}>
              {scoringOf(key)?.name ?? key}
              <span className="nhsuk-u-visually-hidden"> of {nameToSearch(episode)}</span>
            </a>
          </span>
        ))}
        <br />
        <span className="kw-second">{momentWords(moment)}</span>
      </>
    ),
    width: 'wide',
  },
  {
    head: 'When',
    cell: (row) =>
      row.state === 'overdue' ? (
        <Tag colour="orange">{dueWords(row, visit.today)}</Tag>
      ) : (
        dueWords(row, visit.today)
      ),
  },
  {
    head: 'Case manager',
    cell: ({ episode }) => (
      <>
        {episode.ownerName}
        <br />
        <span className="kw-second">{episode.programmeName}</span>
      </>
    ),
  },
]

function Nothing({ total }: { readonly total: number }) {
  return total === 0 ? (
    <EmptyState says="Nothing is due to be asked now.">
      <p>What is asked, and when, is part of each programme.</p>
    </EmptyState>
  ) : (
    <EmptyState says={`0 of ${total} match.`}>
      <p>
        <a href="/measures">Clear everything ({total})</a>
      </p>
    </EmptyState>
  )
}

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
  TextField,
} from '#ui'
import { type Opening, type OpeningKind, type OpeningState, openings } from './claims-store.ts'
import {
  oneOpeningRoutes,
  openingKinds,
  ReviewWords,
  referenceOf,
  whenWords,
  workingDaysToReview,
} from './opening.tsx'
import { require } from './permit.ts'
import { realClockWords } from './real-clock.ts'
import type { Answer, Asked, Route, StaffVisit } from './types.ts'

const kinds: readonly OpeningKind[] = ['break-glass', 'self-claimed', 'reason']
const states: readonly OpeningState[] = ['to review', 'reviewed', 'all']

type Asking = {
  readonly kind: OpeningKind
  readonly state: OpeningState
  readonly words: string
  readonly page: number
}

function readAsking({ query }: Asked): Asking {
  const state = states.find((known) => known === query.text('state')) ?? 'to review'
  const kind = kinds.find((known) => known === query.text('kind')) ?? 'break-glass'
  return { kind, state, words: query.text('words'), page: Math.max(1, Number(query.text('page')) || 1) }
}

const addressOf = (asking: Asking, change: Partial<Asking>): string => {
  const { kind, state, words, page } = { ...asking, page: 1, ...change }
  const parts = new URLSearchParams({
    kind,
    state,
    ...(words && { words }),
    ...(page > 1 && { page: String(page) }),
  })
  return `/privacy/openings?${parts}`
}

async function showList(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, 'review access')
  const asking = readAsking(asked)
  const all = await openings(visit.db, asking.kind, 'all')
  const inState = (state: OpeningState) =>
    all.filter(({ reviewedAt }) => state === 'all' || (state === 'to review') === !reviewedAt)
  const matching = inState(asking.state).filter((opening) => isAbout(opening, asking.words))
  const from = (asking.page - 1) * rowsAPage
  const shown = matching.slice(from, from + rowsAPage)
  const html = renderPage({
    furniture: asked.furniture,
    title: openingKinds[asking.kind],
    lead: `${leadFor(inState('to review'), asking.kind)}${realClockWords(asked.furniture)}`,
    children: (
      <>
        <Chips
          label="What"
          chips={kinds.map((kind) => ({
            href: addressOf(asking, { kind, state: 'to review', words: '' }),
            words: openingKinds[kind],
            isCurrent: kind === asking.kind,
          }))}
        />
        <Chips
          chips={states.map((state) => ({
            href: addressOf(asking, { state }),
            words: stateWords[state],
            count: inState(state).length,
            isCurrent: state === asking.state,
          }))}
        />
        <FilterBar
          action="/privacy/openings"
          label="Narrow the list"
          keep={{ kind: asking.kind, state: asking.state }}
          inForce={
            asking.words ? [{ href: addressOf(asking, { words: '' }), words: `“${asking.words}”` }] : []
          }
        >
          <TextField
            name="words"
            label="Reference, reason, role or place"
            labelSize="plain"
            value={asking.words}
            widthChars={20}
          />
        </FilterBar>
        <CountLine
          from={shown.length > 0 ? from + 1 : 0}
          to={from + shown.length}
          total={matching.length}
          orderedBy="newest first"
        />
        {shown.length > 0 ? (
          <OpeningTable rows={shown} kind={asking.kind} />
        ) : (
          <Nothing asking={asking} all={all} />
        )}
        <Paging
          page={asking.page}
          total={matching.length}
          hrefFor={(page) => addressOf(asking, { page: page === 'all' ? 1 : page })}
        />
      </>
    ),
  })
  return { kind: 'page', html }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const stateWords = { 'to review': 'To review', reviewed: 'Reviewed', all: 'All' } as const

function leadFor(waiting: readonly Opening[], kind: OpeningKind): string {
  if (waiting.length === 0) return 'None waits to be reviewed.'
  if (kind === 'reason')
    return `${waiting.length} ${waiting.length === 1 ? 'reason was' : 'reasons were'} given for marked records, by people who work with them. Look for what does not fit.`
  return `${waiting.length} ${waiting.length === 1 ? 'waits' : 'wait'} to be reviewed. Each opening is reviewed within ${workingDaysToReview} working days.`
}

const isAbout = (opening: Opening, words: string): boolean =>
  [referenceOf(opening.id), opening.reason, opening.role, opening.organisationName, opening.review].some(
    (text) => text?.toLowerCase().includes(words.toLowerCase()),
  )

function OpeningTable({ rows, kind }: { readonly rows: readonly Opening[]; readonly kind: OpeningKind }) {
  const columns: readonly Column<Opening>[] = [
    {
      head: 'Reference',
      cell: (row) => <a href={`/privacy/openings/${row.id}`}>{referenceOf(row.id)}</a>,
      width: 'narrow',
    },
    { head: 'Opened', cell: (row) => whenWords(row.since) },
    { head: 'By role', cell: (row) => (row.role ? `${row.role}, ${row.organisationName}` : 'Not known') },
    { head: 'Reason', cell: (row) => capital(row.reason) },
    { head: 'Review', cell: (row) => <ReviewWords opening={row} /> },
  ]
  return (
    <DataTable
      caption={openingKinds[kind]}
      isCaptionHidden
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
    />
  )
}

function Nothing({ asking, all }: { readonly asking: Asking; readonly all: readonly Opening[] }) {
  if (asking.words) {
    return (
      <EmptyState says={`None matches “${asking.words}”.`}>
        <a href={addressOf(asking, { words: '' })}>Take off “{asking.words}”</a>
      </EmptyState>
    )
  }
  return (
    <EmptyState says={all.length === 0 ? 'Nobody has done this yet.' : 'None is left to review.'}>
      {all.length > 0 && <a href={addressOf(asking, { state: 'all' })}>Show all ({all.length})</a>}
    </EmptyState>
  )
}

export const openingRoutes: readonly Route[] = [
  { method: 'GET', path: '/privacy/openings', may: 'review access', answer: showList },
  ...oneOpeningRoutes,
]

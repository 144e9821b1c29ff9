import { addWorkingDays, dateWords, londonDate, timeWords } from '#calendar'
import { nameToSearch } from '#people'
import {
  Button,
  Chips,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  FilterBar,
  Paging,
  PostForm,
  Radios,
  renderPage,
  rowsAPage,
  Section,
  SummaryList,
  Tag,
  TextArea,
  TextField,
} from '#ui'
import {
  type ClaimKind,
  type Opening,
  type OpeningInFull,
  type OpeningState,
  openingInFull,
  openings,
  reviewOpening,
} from './claims-store.ts'
import { require } from './permit.ts'
import { changedMeanwhile, notForYou } from './refused.ts'
import type { Answer, Asked, Problem, Route, StaffVisit } from './types.ts'

const workingDaysToReview = 2
const states: readonly OpeningState[] = ['to review', 'reviewed', 'all']
const kinds: Readonly<Record<ClaimKind, string>> = {
  'break-glass': 'Emergency openings',
  'self-claimed': 'Claimed relationships',
}

/** How an opening is spoken of where nobody is to be named: its last 6 letters. */
export const referenceOf = (id: string): string => id.slice(-6).toUpperCase()

const whenWords = (at: Date): string => `${dateWords(londonDate(at))}, ${timeWords(at)}`

type Asking = {
  readonly kind: ClaimKind
  readonly state: OpeningState
  readonly words: string
  readonly page: number
}

function readAsking({ query }: Asked): Asking {
  const state = states.find((known) => known === query.text('state')) ?? 'to review'
  const kind = query.text('kind') === 'self-claimed' ? 'self-claimed' : 'break-glass'
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
    title: kinds[asking.kind],
    lead: leadFor(inState('to review')),
    children: (
      <>
        <Chips
          label="What"
          chips={(['break-glass', 'self-claimed'] as const).map((kind) => ({
            href: addressOf(asking, { kind, state: 'to review', words: '' }),
            words: kinds[kind],
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

const stateWords = { 'to review': 'To review', reviewed: 'Reviewed', all: 'All' } as const

const leadFor = (waiting: readonly Opening[]): string =>
  waiting.length === 0
    ? 'None waits to be reviewed.'
    : `${waiting.length} ${waiting.length === 1 ? 'waits' : 'wait'} to be reviewed, each within ${workingDaysToReview} working days.`

const isAbout = (opening: Opening, words: string): boolean =>
  [referenceOf(opening.id), opening.reason, opening.role, opening.organisationName, opening.review].some(
    (text) => text?.toLowerCase().includes(words.toLowerCase()),
  )

const dueOn = ({ since }: Opening) => addWorkingDays(londonDate(since), workingDaysToReview)

function OpeningTable({ rows, kind }: { readonly rows: readonly Opening[]; readonly kind: ClaimKind }) {
  const columns: readonly Column<Opening>[] = [
    {
      head: 'Reference',
      cell: (row) => <a href={`/privacy/openings/${row.id}`}>{referenceOf(row.id)}</a>,
      width: 'narrow',
    },
    { head: 'Opened', cell: (row) => whenWords(row.since) },
    { head: 'By role', cell: (row) => (row.role ? `${row.role}, ${row.organisationName}` : 'Not known') },
    { head: 'Reason', cell: (row) => row.reason },
    { head: 'Review', cell: (row) => <ReviewWords opening={row} /> },
  ]
  return (
    <DataTable caption={kinds[kind]} isCaptionHidden columns={columns} rows={rows} keyOf={({ id }) => id} />
  )
}

function ReviewWords({ opening }: { readonly opening: Opening }) {
  if (opening.review === 'justified') return <Tag colour="white">Justified</Tag>
  if (opening.review) return <Tag colour="red">Not justified</Tag>
  return <>Review by {dateWords(dueOn(opening))}</>
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

async function showOne(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  require(visit, 'review access')
  const opening = await openingInFull(visit.db, referenceFrom(asked))
  if (!opening) throw notForYou()
  const html = renderPage({
    furniture: asked.furniture,
    title: `Opening ${referenceOf(opening.id)}`,
    caption: kinds[opening.kind],
    back: { href: `/privacy/openings?kind=${opening.kind}`, words: 'Back to the list' },
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <SummaryList rows={factsOf(opening)} />
        {opening.reviewedAt ? null : opening.isOwn ? (
          <p>You opened this yourself, so somebody else reviews it.</p>
        ) : (
          <ReviewForm id={opening.id} />
        )}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const factsOf = (opening: OpeningInFull) => [
  { label: 'Opened by', value: opening.staffName },
  {
    label: 'Person',
    value: `${nameToSearch({ familyName: opening.family, givenName: opening.given })}, born ${opening.bornOn ? dateWords(opening.bornOn) : 'on a day not known'}`,
  },
  { label: 'Reason', value: opening.reason },
  { label: 'In their words', value: opening.words },
  { label: 'Open', value: `${whenWords(opening.since)} to ${whenWords(opening.until)}` },
  { label: 'Pages opened in that time', value: String(opening.looks) },
  ...(opening.reviewedAt
    ? [
        { label: 'Review', value: <ReviewWords opening={opening} /> },
        {
          label: 'Reviewed by',
          value: `${opening.reviewerName}, ${whenWords(opening.reviewedAt)}: ${opening.reviewWords}`,
        },
      ]
    : []),
]

function ReviewForm({ id }: { readonly id: string }) {
  return (
    <Section heading="Your review">
      <PostForm action={`/privacy/openings/${id}`}>
        <Radios
          name="review"
          label="Was this opening justified?"
          choices={[
            { value: 'justified', words: 'Justified' },
            { value: 'not justified', words: 'Not justified' },
          ]}
        />
        <TextArea name="words" label="Why?" />
        <Button>Save the review</Button>
      </PostForm>
    </Section>
  )
}

async function review(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, 'review access')
  const answer = (['justified', 'not justified'] as const).find(
    (known) => known === asked.form.text('review'),
  )
  const words = asked.form.text('words')
  const problems: Problem[] = []
  if (!answer) problems.push({ field: 'review', message: 'Choose whether the opening was justified' })
  if (!words) problems.push({ field: 'words', message: 'Enter why' })
  if (problems.length > 0 || !answer) return await showOne(visit, asked, problems)
  const id = referenceFrom(asked)
  if (!(await reviewOpening(visit.db, id, answer, words))) {
    throw changedMeanwhile('This opening was reviewed meanwhile, or is your own. Go back to the list to see.')
  }
  await visit.note({ what: 'opening reviewed', about: `claim ${id}`, facts: { claimId: id, review: answer } })
  return { kind: 'go', to: '/privacy/openings', saved: `Review of ${referenceOf(id)} saved.` }
}

function referenceFrom({ params }: Asked): string {
  const id = params.opening ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw notForYou()
  return id
}

export const openingRoutes: readonly Route[] = [
  { method: 'GET', path: '/privacy/openings', may: 'review access', answer: showList },
  {
    method: 'GET',
    path: '/privacy/openings/:opening',
    may: 'review access',
    answer: (visit, asked) => showOne(visit, asked),
  },
  { method: 'POST', path: '/privacy/openings/:opening', may: 'review access', answer: review },
]

import type { Asked, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { nameInSentence, nameToSearch } from '#people'
import {
  Button,
  ButtonRow,
  Chips,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  HiddenFields,
  Paging,
  PostForm,
  renderPage,
  rowsAPage,
  Tabs,
  Tag,
} from '#ui'
import type { PracticeList } from './candidates.ts'
import { FilterForm, FindForm, NoMatch } from './list-filters.tsx'
import { FallNote, ListFoot, ListWarnings } from './list-notes.tsx'
import {
  addressOf,
  type Candidate,
  type ListQuery,
  listText,
  narrowed,
  ofTab,
  sorts,
  tabs,
} from './list-rules.ts'
import { canTakeBack, reasonWords } from './rules.ts'
import { byAndWhen, counted, reasonsOf, returnedWords, sexAndAge } from './words.ts'

const rowsAtOnce = 500

/** The page a GP works down: the practice's part of a programme's list, in the tab and order its address asks for. */
export function listPage(
  visit: StaffVisit,
  asked: Asked,
  list: PracticeList,
  query: ListQuery,
  programmes: readonly { readonly key: string; readonly words: string }[],
): string {
  const all = ofTab(list.candidates, query.tab, visit.caller.staffId)
  const found = narrowed(all, query, visit.today)
  return renderPage({
    furniture: asked.furniture,
    title: 'People suggested for care co-ordination',
    caption: captionOf(visit, list),
    lead: <Lead list={list} />,
    isStamped: true,
    children: (
      <>
        {programmes.length > 1 && (
          <Chips
            label="Programme"
            chips={programmes.map(({ key, words }) => ({
              href: addressOf({ ...query, programme: key, tab: 'to judge' }),
              words,
              isCurrent: key === list.programme.key,
            }))}
          />
        )}
        {list.run && <ListWarnings run={list.run} today={visit.today} />}
        <Tabs label="Judged and to judge" tabs={tabLinks(visit, list, query)} />
        <FilterForm query={query} candidates={all} />
        <FindForm query={query} />
        {query.tab === 'to judge' && list.run && <FallNote candidates={found} run={list.run} />}
        <Rows visit={visit} list={list} query={query} all={all} found={found} />
        {list.run && <ListFoot list={list} />}
      </>
    ),
  })
}

const captionOf = (visit: StaffVisit, { run, programme }: PracticeList) =>
  [
    visit.caller.organisation.name,
    programme.template.name,
    run ? `list of ${dateWords(run.indexOn)}` : 'no list yet',
  ].join(', ')

function Lead({ list: { candidates, run } }: { readonly list: PracticeList }) {
  if (!run) return <>The first list is made as soon as an extract is loaded.</>
  const tally = (tab: string) => candidates.filter(({ standing }) => standing.tab === tab)
  const judged = ['accepted', 'deferred', 'declined'].map(
    (tab) => tally(tab).filter(({ inForce }) => inForce?.runId === run.id).length,
  )
  const left = tally('to judge').length
  const total = judged.reduce((sum, count) => sum + count, left)
  const [accepted, deferred, declined] = judged
  if (left === 0 && total > 0) {
    return (
      <>
        <b>All {total} are judged:</b> {accepted} accepted, {deferred} deferred, {declined} declined.
      </>
    )
  }
  return (
    <>
      <b>{left.toLocaleString('en-GB')} left to judge</b> of {total.toLocaleString('en-GB')}. You know them,
      the list does not.
    </>
  )
}

const tabLinks = (visit: StaffVisit, list: PracticeList, query: ListQuery) =>
  tabs.map(({ code, words }) => ({
    href: addressOf({ ...query, tab: code }),
    label: `${words} (${ofTab(list.candidates, code, visit.caller.staffId).length.toLocaleString('en-GB')})`,
    isCurrent: code === query.tab,
  }))

function Rows(props: {
  readonly visit: StaffVisit
  readonly list: PracticeList
  readonly query: ListQuery
  readonly all: readonly Candidate[]
  readonly found: readonly Candidate[]
}) {
  const { visit, list, query, all, found } = props
  if (all.length === 0) return <Nothing query={query} hasRun={list.run !== undefined} />
  if (found.length === 0) return <NoMatch query={query} candidates={all} today={visit.today} />
  if (query.page === 'all' && found.length > rowsAtOnce) {
    return <EmptyState says="More than 500 people. Choose a condition or an age to see them on one page." />
  }
  const from = query.page === 'all' ? 0 : (query.page - 1) * rowsAPage
  const shown = query.page === 'all' ? found : found.slice(from, from + rowsAPage)
  const orderedBy = sorts.find(({ code }) => code === query.sort)?.orderedBy ?? ''
  const text = listText(query)
  return (
    <>
      <CountLine
        from={from + 1}
        to={from + shown.length}
        total={found.length}
        orderedBy={query.tab === 'to judge' || query.sort ? orderedBy : 'newest decision first'}
      >
        <a href={`/case-finding/print?${text}`}>Print</a>
        <a href={`/case-finding/download?${text}`}>Download</a>
        <a href={`/case-finding/ledger?${text}`}>Decisions</a>
        <a href={`/case-finding/add?${text}`}>Add someone the list missed</a>
      </CountLine>
      <DataTable
        caption="People suggested, and why"
        isCaptionHidden
        density="list"
        columns={query.tab === 'to judge' ? toJudge(visit, list, text) : judged(visit, list, text)}
        rows={shown}
        keyOf={({ person }) => person.id}
      />
      <Paging page={query.page} total={found.length} hrefFor={(page) => addressOf(query, { page })} />
    </>
  )
}

function Nothing({ query, hasRun }: { readonly query: ListQuery; readonly hasRun: boolean }) {
  if (!hasRun) return <EmptyState says="There is no list yet." />
  const words = tabs.find(({ code }) => code === query.tab)?.words ?? ''
  return (
    <EmptyState says={query.tab === 'to judge' ? 'Nobody is left to judge.' : `Nobody is under “${words}”.`}>
      <p>
        <a href={`/case-finding/add?${listText(query)}`}>Add someone the list missed</a>
      </p>
    </EmptyState>
  )
}

const personColumn = (visit: StaffVisit, text: string): Column<Candidate> => ({
  head: 'Person',
  width: 'middle',
  cell: ({ person }) => (
    <>
      <a href={`/case-finding/${person.id}?list=${encodeURIComponent(text)}`}>{nameToSearch(person)}</a>
      <div className="kw-second">
        {sexAndAge(person, visit.today)}
        <br />
        {person.nhsNumber ? groupsOf(person.nhsNumber) : 'No NHS number'}
      </div>
    </>
  ),
})

const groupsOf = (number: string) =>
  `${number.slice(0, 3)}\u00a0${number.slice(3, 6)}\u00a0${number.slice(6)}`

const toJudge = (visit: StaffVisit, list: PracticeList, text: string): readonly Column<Candidate>[] => [
  personColumn(visit, text),
  {
    head: 'Why, by the rule. Not validated here',
    width: 'wide',
    cell: (candidate) => <Why candidate={candidate} visit={visit} list={list} />,
  },
  {
    head: 'Your decision',
    cell: ({ person }) => {
      const keep = `list=${encodeURIComponent(text)}`
      const about = nameInSentence(person)
      const programme = `programme=${list.programme.key}`
      return (
        <ButtonRow>
          <Button
            kind="secondary"
            isSmall
            about={about}
            href={`/referrals/accept/${person.id}?${programme}&${keep}`}
          >
            Accept
          </Button>
          <Button kind="secondary" isSmall about={about} href={`/case-finding/${person.id}/defer?${keep}`}>
            Defer
          </Button>
          <Button kind="secondary" isSmall about={about} href={`/case-finding/${person.id}/decline?${keep}`}>
            Decline
          </Button>
        </ButtonRow>
      )
    },
  },
]

function Why(props: {
  readonly candidate: Candidate
  readonly visit: StaffVisit
  readonly list: PracticeList
}) {
  const { candidate, visit, list } = props
  const { suggestion, standing, addedReason, elsewhere } = candidate
  const returned = returnedWords(standing)
  return (
    <>
      {suggestion && (
        <div>
          <b>
            {suggestion.isReturned
              ? 'Below the cut'
              : `Rule ranking ${suggestion.rank.toLocaleString('en-GB')} of ${list.run?.cut.toLocaleString('en-GB')}`}
            :
          </b>{' '}
          {reasonsOf(suggestion, visit.today).join('; ')}
        </div>
      )}
      {addedReason && <div>Added by hand: {reasonWords('added', addedReason).toLowerCase()}</div>}
      {returned && <div className="kw-second">{returned}</div>}
      <Flags candidate={candidate} elsewhere={elsewhere} />
    </>
  )
}

function Flags({
  candidate,
  elsewhere,
}: {
  readonly candidate: Candidate
  readonly elsewhere: readonly string[]
}) {
  const { suggestion } = candidate
  const words = [
    ...(suggestion?.isCareHome ? ['Care home'] : []),
    ...(suggestion?.livesAlone ? ['Lives alone'] : []),
    ...(suggestion && suggestion.emergencyAdmissions === 0 ? ['No recent admission'] : []),
    ...(elsewhere.length > 0 ? ['Known to a team'] : []),
  ]
  return words.map((word) => (
    <span key={word}>
      <Tag colour="white">{word}</Tag>{' '}
    </span>
  ))
}

const judged = (visit: StaffVisit, list: PracticeList, text: string): readonly Column<Candidate>[] => [
  personColumn(visit, text),
  {
    head: 'Decision',
    width: 'wide',
    cell: ({ inForce, standing }) =>
      inForce && (
        <>
          <b>{capital(standing.tab === 'to judge' ? 'to judge' : inForce.decision)}</b>:{' '}
          {reasonWords(inForce.decision, inForce.reason)}
          {inForce.words && <div>“{inForce.words}”</div>}
          <div className="kw-second">
            {byAndWhen(inForce, visit.today)}
            {inForce.showAgainOn && `. Shown again on ${dateWords(inForce.showAgainOn)}`}
          </div>
        </>
      ),
  },
  {
    head: 'Undo',
    isHeadHidden: true,
    cell: (candidate) => <Undo candidate={candidate} visit={visit} list={list} text={text} />,
  },
]

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

function Undo(props: {
  readonly candidate: Candidate
  readonly visit: StaffVisit
  readonly list: PracticeList
  readonly text: string
}) {
  const { candidate, visit, list, text } = props
  const { inForce, person, seen, standing } = candidate
  if (!inForce || !canTakeBack(inForce, visit.today))
    return <span className="kw-second">More than 7 days ago</span>
  const isAccepted = inForce.decision === 'accepted'
  if (isAccepted && standing.tab !== 'accepted') return null
  return (
    <PostForm
      action={isAccepted ? `/referrals/${person.id}/take-back` : `/case-finding/${person.id}/take-back`}
      personToken={person.id}
    >
      <HiddenFields fields={{ programme: list.programme.key, seen: String(seen), list: text }} />
      <Button kind="link" about={nameInSentence(person)}>
        Undo
      </Button>
    </PostForm>
  )
}

/** How many people a list's print or file holds, in words. */
export const peopleWords = (count: number): string => counted(count, 'person', 'people')

import type { Asked, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import type { Programme } from '#organisations'
import { CountLine, EmptyState, LongTable, Paging, renderPage, rowsAPage, Tabs } from '#ui'
import type { PracticeList } from './candidates.ts'
import { CutLine } from './cuts/cut-line.tsx'
import { HoldoutPanel } from './holdout/holdout-panel.tsx'
import { sorts, tabs } from './list-choices.data.ts'
import { FilterForm, FindForm, NoMatch } from './list-filters.tsx'
import { DriftWarning, FallNote, ListFoot, ListWarnings } from './list-notes.tsx'
import { judged, toJudge } from './list-rows.tsx'
import {
  addressOf,
  type Candidate,
  isJudging,
  isOnTab,
  type ListQuery,
  listText,
  type Unopened,
} from './list-rules.ts'
import { LotPanel } from './lots/lot-notes.tsx'
import { ProgrammeChips } from './programme-chips.tsx'
import { SignOffLine, tallyOf } from './sign-off.tsx'

const rowsAtOnce = 500

/** A tab of a list as an address asks for it. */
export type TabShown = {
  /** Everybody of the tab. */
  readonly all: readonly Unopened[]
  /** Those the filters leave, in order. */
  readonly found: readonly Unopened[]
  /** The page of them that is shown, with names. */
  readonly shown: readonly Candidate[]
}

/** Those of the found that a page shows; none where there are too many for one page. */
export function pageOf<One extends Unopened>(found: readonly One[], page: ListQuery['page']): readonly One[] {
  if (page === 'all') return found.length > rowsAtOnce ? [] : found
  return found.slice((page - 1) * rowsAPage, page * rowsAPage)
}

/** The page a GP works down: the practice's part of a programme's list, in the tab and order its address asks for. */
export function listPage(
  visit: StaffVisit,
  asked: Asked,
  list: PracticeList,
  query: ListQuery,
  tab: TabShown,
  programmes: readonly Programme[],
): string {
  const { all, found } = tab
  return renderPage({
    furniture: asked.furniture,
    title: 'People suggested for care co-ordination',
    caption: captionOf(visit, list),
    lead: <Lead list={list} />,
    isStamped: true,
    children: (
      <>
        <ProgrammeChips
          all={programmes}
          chosen={list.programme}
          hrefFor={(key) => addressOf({ ...query, programme: key, tab: 'to judge' })}
        />
        {list.run && <ListWarnings run={list.run} today={visit.today} />}
        <DriftWarning inUse={list.inUse} />
        <HoldoutPanel list={list} />
        <CutLine list={list} query={query} />
        <LotPanel lots={list.lots} query={query} />
        <Tabs label="Judged and to judge" tabs={tabLinks(visit, list, query)} />
        <FilterForm query={query} candidates={all} today={visit.today} />
        <FindForm query={query} />
        {query.tab === 'to judge' && list.run && <FallNote candidates={found} run={list.run} />}
        <Rows visit={visit} list={list} query={query} tab={tab} />
        {query.tab === 'to judge' && list.run && <SignOffLine list={list} query={query} />}
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

function Lead({ list }: { readonly list: PracticeList }) {
  if (!list.run) return <>The first list is made as soon as an extract is loaded.</>
  const { left, accepted, deferred, declined } = tallyOf(list)
  const total = left + accepted + deferred + declined
  if (total === 0) {
    return (
      <>
        <b>Nobody of your practice is asked by this list.</b> You may still add somebody it missed.
      </>
    )
  }
  if (left === 0) {
    return (
      <>
        <b>Everybody asked is judged:</b> {accepted} accepted, {deferred} deferred, {declined} declined.
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

// The tab of those below the cut stands only where there is a cut.
const tabsOf = ({ candidates }: PracticeList) =>
  tabs.filter(
    ({ code }) =>
      code !== 'below the cut' || candidates.some(({ standing }) => standing.tab === 'below the cut'),
  )

const tabLinks = (visit: StaffVisit, list: PracticeList, query: ListQuery) =>
  tabsOf(list).map(({ code, words }) => ({
    href: addressOf({ ...query, tab: code }),
    label: `${words} (${countOn(list, code, visit).toLocaleString('en-GB')})`,
    isCurrent: code === query.tab,
  }))

const countOn = ({ candidates }: PracticeList, tab: ListQuery['tab'], visit: StaffVisit) =>
  candidates.filter((candidate) => isOnTab(candidate, tab, visit.caller.staffId)).length

function Rows(props: {
  readonly visit: StaffVisit
  readonly list: PracticeList
  readonly query: ListQuery
  readonly tab: TabShown
}) {
  const { visit, list, query } = props
  const { all, found, shown } = props.tab
  if (all.length === 0) return <Nothing query={query} hasRun={list.run !== undefined} />
  if (found.length === 0) return <NoMatch query={query} candidates={all} today={visit.today} />
  if (query.page === 'all' && found.length > rowsAtOnce) {
    return <EmptyState says="More than 500 people. Choose a condition or an age to see them on one page." />
  }
  const from = query.page === 'all' ? 0 : (query.page - 1) * rowsAPage
  const orderedBy = sorts.find(({ code }) => code === query.sort)?.orderedBy ?? ''
  const text = listText(query)
  return (
    <>
      <CountLine
        from={from + 1}
        to={from + shown.length}
        total={found.length}
        orderedBy={isJudging(query.tab) || query.sort ? orderedBy : 'newest decision first'}
      >
        <a href={`/case-finding/print?${text}`}>Print</a>
        <a href={`/case-finding/download?${text}`}>Download</a>
        <a href={`/case-finding/ledger?${text}`}>Decisions</a>
        <a href={`/case-finding/add?${text}`}>Add someone the list missed</a>
      </CountLine>
      <LongTable
        caption="People suggested, and why"
        columns={isJudging(query.tab) ? toJudge(visit, list, text) : judged(visit, list, text)}
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

import type { Asked, StaffVisit } from '#access'
import { ageOn, type LondonDate, londonDate, shortDateWords, timeWords } from '#calendar'
import { nameToSearch, nhsNumberWords, readNhsNumber } from '#people'
import {
  Button,
  Chips,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  FilterBar,
  type Link,
  Paging,
  PostForm,
  PrintButton,
  renderPage,
  rowsAPage,
  Select,
  Tag,
  TextField,
} from '#ui'
import { listedIn, openPeople } from './lists.store.ts'
import { filterAddress, inOrder, isFound, isKept, type PeopleFilter, readFilter } from './people-list.ts'
import { daysSilent, isNotHeardFrom } from './rules.ts'
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
    kept.filter((person) => isFound(person, words)),
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
            rows={shown}
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

const allOpen: PeopleFilter = {
  stage: '',
  owner: '',
  practice: '',
  isSilent: false,
  isMine: false,
  sort: 'silent',
  page: 1,
}

function Views(props: {
  readonly everybody: readonly Listed[]
  readonly filter: PeopleFilter
  readonly visit: StaffVisit
}) {
  const { everybody, filter, visit } = props
  const views = [
    { words: 'Everybody', set: allOpen },
    { words: 'Mine', set: { ...allOpen, isMine: true } },
    { words: 'Active', set: { ...allOpen, stage: 'active' } },
    { words: 'Monitoring', set: { ...allOpen, stage: 'monitoring' } },
    { words: 'Not heard from', set: { ...allOpen, isSilent: true } },
  ]
  const here = filterAddress({ ...filter, page: 1, sort: 'silent' })
  return (
    <Chips
      chips={views.map(({ words, set }) => ({
        href: filterAddress(set),
        words,
        count: everybody.filter((person) => isKept(person, set, visit.caller.staffId, visit.today)).length,
        isCurrent: filterAddress(set) === here,
      }))}
    />
  )
}

function Search({ words }: { readonly words: string }) {
  return (
    <PostForm action="/my-people" layout="row" typed={{ words }}>
      <TextField
        name="words"
        label="Find by name, NHS number or birth date"
        labelSize="plain"
        widthChars={20}
      />
      <Button kind="secondary" isSmall>
        Find
      </Button>
    </PostForm>
  )
}

const choicesOf = (pairs: readonly (readonly [string | undefined, string | undefined])[]) =>
  [...new Map(pairs.flatMap(([value, words]) => (value && words ? [[value, words] as const] : []))).entries()]
    .map(([value, words]) => ({ value, words }))
    .toSorted((a, b) => a.words.localeCompare(b.words))

function Filters({
  everybody,
  filter,
}: {
  readonly everybody: readonly Listed[]
  readonly filter: PeopleFilter
}) {
  const owners = choicesOf(everybody.map((person) => [person.ownerId, person.ownerName]))
  const practices = choicesOf(everybody.map((person) => [person.practiceId, person.practiceName]))
  const stages = choicesOf(everybody.map(({ stage }) => [stage, inWords(stage)]))
  const named = (choices: typeof owners, value: string) => choices.find((one) => one.value === value)?.words
  const without = (change: Partial<PeopleFilter>) => filterAddress({ ...filter, ...change, page: 1 })
  const inForce: readonly Link[] = [
    ...(filter.stage ? [{ href: without({ stage: '' }), words: inWords(filter.stage) }] : []),
    ...(filter.owner
      ? [{ href: without({ owner: '' }), words: named(owners, filter.owner) ?? 'One case manager' }]
      : []),
    ...(filter.practice
      ? [{ href: without({ practice: '' }), words: named(practices, filter.practice) ?? 'One practice' }]
      : []),
    ...(filter.isSilent ? [{ href: without({ isSilent: false }), words: 'Not heard from' }] : []),
    ...(filter.isMine ? [{ href: without({ isMine: false }), words: 'Mine' }] : []),
  ]
  return (
    <FilterBar
      action="/my-people"
      label="Narrow the list"
      keep={{ ...(filter.isSilent && { silent: 'yes' }), ...(filter.isMine && { mine: 'yes' }) }}
      inForce={inForce}
    >
      <Select
        name="stage"
        label="Stage"
        labelSize="plain"
        prompt="Any"
        choices={stages}
        current={filter.stage}
      />
      <Select
        name="owner"
        label="Case manager"
        labelSize="plain"
        prompt="Anybody"
        choices={owners}
        current={filter.owner}
      />
      <Select
        name="practice"
        label="Practice"
        labelSize="plain"
        prompt="Any"
        choices={practices}
        current={filter.practice}
      />
      <Select
        name="sort"
        label="Order"
        labelSize="plain"
        choices={[
          { value: 'silent', words: 'Longest not heard from' },
          { value: 'name', words: 'Family name' },
        ]}
        current={filter.sort}
      />
    </FilterBar>
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

const inWords = (stage: string) => stage.charAt(0).toUpperCase() + stage.slice(1)

const columns = (today: LondonDate): readonly Column<Listed>[] => [
  {
    head: 'Who',
    cell: (person) => {
      const number = person.nhsNumber ? readNhsNumber(person.nhsNumber) : undefined
      return (
        <>
          <a href={`/people/${person.personId}`}>{nameToSearch(person)}</a>
          {person.bornOn && `, ${ageOn(person.bornOn, today)}`}
          <br />
          <span className="kw-second">{number ? nhsNumberWords(number) : 'NHS number not known'}</span>
        </>
      )
    },
    width: 'middle',
  },
  {
    head: 'Stage',
    cell: (person) => (
      <>
        {inWords(person.stage)}
        <br />
        <span className="kw-second">{person.programmeName}</span>
      </>
    ),
    width: 'middle',
  },
  {
    head: 'Case manager and practice',
    cell: (person) => (
      <>
        {person.ownerName}
        <br />
        <span className="kw-second">{person.practiceName ?? 'Practice not stated'}</span>
      </>
    ),
  },
  {
    head: 'Last heard from',
    cell: (person) => (
      <>
        {person.lastContactAt ? shortDateWords(londonDate(person.lastContactAt), today) : 'No contact yet'}
        {isNotHeardFrom(person, today) && (
          <>
            <br />
            <Tag colour="orange">{`Overdue ${overdueDays(person, today)}`}</Tag>
          </>
        )}
      </>
    ),
  },
  {
    head: 'Next',
    cell: (person) => (person.nextOn ? shortDateWords(person.nextOn, today) : 'Nothing planned'),
    width: 'narrow',
  },
]

function overdueDays(person: Listed, today: LondonDate): string {
  const days = daysSilent(person, today) - person.reviewEveryDays
  return `${days} ${days === 1 ? 'day' : 'days'}`
}

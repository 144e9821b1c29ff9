import { type Asked, notForYou, type Problem, type StaffVisit } from '#access'
import { ageOn, dateWords, type LondonDate, readDateBoxes, timeWords } from '#calendar'
import { markedForOutOfHours } from '#care-plan'
import { diedAmong, diedWords, nameToSearch, nhsNumberWords, readNhsNumber } from '#people'
import {
  Button,
  type Column,
  CountLine,
  DataTable,
  DateField,
  EmptyState,
  FieldRow,
  Paging,
  Panel,
  PostForm,
  renderPage,
  rowsAPage,
  Tag,
  TextField,
} from '#ui'
import { type ListedSearch, listedIn, openListed } from './lists.store.ts'
import type { Listed } from './types.ts'

type Row = Listed & { readonly toKnow: readonly string[]; readonly died: string | undefined }

/** Everybody who wishes out of hours to know of them, worked out now. */
export async function showOutOfHours(visit: StaffVisit, asked: Asked) {
  const page = asked.query.text('page')
  return listPage(visit, asked, { page: page === 'all' ? 'all' : Math.max(1, Math.trunc(Number(page)) || 1) })
}

/** One person found by number, or by family name and birth date: sent as a form, so that no name is in an address. */
export async function findOutOfHours(visit: StaffVisit, asked: Asked) {
  const { text } = asked.form
  const nhsNumber = text('number') ? readNhsNumber(text('number')) : undefined
  const bornOn = readDateBoxes(text('born-day'), text('born-month'), text('born-year'))
  const problems: readonly Problem[] = [
    ...(text('number') && !nhsNumber
      ? [{ field: 'number', message: 'Check the NHS number: it has 10 digits, and these do not fit' }]
      : []),
    ...(!text('number') && !text('family')
      ? [{ field: 'number', message: 'Enter an NHS number, or a family name and birth date' }]
      : []),
    ...(!text('number') && text('family') && !bornOn
      ? [{ field: 'born', message: 'Enter the birth date, like 14 9 1941' }]
      : []),
  ]
  if (problems.length > 0) return listPage(visit, asked, { page: 1, problems })
  const search = nhsNumber ? { nhsNumber } : { familyName: text('family'), bornOn }
  return listPage(visit, asked, { page: 'all', search })
}

const sortKey = ({ familyName, givenName, personId }: Listed) => [familyName, givenName, personId].join('\0')
const byFamilyName = (a: Listed, b: Listed) => (sortKey(a) < sortKey(b) ? -1 : 1)

type Shown = {
  readonly page: number | 'all'
  readonly search?: ListedSearch
  readonly problems?: readonly Problem[]
}

async function listPage(visit: StaffVisit, asked: Asked, { page, search, problems = [] }: Shown) {
  if (visit.caller.organisation.kind !== 'out of hours') throw notForYou()
  const list = await openListed(visit, search)
  const people = (await listedIn(visit.db, list, visit.caller.organisation.id)).toSorted(byFamilyName)
  const from = page === 'all' ? 0 : (page - 1) * rowsAPage
  const shown = people.slice(from, from + (page === 'all' ? 500 : rowsAPage))
  const marked = await markedForOutOfHours(
    visit.db,
    shown.map((person) => person.personId),
  )
  const died = await diedAmong(
    visit.db,
    shown.map((person) => person.personId),
  )
  const rows = shown.map((person) => ({
    ...person,
    died: diedWords(died.get(person.personId) ?? {}),
    toKnow: marked.filter(({ personId }) => personId === person.personId).map(({ words }) => words),
  }))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Out of hours',
    caption: `${visit.caller.organisation.name}, ${timeWords(visit.now)}`,
    isStamped: true,
    lead: search
      ? people.length === 0
        ? 'Nobody on the list matches.'
        : `${people.length} on the list ${people.length === 1 ? 'matches' : 'match'}. Check the name and birth date before you act.`
      : `${people.length.toLocaleString('en-GB')} ${people.length === 1 ? 'person wishes' : 'people wish'} you to know what to do if they get worse.`,
    problems,
    typed: asked.form.typed,
    children: (
      <>
        <Search />
        <CountLine
          from={rows.length === 0 ? 0 : from + 1}
          to={from + rows.length}
          total={people.length}
          orderedBy="by family name"
        />
        {rows.length === 0 ? (
          <NoOne isSearch={search !== undefined} />
        ) : (
          <DataTable
            caption="People out of hours may know of"
            isCaptionHidden
            density="list"
            columns={columns(visit.today)}
            rows={rows}
            keyOf={(person) => person.personId}
          />
        )}
        {!search && (
          <Paging
            page={page}
            total={people.length}
            hrefFor={(to) => (to === 1 ? '/out-of-hours' : `/out-of-hours?page=${to}`)}
          />
        )}
      </>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

function Search() {
  return (
    <PostForm action="/out-of-hours">
      <FieldRow>
        <TextField name="number" label="NHS number" labelSize="plain" widthChars={20} kind="number" />
        <TextField name="family" label="Or family name" labelSize="plain" widthChars={20} />
        <DateField name="born" label="and birth date" labelSize="plain" />
      </FieldRow>
      <Button quickKey="F">Find</Button>
    </PostForm>
  )
}

function NoOne({ isSearch }: { readonly isSearch: boolean }) {
  if (!isSearch) {
    return (
      <EmptyState says="Nobody is on the list now.">
        <p>Somebody is here once they wish it, and while they have a case manager.</p>
      </EmptyState>
    )
  }
  return (
    <Panel kind="decision" heading="Not on your list">
      <p>They may be unknown to us, or may not wish to share. This page does not say which.</p>
      <p>
        <a href="/out-of-hours">Show the whole list</a>, or if a life may depend on it,{' '}
        <a href="/emergency">open a record in an emergency</a>.
      </p>
    </Panel>
  )
}

const columns = (today: LondonDate): readonly Column<Row>[] => [
  {
    head: 'Who',
    cell: (person) => {
      const number = person.nhsNumber ? readNhsNumber(person.nhsNumber) : undefined
      return (
        <>
          <b>{nameToSearch(person)}</b>
          <br />
          {person.died && (
            <>
              <Tag colour="grey">{person.died}</Tag>
              <br />
            </>
          )}
          <span className="kw-second">
            {person.bornOn
              ? `Born ${dateWords(person.bornOn)} (${ageOn(person.bornOn, today)})`
              : 'Birth date not known'}
            {number && `, ${nhsNumberWords(number)}`}
          </span>
        </>
      )
    },
    width: 'middle',
  },
  {
    head: 'Marked for you',
    cell: (person) =>
      person.toKnow.length === 0 ? (
        'Nothing marked'
      ) : (
        <ul>
          {person.toKnow.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ),
    width: 'wide',
  },
  { head: 'Case manager', cell: (person) => person.ownerName },
  {
    head: 'Open',
    isHeadHidden: true,
    cell: (person) => (
      <Button
        kind="secondary"
        isSmall
        href={`/people/${person.personId}/emergency`}
        about={`of ${nameToSearch(person)}`}
      >
        Emergency summary
      </Button>
    ),
    width: 'narrow',
  },
]

import { dateWords } from '#calendar'
import { bannerOf, diedWords, type Identity, identitiesOf, nameToSearch, nhsNumberWords } from '#people'
import {
  Button,
  CountLine,
  EmptyState,
  Panel,
  PostForm,
  Row,
  RowList,
  renderPage,
  Section,
  SummaryList,
  TextField,
} from '#ui'
import { type Found, findPeople, keepSearch, keptSearch, lastOpened } from './find-store.ts'
import { permitList } from './permit.ts'
import { recordAddress } from './record-address.ts'
import { tooMany } from './refused.ts'
import { readSearch, type Search, searchWords } from './search-words.ts'
import type { Answer, Asked, Problem, Route, StaffVisit } from './types.ts'

/** The empty search: the box, and who was opened last. */
async function show(visit: StaffVisit, asked: Asked, problem?: Problem): Promise<Answer> {
  const last = await open(visit, await lastOpened(visit.db), 'saw whom they opened last')
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Find a person',
    problems: problem ? [problem] : [],
    typed: problem ? asked.form.typed : undefined,
    children: (
      <>
        <SearchForm />
        {last.length > 0 && (
          <Section heading="Opened last">
            <People visit={visit} people={last} />
          </Section>
        )}
        <OtherWays visit={visit} />
      </>
    ),
  })
  return { kind: 'page', html, status: problem ? 422 : 200 }
}

// The address of the answer holds a reference to what was typed: no name, number or birth date is ever in one.
async function search(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const read = readSearch(asked.form.text('words'))
  if (!read.ok) return await show(visit, asked, read.problem)
  const id = await keepSearch(visit.db, asked.form.text('words'))
  return { kind: 'go', to: `/find/${id}` }
}

async function answerSearch(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const typed = await keptSearch(visit.db, asked.params.search ?? '')
  const read = typed === undefined ? undefined : readSearch(typed)
  if (typed === undefined || !read?.ok) return { kind: 'go', to: '/find' }
  const found = await findPeople(visit.db, read.search)
  if (found.answer === 'wait') throw tooMany()
  const people = await open(visit, found.people, 'found people')
  const [only] = people
  const isOnePerson = read.search.nhsNumber && only && people.length === 1
  const html = renderPage({
    furniture: asked.furniture,
    title: isOnePerson ? 'Is this the person?' : 'People found',
    back: { href: '/find', words: 'Search again' },
    children: isOnePerson ? (
      <IsThisThePerson visit={visit} person={only} />
    ) : (
      <Results visit={visit} search={read.search} typed={typed} found={found} people={people} />
    ),
  })
  return { kind: 'page', html }
}

const open = async (visit: StaffVisit, ids: readonly string[], verb: string): Promise<readonly Identity[]> =>
  identitiesOf(
    visit.db,
    await permitList(visit, {
      may: 'see identity',
      circle: visit.caller.activities.has('see emergency summary') ? 'listed' : 'tied',
      ids,
      purpose: 'direct care',
      verb,
    }),
  )

function SearchForm() {
  return (
    <PostForm action="/find">
      <TextField
        name="words"
        label="Who are you looking for?"
        hint="A name, an NHS number, a postcode or a date of birth, or several together. For example: June Okafor 14 3 1936"
        widthChars={30}
        autoComplete="off"
      />
      <Button>Find</Button>
    </PostForm>
  )
}

function IsThisThePerson({ visit, person }: { readonly visit: StaffVisit; readonly person: Identity }) {
  const banner = bannerOf(person, undefined, visit.today)
  return (
    <>
      <SummaryList
        rows={[
          { label: 'Name', value: <b>{nameToSearch(person)}</b> },
          {
            label: 'Born',
            value: `${banner.bornOn}${banner.ageYears === undefined ? '' : ` (${banner.ageYears})`}`,
          },
          { label: 'Address', value: person.address ?? 'Not recorded' },
          { label: 'NHS number', value: banner.nhsNumber ?? 'Not known' },
          ...(banner.diedOn ? [{ label: 'Died', value: diedWords(person) }] : []),
        ]}
      />
      <p>
        <Button href={recordAddress(visit.caller, person.id)}>Yes, open the record</Button>
      </p>
      <p>
        <a href="/find">No, search again</a>
      </p>
    </>
  )
}

function Results(props: {
  readonly visit: StaffVisit
  readonly search: Search
  readonly typed: string
  readonly found: Found
  readonly people: readonly Identity[]
}) {
  const { visit, search: asked, typed, found, people } = props
  const words = searchWords(asked, typed)
  if (people.length === 0) {
    return (
      <>
        <EmptyState says={`Nobody you have to do with matches ${words}.`}>
          <p>
            Check the spelling, or search by NHS number. People of other practices and teams are not shown.
          </p>
        </EmptyState>
        <OtherWays visit={visit} />
      </>
    )
  }
  return (
    <>
      {found.answer === 'too many' && (
        <Panel kind="caution" heading={`More than 50 people match ${words}.`}>
          <p>Add a given name, a date of birth or a postcode. The NHS number is quickest.</p>
        </Panel>
      )}
      {found.answer === 'common' && (
        <Panel kind="neutral" heading="A common name">
          <p>Only people of your practice or team are shown. Add a date of birth to look further.</p>
        </Panel>
      )}
      <CountLine from={1} to={people.length} total={people.length} orderedBy="by family name" />
      <People visit={visit} people={people} />
      <OtherWays visit={visit} />
    </>
  )
}

function People({ visit, people }: { readonly visit: StaffVisit; readonly people: readonly Identity[] }) {
  return (
    <RowList label="People">
      {people.map((person) => (
        <Row
          key={person.id}
          who={<b>{nameToSearch(person)}</b>}
          what={
            <>
              Born {person.bornOn ? dateWords(person.bornOn) : 'not known'}
              {person.diedOn && <>. {diedWords(person)}</>}
              {person.nhsNumber && (
                <>
                  {person.diedOn ? '. ' : ', '}NHS number {nhsNumberWords(person.nhsNumber)}
                </>
              )}
            </>
          }
          why={person.address}
          act={
            <Button
              kind="secondary"
              isSmall
              href={recordAddress(visit.caller, person.id)}
              about={`of ${nameToSearch(person)}`}
            >
              Open record
            </Button>
          }
        />
      ))}
    </RowList>
  )
}

function OtherWays({ visit: { caller } }: { readonly visit: StaffVisit }) {
  const ways = [
    { may: 'trace people', href: '/trace', words: 'Trace somebody by NHS number and birth date' },
    { may: 'claim relationship', href: '/claim', words: 'Say that you are giving somebody care' },
    { may: 'break glass', href: '/emergency', words: 'Open a record in an emergency' },
  ] as const
  const open = ways.filter(({ may }) => caller.activities.has(may))
  if (open.length === 0) return null
  return (
    <Section heading="Not there?">
      <ul className="nhsuk-list">
        {open.map(({ href, words }) => (
          <li key={href}>
            <a href={href}>{words}</a>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export const findRoutes: readonly Route[] = [
  { method: 'GET', path: '/find', may: 'see identity', answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: '/find', may: 'see identity', answer: search },
  { method: 'GET', path: '/find/:search', may: 'see identity', answer: answerSearch },
]

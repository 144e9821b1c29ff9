import type { Answer, Asked, Problem, StaffVisit } from '#access'
import { dateWords, dayWords, type LondonDate, timeWords } from '#calendar'
import { installation } from '#organisations'
import { nameToSearch } from '#people'
import { Button, DataTable, HiddenFields, PaperCheck, PostForm, PrintButton, Radios, renderPage } from '#ui'
import { named, type PracticeList, practiceListUnnamed, programmeFor } from './candidates.ts'
import { ages, shows } from './list-choices.data.ts'
import { listFacts, lotWords, whyWords } from './list-facts.ts'
import { numberWords } from './list-rows.tsx'
import {
  addressOf,
  asksWhoTheyAre,
  type Candidate,
  type ListQuery,
  listText,
  narrowed,
  ofTab,
  readList,
  readQuery,
} from './list-rules.ts'
import { listAsCsv } from './messages.ts'
import { targetOf } from './model/targets.data.ts'
import { takingAway } from './taken-away-store.ts'
import { conditionWords, counted, sexAndAge } from './words.ts'

const purposes = [
  { value: 'direct care', words: 'To judge the people on it, alone or at a meeting' },
  { value: 'service administration', words: 'To plan the practice’s work' },
] as const

const most = 500

/** What is taken away: the people of an address, as seen, and the list they come from. */
async function taken(
  visit: StaffVisit,
  query: ListQuery,
  look: Parameters<typeof named>[3],
): Promise<{ readonly list: PracticeList; readonly people: readonly Candidate[] } | undefined> {
  const programme = await programmeFor(visit, query.programme)
  if (!programme) return undefined
  const list = await practiceListUnnamed(visit, programme, { isWhole: asksWhoTheyAre(query) })
  const found = narrowed(ofTab(list.candidates, query.tab, visit.caller.staffId), query, visit.today)
  return { list, people: await named(visit, list, found.slice(0, most), look) }
}

/** The filters a paper or a file was made with, in words. */
function filterWords(query: ListQuery, count: number): string {
  const said = [
    query.tab,
    query.condition && conditionWords(query.condition),
    ages.find(({ code }) => code && code === query.age)?.words,
    ...shows.filter(({ code }) => query.show.includes(code)).map(({ words }) => words),
    query.who && 'found by name or number',
  ].filter(Boolean)
  return `${counted(count, 'person', 'people')}: ${said.join(', ').toLowerCase()}`
}

/** The list on paper: one line of reasons, a column to write in. */
export async function showPrint(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const query = readQuery(asked.query)
  const found = await taken(visit, query, {
    purpose: 'direct care',
    verb: takingAway.paper,
  })
  const people = found?.people ?? []
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Print the list',
    heading: 'People suggested for care co-ordination',
    caption: captionOf(visit, found?.list),
    back: { href: addressOf(query), words: 'Back to the list' },
    isStamped: true,
    acts: <PrintButton>Print</PrintButton>,
    children: (
      <div className="kw-landscape">
        <p>
          <b>Re-identified list. Shred after use.</b> {filterWords(query, people.length)}. {visit.caller.name}
          , {dayWords(visit.today)}, {timeWords(visit.now)}.
        </p>
        <PaperCheck at={`${dayWords(visit.today)}, ${timeWords(visit.now)}`} />
        {found && <Facts list={found.list} />}
        <DataTable
          caption="People suggested, to write on"
          isCaptionHidden
          keyOf={({ person }) => person.id}
          rows={people}
          columns={[
            { head: 'Person', cell: ({ person }) => nameToSearch(person), width: 'middle' },
            { head: 'Who', cell: ({ person }) => sexAndAge(person, visit.today), width: 'narrow' },
            { head: 'NHS number', cell: ({ person }) => numberWords(person.nhsNumber), width: 'narrow' },
            { head: 'Rank', cell: ({ suggestion }) => suggestion?.rank ?? 'By hand', isNumber: true },
            ...(found?.list.inUse ? [in100] : []),
            { head: 'Why', cell: (one) => <Why one={one} today={visit.today} />, width: 'wide' },
            { head: 'Your note', cell: () => '', width: 'middle' },
          ]}
        />
      </div>
    ),
  })
  return { kind: 'page', html }
}

const captionOf = (visit: StaffVisit, list: PracticeList | undefined) =>
  [
    visit.caller.organisation.name,
    ...(list ? [list.programme.template.name] : []),
    ...(list?.run ? [`list of ${dateWords(list.run.indexOn)}`] : []),
  ].join(', ')

/** What the paper must say of the list itself, under its first line. */
const Facts = ({ list }: { readonly list: PracticeList }) => (
  <ul className="nhsuk-list nhsuk-list--bullet">
    {listFacts(list).map((fact) => (
      <li key={fact}>{fact}</li>
    ))}
  </ul>
)

const in100 = {
  head: 'In 100',
  isNumber: true,
  cell: ({ suggestion }: Candidate) =>
    suggestion?.risk === undefined ? '' : Math.round(100 * suggestion.risk),
} as const

const Why = ({ one, today }: { readonly one: Candidate; readonly today: LondonDate }) => (
  <>
    {whyWords(one, today)}
    {one.suggestion?.lot && (
      <div>
        <b>{lotWords(one.suggestion.lot)}</b>
      </div>
    )}
  </>
)

/** Asks what the file is for before it is made. */
export async function showDownload(visit: StaffVisit, asked: Asked): Promise<Answer> {
  return { kind: 'page', html: downloadPage(visit, asked, readQuery(asked.query)) }
}

function downloadPage(
  visit: StaffVisit,
  asked: Asked,
  query: ListQuery,
  problems?: readonly Problem[],
): string {
  return renderPage({
    furniture: asked.furniture,
    title: 'Download the list',
    caption: visit.caller.organisation.name,
    lead: 'The file names people. It holds what you see, with the same filters, in the same order.',
    back: { href: addressOf(query), words: 'Back to the list' },
    problems,
    typed: problems && asked.form.typed,
    children: (
      <PostForm action="/case-finding/download">
        <HiddenFields fields={{ list: listText(query) }} />
        <Radios name="purpose" label="What do you need the file for?" choices={purposes} />
        <Button>Download</Button>
        <p className="kw-second">Your name, the purpose and everybody in the file are recorded.</p>
      </PostForm>
    ),
  })
}

/** The list as a file, for a purpose that is recorded with everybody in it. */
export async function download(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const query = readList(asked.form.text('list'))
  const purpose = purposes.find(({ value }) => value === asked.form.text('purpose'))?.value
  if (!purpose) {
    const problems = [{ field: 'purpose', message: 'Select what you need the file for' }]
    return { kind: 'page', status: 422, html: downloadPage(visit, asked, query, problems) }
  }
  const found = await taken(visit, query, { purpose, verb: takingAway.file })
  const people = found?.people ?? []
  const { kind } = await installation(visit.db)
  const body = listAsCsv(people, {
    run: found?.list.run,
    facts: found ? listFacts(found.list) : [],
    today: visit.today,
    isSynthetic: kind === 'synthetic',
    by: visit.caller.name,
    purpose,
    filters: filterWords(query, people.length),
    number: targetOf(found?.list.inUse?.model.report ?? {}).inFiles,
  })
  const name = `case-finding-list-${found?.list.run?.indexOn ?? visit.today}.csv`
  return {
    kind: 'file',
    name: kind === 'synthetic' ? `SYNTHETIC-${name}` : name,
    contentType: 'text/csv; charset=utf-8',
    body,
  }
}

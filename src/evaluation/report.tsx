import { type Asked, notForYou, type Answer as Sent, type StaffVisit, type Visit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { installation } from '#organisations'
import { DataTable, Details, type Furniture, Panel, PrintButton, renderPage, Section, SummaryList } from '#ui'
import { AnswerParts } from './answer-parts.tsx'
import { goalsSaid } from './goals-words.ts'
import { canonicalText, codeVersion } from './lock.ts'
import { PracticeMeasures } from './measure-parts.tsx'
import { allPeopleSay, chosenOf, newestOfEach } from './newest.ts'
import { questionsOf } from './one-page-words.ts'
import type { Answered } from './pages.tsx'
import { PeopleSay } from './people-say.tsx'
import { methodRows } from './protocol-words.ts'
import { ReachTable } from './reach-table.tsx'
import { csvOf, type Said, tablesOf } from './report-tables.ts'
import { type ReportingItem, reportingItems } from './reporting-items.data.ts'
import { verdictSaid } from './sentences.ts'
import { staffSaid } from './staff-store.ts'
import { studiesOf } from './study-store.ts'
import type { Study } from './study-types.ts'

type Report = { readonly chosen: Answered; readonly study?: Study } & Said

/** Everything the report of one programme is drawn from. */
async function reportFor(visit: StaffVisit, asked: Asked): Promise<Report> {
  const chosen = chosenOf(await newestOfEach(visit), asked.query.text('programme'))
  if (!chosen) throw notForYou()
  return reportOf(visit, chosen)
}

/** The same where the programme is known already. */
export async function reportOf(visit: Visit, chosen: Answered): Promise<Report> {
  const studies = await studiesOf(visit.db, chosen.programme.id)
  const version = chosen.result?.protocolVersion
  const study = studies.find(({ protocol }) => protocol.version === version)
  const value = await allPeopleSay(visit, chosen.programme.id)
  return { chosen, study, value, staff: await staffSaid(visit.db) }
}

/** The whole report of one programme, to be printed or taken away. */
export async function showReport(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const report = await reportFor(visit, asked)
  return { kind: 'page', html: reportPage({ ...report, furniture: asked.furniture }) }
}

/** Everything needed to do the study again, as one file: protocol, versions, cut of the records, tables. */
export async function sendBundle(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const { chosen, study, value, staff } = await reportFor(visit, asked)
  const { result, programme } = chosen
  if (!result) throw notForYou()
  const { kind } = await installation(visit.db)
  const bundle = {
    synthetic:
      kind === 'synthetic' ? 'SYNTHETIC. Made-up people. Not evidence about any real service.' : false,
    programme: programme.template.name,
    keyworkerVersion: study?.codeVersion ?? codeVersion,
    protocol: study && {
      version: study.protocol.version,
      sha256: study.sha256,
      lockedAt: study.lockedAt,
      lockedBy: study.lockedByName ?? 'the method that ships',
      text: canonicalText(study.protocol),
    },
    records: { to: result.dataTo, workedOutAt: result.ranAt },
    suppression: 'Counts of people under 8 and rates of fewer than 10 events are left out.',
    tables: tablesOf(chosen, { value, staff }),
  }
  const body = `${JSON.stringify(bundle, null, 2)}\n`
  return { kind: 'file', name: `report-${programme.key}.json`, contentType: 'application/json', body }
}

/** One table of the report for a spreadsheet. */
export async function sendTable(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const { chosen, value, staff } = await reportFor(visit, asked)
  const table = tablesOf(chosen, { value, staff }).find(({ name }) => name === asked.query.text('table'))
  if (!table) throw notForYou()
  const { kind } = await installation(visit.db)
  const name = `${kind === 'synthetic' ? 'SYNTHETIC-' : ''}${chosen.programme.key}-${table.name}.csv`
  return { kind: 'file', name, contentType: 'text/csv; charset=utf-8', body: csvOf(table) }
}

/** Experience, outcomes and cost stand together: none is shown without the others, and an empty one says so. */
export function reportPage({
  furniture,
  chosen,
  study,
  value,
  staff,
}: Report & { readonly furniture: Furniture }): string {
  const { programme, result, trial } = chosen
  const query = `?programme=${encodeURIComponent(programme.key)}`
  return renderPage({
    furniture,
    title: 'Report',
    caption: programme.template.name,
    back: { href: `/evaluation${query}`, words: 'Back to Did it help?' },
    acts: <PrintButton>Print this report</PrintButton>,
    isStamped: true,
    lead: result
      ? `Worked out on ${dateWords(londonDate(result.ranAt))} from records to ${dateWords(result.dataTo)}.`
      : 'There is no answer yet.',
    children: result && (
      <>
        <Outcome chosen={chosen} />
        <Heads chosen={chosen} value={value} staff={staff} />
        <PeopleSay value={value} />
        <AnswerParts answer={result.answer} trial={trial} />
        <PracticeMeasures
          further={result.answer.kind === 'answered' ? result.answer.further : undefined}
          counts={result.service?.measures}
        />
        {result.service && <ReachTable reach={result.service.reach} />}
        {study && (
          <Section heading="How we know">
            <SummaryList rows={methodRows(study, programme)} />
          </Section>
        )}
        <Standards />
        <Download chosen={chosen} query={query} />
      </>
    ),
  })
}

function Outcome({ chosen: { result } }: { readonly chosen: Answered }) {
  if (!result) return null
  const { panel, heading, lines } = verdictSaid(result.answer)
  return (
    <Panel kind={panel} heading={heading}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Panel>
  )
}

function Heads({ chosen: { result }, ...told }: { readonly chosen: Answered } & Said) {
  if (!result) return null
  const [, outcome, experience, cost, , staff] = questionsOf(result.answer, result.service, told)
  const said = (one: typeof outcome) =>
    `${one?.sure === 'Not measured' ? 'No data. ' : ''}${one?.answer.replace(/\.$/, '')}.`
  return (
    <Section heading="Experience, outcomes and cost">
      <SummaryList
        rows={[
          { label: 'Experience of people', value: said(experience) },
          { label: 'Experience of staff', value: said(staff) },
          {
            label: 'Goals of people',
            value:
              goalsSaid(told.value?.goals ?? []) ??
              'No data. The goals of fewer than 8 people were rated at the start and again.',
          },
          { label: 'Outcomes', value: said(outcome) },
          { label: 'Cost', value: said(cost) },
        ]}
      />
    </Section>
  )
}

function Standards() {
  const gaps = reportingItems.filter(({ where }) => where === undefined)
  return (
    <Section heading="What reporting standards ask">
      <p>
        {reportingItems.length - gaps.length} of {reportingItems.length} groups of items are in this report.{' '}
        {gaps.length} are not, and have to be written by people.
      </p>
      <Items caption="Not in this report" items={gaps} />
      <Details summary="Items that are in this report">
        <Items caption="In this report" items={reportingItems.filter(({ where }) => where !== undefined)} />
      </Details>
    </Section>
  )
}

function Items({ caption, items }: { readonly caption: string; readonly items: readonly ReportingItem[] }) {
  return (
    <DataTable
      caption={caption}
      rows={items}
      keyOf={({ standard, item }) => `${standard} ${item}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
      columns={[
        { head: 'Standard', cell: ({ standard, item }) => `${standard} ${item}` },
        { head: 'Asks for', cell: ({ asks }) => asks, width: 'wide' },
        { head: 'Where', cell: ({ where }) => where ?? 'A gap' },
      ]}
    />
  )
}

function Download({ chosen, query }: { readonly chosen: Answered; readonly query: string }) {
  return (
    <div className="kw-not-on-paper">
      <Section heading="Download">
        <p>
          <a href={`/evaluation/report/pdf${query}`}>This report as a PDF</a>, with every table and drawing.
        </p>
        <p>
          <a href={`/evaluation/report/bundle${query}`}>Everything as one file (JSON)</a>: the protocol with
          its number, the versions, the cut of the records and every table.
        </p>
        <ul>
          {tablesOf(chosen).map(({ name }) => (
            <li key={name}>
              <a href={`/evaluation/report/table${query}&table=${name}`}>Table {name} (CSV)</a>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  )
}

import { type Answer, type Asked, notForYou, type StaffVisit } from '#access'
import { dateWords, londonDate, timeWords } from '#calendar'
import { progress } from '#jobs'
import {
  Button,
  Chips,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  FilterBar,
  Paging,
  Panel,
  PostForm,
  renderPage,
  rowsAPage,
  Section,
  Tag,
  TextField,
} from '#ui'
import { askForLoad } from './actions.ts'
import { csvCell, freshnessSentences } from './rules.ts'
import { type LoadRow, loads, type RefusedWanted, refusedCounts, refusedRows } from './store.ts'
import type { FileCount, RefusedRow, Source } from './types.ts'

const number = (n: number) => n.toLocaleString('en-GB')
const loadedWords = (load: LoadRow) =>
  `${dateWords(londonDate(load.loadedAt))} at ${timeWords(load.loadedAt)}`

/** Every load with its counts; of the newest, file by file. */
export async function loadsPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const all = await loads(visit.db)
  const [current, ...earlier] = all
  const underWay = (await progress(visit.db)).find(({ task }) => task === 'load')
  const mayLoad = visit.caller.activities.has('load data')
  return {
    kind: 'page',
    html: renderPage({
      furniture: asked.furniture,
      title: 'Loads',
      lead: current
        ? `The list speaks of ${dateWords(current.indexOn)}. ${freshnessSentences(current.sources, dateWords).join('. ')}.`
        : undefined,
      acts: mayLoad ? <Button href="/population/new">Load an extract</Button> : undefined,
      isStamped: true,
      children: (
        <>
          {underWay && (underWay.outcome === undefined || /^Nothing was loaded/.test(underWay.words)) && (
            <Panel kind={underWay.outcome ? 'caution' : 'neutral'} heading="The load asked for last">
              <p>
                {underWay.words}
                {underWay.outcome ? '' : ` (${Math.round(underWay.shareDone * 100)}%)`}
              </p>
            </Panel>
          )}
          {current ? <CurrentLoadPart load={current} /> : <EmptyState says="Nothing was loaded yet" />}
          {earlier.length > 0 && (
            <Section heading="Earlier loads" count={earlier.length}>
              <DataTable
                caption="Earlier loads"
                isCaptionHidden
                columns={earlierColumns}
                rows={earlier.slice(0, rowsAPage)}
                keyOf={({ id }) => id}
              />
            </Section>
          )}
        </>
      ),
    }),
  }
}

function CurrentLoadPart({ load }: { readonly load: LoadRow }) {
  const left = Object.entries(load.leftOut)
  return (
    <Section
      heading={`Loaded ${loadedWords(load)}`}
      acts={<a href={`/population/loads/${load.id}`}>Refused rows</a>}
    >
      <DataTable
        caption="Rows by file"
        columns={fileColumns(load.sources)}
        rows={load.files}
        keyOf={({ file }) => file}
      />
      <p>
        {number(load.people.added)} people new, {number(load.people.known)} known, {number(load.people.ended)}{' '}
        no longer sent, {number(load.people.doubts)} doubtful identities.
      </p>
      {left.length > 0 && (
        <p>
          Left out because they object:{' '}
          {left.map(([kind, people]) => `${number(people)} (${kind})`).join(', ')}.
        </p>
      )}
    </Section>
  )
}

const unknowns = ({ unknownCodes }: FileCount) => {
  const all = Object.entries(unknownCodes)
  return all.length ? all.map(([column, rows]) => `${number(rows)} in ${column}`).join(', ') : 'none'
}

const fileColumns = (sources: readonly Source[]): readonly Column<FileCount>[] => [
  { head: 'File', cell: ({ file }) => file },
  {
    head: 'Covers to',
    cell: ({ file }) => {
      const source = sources.find((one) => one.file === file)
      return source ? dateWords(source.coversTo) : 'not stated'
    },
  },
  { head: 'Read', cell: ({ read }) => number(read), isNumber: true },
  { head: 'Taken', cell: ({ taken }) => number(taken), isNumber: true },
  {
    head: 'Refused',
    cell: ({ refused }) => (refused ? <Tag colour="orange">{number(refused)} refused</Tag> : '0'),
    isNumber: true,
  },
  { head: 'Codes not known', cell: unknowns },
]

const total = (load: LoadRow, of: 'read' | 'refused') => load.files.reduce((sum, file) => sum + file[of], 0)

const earlierColumns: readonly Column<LoadRow>[] = [
  { head: 'Loaded', cell: (load) => <a href={`/population/loads/${load.id}`}>{loadedWords(load)}</a> },
  { head: 'Speaks of', cell: ({ indexOn }) => dateWords(indexOn) },
  { head: 'Read', cell: (load) => number(total(load, 'read')), isNumber: true },
  { head: 'Refused', cell: (load) => number(total(load, 'refused')), isNumber: true },
]

async function wantedRows(
  visit: StaffVisit,
  { params, query }: Asked,
): Promise<RefusedWanted & { readonly load: LoadRow }> {
  const load = (await loads(visit.db)).find(({ id }) => id === params.load)
  if (!load) throw notForYou()
  const page = query.text('page')
  return {
    load,
    loadId: load.id,
    words: query.text('words') || undefined,
    file: query.text('file') || undefined,
    reason: query.text('reason') || undefined,
    page: page === 'all' ? 'all' : Math.max(1, Number.parseInt(page, 10) || 1),
  }
}

/** The refused rows of a load, to search, narrow, count and take away. */
export async function refusedPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { load, ...wanted } = await wantedRows(visit, asked)
  const counts = await refusedCounts(visit.db, wanted)
  const files = await refusedCounts(visit.db, { loadId: wanted.loadId, page: 1 })
  const rows = await refusedRows(visit.db, wanted)
  const all = counts.reduce((sum, { rows: n }) => sum + n, 0)
  const first = wanted.page === 'all' ? 1 : (wanted.page - 1) * rowsAPage + 1
  return {
    kind: 'page',
    html: renderPage({
      furniture: asked.furniture,
      title: 'Refused rows',
      caption: `Loaded ${loadedWords(load)}`,
      back: { href: '/population', words: 'Loads' },
      isStamped: true,
      children: (
        <>
          <Chips chips={fileChips(load.id, files, wanted.file)} />
          <FilterBar
            action={`/population/loads/${load.id}`}
            label="Narrow the refused rows"
            keep={wanted.file ? { file: wanted.file } : {}}
            inForce={inForce(load.id, wanted)}
          >
            <TextField
              name="words"
              label="Column, reason or line"
              value={wanted.words}
              labelSize="plain"
              widthChars={20}
            />
          </FilterBar>
          <CountLine
            from={all ? first : 0}
            to={first - 1 + rows.length}
            total={all}
            orderedBy="by file and line"
          >
            <a href={`/population/loads/${load.id}/refused.csv${addressOf({ ...wanted, page: 1 })}`}>
              Take as CSV
            </a>
          </CountLine>
          {rows.length > 0 && (
            <DataTable
              caption="Refused rows"
              isCaptionHidden
              columns={refusedColumns}
              rows={rows}
              keyOf={({ file, line }) => `${file}-${line}`}
            />
          )}
          <Paging
            page={wanted.page}
            total={all}
            hrefFor={(page) => `/population/loads/${load.id}${addressOf({ ...wanted, page })}`}
          />
        </>
      ),
    }),
  }
}

function addressOf({ words, file, reason, page }: Omit<RefusedWanted, 'loadId'>): string {
  const facts = Object.entries({ words, file, reason, page: page === 1 ? undefined : String(page) })
  const said = new URLSearchParams(
    facts.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  )
  return said.size ? `?${said}` : ''
}

function fileChips(
  loadId: string,
  counts: readonly { readonly file: string; readonly rows: number }[],
  current: string | undefined,
) {
  const by = new Map<string, number>()
  for (const { file, rows } of counts) by.set(file, (by.get(file) ?? 0) + rows)
  const chip = (words: string, count: number, file?: string) => ({
    href: `/population/loads/${loadId}${addressOf({ file, page: 1 })}`,
    words,
    count,
    isCurrent: file === current,
  })
  const all = [...by.values()].reduce((sum, n) => sum + n, 0)
  return [chip('All files', all), ...[...by].map(([file, count]) => chip(file, count, file))]
}

function inForce(loadId: string, wanted: RefusedWanted) {
  const without = (changed: Partial<RefusedWanted>) =>
    `/population/loads/${loadId}${addressOf({ ...wanted, ...changed, page: 1 })}`
  return [
    ...(wanted.words ? [{ href: without({ words: undefined }), words: wanted.words }] : []),
    ...(wanted.reason ? [{ href: without({ reason: undefined }), words: wanted.reason }] : []),
  ]
}

const refusedColumns: readonly Column<RefusedRow>[] = [
  { head: 'File', cell: ({ file }) => file },
  { head: 'Line', cell: ({ line }) => number(line), isNumber: true },
  { head: 'Column', cell: ({ column }) => column ?? 'the whole row' },
  { head: 'Why', cell: ({ reason }) => reason, width: 'wide' },
]

/** The refused rows as CSV, safe to open in a spreadsheet. */
export async function refusedFile(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { load, ...wanted } = await wantedRows(visit, asked)
  const rows = await refusedRows(visit.db, { ...wanted, page: 'all' })
  const lines = rows.map(({ file, line, column, reason }) =>
    [file, line, column, reason].map(csvCell).join(','),
  )
  const stamp = asked.furniture.synthetic ? ['SYNTHETIC'] : []
  return {
    kind: 'file',
    name: `refused-rows-${load.indexOn}.csv`,
    contentType: 'text/csv; charset=utf-8',
    body: [...stamp, 'file,line,column,reason', ...lines, ''].join('\r\n'),
  }
}

/** Where somebody who may load names the folder. */
export function newLoadPage(
  asked: Asked,
  problems: readonly { field: string; message: string }[] = [],
): Answer {
  return {
    kind: 'page',
    status: problems.length ? 422 : 200,
    html: renderPage({
      furniture: asked.furniture,
      title: 'Load an extract',
      back: { href: '/population', words: 'Loads' },
      problems,
      typed: asked.form.typed,
      children: (
        <PostForm action="/population/new">
          <p>
            Put the folder with the extract into the folder <code>incoming</code> of this installation’s data
            folder first. What is there now stays in use until the load is done, and after it if anything is
            wrong.
          </p>
          <TextField
            name="folder"
            label="Name of the folder"
            hint="For example, extract-2026-04"
            widthChars={20}
          />
          <Button>Load</Button>
        </PostForm>
      ),
    }),
  }
}

export async function askToLoad(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const outcome = await askForLoad(visit, asked.form.text('folder'))
  if (!outcome.ok) return newLoadPage(asked, outcome.problems)
  return { kind: 'go', to: '/population', saved: 'The load is asked for. It begins within a minute.' }
}

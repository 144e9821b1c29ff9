import type { Answer, Asked, StaffVisit } from '#access'
import {
  Chips,
  type Column,
  CountLine,
  DataTable,
  FilterBar,
  Paging,
  renderPage,
  rowsAPage,
  TextField,
} from '#ui'
import { LoadTabs, loadAsked, loadedWords, pageAsked, pageWithin, withFacts } from './one-load.tsx'
import { type RefusedWanted, refusedCounts, refusedRows } from './refused-store.ts'
import { csvCell } from './rules.ts'
import type { LoadRow } from './store.ts'
import type { RefusedRow } from './types.ts'

const number = (n: number) => n.toLocaleString('en-GB')

async function wantedRows(
  visit: StaffVisit,
  asked: Asked,
): Promise<RefusedWanted & { readonly load: LoadRow }> {
  const { query } = asked
  const load = await loadAsked(visit, asked)
  // A character no row can hold, which the database would not take.
  const said = (name: string) => query.text(name).replaceAll('\0', '') || undefined
  return {
    load,
    loadId: load.id,
    words: said('words'),
    file: said('file'),
    reason: said('reason'),
    page: pageAsked(asked),
  }
}

/** The refused rows of a load, to search, narrow, count and take away. */
export async function refusedPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { load, ...narrowed } = await wantedRows(visit, asked)
  const counts = await refusedCounts(visit.db, narrowed)
  const files = await refusedCounts(visit.db, { loadId: load.id, page: 1 })
  const all = counts.reduce((sum, { rows: n }) => sum + n, 0)
  const wanted = { ...narrowed, page: pageWithin(narrowed.page, all) }
  const rows = await refusedRows(visit.db, wanted)
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
          <LoadTabs load={load} current="refused" />
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

const addressOf = ({ words, file, reason, page }: Omit<RefusedWanted, 'loadId'>): string =>
  withFacts('', { words, file, reason, page })

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

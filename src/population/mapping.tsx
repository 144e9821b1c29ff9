import type { Answer, Asked, StaffVisit } from '#access'
import { Chips, type Column, CountLine, DataTable, Details, EmptyState, renderPage, Section } from '#ui'
import { lists } from './codes.data.ts'
import { extractFiles, fileNames } from './columns.data.ts'
import { LoadTabs, loadAsked, loadedWords, withFacts } from './one-load.tsx'
import type { LoadRow } from './store.ts'
import type { ColumnRead, FileCount, FileReading } from './types.ts'

const number = (n: number) => n.toLocaleString('en-GB')

type FileRead = FileCount & { readonly reading: FileReading }
const hasReading = (count: FileCount): count is FileRead => count.reading !== undefined

type Shown = { readonly file: FileRead; readonly column: string; readonly read?: ColumnRead }

/** Which heading of each file was read as which of our columns, what was left unread, and which codes are on no list. */
export async function mappingPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const load = await loadAsked(visit, asked)
  const files = load.files.filter(hasReading)
  const [name, show] = [asked.query.text('file'), asked.query.text('show')]
  const file = files.find((one) => one.file === name) ?? files[0]
  return {
    kind: 'page',
    html: renderPage({
      furniture: asked.furniture,
      title: 'How it was read',
      caption: `Loaded ${loadedWords(load)}`,
      back: { href: '/population', words: 'Loads' },
      isStamped: true,
      children: (
        <>
          <LoadTabs load={load} current="mapping" />
          {file ? (
            <FilePart load={load} files={files} file={file} show={isView(show) ? show : 'all'} />
          ) : (
            <EmptyState says="How this load was read was not kept" />
          )}
        </>
      ),
    }),
  }
}

const views = {
  all: { words: 'All columns', holds: () => true },
  missing: { words: 'Not in the file', holds: ({ read }: Shown) => read === undefined },
  empty: { words: 'With nothing in some rows', holds: ({ read }: Shown) => (read?.empty ?? 0) > 0 },
  unknown: { words: 'With codes not on our list', holds: (shown: Shown) => unknownRows(shown) > 0 },
} as const
type View = keyof typeof views
const isView = (text: string): text is View => Object.hasOwn(views, text)

const unknownRows = ({ file, column }: Shown) => file.unknownCodes[column] ?? 0

function FilePart(props: {
  readonly load: LoadRow
  readonly files: readonly FileRead[]
  readonly file: FileRead
  readonly show: View
}) {
  const { load, files, file, show } = props
  const here = `/population/loads/${load.id}/mapping`
  const columns = columnsOf(file)
  const shown = columns.filter(views[show].holds)
  return (
    <>
      <Chips
        label="File"
        chips={files.map((one) => ({
          href: withFacts(here, { file: one.file }),
          words: one.file,
          count: one.read,
          isCurrent: one === file,
        }))}
      />
      <p>
        Read from <b>{file.reading.name}</b>, sent by {file.reading.supplier}. {howWords(file)}
      </p>
      <Chips
        chips={(Object.keys(views) as View[]).map((view) => ({
          href: withFacts(here, { file: file.file, show: view === 'all' ? undefined : view }),
          words: views[view].words,
          count: columns.filter(views[view].holds).length,
          isCurrent: view === show,
        }))}
      />
      <CountLine
        from={shown.length ? 1 : 0}
        to={shown.length}
        total={shown.length}
        orderedBy="in the order of an extract"
      />
      {shown.length > 0 && (
        <DataTable
          caption={`Columns of ${file.file}`}
          columns={mappingColumns}
          rows={shown}
          keyOf={({ column }) => column}
        />
      )}
      <Unread file={file} />
      <ListsPart file={file} />
    </>
  )
}

const columnsOf = (file: FileRead): readonly Shown[] => {
  const known = fileNames.find((name) => name === file.file)
  const names = known
    ? Object.keys(extractFiles[known].columns)
    : file.reading.columns.map(({ column }) => column)
  return names.map((column) => ({
    file,
    column,
    read: file.reading.columns.find((one) => one.column === column),
  }))
}

const howWords = ({ reading }: FileRead): string => {
  const count = (how: ColumnRead['how']) => reading.columns.filter((one) => one.how === how).length
  const parts = [
    `${count('our heading')} columns have our own heading`,
    ...(count('SUS heading') ? [`${count('SUS heading')} a SUS-style heading`] : []),
    ...(count('mapping.json') ? [`${count('mapping.json')} are named in mapping.json`] : []),
  ]
  return `${parts.join(', ')}.`
}

const mappingColumns: readonly Column<Shown>[] = [
  { head: 'Our column', cell: ({ column }) => column },
  {
    head: 'Read from',
    cell: ({ read }) => (read ? read.from.join(' + ') : 'not in the file'),
    width: 'middle',
  },
  { head: 'How', cell: ({ read }) => read?.how ?? 'not read' },
  { head: 'Nothing there', cell: ({ read }) => (read ? number(read.empty) : 'not known'), isNumber: true },
  { head: 'Not on our list', cell: (shown) => <UnknownCodes shown={shown} />, width: 'middle' },
]

function UnknownCodes({ shown }: { readonly shown: Shown }) {
  const { file, column, read } = shown
  const rows = unknownRows(shown)
  if (!listOf(file, column)) return 'no list'
  if (!read || rows === 0) return 'none'
  const rest = rows - read.unknown.reduce((sum, one) => sum + one.rows, 0)
  const codes = read.unknown.map(({ said, rows: n }) => `${said} (${number(n)})`)
  return [
    `${number(rows)} rows:`,
    [...codes, ...(rest > 0 ? [`${number(rest)} rows with rarer codes, which are not shown`] : [])].join(
      ', ',
    ),
  ].join(' ')
}

const listOf = ({ file }: FileRead, column: string) => {
  const known = fileNames.find((name) => name === file)
  return known && extractFiles[known].columns[column]?.list
}

function Unread({ file: { reading } }: { readonly file: FileRead }) {
  return (
    <Section heading="Headings not read" count={reading.unread.length}>
      {reading.unread.length === 0 ? (
        <p>Every heading of the file was read.</p>
      ) : (
        <>
          <p>
            Nothing of these was kept. If one of them holds a column above, say so in mapping.json and load
            again.
          </p>
          <ul>
            {reading.unread.map((heading) => (
              <li key={heading}>{heading}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}

function ListsPart({ file }: { readonly file: FileRead }) {
  const used = columnsOf(file).flatMap(({ column }) => {
    const list = listOf(file, column)
    return list ? [{ column, list }] : []
  })
  if (used.length === 0) return null
  return (
    <Section heading="Code lists" count={used.length}>
      {used.map(({ column, list }) => (
        <Details key={column} summary={`What is read in ${column}`}>
          <DataTable
            caption={`Codes of ${column}`}
            columns={[
              { head: 'Kept as', cell: ([kept]: readonly [string, readonly string[]]) => kept },
              {
                head: 'Read from',
                cell: ([, said]: readonly [string, readonly string[]]) => said.join(', '),
              },
            ]}
            rows={Object.entries(lists[list])}
            keyOf={([kept]) => `${column}-${kept}`}
          />
        </Details>
      ))}
    </Section>
  )
}

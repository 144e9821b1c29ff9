import type { Answer, Asked, StaffVisit } from '#access'
import { dateWords, type LondonDate } from '#calendar'
import {
  Chips,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  measuredLines,
  renderPage,
  Section,
  Tag,
} from '#ui'
import { loadedWords, withFacts } from './one-load.tsx'
import { inHundred, qualityOf, type SourceQuality, worsened } from './quality.ts'
import { loads } from './store.ts'

const number = (n: number) => n.toLocaleString('en-GB')
const loadsDrawn = 24

/** What is worse than in the load before; undefined where there is none. */
type Line = SourceQuality & { readonly worse?: readonly string[] }

/** How good each source's data were, load by load: rows, refused, missing codes, the last day they speak of. */
export async function qualityPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const all = (await loads(visit.db)).flatMap(qualityOf)
  const lines = all.map((one, at): Line => {
    const before = all.slice(at + 1).find(sameSource(one))
    return before ? { ...one, worse: worsened(one, before) } : one
  })
  const wanted = asked.query.text('file')
  const file = lines.some((one) => one.file === wanted) ? wanted : undefined
  return {
    kind: 'page',
    html: renderPage({
      furniture: asked.furniture,
      title: 'Data quality',
      lead: 'What each source sent, load by load. Ask the supplier when a figure jumps.',
      back: { href: '/population', words: 'Loads' },
      isStamped: true,
      children:
        lines.length === 0 ? (
          <EmptyState says="Nothing was loaded yet" />
        ) : (
          <Body lines={lines} file={file} />
        ),
    }),
  }
}

const sameSource = (one: SourceQuality) => (other: SourceQuality) =>
  other.file === one.file && other.supplier === one.supplier

function Body({ lines, file }: { readonly lines: readonly Line[]; readonly file?: string }) {
  const newest = lines.filter((one, at) => lines.findIndex(sameSource(one)) === at)
  const shown = file ? lines.filter((one) => one.file === file) : newest
  const here = '/population/quality'
  return (
    <>
      <Chips
        chips={[
          { href: here, words: 'Newest of each source', count: newest.length, isCurrent: !file },
          ...[...new Set(lines.map((one) => one.file))].map((name) => ({
            href: withFacts(here, { file: name }),
            words: name,
            count: lines.filter((one) => one.file === name).length,
            isCurrent: name === file,
          })),
        ]}
      />
      {file && <OverTime lines={shown} />}
      <CountLine
        from={1}
        to={shown.length}
        total={shown.length}
        orderedBy={file ? 'newest load first' : 'in the order of an extract'}
      />
      <DataTable
        caption={file ? `Every load of ${file}` : 'The newest of each source'}
        columns={columns}
        rows={shown}
        keyOf={({ load, file: name, supplier }) => `${load.id}-${name}-${supplier}`}
      />
      <p className="kw-second">
        Codes missing: of the cells that should hold a code of a closed list, those with nothing or with a
        code that is on no list.
      </p>
    </>
  )
}

function OverTime({ lines }: { readonly lines: readonly Line[] }) {
  const [first] = lines
  const ofOne = first ? lines.filter(sameSource(first)).slice(0, loadsDrawn).reverse() : []
  if (!first || ofOne.length < 3) return <p>A chart is drawn from the third load on.</p>
  const line = (words: string, of: (one: Line) => number) => ({
    words,
    points: ofOne.map((one, at) => ({ x: at + 1, y: of(one) * 100 })),
  })
  const refused = line('Refused', (one) => one.refusedShare)
  // A load before these were counted, or a file without codes, has no figure: then the line is left out.
  const hasCodes = ofOne.every(({ missingShare }) => missingShare !== undefined)
  return (
    <Section heading="Over time">
      {measuredLines({
        name: `${first.file} from ${first.supplier}: in 100 rows`,
        across: 'Loads, the oldest first',
        lines: hasCodes ? [refused, line('Codes missing', (one) => one.missingShare ?? 0)] : [refused],
        description: 'Rows refused and codes missing, in 100 rows, load by load.',
      })}
    </Section>
  )
}

const day = (on: LondonDate | undefined) => (on ? dateWords(on) : 'not known')

const columns: readonly Column<Line>[] = [
  { head: 'File', cell: ({ file }) => file },
  { head: 'Supplier', cell: ({ supplier }) => supplier },
  {
    head: 'Loaded',
    cell: ({ load, file }) => (
      <a href={withFacts(`/population/loads/${load.id}/mapping`, { file })}>{loadedWords(load)}</a>
    ),
  },
  { head: 'Rows read', cell: ({ read }) => number(read), isNumber: true },
  { head: 'Refused in 100', cell: ({ refusedShare }) => inHundred(refusedShare), isNumber: true },
  { head: 'Codes missing in 100', cell: ({ missingShare }) => inHundred(missingShare), isNumber: true },
  { head: 'Last day', cell: ({ latestOn }) => day(latestOn) },
  { head: 'Covers to', cell: ({ coversTo }) => day(coversTo) },
  {
    head: 'Against the load before',
    cell: ({ worse }) => {
      if (!worse) return 'the first load'
      return worse.length > 0 ? <Tag colour="orange">{worse.join(', ')}</Tag> : 'nothing unusual'
    },
  },
]

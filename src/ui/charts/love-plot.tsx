import { percent } from './axis.ts'
import { Chart } from './chart.tsx'

/** How alike two groups are, fact by fact, before matching and after. */
export type LovePlot = {
  /** "Standardised difference between helped and matched people". */
  readonly name: string
  /** Absolute standardised differences, 0 or more; null where it could not be worked out. */
  readonly rows: readonly {
    readonly words: string
    readonly before: number | null
    readonly after: number | null
  }[]
  /** Below this, usually 0.1, two groups count as alike. */
  readonly alikeUnder: number
}

const left = 0.44
const right = 0.97
const topPx = 28

// Beside the marks there is room for so many letters, in half a page and on paper; longer words take two lines.
const longestLine = 22
const rowPxOf = ({ rows }: LovePlot): number =>
  rows.some(({ words }) => words.length > longestLine) ? 36 : 26

/** Words in one line or two, parted at the space nearest their middle. */
function linesOf(words: string): readonly string[] {
  if (words.length <= longestLine) return [words]
  const fromMiddle = (at: number) => Math.abs(at - words.length / 2)
  const spaces = [...words.matchAll(/ /g)].map(({ index }) => index)
  const [at] = spaces.sort((one, other) => fromMiddle(one) - fromMiddle(other))
  return at === undefined ? [words] : [words.slice(0, at), words.slice(at + 1)]
}

/** Hollow diamonds before matching, filled circles after; the shaded part counts as alike. */
export function lovePlot(plot: LovePlot) {
  const { name, rows, alikeUnder } = plot
  const alike = rows.filter(({ after }) => after !== null && after < alikeUnder).length
  return (
    <Chart
      name={name}
      description={`After matching, ${alike} of ${rows.length} facts differ by less than ${alikeUnder}.`}
      heightPx={topPx + rows.length * rowPxOf(plot) + 8}
      table={{
        columns: [
          { head: 'Fact' },
          { head: 'Before matching', isNumber: true },
          { head: 'After matching', isNumber: true },
        ],
        rows: rows.map((row) => [row.words, differenceWords(row.before), differenceWords(row.after)]),
      }}
      drawing={() => <Drawing plot={plot} />}
      isTableOnTelephone
      legend={<LoveLegend alikeUnder={alikeUnder} />}
    />
  )
}

const differenceWords = (difference: number | null) =>
  difference === null ? 'Not known' : difference.toFixed(2)

function LoveLegend({ alikeUnder }: { readonly alikeUnder: number }) {
  return (
    <ul className="kw-legend">
      <li>
        <svg width="16" height="16" aria-hidden="true">
          <path className="kw-mark kw-mark--before" d="M8 2 14 8 8 14 2 8Z" />
        </svg>
        before matching
      </li>
      <li>
        <svg width="16" height="16" aria-hidden="true">
          <circle className="kw-mark kw-mark--after" cx="8" cy="8" r="5" />
        </svg>
        after. Shaded: alike, under {alikeUnder}
      </li>
    </ul>
  )
}

function Drawing({ plot }: { readonly plot: LovePlot }) {
  const { rows, alikeUnder } = plot
  const rowPx = rowPxOf(plot)
  const bottomPx = topPx + rows.length * rowPx
  const furthest = Math.max(alikeUnder * 2, ...rows.flatMap(({ before, after }) => [before ?? 0, after ?? 0]))
  const end = Math.ceil(furthest * 1.04 * 4) / 4
  const x = (difference: number) => percent(left + (difference / end) * (right - left))
  const ticks = [0, alikeUnder, ...[0.5, 1, 1.5, 2, 3].filter((tick) => tick <= end)]
  const span = { y1: topPx - 6, y2: bottomPx }
  return (
    <>
      <rect
        className="kw-alike"
        x={x(0)}
        y={topPx - 6}
        width={percent((alikeUnder / end) * (right - left))}
        height={bottomPx - topPx + 6}
      />
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            className={tick === alikeUnder ? 'kw-limit' : 'kw-grid'}
            x1={x(tick)}
            x2={x(tick)}
            {...span}
          />
          <text className="kw-axis" x={x(tick)} y="15" textAnchor={tick === 0 ? 'end' : 'middle'}>
            {tick}
          </text>
        </g>
      ))}
      {rows.map((row, index) => (
        <Fact key={row.words} row={row} y={topPx + (index + 0.5) * rowPx} x={x} />
      ))}
    </>
  )
}

function Fact(props: {
  readonly row: LovePlot['rows'][number]
  readonly y: number
  readonly x: (difference: number) => string
}) {
  const { row, y, x } = props
  const { words, before, after } = row
  return (
    <g>
      {linesOf(words).map((line, at, { length }) => (
        <text key={line} className="kw-chart__label" x="0" y={y + 5 + (at - (length - 1) / 2) * 16}>
          {line}
        </text>
      ))}
      {before !== null && after !== null && (
        <line className="kw-grid kw-grid--link" x1={x(after)} x2={x(before)} y1={y} y2={y} />
      )}
      {before !== null && (
        <svg x={x(before)} y={y} overflow="visible" aria-hidden="true">
          <path className="kw-mark kw-mark--before" d="M0-6 6 0 0 6-6 0Z" />
        </svg>
      )}
      {after !== null && <circle className="kw-mark kw-mark--after" cx={x(after)} cy={y} r="5" />}
    </g>
  )
}

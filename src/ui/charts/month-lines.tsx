import { percent, ticksUpTo } from './axis.ts'
import { Chart, fewestEvents } from './chart.tsx'

/** Two groups month by month about the month they joined. */
export type MonthLines = {
  /** The quantity and its unit: "Emergency admissions per 100 people a month". */
  readonly name: string
  /** How many months are before the index line; the rest are after it. */
  readonly monthsBefore: number
  /** The word at the index line: "joined". */
  readonly indexWords: string
  readonly helped: MonthSeries
  readonly matched: MonthSeries
  /** What the drawing shows, said inside it in one or two short lines. */
  readonly says?: readonly string[]
  /** Events in the smaller group; under 10 there is no chart. */
  readonly events: number
}

type MonthSeries = {
  /** "397 helped" */
  readonly words: string
  /** One value a month, null where it is not known. All months of both series, in order. */
  readonly values: readonly (number | null)[]
}

const left = 0.055
const right = 0.985
const topPx = 30
const bottomPx = 250
const heightPx = 282

/** Two lines about an index line; navy and filled is the group that was helped, orange and hollow the matched. */
export function monthLines(lines: MonthLines) {
  const { name, helped, matched, monthsBefore, events } = lines
  const columns = [
    { head: 'Month' },
    { head: helped.words, isNumber: true },
    { head: matched.words, isNumber: true },
  ]
  const rows = helped.values.map((value, index) => [
    monthWords(index, monthsBefore),
    valueWords(value),
    valueWords(matched.values[index] ?? null),
  ])
  const says = lines.says?.join(' ') ?? ''
  return (
    <Chart
      name={name}
      description={`${helped.words} and ${matched.words}, month by month, before and after they ${lines.indexWords}. ${says}`}
      heightPx={heightPx}
      table={{ columns, rows }}
      whyNone={`Too few to draw: ${events} events, 10 are needed.`}
      drawing={events < fewestEvents ? undefined : () => <Drawing lines={lines} />}
      legend={<MonthLegend helped={helped.words} matched={matched.words} />}
      says={says}
    />
  )
}

const monthWords = (index: number, before: number) =>
  index < before ? `${before - index} before` : `Month ${index - before + 1}`
const valueWords = (value: number | null) =>
  value === null ? 'Not known' : String(Number(value.toPrecision(3)))

function MonthLegend({ helped, matched }: { readonly helped: string; readonly matched: string }) {
  return (
    <ul className="kw-legend">
      <li>
        <svg width="40" height="14" aria-hidden="true">
          <line className="kw-line kw-line--helped" x1="1" x2="39" y1="7" y2="7" />
          <circle className="kw-mark kw-mark--helped" cx="20" cy="7" r="5" />
        </svg>
        {helped}
      </li>
      <li>
        <svg width="40" height="14" aria-hidden="true">
          <line className="kw-line kw-line--matched" x1="1" x2="39" y1="7" y2="7" />
          <rect className="kw-mark kw-mark--matched" x="15.5" y="2.5" width="9" height="9" />
        </svg>
        {matched}
      </li>
    </ul>
  )
}

function Drawing({ lines }: { readonly lines: MonthLines }) {
  const { helped, matched, monthsBefore } = lines
  const months = helped.values.length
  const known = [...helped.values, ...matched.values].filter((value) => value !== null)
  const ticks = ticksUpTo(Math.max(0, ...known))
  const largest = ticks.at(-1) ?? 1
  const y = (value: number) => bottomPx - (value / largest) * (bottomPx - topPx)
  const x = (index: number) =>
    percent(left + 0.02 + (index / Math.max(1, months - 1)) * (right - left - 0.04))
  return (
    <>
      <Axes ticks={ticks} months={months} monthsBefore={monthsBefore} x={x} y={y} />
      <line className="kw-index" x1={x(monthsBefore - 0.5)} x2={x(monthsBefore - 0.5)} y1="8" y2={bottomPx} />
      <svg x={x(monthsBefore - 0.5)} y="0" overflow="visible" aria-hidden="true">
        <text className="kw-index__words" x="7" y="18">
          {lines.indexWords}
        </text>
        {lines.says?.map((line, index) => (
          <text key={line} className="kw-chart__says" x="56" y={topPx + 44 + index * 21}>
            {line}
          </text>
        ))}
      </svg>
      <Series kind="matched" values={matched.values} x={x} y={y} />
      <Series kind="helped" values={helped.values} x={x} y={y} />
    </>
  )
}

function Axes(props: {
  readonly ticks: readonly number[]
  readonly months: number
  readonly monthsBefore: number
  readonly x: (index: number) => string
  readonly y: (value: number) => number
}) {
  const { ticks, months, monthsBefore, x, y } = props
  const last = months - 1
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="kw-grid" x1={percent(left)} x2={percent(right)} y1={y(tick)} y2={y(tick)} />
          <text className="kw-axis" x={percent(left - 0.008)} y={y(tick) + 5} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {labelledMonths(months, monthsBefore).map((index) => (
        <text
          key={index}
          className="kw-axis"
          x={index === last ? '100%' : x(index)}
          y={bottomPx + 22}
          textAnchor={index === last ? 'end' : 'middle'}
        >
          {index < monthsBefore ? `${monthsBefore - index} before` : `month ${index - monthsBefore + 1}`}
        </text>
      ))}
    </>
  )
}

/** First, middle and last month of each side: few enough to be read on a telephone. */
function labelledMonths(months: number, before: number): readonly number[] {
  const after = months - before
  const wanted = [0, Math.floor(before / 2), before, before + Math.floor(after / 2), months - 1]
  return [...new Set(wanted)].filter((index) => index >= 0 && index < months)
}

function Series(props: {
  readonly kind: 'helped' | 'matched'
  readonly values: readonly (number | null)[]
  readonly x: (index: number) => string
  readonly y: (value: number) => number
}) {
  const { kind, values, x, y } = props
  return (
    <g>
      {values.map((value, index) => {
        const before = values[index - 1]
        if (value === null || before === null || before === undefined) return null
        return (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: the month is the key
            key={index}
            className={`kw-line kw-line--${kind}`}
            x1={x(index - 1)}
            y1={y(before)}
            x2={x(index)}
            y2={y(value)}
          />
        )
      })}
      {values.map((value, index) =>
        value === null ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the month is the key
          <Mark key={index} kind={kind} x={x(index)} y={y(value)} />
        ),
      )}
    </g>
  )
}

function Mark({
  kind,
  x,
  y,
}: {
  readonly kind: 'helped' | 'matched'
  readonly x: string
  readonly y: number
}) {
  if (kind === 'helped') return <circle className="kw-mark kw-mark--helped" cx={x} cy={y} r="4.5" />
  return (
    <rect
      className="kw-mark kw-mark--matched"
      x={x}
      y={y}
      width="8"
      height="8"
      transform="translate(-4 -4)"
    />
  )
}

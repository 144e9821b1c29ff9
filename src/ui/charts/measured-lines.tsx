import { percent, ticksUpTo } from './axis.ts'
import { Chart } from './chart.tsx'

/** One or two lines of measured points over a scale, and what nothing at all would draw. */
export type MeasuredLines = {
  /** The upright quantity and its unit: "What happened, in 100". */
  readonly name: string
  /** The level quantity and its unit. */
  readonly across: string
  /** Where the level scale is marked, from 0 to its end; round numbers unless given. */
  readonly marksAcross?: readonly number[]
  /** The first is navy and filled, the second orange, dashed and hollow. */
  readonly lines: readonly MeasuredLine[]
  /** A straight dashed line to compare with, from corner to corner or through its own points. */
  readonly compare?: {
    readonly words: string
    readonly points: readonly (readonly [number, number])[]
  }
  /** The lowest value drawn; nought unless given. What lies below is not drawn. */
  readonly from?: number
  /** A value the upright scale reaches at least. */
  readonly to?: number
  readonly description: string
}

type MeasuredLine = { readonly words: string; readonly points: readonly MeasuredPoint[] }

type MeasuredPoint = {
  readonly x: number
  readonly y: number
  /** The 95% interval. */
  readonly low?: number
  readonly high?: number
}

const left = 0.07
const right = 0.97
const topPx = 14
const bottomPx = 268
const heightPx = 318

/** Points with their intervals over a scale; the table under it has every figure. */
export function measuredLines(chart: MeasuredLines) {
  const { name, across, lines, description } = chart
  return (
    <Chart
      name={name}
      description={description}
      heightPx={heightPx}
      table={{
        columns: [
          { head: across },
          ...lines.flatMap(({ words }) => [
            { head: words, isNumber: true },
            { head: '95% interval', isNumber: true },
          ]),
        ],
        rows: (lines[0]?.points ?? []).map((point, at) => [
          figure(point.x),
          ...lines.flatMap(({ points }) => cellsOf(points[at])),
        ]),
      }}
      drawing={() => <Drawing chart={chart} />}
      legend={<Legend chart={chart} />}
    />
  )
}

const figure = (value: number) => String(Number(value.toPrecision(3)))
const cellsOf = (point: MeasuredPoint | undefined): readonly [string, string] => {
  if (!point) return ['Not known', '']
  const { y, low, high } = point
  return [figure(y), low === undefined || high === undefined ? '' : `${figure(low)} to ${figure(high)}`]
}

const kinds = ['helped', 'matched'] as const

function Legend({ chart: { lines, compare } }: { readonly chart: MeasuredLines }) {
  return (
    <ul className="kw-legend">
      {lines.map(({ words }, at) => (
        <li key={words}>
          <svg width="40" height="14" aria-hidden="true">
            <line className={`kw-line kw-line--${kinds[at] ?? 'matched'}`} x1="1" x2="39" y1="7" y2="7" />
            <Mark kind={kinds[at] ?? 'matched'} x="20" y={7} />
          </svg>
          {words}
        </li>
      ))}
      {compare && (
        <li>
          <svg width="40" height="14" aria-hidden="true">
            <line className="kw-limit" x1="1" x2="39" y1="7" y2="7" />
          </svg>
          {compare.words}
        </li>
      )}
    </ul>
  )
}

function Mark({
  kind,
  x,
  y,
}: {
  readonly kind: (typeof kinds)[number]
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

type Scale = { readonly x: (value: number) => string; readonly y: (value: number) => number }

function Drawing({ chart }: { readonly chart: MeasuredLines }) {
  const { lines, compare, across, from = 0, to = 0 } = chart
  const all = lines.flatMap(({ points }) => points)
  const ticksX = chart.marksAcross ?? ticksUpTo(Math.max(...all.map(({ x }) => x)))
  const ticksY = ticksUpTo(Math.max(to, ...all.map(({ y, high }) => high ?? y)))
  const [endX, endY] = [ticksX.at(-1) ?? 1, ticksY.at(-1) ?? 1]
  const scale: Scale = {
    x: (value) => percent(left + (value / endX) * (right - left)),
    y: (value) => bottomPx - ((Math.max(value, from) - from) / (endY - from)) * (bottomPx - topPx),
  }
  return (
    <>
      <Axes scale={scale} ticksX={ticksX} ticksY={ticksY} across={across} />
      {compare?.points.slice(1).map(([x, y], at) => {
        const [x1, y1] = compare.points[at] ?? [0, 0]
        return (
          <line
            key={`${x}`}
            className="kw-limit"
            x1={scale.x(x1)}
            y1={scale.y(y1)}
            x2={scale.x(x)}
            y2={scale.y(y)}
          />
        )
      })}
      {[...lines].reverse().map((line) => (
        <Line key={line.words} line={line} kind={kinds[lines.indexOf(line)] ?? 'matched'} scale={scale} />
      ))}
    </>
  )
}

function Axes(props: {
  readonly scale: Scale
  readonly ticksX: readonly number[]
  readonly ticksY: readonly number[]
  readonly across: string
}) {
  const { scale, ticksX, ticksY, across } = props
  return (
    <>
      {ticksY.map((tick) => (
        <g key={tick}>
          <line
            className="kw-grid"
            x1={percent(left)}
            x2={percent(right)}
            y1={scale.y(tick)}
            y2={scale.y(tick)}
          />
          <text className="kw-axis" x={percent(left - 0.012)} y={scale.y(tick) + 5} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {ticksX.map((tick) => (
        <text key={tick} className="kw-axis" x={scale.x(tick)} y={bottomPx + 20} textAnchor="middle">
          {tick}
        </text>
      ))}
      <text className="kw-index__words" x={percent((left + right) / 2)} y={bottomPx + 42} textAnchor="middle">
        {across}
      </text>
    </>
  )
}

function Line(props: {
  readonly line: MeasuredLine
  readonly kind: (typeof kinds)[number]
  readonly scale: Scale
}) {
  const { line, kind, scale } = props
  return (
    <g>
      {line.points.map((point, at) => {
        const before = line.points[at - 1]
        return (
          <g key={point.x}>
            {before && (
              <line
                className={`kw-line kw-line--${kind}`}
                x1={scale.x(before.x)}
                y1={scale.y(before.y)}
                x2={scale.x(point.x)}
                y2={scale.y(point.y)}
              />
            )}
            {point.low !== undefined && point.high !== undefined && (
              <line
                className={`kw-line kw-line--${kind} kw-line--interval`}
                x1={scale.x(point.x)}
                x2={scale.x(point.x)}
                y1={scale.y(point.low)}
                y2={scale.y(point.high)}
              />
            )}
          </g>
        )
      })}
      {line.points.map((point) => (
        <Mark key={point.x} kind={kind} x={scale.x(point.x)} y={scale.y(point.y)} />
      ))}
    </g>
  )
}

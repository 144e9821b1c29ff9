import { percent, ticksUpTo } from './axis.ts'
import { Chart } from './chart.tsx'

/** A quantity over time with its average and limits, and which points chance does not explain. */
export type ControlChart = {
  /** The quantity and its unit: "Emergency admissions for each 100 person-months in care". */
  readonly name: string
  readonly description: string
  readonly points: readonly ControlPoint[]
  /** Headings of what each point is worked out from, such as "Admissions" and "Person-months". */
  readonly from?: readonly string[]
  /** Under 10 events there is no drawing. */
  readonly whyNone?: string
}

export type ControlPoint = {
  /** "March 2026". */
  readonly words: string
  /** "Mar" or "Mar 26", under the axis; an empty one is left out. */
  readonly short: string
  readonly value: number
  readonly mean: number
  readonly low: number
  readonly high: number
  /** What chance does not explain, for the better or the worse; plain where chance is enough. */
  readonly kind: 'plain' | 'better' | 'worse' | 'change'
  /** The rules it breaks, in words. */
  readonly signals: string
  /** Limits begin anew here, with the reason in a few words. */
  readonly begins?: string
  readonly from?: readonly string[]
}

const left = 0.07
const right = 0.985
const topPx = 26
const bottomPx = 250
const heightPx = 282

/** The points of a control chart; its table has every figure, the limits and the signals in words. */
export function controlChart(chart: ControlChart) {
  const { name, description, points, from = [], whyNone } = chart
  return (
    <Chart
      name={name}
      description={description}
      heightPx={heightPx}
      table={{
        columns: [
          { head: 'When' },
          { head: 'Value', isNumber: true },
          ...from.map((head) => ({ head, isNumber: true })),
          { head: 'Average', isNumber: true },
          { head: 'Limits', isNumber: true },
          { head: 'What it says' },
        ],
        rows: points.map((point) => [
          point.words,
          figure(point.value),
          ...from.map((_, at) => point.from?.[at] ?? ''),
          figure(point.mean),
          `${figure(point.low)} to ${figure(point.high)}`,
          `${point.signals || 'Chance alone'}${point.begins ? `. Limits begin anew: ${point.begins}` : ''}`,
        ]),
      }}
      whyNone={whyNone}
      drawing={whyNone || points.length === 0 ? undefined : () => <Drawing points={points} />}
      legend={<Legend kinds={new Set(points.map(({ kind }) => kind))} />}
    />
  )
}

const figure = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1))

const kindWords = {
  plain: 'chance alone',
  better: 'better, by more than chance',
  worse: 'worse, by more than chance',
  change: 'changed, by more than chance',
} as const

function Legend({ kinds }: { readonly kinds: ReadonlySet<ControlPoint['kind']> }) {
  return (
    <ul className="kw-legend">
      {(['plain', 'better', 'worse', 'change'] as const)
        .filter((kind) => kinds.has(kind))
        .map((kind) => (
          <li key={kind}>
            <svg width="16" height="16" aria-hidden="true">
              <Mark kind={kind} x="8" y={8} />
            </svg>
            {kindWords[kind]}
          </li>
        ))}
      <li>
        <svg width="32" height="14" aria-hidden="true">
          <line className="kw-index" x1="1" x2="31" y1="7" y2="7" />
        </svg>
        average
      </li>
      <li>
        <svg width="32" height="14" aria-hidden="true">
          <line className="kw-limit" x1="1" x2="31" y1="7" y2="7" />
        </svg>
        limits of chance
      </li>
    </ul>
  )
}

/** Better is a filled circle, worse a diamond, a change a square: told apart without colour. */
function Mark({
  kind,
  x,
  y,
}: {
  readonly kind: ControlPoint['kind']
  readonly x: string
  readonly y: number
}) {
  if (kind === 'plain') return <circle className="kw-mark kw-mark--plain" cx={x} cy={y} r="4.5" />
  if (kind === 'better') return <circle className="kw-mark kw-mark--helped" cx={x} cy={y} r="5.5" />
  return (
    <svg x={x} y={y} overflow="visible" aria-hidden="true">
      {kind === 'worse' ? (
        <path className="kw-mark kw-mark--worse" d="M0-7 7 0 0 7-7 0Z" />
      ) : (
        <rect className="kw-mark kw-mark--helped" x="-5" y="-5" width="10" height="10" />
      )}
    </svg>
  )
}

function Drawing({ points }: { readonly points: readonly ControlPoint[] }) {
  // An average of a few points may have limits far beyond anything seen: they are drawn to the edge.
  const seen = Math.max(...points.flatMap(({ value, mean }) => [value, mean]))
  const ticks = ticksUpTo(
    Math.max(seen * 1.1, Math.min(seen * 2.2, Math.max(...points.map(({ high }) => high)))),
  )
  const top = ticks.at(-1) ?? 1
  const width = (right - left) / points.length
  const x = (at: number) => percent(left + (at + 0.5) * width)
  const y = (value: number) => bottomPx - (Math.min(Math.max(value, 0), top) / top) * (bottomPx - topPx)
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="kw-grid" x1={percent(left)} x2={percent(right)} y1={y(tick)} y2={y(tick)} />
          <text className="kw-axis" x={percent(left - 0.01)} y={y(tick) + 5} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {points.map((point, at) => (
        <Limits key={point.words} point={point} from={left + at * width} to={left + (at + 1) * width} y={y} />
      ))}
      {points.slice(1).map((point, at) => (
        <line
          key={point.words}
          className="kw-line kw-line--thin"
          x1={x(at)}
          y1={y(points[at]?.value ?? 0)}
          x2={x(at + 1)}
          y2={y(point.value)}
        />
      ))}
      {points.map((point, at) => (
        <g key={point.words}>
          <Mark kind={point.kind} x={x(at)} y={y(point.value)} />
          {point.short && (
            <text className="kw-axis" x={x(at)} y={bottomPx + 22} textAnchor="middle">
              {point.short}
            </text>
          )}
        </g>
      ))}
    </>
  )
}

function Limits(props: {
  readonly point: ControlPoint
  readonly from: number
  readonly to: number
  readonly y: (value: number) => number
}) {
  const { point, from, to, y } = props
  const ends = { x1: percent(from), x2: percent(to) }
  return (
    <>
      <line className="kw-index kw-index--average" {...ends} y1={y(point.mean)} y2={y(point.mean)} />
      <line className="kw-limit" {...ends} y1={y(point.high)} y2={y(point.high)} />
      <line className="kw-limit" {...ends} y1={y(point.low)} y2={y(point.low)} />
      {point.begins && (
        <>
          <line className="kw-limit" x1={percent(from)} x2={percent(from)} y1={topPx - 6} y2={bottomPx} />
          <text
            className="kw-axis"
            x={percent(from)}
            y={topPx - 11}
            textAnchor={from > 0.5 ? 'end' : 'start'}
          >
            Limits begin anew
          </text>
        </>
      )}
    </>
  )
}

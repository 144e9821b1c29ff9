import { percent, ticksUpTo } from './axis.ts'
import { Chart } from './chart.tsx'

/** Places beside what was expected of them, with limits that narrow as they grow. No order is drawn or meant. */
export type FunnelPlot = {
  readonly name: string
  readonly description: string
  /** Observed over expected. In the order of the table, which is by name. */
  readonly points: readonly {
    readonly words: string
    readonly expected: number
    readonly ratio: number
    readonly isOutside: boolean
    /** The reader's own place, named in the drawing. */
    readonly isOwn?: boolean
  }[]
  readonly limitsAt: (expected: number, confidence: number) => { readonly low: number; readonly high: number }
  readonly table: {
    readonly columns: readonly { readonly head: string; readonly isNumber?: boolean }[]
    readonly rows: readonly (readonly string[])[]
  }
}

const left = 0.07
const right = 0.97
const topPx = 14
const bottomPx = 268
const heightPx = 318

/** A funnel of ratios around 1, with the limits that chance keeps 95 and 99.8 in 100 within. */
export function funnelPlot(plot: FunnelPlot) {
  const { name, description, points, table } = plot
  const isEnough = points.length >= 2
  return (
    <Chart
      name={name}
      description={description}
      heightPx={heightPx}
      table={table}
      whyNone="Fewer than 2 places have 10 events or more: there is nothing to draw."
      drawing={isEnough ? () => <Drawing plot={plot} /> : undefined}
      legend={<Legend />}
    />
  )
}

function Legend() {
  return (
    <ul className="kw-legend">
      <li>
        <svg width="16" height="16" aria-hidden="true">
          <circle className="kw-mark kw-mark--plain" cx="8" cy="8" r="5" />
        </svg>
        within what chance explains
      </li>
      <li>
        <svg width="16" height="16" aria-hidden="true">
          <path className="kw-mark kw-mark--worse" d="M8 1 15 8 8 15 1 8Z" />
        </svg>
        further from the average than that
      </li>
      <li>
        <svg width="32" height="14" aria-hidden="true">
          <line className="kw-limit" x1="1" x2="31" y1="7" y2="7" />
        </svg>
        limits: 95 in 100 (inner) and 99.8 in 100
      </li>
    </ul>
  )
}

function Drawing({ plot: { points, limitsAt } }: { readonly plot: FunnelPlot }) {
  const sizes = points.map(({ expected }) => expected)
  const ticksX = ticksUpTo(Math.max(...sizes) * 1.05)
  const endX = ticksX.at(-1) ?? 1
  const smallest = Math.min(...sizes) * 0.6
  const at = Array.from({ length: 41 }, (_, step) => smallest + ((endX - smallest) * step) / 40)
  const ratios = points.map(({ ratio }) => ratio)
  const ticksY = ticksUpTo(Math.max(1.2, ...ratios, limitsAt(Math.min(...sizes), 0.998).high) * 1.02)
  const endY = ticksY.at(-1) ?? 2
  const x = (expected: number) => percent(left + (expected / endX) * (right - left))
  const y = (ratio: number) => bottomPx - (Math.min(Math.max(ratio, 0), endY) / endY) * (bottomPx - topPx)
  return (
    <>
      <Axes ticksX={ticksX} ticksY={ticksY} x={x} y={y} />
      {[0.95, 0.998].map((confidence) =>
        (['low', 'high'] as const).map((side) =>
          at
            .slice(1)
            .map((size, step) => (
              <line
                key={`${confidence} ${side} ${size}`}
                className={confidence === 0.95 ? 'kw-limit' : 'kw-limit kw-limit--outer'}
                x1={x(at[step] ?? 0)}
                y1={y(limitsAt(at[step] ?? size, confidence)[side])}
                x2={x(size)}
                y2={y(limitsAt(size, confidence)[side])}
              />
            )),
        ),
      )}
      {points.map((point) => (
        <g key={point.words}>
          <svg x={x(point.expected)} y={y(point.ratio)} overflow="visible" aria-hidden="true">
            {point.isOutside ? (
              <path className="kw-mark kw-mark--worse" d="M0-7 7 0 0 7-7 0Z" />
            ) : (
              <circle className="kw-mark kw-mark--plain" r="5" />
            )}
          </svg>
          {(point.isOwn || point.isOutside) && (
            <text
              className="kw-index__words"
              x={x(point.expected)}
              y={y(point.ratio) - 11}
              textAnchor={point.expected > endX / 2 ? 'end' : 'start'}
            >
              {point.words}
            </text>
          )}
        </g>
      ))}
    </>
  )
}

function Axes(props: {
  readonly ticksX: readonly number[]
  readonly ticksY: readonly number[]
  readonly x: (value: number) => string
  readonly y: (value: number) => number
}) {
  const { ticksX, ticksY, x, y } = props
  return (
    <>
      {ticksY.map((tick) => (
        <g key={tick}>
          <line className="kw-grid" x1={percent(left)} x2={percent(right)} y1={y(tick)} y2={y(tick)} />
          <text className="kw-axis" x={percent(left - 0.012)} y={y(tick) + 5} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <line className="kw-index" x1={percent(left)} x2={percent(right)} y1={y(1)} y2={y(1)} />
      {ticksX.map((tick) => (
        <text key={tick} className="kw-axis" x={x(tick)} y={bottomPx + 20} textAnchor="middle">
          {tick}
        </text>
      ))}
      <text className="kw-index__words" x={percent((left + right) / 2)} y={bottomPx + 42} textAnchor="middle">
        Expected
      </text>
    </>
  )
}

import { percent, ticksUpTo } from './axis.ts'
import { Chart } from './chart.tsx'

/** Many draws of two differences at once, about the point where nothing differs. */
export type Quadrants = {
  readonly name: string
  /** The level quantity and its unit; less than nought lies to the left. */
  readonly across: string
  /** The upright quantity and its unit; less than nought lies below. */
  readonly up: string
  readonly draws: readonly (readonly [number, number])[]
  /** What was found, drawn larger than the draws. */
  readonly found: readonly [number, number]
  readonly description: string
  /** The four quarters: what each means and how many of 100 draws lie in it. */
  readonly quarters: readonly {
    readonly words: string
    readonly inHundred: number
    readonly side: 'left' | 'right'
    readonly half: 'top' | 'bottom'
  }[]
}

const left = 0.09
const right = 0.97
const topPx = 22
const bottomPx = 290
const heightPx = 340

/** A cloud of draws in four quarters, the share of each written in its corner; its table has the shares. */
export function quadrants(plane: Quadrants) {
  const { name, description, quarters } = plane
  return (
    <Chart
      name={name}
      description={description}
      heightPx={heightPx}
      table={{
        columns: [{ head: 'Where the difference lies' }, { head: 'Of 100 draws', isNumber: true }],
        rows: quarters.map(({ words, inHundred }) => [words, share(inHundred)]),
      }}
      drawing={() => <Drawing plane={plane} />}
      legend={<Legend />}
      inWords={quarters.map(({ words, inHundred }) => `${words}: ${share(inHundred)} of 100`)}
    />
  )
}

const share = (inHundred: number) =>
  inHundred > 0 && inHundred < 1
    ? 'under 1'
    : inHundred > 99 && inHundred < 100
      ? 'over 99'
      : inHundred.toFixed(0)

function Legend() {
  return (
    <ul className="kw-legend">
      <li>
        <svg width="16" height="16" aria-hidden="true">
          <circle className="kw-draw" cx="8" cy="8" r="3" />
        </svg>
        the same people drawn again
      </li>
      <li>
        <svg width="16" height="16" aria-hidden="true">
          <path className="kw-mark kw-mark--worse" d="M8 1 15 8 8 15 1 8Z" />
        </svg>
        what was found
      </li>
    </ul>
  )
}

function Drawing({ plane }: { readonly plane: Quadrants }) {
  const { draws, found, across, up } = plane
  const all = [...draws, found]
  const ends = ([0, 1] as const).map((axis) =>
    ticksUpTo(Math.max(...all.map((draw) => Math.abs(draw[axis])))),
  )
  const [ticksX = [], ticksY = []] = ends
  const [endX, endY] = [ticksX.at(-1) ?? 1, ticksY.at(-1) ?? 1]
  const x = (value: number) => percent(left + ((value + endX) / (2 * endX)) * (right - left))
  const y = (value: number) => bottomPx - ((value + endY) / (2 * endY)) * (bottomPx - topPx)
  const both = (ticks: readonly number[]) => [...ticks.slice(1).map((tick) => -tick), ...ticks]
  return (
    <>
      {both(ticksY).map((tick) => (
        <g key={tick}>
          <line className="kw-grid" x1={percent(left)} x2={percent(right)} y1={y(tick)} y2={y(tick)} />
          <text className="kw-axis" x={percent(left - 0.012)} y={y(tick) + 5} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {both(ticksX).map((tick) => (
        <text key={tick} className="kw-axis" x={x(tick)} y={bottomPx + 20} textAnchor="middle">
          {tick}
        </text>
      ))}
      <line className="kw-index" x1={percent(left)} x2={percent(right)} y1={y(0)} y2={y(0)} />
      <line className="kw-index" x1={x(0)} x2={x(0)} y1={topPx} y2={bottomPx} />
      {draws.map(([across, up]) => (
        <circle key={`${across} ${up}`} className="kw-draw" cx={x(across)} cy={y(up)} r="3" />
      ))}
      <svg x={x(found[0])} y={y(found[1])} overflow="visible" aria-hidden="true">
        <path className="kw-mark kw-mark--worse" d="M0-8 8 0 0 8-8 0Z" />
      </svg>
      {plane.quarters.map(({ words, inHundred, side, half }) => (
        <text
          key={words}
          className="kw-chart__on-draws"
          x={percent(side === 'left' ? left + 0.008 : right)}
          y={half === 'top' ? topPx + 16 : bottomPx - 10}
          textAnchor={side === 'left' ? 'start' : 'end'}
        >
          {share(inHundred)} of 100
        </text>
      ))}
      <text className="kw-index__words" x={percent(left)} y={topPx - 8}>
        {up}
      </text>
      <text className="kw-index__words" x={percent((left + right) / 2)} y={bottomPx + 42} textAnchor="middle">
        {across}
      </text>
    </>
  )
}

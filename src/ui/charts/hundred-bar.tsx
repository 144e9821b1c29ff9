import { Chart, type ChartTable, fewestEvents } from './chart.tsx'

/**
 * 100 emergency admissions in the year before joining, and what became of them. The three numbers add
 * up to 100. Interval ends are counts of fewer: a negative end means more.
 */
export type HundredBar = {
  /** "100 emergency admissions in the year before joining". */
  readonly name: string
  readonly stillHappened: number
  /** How many fewer the matched people, who did not join, would lead one to expect. Negative: more. */
  readonly fewerExpected: number
  /** What is left for the service. Negative: more admissions than expected. */
  readonly fewerByService: number
  readonly fewerByServiceLow: number
  readonly fewerByServiceHigh: number
  /** Admissions really counted in the smaller group; under 10 there is no chart. */
  readonly events: number
}

type Part = {
  readonly kind: 'still' | 'more' | 'expected' | 'service'
  readonly from: number
  readonly to: number
}

/**
 * Where each part of the bar begins and ends, in admissions of 100.
 *
 * The bracket is the interval of the service's part, drawn about the edge where that part begins, so it
 * may run past the end of the bar.
 */
export function barParts(bar: HundredBar): {
  readonly parts: readonly Part[]
  readonly bracket: { readonly from: number; readonly to: number }
  readonly end: number
} {
  const { stillHappened: still, fewerByService: service } = bar
  const { fewerByServiceLow: low, fewerByServiceHigh: high } = bar
  const expectedNow = still + service
  const top = Math.max(100, expectedNow)
  const parts: readonly Part[] =
    service >= 0
      ? [
          { kind: 'still', from: 0, to: still },
          { kind: 'expected', from: still, to: top - service },
          { kind: 'service', from: top - service, to: top },
        ]
      : [
          { kind: 'still', from: 0, to: expectedNow },
          { kind: 'more', from: expectedNow, to: still },
          { kind: 'expected', from: still, to: Math.max(100, still) },
        ]
  const bracket = service >= 0 ? { from: top - high, to: top - low } : { from: still + low, to: still + high }
  const shown = parts.filter(({ from, to }) => to > from)
  const end = Math.max(...shown.map(({ to }) => to), bracket.to, 100)
  return { parts: shown, bracket: { from: Math.max(0, bracket.from), to: bracket.to }, end }
}

/** The bar that keeps what was to be expected apart from what could be the service. */
export function hundredBar(bar: HundredBar) {
  const words = wordsOf(bar)
  const tooFew = bar.events < fewestEvents
  return (
    <Chart
      name={bar.name}
      description={words.all.join('. ')}
      heightPx={112}
      table={tableOf(bar, words)}
      whyNone={`Too few to draw: ${bar.events} admissions, 10 are needed.`}
      drawing={tooFew ? undefined : (id) => <Drawing bar={bar} id={id} serviceWords={words.service} />}
      inWords={tooFew ? undefined : words.all}
    />
  )
}

function Drawing(props: { readonly bar: HundredBar; readonly id: string; readonly serviceWords: string }) {
  const { bar, id, serviceWords } = props
  const { parts, bracket, end } = barParts(bar)
  const at = (count: number) => `${((count / end) * 99.6 + 0.2).toFixed(2)}%`
  const wide = (from: number, to: number) => `${(((to - from) / end) * 99.6).toFixed(2)}%`
  return (
    <>
      <pattern
        id={`${id}-hatch`}
        width="8"
        height="8"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className="kw-ink-paper" width="8" height="8" />
        <line className="kw-ink-hatch" x1="0" x2="0" y1="0" y2="8" />
      </pattern>
      {parts.map(({ kind, from, to }) => (
        <rect
          key={kind}
          className={`kw-bar kw-bar--${kind}`}
          x={at(from)}
          y="1"
          width={wide(from, to)}
          height="50"
          fill={kind === 'expected' ? `url(#${id}-hatch)` : undefined}
        />
      ))}
      {parts.map((part) => (
        <BarLabel key={part.kind} part={part} end={end} at={at} />
      ))}
      <Bracket from={bracket.from} to={bracket.to} at={at} words={serviceWords} />
    </>
  )
}

/** The interval, with its words towards the middle of the drawing so that they stay inside it. */
function Bracket(props: {
  readonly from: number
  readonly to: number
  readonly at: (count: number) => string
  readonly words: string
}) {
  const { from, to, at, words } = props
  const isRight = to > 50
  return (
    <>
      <g className="kw-bracket">
        <line x1={at(from)} x2={at(to)} y1="70" y2="70" />
        <line x1={at(from)} x2={at(from)} y1="63" y2="77" />
        <line x1={at(to)} x2={at(to)} y1="63" y2="77" />
      </g>
      <text
        className="kw-bracket__words"
        x={at(isRight ? to : from)}
        y="100"
        textAnchor={isRight ? 'end' : 'start'}
      >
        {words}
      </text>
    </>
  )
}

/** A part's words where they fit, its number where only that fits, and nothing in a sliver. */
function BarLabel(props: {
  readonly part: Part
  readonly end: number
  readonly at: (count: number) => string
}) {
  const { part, end, at } = props
  const count = String(Math.round(part.to - part.from))
  const share = (part.to - part.from) / end
  const long = `${count} ${wordsOfPart[part.kind]}`.trim()
  const fits = (words: string, widthPx: number) => share * widthPx > words.length * 9 + 12
  const short = fits(count, narrowestPx) ? count : ''
  return (
    <g className={`kw-bar__label kw-bar__label--${part.kind}`}>
      <Words words={fits(long, widePx) ? long : short} part={part} at={at} size="long" />
      <Words words={short} part={part} at={at} size="short" />
    </g>
  )
}

/** The style sheet shows the long words in a drawing at least this wide, and the short ones below it. */
const widePx = 1000
const narrowestPx = 480
const wordsOfPart = {
  still: 'still happened',
  more: 'more',
  expected: 'fewer, expected with no service',
  service: '',
}

function Words(props: {
  readonly words: string
  readonly part: Part
  readonly at: (count: number) => string
  readonly size: 'long' | 'short'
}) {
  const { words, part, at, size } = props
  if (!words) return null
  const plate = Math.round(words.length * 8.4 + 20)
  return (
    <svg
      className={`kw-bar__words--${size}`}
      x={at((part.from + part.to) / 2)}
      y="0"
      overflow="visible"
      aria-hidden="true"
    >
      {part.kind === 'expected' && (
        <rect className="kw-bar__plate" x={-plate / 2} y="12" width={plate} height="28" />
      )}
      <text x="0" y="32" textAnchor="middle">
        {words}
      </text>
    </svg>
  )
}

const count = (value: number) => String(Math.round(Math.abs(value)))
const fewerOrMore = (fewer: number) => `${count(fewer)} ${Math.round(fewer) < 0 ? 'more' : 'fewer'}`

function wordsOf(bar: HundredBar): { readonly service: string; readonly all: readonly string[] } {
  const { fewerByService, fewerByServiceLow, fewerByServiceHigh, fewerExpected } = bar
  const interval = `from ${fewerOrMore(fewerByServiceHigh)} to ${fewerOrMore(fewerByServiceLow)}`
  const service =
    fewerByService >= 0
      ? `${fewerOrMore(fewerByService)} could be the service: ${interval}`
      : `${fewerOrMore(fewerByService)} than expected: ${interval}`
  return {
    service,
    all: [
      `${count(bar.stillHappened)} still happened`,
      `${fewerOrMore(fewerExpected)}, expected with no service${fewerByService < 0 ? `. ${fewerOrMore(100 - bar.stillHappened)} happened` : ''}`,
      service,
    ],
  }
}

function tableOf(bar: HundredBar, words: { readonly service: string }): ChartTable {
  const { fewerByService, fewerByServiceHigh: high, fewerByServiceLow: low, fewerExpected } = bar
  return {
    columns: [{ head: 'What became of them' }, { head: 'Number', isNumber: true }, { head: '95% interval' }],
    rows: [
      ['Still happened', count(bar.stillHappened), 'Counted, none'],
      [
        fewerExpected < 0 ? 'More, expected with no service' : 'Fewer, expected with no service',
        count(fewerExpected),
        'Not worked out alone',
      ],
      [
        fewerByService < 0 ? 'More than expected' : 'Fewer, could be the service',
        count(fewerByService),
        words.service.split('from ')[1] ?? `${fewerOrMore(high)} to ${fewerOrMore(low)}`,
      ],
    ],
  }
}

import { dateWords, daysBetween, type LondonDate, shortDateWords } from '#calendar'
import { DataTable } from '#ui'
import type { Instrument, Measure, Scale } from './types.ts'
import { answererWords, answerWords, scoreWords } from './words.ts'

const widthPx = 220
const heightPx = 56
const edgePx = 8

type Point = { readonly on: LondonDate; readonly value: number; readonly isOwn: boolean }

const pointsOf = (scale: Scale, measures: readonly Measure[]): readonly Point[] =>
  measures.flatMap((measure) => {
    const value = measure.scores.find((score) => score.scale === scale.key)?.value
    return value === undefined ? [] : [{ on: measure.answeredOn, value, isOwn: isOwn(measure) }]
  })

const isOwn = ({ answeredBy }: Measure) =>
  answeredBy === 'the person' || answeredBy === 'a carer, about themselves'

const pointWords = ({ on, value, isOwn: own }: Point) =>
  `${value} on ${dateWords(on)}${own ? '' : ' by somebody else'}`

/**
 * A small drawing of one scale over time, from its lowest to its highest: filled for the person's own answers, hollow for those of
 * somebody else, joined only among their own kind. Nothing is drawn with fewer than two values; the table says it all.
 */
export function Trend({ scale, measures }: { readonly scale: Scale; readonly measures: readonly Measure[] }) {
  const points = pointsOf(scale, measures)
  const [first] = points
  const last = points.at(-1)
  if (!first || !last || points.length < 2) return null
  const days = Math.max(1, daysBetween(first.on, last.on))
  const x = (point: Point) => edgePx + ((widthPx - 2 * edgePx) * daysBetween(first.on, point.on)) / days
  const lowest = scale.lowest ?? 0
  const y = (point: Point) =>
    heightPx - edgePx - ((heightPx - 2 * edgePx) * (point.value - lowest)) / (scale.highest - lowest)
  const said = `${scale.words}: ${points.map(pointWords).join(', ')}`
  const isMixed = points.some((point) => point.isOwn !== first.isOwn)
  return (
    <div className="kw-chart">
      <svg
        role="img"
        aria-label={said}
        width={widthPx}
        height={heightPx}
        viewBox={`0 0 ${widthPx} ${heightPx}`}
      >
        {[edgePx, heightPx - edgePx].map((at) => (
          <line key={at} className="kw-grid" x1={0} x2={widthPx} y1={at} y2={at} />
        ))}
        {[true, false].map((own) => (
          <polyline
            key={String(own)}
            className={own ? 'kw-line kw-line--helped' : 'kw-line kw-line--matched'}
            fill="none"
            points={points
              .filter((point) => point.isOwn === own)
              .map((point) => `${x(point)},${y(point)}`)
              .join(' ')}
          />
        ))}
        {points.map((point) => (
          <circle
            key={`${point.on} ${point.value} ${point.isOwn}`}
            className={point.isOwn ? 'kw-dot kw-dot--filled' : 'kw-dot'}
            cx={x(point)}
            cy={y(point)}
            r="4"
          />
        ))}
      </svg>
      <p className="kw-second">
        From {lowest} to {scale.highest}.{isMixed && ' Filled: their own answers. Hollow: somebody else’s.'}
      </p>
    </div>
  )
}

/** Every set of answers to one instrument, newest first: the figures behind the drawing, and the way to each. */
export function History(props: {
  readonly person: string
  readonly called: string
  readonly instrument: Instrument
  /** Oldest first, struck ones among them. */
  readonly measures: readonly Measure[]
  readonly today: LondonDate
}) {
  const { person, called, instrument, measures, today } = props
  const { name, scales, told = [] } = instrument
  return (
    <DataTable
      caption={`${name}, newest first`}
      isCaptionHidden
      columns={[
        {
          head: 'When',
          cell: (measure: Measure) => (
            <a href={`/people/${person}/measures/answers/${measure.id}`}>
              {shortDateWords(measure.answeredOn, today)}
              <span className="nhsuk-u-visually-hidden">, {name}</span>
            </a>
          ),
          width: 'narrow' as const,
        },
        ...scales.map((scale) => ({
          head: scale.words,
          cell: (measure: Measure) =>
            measure.struckReason
              ? 'Struck'
              : scoreWords(
                  scale,
                  measure.scores.find((score) => score.scale === scale.key),
                ),
        })),
        ...told.map(({ item, words }) => ({
          head: words,
          cell: (measure: Measure) =>
            measure.struckReason ? 'Struck' : answerWords(instrument, measure, item),
        })),
        {
          head: 'Answered by',
          cell: (measure: Measure) => `${answererWords(measure.answeredBy, called)}, ${measure.answeredVia}`,
        },
      ]}
      rows={measures.toReversed()}
      keyOf={(measure) => measure.id}
    />
  )
}

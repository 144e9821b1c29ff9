import { dateWords, type LondonDate } from '#calendar'
import type { ChartPoint } from '#statistics'
import { controlChart, Details, Panel, VariationIcon } from '#ui'
import type { MonthMeasure } from './measures.data.ts'
import { type Drawn, drawnChart, kindOf, signalWords, variationIn, variationSaid } from './rules.ts'
import type { MonthCount, Rebasing } from './types.ts'

/** "March 2026". */
export const monthWords = (month: LondonDate): string => dateWords(month).replace(/^\d+ /, '')

/** A chart with its sign and words, and beneath it what the limits were without anybody's decision. */
export function MonthChart(props: {
  readonly measure: MonthMeasure
  readonly months: readonly MonthCount[]
  readonly rebasings: readonly Rebasing[]
  readonly by: 'month' | 'quarter'
  /** The heading of what stands beside the chart: 2 on a page of its own, 3 among others. */
  readonly level?: 2 | 3
}) {
  const { measure, months, rebasings, by, level = 3 } = props
  const inForce = rebasings.filter(({ endedAt }) => !endedAt)
  const drawn = drawnChart(
    measure,
    months,
    inForce.map(({ fromMonth }) => fromMonth),
  )
  return (
    <>
      <Sign drawn={drawn} by={by} />
      {pictureOf(drawn, inForce, measure.unit)}
      {measure.isOfChosenPeople && <RegressionNote measure={measure} level={level} />}
      {inForce.length > 0 && (
        <Details summary="With the limits as they were before anybody changed them">
          {pictureOf(drawnChart(measure, months, []), [], `${measure.unit}, limits never changed`)}
        </Details>
      )}
    </>
  )
}

/** The icon and the words of what the last point says. */
export function Sign({ drawn, by }: { readonly drawn: Drawn; readonly by: 'month' | 'quarter' }) {
  const last = drawn.chart.points.at(-1)
  const lastMonth = drawn.months.at(-1)
  if (!last || !lastMonth || tooFew(drawn)) return null
  const { variation } = variationIn(drawn)
  const segment = drawn.chart.segments.at(-1)
  return (
    <p className="kw-signed">
      <VariationIcon kind={variation} way={last.value > last.mean ? 'up' : 'down'} />
      <span>
        <b>{variationSaid(drawn)}.</b>{' '}
        {`${by === 'quarter' ? 'Quarter from' : 'In'} ${monthWords(lastMonth.month)}: ${shown(drawn, last.value)}, average ${shown(drawn, last.mean)}.`}
        {segment?.isProvisional && ` Limits are provisional: fewer than 13 ${pointsWords(drawn, by)} so far.`}
      </span>
    </p>
  )
}

const pointsWords = ({ measure }: Drawn, by: 'month' | 'quarter') =>
  measure.chart === 'g' ? 'gaps' : by === 'quarter' ? 'quarters' : 'months'

const shown = ({ measure }: Drawn, value: number) => (value * measure.times).toFixed(1)

/** How many things that happened a chart rests on: under 10 nothing is drawn. */
function tooFew({ measure, months }: Drawn): boolean {
  if (measure.chart === 'g') return months.length + 1 < 10
  const counted = measure.key === 'plan' ? ('of' as const) : ('events' as const)
  const total = months.reduce((sum, month) => sum + month[counted], 0)
  const others = months.reduce((sum, { events, of }) => sum + of - events, 0)
  // Of a share, those to whom it did not happen count as well: all of 200 in time is worth a line.
  return measure.chart.startsWith('p') ? total + others < 10 : total < 10
}

function pictureOf(drawn: Drawn, inForce: readonly Rebasing[], name: string) {
  const { measure, months, chart } = drawn
  const { times } = measure
  const every = Math.max(1, Math.ceil(chart.points.length / 6))
  const firsts = new Map(
    chart.segments.slice(1).map(({ from }) => {
      const said = inForce.findLast(({ fromMonth }) => fromMonth <= (months[from]?.month ?? ''))
      return [from, said?.reason ?? '']
    }),
  )
  return controlChart({
    name,
    description: `${variationSaid(drawn)}. ${chart.points.length} points. ${measure.why}`,
    from: measure.chart === 'g' ? [] : [measure.eventWords, measure.ofWords],
    whyNone: tooFew(drawn)
      ? 'Too few to draw: a chart needs 10 of what it counts. The table has what there is.'
      : undefined,
    points: chart.points.map((point, at) => {
      const month = months[at]
      return {
        words: wordsOf(drawn, at),
        short: month && at % every === 0 ? shortMonth(month.month) : '',
        value: point.value * times,
        mean: point.mean * times,
        low: point.low * times,
        high: point.high * times,
        kind: kindOf(drawn, point),
        signals: signalsOf(point),
        begins: firsts.get(at),
        from: month && [whole(month.events), sizeOf(measure, month.of)],
      }
    }),
  })
}

const wordsOf = ({ measure, months }: Drawn, at: number) => {
  const month = months[at]
  if (!month) return ''
  return measure.chart === 'g'
    ? `Gap ${at + 1}, ended in ${monthWords(month.month)}`
    : monthWords(month.month)
}

const signalsOf = (point: ChartPoint) => {
  const [first = '', ...more] = point.signals.map((signal) => signalWords(signal, point))
  return [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...more].join('; ')
}

const whole = (count: number) => Math.round(count).toLocaleString('en-GB')
const sizeOf = ({ chart, key }: MonthMeasure, of: number) =>
  chart === 'u′' || key === 'nights' ? (of * 100).toFixed(1) : whole(of)
const shortMonth = (month: LondonDate) => {
  const [name = '', year = ''] = monthWords(month).split(' ')
  return `${name.slice(0, 3)} ${year.slice(2)}`
}

/** Beside every chart of people who were chosen because they were often in hospital. */
function RegressionNote({ measure, level }: { readonly measure: MonthMeasure; readonly level: 2 | 3 }) {
  return (
    <Panel
      kind="caution"
      heading="A falling line here is not proof that we helped"
      headingLevel={level}
      isSmall
    >
      <p>
        People join after a bad spell, and most bad spells end by themselves. So{' '}
        {measure.eventWords.toLowerCase()} fall after joining whatever anybody does. Use this chart to see
        when something changes, and <a href="/evaluation">Did it help?</a> to see what the service did.
      </p>
    </Panel>
  )
}

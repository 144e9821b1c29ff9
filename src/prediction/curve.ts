import { randomStream } from '#statistics'
import { lineAt } from './calibration.ts'
import { wilson, withPercentiles } from './estimates.ts'
import { bendOf, centile } from './readings.ts'
import type { CurvePoint, Estimate, RiskBin } from './report-types.ts'
import { type SmallFit, type SmallRows, smallLogistic } from './small-logistic.ts'

/** People in order of risk, in groups of like risk. */
type Ranked = {
  readonly risk: Float64Array
  readonly people: Float64Array
  readonly events: Float64Array
}

export type Smoothed = {
  readonly curve: readonly CurvePoint[]
  readonly ici: Estimate
  readonly e90: Estimate
}

const groupsAtMost = 400
const resamples = 200

/**
 * The smoothed calibration curve, and how far risks lie from it: the mean (ICI) and the 90th centile (E90).
 *
 * The curve is a logistic model on a restricted cubic spline of the log-odds, 4 knots, fitted to at most 400 groups
 * of neighbouring risks. Intervals of ICI and E90: 200 bootstraps of the groups' counts; both can only be above 0, so
 * their intervals lie high in a small sample.
 *
 * @source Austin and Steyerberg, Statistics in Medicine 2019;38:4051 (ICI, E90); Harrell 2015, 10.11.
 */
export function smoothed(risk: Float64Array, outcome: Uint8Array, seed: number): Smoothed {
  const ranked = rankedOf(risk, outcome, groupsAtMost)
  const lines = ranked.risk.map(lineAt)
  const spline = splineRows(lines, ranked)
  const fit = smallLogistic(spline)
  if (!fit) return { curve: [], ici: unknown(), e90: unknown() }
  const [ici, e90] = gapsOf(ranked, spline, fit)
  const stream = randomStream(seed)
  const draws = Array.from({ length: resamples }, () => {
    const drawn = drawnCounts(ranked, stream)
    const refit = smallLogistic({ ...spline, ...drawn })
    return refit ? gapsOf({ ...ranked, ...drawn }, spline, refit) : undefined
  }).filter((gaps) => gaps !== undefined)
  const draw = (which: 0 | 1) => draws.map((gaps) => gaps[which])
  return {
    curve: curveOf(ranked, spline, fit),
    ici: withPercentiles(ici, draw(0), 'bootstrap, 200'),
    e90: withPercentiles(e90, draw(1), 'bootstrap, 200'),
  }
}

const unknown = (): Estimate => ({ value: 0, low: null, high: null, method: 'no answer' })

function rankedOf(risk: Float64Array, outcome: Uint8Array, groups: number): Ranked {
  const order = orderOf(risk)
  const count = Math.min(groups, order.length)
  const ranked = {
    risk: new Float64Array(count),
    people: new Float64Array(count),
    events: new Float64Array(count),
  }
  order.forEach((i, rank) => {
    const group = Math.floor((rank * count) / order.length)
    ranked.risk[group] = (ranked.risk[group] ?? 0) + (risk[i] ?? 0)
    ranked.people[group] = (ranked.people[group] ?? 0) + 1
    ranked.events[group] = (ranked.events[group] ?? 0) + (outcome[i] ?? 0)
  })
  return { ...ranked, risk: ranked.risk.map((sum, group) => sum / (ranked.people[group] ?? 1)) }
}

/** Rows from the lowest risk to the highest; the earlier row first of two alike. */
export function orderOf(risk: Float64Array): Int32Array {
  return Int32Array.from(risk.keys()).sort((a, b) => (risk[a] ?? 0) - (risk[b] ?? 0) || a - b)
}

function splineRows(lines: Float64Array, { people, events }: Ranked): SmallRows {
  const knots = [0.05, 0.35, 0.65, 0.95].map((share) => centile(lines, share))
  const isCurved = knots.every((knot, i) => i === 0 || knot > (knots[i - 1] ?? 0))
  const columns = isCurved ? 4 : 2
  const x = new Float64Array(columns * lines.length)
  lines.forEach((line, i) => {
    const bends = isCurved ? [bendOf(knots, line, 0), bendOf(knots, line, 1)] : []
    x.set([1, line, ...bends], i * columns)
  })
  return { columns, x, people, events }
}

function lineIn({ columns, x }: SmallRows, { coefficients }: SmallFit, row: number): number {
  let line = 0
  for (let j = 0; j < columns; j++) line += (coefficients[j] ?? 0) * (x[row * columns + j] ?? 0)
  return line
}

const riskFrom = (line: number) => 1 / (1 + Math.exp(-line))

function gapsOf({ risk, people }: Ranked, spline: SmallRows, fit: SmallFit): readonly [number, number] {
  const gaps = Float64Array.from(risk, (value, row) => Math.abs(value - riskFrom(lineIn(spline, fit, row))))
  const total = people.reduce((sum, n) => sum + n, 0)
  const mean = gaps.reduce((sum, gap, row) => sum + gap * (people[row] ?? 0), 0) / total
  let seen = 0
  for (const row of orderOf(gaps)) {
    seen += people[row] ?? 0
    if (seen >= 0.9 * total) return [mean, gaps[row] ?? 0]
  }
  return [mean, 0]
}

/** Every row drawn with replacement is, group by group, as good as a Poisson count of its events and of its others. */
function drawnCounts({ people, events }: Ranked, stream: ReturnType<typeof randomStream>) {
  const drawn = { people: new Float64Array(people.length), events: new Float64Array(people.length) }
  for (let group = 0; group < people.length; group++) {
    const happened = stream.poisson(events[group] ?? 0)
    drawn.events[group] = happened
    drawn.people[group] = happened + stream.poisson((people[group] ?? 0) - (events[group] ?? 0))
  }
  return drawn
}

function curveOf({ risk }: Ranked, spline: SmallRows, fit: SmallFit): readonly CurvePoint[] {
  const points = Math.min(50, risk.length)
  return Array.from({ length: points }, (_, point) => {
    const row = Math.round((point * (risk.length - 1)) / Math.max(1, points - 1))
    const line = lineIn(spline, fit, row)
    const error = 1.959963984540054 * errorIn(spline, fit, row)
    const [observed, low, high] = [riskFrom(line), riskFrom(line - error), riskFrom(line + error)]
    return { risk: risk[row] ?? 0, observed, low, high }
  })
}

function errorIn({ columns, x }: SmallRows, { covariance }: SmallFit, row: number): number {
  let square = 0
  for (let j = 0; j < columns; j++)
    for (let k = 0; k < columns; k++)
      square += (x[row * columns + j] ?? 0) * (covariance[j * columns + k] ?? 0) * (x[row * columns + k] ?? 0)
  return Math.sqrt(Math.max(0, square))
}

/** People in equal bins by risk: 20, or 10 with under 2,000 events; each with its Wilson interval. */
export function riskBins(risk: Float64Array, outcome: Uint8Array): readonly RiskBin[] {
  const events = outcome.reduce((sum, happened) => sum + happened, 0)
  const ranked = rankedOf(risk, outcome, events < 2000 ? 10 : 20)
  return Array.from(ranked.risk, (value, bin) => {
    const [people, happened] = [ranked.people[bin] ?? 0, ranked.events[bin] ?? 0]
    const { value: observed, low, high } = wilson(happened, people)
    return { risk: value, people, events: happened, observed, low: low ?? 0, high: high ?? 1 }
  })
}

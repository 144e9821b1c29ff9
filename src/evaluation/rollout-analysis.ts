import {
  clusterRobustCovariance,
  fitGlm,
  type GlmRows,
  type Interval,
  matrixOf,
  randomStream,
  studentQuantile,
} from '#statistics'
import { drawnOrder, hasStarted, stepsOf } from './rollout-rules.ts'
import type { PeriodSum, RolloutAnswer, RolloutCell } from './rollout-types.ts'

/** Fewer admissions than this before or after starting have no ratio. */
const fewestEvents = 10
const otherOrders = 1999

/**
 * What a phased start came to, judged by the order that the lot drew.
 *
 * Admissions of each practice and period: a Poisson model with an effect for each practice and each period and one for
 * having started, person-years as its offset. What changes for all with time is in the periods, and what differs between
 * practices in the practices; only the order of starting is left, and that was drawn by lot. The interval is clustered
 * on practices, with Student's t on one fewer degrees of freedom than there are practices. Beside it the lot itself is
 * asked: of other orders it could have drawn, in how many the score of having started is as far from 0. "Fewer" and "more" take both.
 *
 * @param order practice codes as drawn. @param seed of the other orders: the same every night.
 * @source Hussey and Hughes, Contemporary Clinical Trials 2007;28:182; Liang and Zeger, Biometrika 1986;73:13;
 *   randomisation inference: Ji, Fink, Robyn and Small, Annals of Applied Statistics 2017;11:1.
 */
export function analyseRollout(
  cells: readonly RolloutCell[],
  order: readonly string[],
  steps: number,
  seed: number,
): RolloutAnswer {
  const kept = cells.filter(({ years }) => years > 0)
  const own = stepsOf(order, steps)
  const periods = periodSums(kept, own)
  const events = kept.reduce((sum, cell) => sum + cell.events, 0)
  const total = (side: 'before' | 'after') => periods.reduce((sum, one) => sum + one[side].events, 0)
  if (Math.min(total('before'), total('after')) < fewestEvents) return { kind: 'few events', events }
  const ratio = ratioBy(kept, own)
  const scoreOf = scoreBy(kept)
  const far = Math.abs(scoreOf(own))
  const random = randomStream(seed)
  let asFar = 0
  for (let at = 0; at < otherOrders; at++) {
    const other = stepsOf(drawnOrder(order, Math.floor(random.uniform() * 4294967296)), steps)
    // An equal order gives an equal score, but for the last places.
    if (Math.abs(scoreOf(other)) >= far - 1e-9) asFar++
  }
  const asFarShare = (asFar + 1) / (otherOrders + 1)
  return {
    kind: 'answered',
    ratio,
    asFarShare,
    orders: otherOrders,
    periods,
    verdict: verdictOf(ratio, asFarShare),
  }
}

function verdictOf({ low, high }: Interval, asFarShare: number) {
  if (asFarShare > 0.05) return 'cannot tell' as const
  return high < 1 ? ('fewer' as const) : low > 1 ? ('more' as const) : ('cannot tell' as const)
}

/** The ratio with its interval. */
export function ratioBy(cells: readonly RolloutCell[], steps: ReadonlyMap<string, number>): Interval {
  const { rows, clusters } = modelOf(cells, steps)
  const fit = fitGlm('poisson', rows)
  const covariance = clusterRobustCovariance(fit, rows, clusters)
  const log = fit.coefficients[1] ?? Number.NaN
  const error = Math.sqrt(covariance.values[covariance.columns + 1] ?? Number.NaN)
  const reach = studentQuantile(0.975, steps.size - 1) * error
  return { value: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach) }
}

/**
 * How many more admissions than practices and periods alone lead one to expect fell where an order has the service
 * started: the score of the model without an effect, which the order does not touch.
 */
function scoreBy(cells: readonly RolloutCell[]): (steps: ReadonlyMap<string, number>) => number {
  const { fitted } = fitGlm('poisson', modelOf(cells).rows)
  return (steps) =>
    cells.reduce(
      (sum, { practice, period, events }, at) =>
        hasStarted(steps.get(practice) ?? 0, period) ? sum + events - (fitted[at] ?? 0) : sum,
      0,
    )
}

/** Without steps, the model without an effect of having started. */
function modelOf(cells: readonly RolloutCell[], steps?: ReadonlyMap<string, number>) {
  const practices = [...new Set(cells.map(({ practice }) => practice))].sort()
  const periods = [...new Set(cells.map(({ period }) => period))].sort((a, b) => a - b)
  const rows: GlmRows = {
    x: matrixOf(
      cells.map(({ practice, period }) => [
        1,
        ...(steps ? [hasStarted(steps.get(practice) ?? 0, period) ? 1 : 0] : []),
        ...practices.slice(1).map((one) => (one === practice ? 1 : 0)),
        ...periods.slice(1).map((one) => (one === period ? 1 : 0)),
      ]),
    ),
    y: Float64Array.from(cells, ({ events }) => events),
    offset: Float64Array.from(cells, ({ years }) => Math.log(years)),
  }
  return { rows, clusters: Int32Array.from(cells, ({ practice }) => practices.indexOf(practice)) }
}

/** Each period's practices that had started and those that had not, added up. */
function periodSums(cells: readonly RolloutCell[], steps: ReadonlyMap<string, number>): readonly PeriodSum[] {
  const periods = [...new Set(cells.map(({ period }) => period))].sort((a, b) => a - b)
  return periods.map((period) => {
    const sum = (isStarted: boolean) => {
      const own = cells.filter(
        (cell) => cell.period === period && hasStarted(steps.get(cell.practice) ?? 0, period) === isStarted,
      )
      return {
        practices: own.length,
        events: own.reduce((total, { events }) => total + events, 0),
        years: own.reduce((total, { years }) => total + years, 0),
      }
    }
    return { period, before: sum(false), after: sum(true) }
  })
}

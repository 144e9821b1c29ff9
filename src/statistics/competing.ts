import { normalQuantile } from './distributions.ts'

/** One person a row: followed until the first event of any kind, or until follow-up ended. */
export type CompetingRows = {
  readonly times: Float64Array
  /** 0 where nothing had happened by then; else the number of the kind of event, from 1. */
  readonly kinds: ArrayLike<number>
  readonly weights?: Float64Array
}

export type IncidenceStep = {
  readonly time: number
  /** The share to whom this kind has happened by now; it cannot happen to those to whom another has. */
  readonly incidence: number
  readonly standardError: number
  readonly low: number
  readonly high: number
}

type Moment = { readonly time: number; readonly atRisk: number; readonly all: number; readonly own: number }

/**
 * The share to whom one kind of event has happened by each time, where others (such as death) end the matter.
 *
 * One less the Kaplan-Meier share would count the dead as still likely to have the event, and say too much.
 *
 * @returns a step at each time at which an event of any kind came.
 * @throws RangeError for no rows or a time below 0.
 * @source Aalen and Johansen, Scandinavian Journal of Statistics 1978;5:141; variance by the delta method (Marubini
 *   and Valsecchi, Analysing Survival Data, 1995, 10.3), which is Greenwood's for a single kind; limits log(-log).
 */
export function cumulativeIncidence(
  rows: CompetingRows,
  kind: number,
  confidence = 0.95,
): readonly IncidenceStep[] {
  const reach = normalQuantile(1 - (1 - confidence) / 2)
  let [free, incidence] = [1, 0]
  // Sums over the moments so far from which the variance at any of them follows without going back.
  let [a, ab, abb, b, bb, c] = [0, 0, 0, 0, 0, 0]
  return momentsOf(rows, kind).map(({ time, atRisk, all, own }) => {
    const gain = (free * own) / atRisk
    incidence += gain
    const [hazard, spread] = [
      all === atRisk ? 0 : all / (atRisk * (atRisk - all)),
      (free * free * own * (atRisk - own)) / atRisk ** 3,
    ]
    const cross = (free * own) / (atRisk * atRisk)
    a += hazard
    ab += hazard * incidence
    abb += hazard * incidence * incidence
    b += cross
    bb += cross * incidence
    c += spread
    free *= 1 - all / atRisk
    const variance = incidence * incidence * a - 2 * incidence * ab + abb + c - 2 * (incidence * b - bb)
    return { time, incidence, ...limitsOf(incidence, Math.sqrt(Math.max(variance, 0)), reach) }
  })
}

function limitsOf(incidence: number, standardError: number, reach: number) {
  if (incidence <= 0 || incidence >= 1) return { standardError, low: incidence, high: incidence }
  const spread = Math.exp((reach * standardError) / (incidence * Math.log(incidence)))
  return { standardError, low: incidence ** (1 / spread), high: incidence ** spread }
}

function momentsOf({ times, kinds, weights }: CompetingRows, kind: number): readonly Moment[] {
  if (times.length === 0 || times.some((time) => !(time >= 0)))
    throw new RangeError('incidence needs at least 1 person and times of 0 or more')
  const order = Array.from(times.keys()).sort((x, y) => (times[x] ?? 0) - (times[y] ?? 0))
  let left = weights ? weights.reduce((sum, w) => sum + w, 0) : times.length
  const moments: Moment[] = []
  for (let start = 0; start < order.length; ) {
    const time = times[order[start] ?? 0] ?? 0
    let [leaving, all, own, next] = [0, 0, 0, start]
    for (; next < order.length && times[order[next] ?? 0] === time; next++) {
      const weight = weights?.[order[next] ?? 0] ?? 1
      leaving += weight
      if (kinds[order[next] ?? 0]) all += weight
      if (kinds[order[next] ?? 0] === kind) own += weight
    }
    if (all > 0) moments.push({ time, atRisk: Math.max(left, leaving), all, own })
    left -= leaving
    start = next
  }
  return moments
}

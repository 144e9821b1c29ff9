import type { Estimate } from '#prediction'
import { randomStream } from '#statistics'

/** Two orders of the same people, and what happened to them. */
export type TwoOrders = {
  readonly outcome: Uint8Array
  readonly one: Float64Array
  readonly other: Float64Array
}

const z = 1.959963984540054

/**
 * The area under the ROC curve of the one order less the other’s, on the same people.
 *
 * @source DeLong, DeLong and Clarke-Pearson, Biometrics 1988;44:837: the two areas go together, so the interval of their
 *   difference is narrower than those of each.
 */
export function aucDifference({ outcome, one, other }: TwoOrders): Estimate {
  const [a, b] = [placesOf(one, outcome), placesOf(other, outcome)]
  const apart = Float64Array.from(a, (place, row) => place - (b[row] ?? 0))
  const side = (is: 0 | 1) => apart.filter((_, row) => outcome[row] === is)
  const [events, rest] = [side(1), side(0)]
  const value = meanOf(events)
  const error = Math.sqrt(varianceOf(events) / events.length + varianceOf(rest) / rest.length)
  const isKnown = events.length > 1 && rest.length > 1
  return {
    value,
    low: isKnown ? value - z * error : null,
    high: isKnown ? value + z * error : null,
    method: 'DeLong, paired',
  }
}

/**
 * For each with the outcome the share of those without that lie below; for each without, of those with it that lie above.
 * Ties count half.
 */
function placesOf(risk: Float64Array, outcome: Uint8Array): Float64Array {
  const order = new Uint32Array(risk.length).map((_, row) => row)
  order.sort((x, y) => (risk[x] ?? 0) - (risk[y] ?? 0))
  const events = outcome.reduce((sum, one) => sum + one, 0)
  const places = new Float64Array(risk.length)
  let [eventsBelow, restBelow] = [0, 0]
  for (let from = 0; from < order.length; ) {
    let to = from
    let tiedEvents = 0
    const value = risk[order[from] ?? 0]
    for (; to < order.length && risk[order[to] ?? 0] === value; to++)
      tiedEvents += outcome[order[to] ?? 0] ?? 0
    const tiedRest = to - from - tiedEvents
    for (const row of order.subarray(from, to))
      places[row] =
        outcome[row] === 1
          ? (restBelow + tiedRest / 2) / (risk.length - events)
          : (events - eventsBelow - tiedEvents / 2) / events
    eventsBelow += tiedEvents
    restBelow += tiedRest
    from = to
  }
  return places
}

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
function varianceOf(values: Float64Array): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
}

const resamples = 1000

/**
 * How the first so many of two orders differ: what share of the one’s list is not on the other’s, and how many more of 100 on it
 * had the outcome. Each of 1,000 resamples counts a person as often for the one as for the other.
 *
 * @source Hanley and MacGibbon 2006 (Poisson bootstrap), as a challenger is held against a model.
 */
export function listDifference(
  { outcome, one, other }: TwoOrders,
  people: number,
  seed: number,
): { readonly others: Estimate; readonly ppv: Estimate } {
  const tops = [topOf(one, people), topOf(other, people)] as const
  const times = new Uint8Array(outcome.length).fill(1)
  const found = apartAt(tops, outcome, times, people)
  const stream = randomStream(seed)
  const either = Int32Array.from(new Set([...tops[0], ...tops[1]])).sort()
  const draws = Array.from({ length: resamples }, () => {
    for (const row of either) times[row] = Math.min(255, stream.poisson(1))
    return apartAt(tops, outcome, times, people)
  })
  const estimate = (of: 'others' | 'ppv'): Estimate => {
    const inOrder = Float64Array.from(draws, (draw) => draw[of]).sort()
    const at = (share: number) => inOrder[Math.round(share * (resamples - 1))] ?? null
    return { value: found[of], low: at(0.025), high: at(0.975), method: 'paired bootstrap, 1,000' }
  }
  return { others: estimate('others'), ppv: estimate('ppv') }
}

/** From the highest down, far enough for a resample to fill the list; of equals whoever comes first. */
function topOf(risk: Float64Array, people: number): Uint32Array {
  const enough = Math.min(risk.length, Math.ceil(people + 10 * Math.sqrt(people) + 100))
  const order = new Uint32Array(risk.length).map((_, row) => row)
  return order.sort((x, y) => (risk[y] ?? 0) - (risk[x] ?? 0) || x - y).subarray(0, enough)
}

function apartAt(
  [one, other]: readonly [Uint32Array, Uint32Array],
  outcome: Uint8Array,
  times: Uint8Array,
  people: number,
) {
  const [a, b] = [filled(one, times, people), filled(other, times, people)]
  let [shared, events, eventsOther] = [0, 0, 0]
  for (const [row, taken] of a) {
    shared += Math.min(taken, b.get(row) ?? 0)
    events += taken * (outcome[row] ?? 0)
  }
  for (const [row, taken] of b) eventsOther += taken * (outcome[row] ?? 0)
  const size = Math.max(1, people)
  return { others: (people - shared) / size, ppv: (events - eventsOther) / size }
}

/** Who fills a list of so many from the top, each as often as drawn. */
function filled(top: Uint32Array, times: Uint8Array, people: number): ReadonlyMap<number, number> {
  const list = new Map<number, number>()
  let left = people
  for (const row of top) {
    const taken = Math.min(times[row] ?? 0, left)
    if (taken > 0) list.set(row, taken)
    left -= taken
    if (left === 0) break
  }
  return list
}

import { choleskyOf } from './cholesky.ts'
import { inverseOf } from './least-squares.ts'
import { chiSquareAbove } from './students-t.ts'
import { eventTimes, type SurvivalRows } from './survival.ts'

/**
 * Whether groups differ in how soon an event comes, by the events each had against those it would have had if all
 * were alike.
 *
 * @param groups one for each group, 2 or more.
 * @source Mantel 1966; Peto and Peto 1972; as R's survdiff (rho = 0).
 */
export function logRank(groups: readonly SurvivalRows[]) {
  const steps = groups.map((rows) => ({ rows, at: new Map(eventTimes(rows).map((s) => [s.time, s.events])) }))
  const moments = [...new Set(steps.flatMap(({ at }) => [...at.keys()]))].sort((a, b) => a - b)
  const k = groups.length - 1
  const gap = new Float64Array(k)
  const spread = new Float64Array(k * k)
  const leaving = groups.map(({ times }) => Float64Array.from(times).sort())
  for (const time of moments) {
    const atRisk = leaving.map((sorted) => sorted.length - countBelow(sorted, time))
    const all = atRisk.reduce((sum, n) => sum + n, 0)
    const events = steps.reduce((sum, { at }) => sum + (at.get(time) ?? 0), 0)
    const factor = all > 1 ? (events * (all - events)) / (all - 1) : 0
    for (let i = 0; i < k; i++) {
      const share = (atRisk[i] ?? 0) / all
      gap[i] = (gap[i] ?? 0) + (steps[i]?.at.get(time) ?? 0) - events * share
      for (let j = 0; j < k; j++)
        spread[i * k + j] = (spread[i * k + j] ?? 0) + factor * share * (+(i === j) - (atRisk[j] ?? 0) / all)
    }
  }
  const inverse = inverseOf(choleskyOf({ rows: k, columns: k, values: spread }))
  const chiSquare = gap.reduce(
    (sum, g, i) => sum + g * gap.reduce((inner, h, j) => inner + (inverse.values[i * k + j] ?? 0) * h, 0),
    0,
  )
  return { chiSquare, degrees: k, p: chiSquareAbove(chiSquare, k) }
}

function countBelow(sorted: Float64Array, time: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

import { groupedOrder, orderOfValues } from './order.ts'

/** Controls in order of stratum and score, with those already taken skipped over. */
export type Places = {
  readonly rowAt: Int32Array
  readonly scoreAt: Float64Array
  /** First and last (exclusive) place of a stratum; undefined when it holds no control. */
  readonly boundsOf: (stratum: number) => readonly [number, number] | undefined
  readonly firstAtLeast: (bounds: readonly [number, number], score: number) => number
  /** The first and the last (exclusive) place with the very same score and stratum. */
  readonly runStart: (place: number) => number
  readonly runEnd: (place: number) => number
  readonly nextFree: (place: number) => number
  readonly previousFree: (place: number) => number
  readonly take: (place: number) => void
}

type Sortable = { readonly strata: Int32Array; readonly scores: Float64Array }

/**
 * Puts controls in their places. Free places are found by following links that are shortened on the way.
 *
 * @source Tarjan, Journal of the ACM 1975;22:215 (path compression).
 */
export function controlPlaces(table: Sortable, controls: Int32Array): Places {
  const howMany = table.strata.reduce((most, stratum) => Math.max(most, stratum + 1), 0)
  const byScore = orderOfValues(Float64Array.from(controls, (row) => table.scores[row] ?? 0))
  const rowAt = groupedOrder(
    byScore.map((place) => controls[place] ?? 0),
    table.strata,
    howMany,
  )
  const scoreAt = Float64Array.from(rowAt, (row) => table.scores[row] ?? 0)
  const starts = startsOf(rowAt, table.strata, howMany)
  const isSameRun = (a: number, b: number) =>
    scoreAt[a] === scoreAt[b] && table.strata[rowAt[a] ?? 0] === table.strata[rowAt[b] ?? 0]
  const runs = runsOf(rowAt.length, isSameRun)
  const links = linksOf(rowAt.length)
  return {
    rowAt,
    scoreAt,
    boundsOf: (stratum) => {
      const [start, end] = [starts[stratum] ?? 0, starts[stratum + 1] ?? 0]
      return end > start ? [start, end] : undefined
    },
    firstAtLeast: ([start, end], score) => firstAtLeast(scoreAt, start, end, score),
    ...runs,
    ...links,
  }
}

/** Where each stratum starts; one more at the end. */
function startsOf(rowAt: Int32Array, strata: Int32Array, howMany: number): Int32Array {
  const starts = new Int32Array(howMany + 1)
  for (const row of rowAt) {
    const at = (strata[row] ?? 0) + 1
    starts[at] = (starts[at] ?? 0) + 1
  }
  for (let s = 1; s <= howMany; s++) starts[s] = (starts[s] ?? 0) + (starts[s - 1] ?? 0)
  return starts
}

function firstAtLeast(scoreAt: Float64Array, start: number, end: number, score: number): number {
  let [low, high] = [start, end]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((scoreAt[middle] ?? 0) < score) low = middle + 1
    else high = middle
  }
  return low
}

function runsOf(n: number, isSame: (a: number, b: number) => boolean) {
  const start = new Int32Array(n)
  const end = new Int32Array(n)
  for (let i = 0; i < n; i++) start[i] = i > 0 && isSame(i - 1, i) ? (start[i - 1] ?? i) : i
  for (let i = n - 1; i >= 0; i--) end[i] = i + 1 < n && isSame(i, i + 1) ? (end[i + 1] ?? i + 1) : i + 1
  return {
    runStart: (place: number) => start[place] ?? place,
    runEnd: (place: number) => end[place] ?? place + 1,
  }
}

/** Links are kept one up, so that 0 stands below every place. */
function linksOf(n: number) {
  const after = Int32Array.from({ length: n + 2 }, (_, i) => i)
  const before = after.slice()
  const follow = (links: Int32Array, from: number) => {
    let at = from
    while (links[at] !== at) {
      links[at] = links[links[at] ?? 0] ?? 0
      at = links[at] ?? 0
    }
    return at
  }
  return {
    nextFree: (place: number) => (place >= n ? n : follow(after, place + 1) - 1),
    previousFree: (place: number) => (place < 0 ? -1 : follow(before, place + 1) - 1),
    take: (place: number) => {
      after[place + 1] = place + 2
      before[place + 1] = place
    },
  }
}

import { compareText, type MatchRows, type MatchRule, tolerance } from './match-rows.ts'

/** The pool in order of stratum, then score, then id, with the units already used taken out. */
type SortedPool = {
  readonly pool: MatchRows
  /** Row numbers of the pool in sorted order. */
  readonly rowAt: Int32Array
  /** For each place, the place where the run of tied scores that it belongs to starts. */
  readonly tieStart: Int32Array
  /** First and last place (exclusive) of each stratum. */
  readonly stratumPlaces: ReadonlyMap<string, readonly [number, number]>
  /** The next free place at or after each place, and at or before it; shortened as they are followed. */
  readonly freeAfter: Int32Array
  readonly freeBefore: Int32Array
  /** All places of the unit that stands at a place. */
  readonly placesOf: ReadonlyMap<string, readonly number[]>
}

type Found = { readonly place: number; readonly distance: number }

/** Prepares a pool for choosing: each call takes the nearest admissible unit, and with it all its rows. */
export function freePool(pool: MatchRows) {
  const sorted = sortPool(pool)
  return {
    takeNearest(treated: MatchRows, row: number, rule: MatchRule): number | undefined {
      const place = nearestPlace(sorted, treated, row, rule)
      if (place === undefined) return undefined
      const poolRow = sorted.rowAt[place] ?? -1
      for (const used of sorted.placesOf.get(pool.ids[poolRow] ?? '') ?? []) {
        sorted.freeAfter[used + 1] = used + 2
        sorted.freeBefore[used + 1] = used
      }
      return poolRow
    },
  }
}

function sortPool(pool: MatchRows): SortedPool {
  const n = pool.ids.length
  const order = pool.ids.map((_, row) => row)
  order.sort((a, b) => compareText(pool.strata[a] ?? '', pool.strata[b] ?? '') || byScoreThenId(pool, a, b))
  settleTies(pool, order)
  const stratumPlaces = new Map<string, [number, number]>()
  const placesOf = new Map<string, number[]>()
  const tieStart = new Int32Array(n)
  order.forEach((row, place) => {
    const stratum = pool.strata[row] ?? ''
    const known = stratumPlaces.get(stratum)
    if (known) known[1] = place + 1
    else stratumPlaces.set(stratum, [place, place + 1])
    const places = placesOf.get(pool.ids[row] ?? '')
    if (places) places.push(place)
    else placesOf.set(pool.ids[row] ?? '', [place])
    const start = tieStart[place - 1] ?? place
    tieStart[place] = known && isTied(pool, order[start] ?? 0, row) ? start : place
  })
  const ends = Int32Array.from({ length: n + 2 }, (_, i) => i)
  const rowAt = Int32Array.from(order)
  return { pool, rowAt, tieStart, stratumPlaces, placesOf, freeAfter: ends, freeBefore: ends.slice() }
}

const byScoreThenId = (pool: MatchRows, a: number, b: number) =>
  (pool.scores[a] ?? 0) - (pool.scores[b] ?? 0) || compareText(pool.ids[a] ?? '', pool.ids[b] ?? '')

const isTied = (pool: MatchRows, a: number, b: number) =>
  (pool.scores[b] ?? 0) - (pool.scores[a] ?? 0) <= tolerance

/** Puts rows whose scores differ by rounding alone in the order of their ids. */
function settleTies(pool: MatchRows, order: number[]): void {
  for (let start = 0; start < order.length; ) {
    const first = order[start] ?? 0
    let end = start + 1
    while (end < order.length && isSameRun(pool, first, order[end] ?? 0)) end++
    if (end - start > 1) {
      const run = order.slice(start, end)
      run.sort((a, b) => compareText(pool.ids[a] ?? '', pool.ids[b] ?? ''))
      run.forEach((row, i) => {
        order[start + i] = row
      })
    }
    start = end
  }
}

const isSameRun = (pool: MatchRows, first: number, row: number) =>
  pool.strata[first] === pool.strata[row] && isTied(pool, first, row)

function nearestPlace(sorted: SortedPool, treated: MatchRows, row: number, rule: MatchRule) {
  const places = sorted.stratumPlaces.get(treated.strata[row] ?? '')
  if (!places) return undefined
  const from = firstPlaceAtLeast(sorted, places, treated.scores[row] ?? 0)
  const above = searchUp(sorted, treated, row, rule, from, places[1])
  const below = searchDown(sorted, treated, row, rule, from - 1, places[0])
  if (!above || !below) return (above ?? below)?.place
  if (Math.abs(above.distance - below.distance) > tolerance)
    return above.distance < below.distance ? above.place : below.place
  return compareText(idAt(sorted, above.place), idAt(sorted, below.place)) < 0 ? above.place : below.place
}

const idAt = (sorted: SortedPool, place: number) => sorted.pool.ids[sorted.rowAt[place] ?? 0] ?? ''

const scoreAt = (sorted: SortedPool, place: number) => sorted.pool.scores[sorted.rowAt[place] ?? 0] ?? 0

function firstPlaceAtLeast(
  sorted: SortedPool,
  [start, end]: readonly [number, number],
  score: number,
): number {
  let [low, high] = [start, end]
  while (low < high) {
    const middle = (low + high) >> 1
    if (scoreAt(sorted, middle) < score) low = middle + 1
    else high = middle
  }
  return low === end ? end : Math.max(start, sorted.tieStart[low] ?? low)
}

/** Walks up from a place; the first admissible one is the lowest id of its ties. */
function searchUp(
  sorted: SortedPool,
  treated: MatchRows,
  row: number,
  rule: MatchRule,
  from: number,
  end: number,
): Found | undefined {
  for (let place = nextFree(sorted, from); place < end; place = nextFree(sorted, place + 1)) {
    const distance = Math.abs(scoreAt(sorted, place) - (treated.scores[row] ?? 0))
    if (distance > rule.scoreCaliper + tolerance) return undefined
    if (isNear(sorted, place, treated, row, rule)) return { place, distance }
  }
  return undefined
}

/** Walks down from a place, run of ties by run of ties, each from its lowest id. */
function searchDown(
  sorted: SortedPool,
  treated: MatchRows,
  row: number,
  rule: MatchRule,
  from: number,
  start: number,
): Found | undefined {
  for (let last = previousFree(sorted, from); last >= start; ) {
    const distance = Math.abs(scoreAt(sorted, last) - (treated.scores[row] ?? 0))
    if (distance > rule.scoreCaliper + tolerance) return undefined
    const runStart = sorted.tieStart[last] ?? last
    for (let place = nextFree(sorted, runStart); place <= last; place = nextFree(sorted, place + 1))
      if (isNear(sorted, place, treated, row, rule))
        return { place, distance: Math.abs(scoreAt(sorted, place) - (treated.scores[row] ?? 0)) }
    last = previousFree(sorted, runStart - 1)
  }
  return undefined
}

function isNear(
  sorted: SortedPool,
  place: number,
  treated: MatchRows,
  row: number,
  rule: MatchRule,
): boolean {
  const poolRow = sorted.rowAt[place] ?? 0
  if (
    Math.abs((sorted.pool.scores[poolRow] ?? 0) - (treated.scores[row] ?? 0)) >
    rule.scoreCaliper + tolerance
  )
    return false
  return rule.nearCalipers.every((caliper, k) => {
    const gap = (sorted.pool.near[k]?.[poolRow] ?? 0) - (treated.near[k]?.[row] ?? 0)
    return Math.abs(gap) <= caliper + tolerance
  })
}

/** Follows links to the first free place, shortening them on the way; places are kept one up, 0 is below all. */
function nextFree({ freeAfter }: SortedPool, place: number): number {
  let at = place + 1
  while (at < freeAfter.length - 1 && freeAfter[at] !== at) {
    const next = freeAfter[at] ?? at
    freeAfter[at] = freeAfter[next] ?? next
    at = next
  }
  return at - 1
}

function previousFree({ freeBefore }: SortedPool, place: number): number {
  let at = place + 1
  while (at > 0 && freeBefore[at] !== at) {
    const next = freeBefore[at] ?? at
    freeBefore[at] = freeBefore[next] ?? next
    at = next
  }
  return at - 1
}

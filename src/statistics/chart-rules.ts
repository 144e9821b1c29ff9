import type { ChartPoint, ChartRules, PlainPoint, Signal } from './chart-types.ts'

type Mark = (point: number, signal: Signal) => void

/**
 * Marks each point with the signals it is part of, segment by segment.
 *
 * Outside limits: strictly beyond one. Run: 7 in a row on one side of the mean; a point on the mean ends it. Trend:
 * 7 in a row that only rise or only fall. Near a limit: of 3 in a row on one side of the mean, at least 2 strictly
 * between the near limit and the limit; only those are marked. All points of a run or trend are marked.
 *
 * @source Making Data Count (NHS England), as specified in the evaluation design, 2.8. National tools differ in the
 *   last rule and in whether 6 or 7 make a run: the lengths are settings.
 */
export function withSignals(points: readonly PlainPoint[], rules: ChartRules = {}): readonly ChartPoint[] {
  // One bit a signal: a chart of many points is judged many thousand times.
  const found = new Uint8Array(points.length)
  const trends: ('up' | 'down' | null)[] = points.map(() => null)
  const mark: Mark = (point, signal) => {
    found[point] = (found[point] ?? 0) | (1 << signalsInOrder.indexOf(signal))
  }
  for (const [from, to] of stretches(points)) {
    markOutside(points, from, to, mark)
    markRuns(points, from, to, rules.runLength ?? 7, mark)
    markNear(points, from, to, mark)
    markTrends(points, from, to, rules, (point, way) => {
      mark(point, 'trend')
      trends[point] = way
    })
  }
  return points.map((point, i) => ({
    value: point.value,
    segment: point.segment,
    mean: point.mean,
    low: point.low,
    high: point.high,
    nearLow: point.nearLow,
    nearHigh: point.nearHigh,
    isFloored: point.isFloored,
    signals: combinations[found[i] ?? 0] ?? [],
    trend: trends[i] ?? null,
  }))
}

const signalsInOrder: readonly Signal[] = ['outside limits', 'trend', 'near a limit', 'run on one side']

/** The signals of each pattern of bits. */
const combinations: readonly (readonly Signal[])[] = Array.from({ length: 16 }, (_, bits) =>
  signalsInOrder.filter((_, k) => bits & (1 << k)),
)

/** First and last (exclusive) point of each segment. */
function stretches(points: readonly PlainPoint[]): readonly [number, number][] {
  const found: [number, number][] = []
  points.forEach((point, i) => {
    const last = found.at(-1)
    if (last && points[i - 1]?.segment === point.segment) last[1] = i + 1
    else found.push([i, i + 1])
  })
  return found
}

function markOutside(points: readonly PlainPoint[], from: number, to: number, mark: Mark): void {
  for (let i = from; i < to; i++) {
    const point = points[i]
    if (point && (point.value > point.high || point.value < point.low)) mark(i, 'outside limits')
  }
}

const sideOf = (point: PlainPoint | undefined) => (point ? Math.sign(point.value - point.mean) : 0)

function markRuns(points: readonly PlainPoint[], from: number, to: number, length: number, mark: Mark): void {
  let start = from
  for (let i = from; i < to; i++) {
    if (sideOf(points[i]) === 0) start = i + 1
    else if (sideOf(points[i]) !== sideOf(points[i - 1])) start = i
    if (i - start + 1 === length) for (let k = start; k <= i; k++) mark(k, 'run on one side')
    else if (i - start + 1 > length) mark(i, 'run on one side')
  }
}

function markNear(points: readonly PlainPoint[], from: number, to: number, mark: Mark): void {
  const isNear = ({ value, high, low, nearHigh, nearLow }: PlainPoint) =>
    (value > nearHigh && value < high) || (value < nearLow && value > low)
  const isNearAt = (i: number) => {
    const point = points[i]
    return point !== undefined && isNear(point)
  }
  for (let i = from; i + 2 < to; i++) {
    const near = +isNearAt(i) + +isNearAt(i + 1) + +isNearAt(i + 2)
    if (near < 2) continue
    const side = sideOf(points[i])
    if (side === 0 || sideOf(points[i + 1]) !== side || sideOf(points[i + 2]) !== side) continue
    for (let k = i; k < i + 3; k++) if (isNearAt(k)) mark(k, 'near a limit')
  }
}

/** Walks along the points that differ from the one before, passing over ties if asked, and marks long stretches. */
function markTrends(
  points: readonly PlainPoint[],
  from: number,
  to: number,
  { trendLength = 7, skipsTies = false }: ChartRules,
  mark: (point: number, way: 'up' | 'down') => void,
): void {
  let stretch: number[] = [from]
  let way = 0
  for (let i = from + 1; i < to; i++) {
    const before = stretch.at(-1) ?? i
    const step = Math.sign((points[i]?.value ?? 0) - (points[before]?.value ?? 0))
    if (step === 0 && skipsTies) continue
    if (step === 0) [stretch, way] = [[i], 0]
    else if (step === way) stretch.push(i)
    else [stretch, way] = [[before, i], step]
    if (stretch.length >= trendLength) for (const k of stretch) mark(k, way > 0 ? 'up' : 'down')
  }
}

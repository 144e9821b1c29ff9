/** Columns of numbers, whether there was an event, how many, and last year's count. */
export type Table = {
  readonly x: readonly Float64Array[]
  readonly y: Float64Array
  readonly later: Float64Array
  readonly lastYear: Float64Array
}

/** A plain logistic fit by Newton's method with a touch of ridge; the first coefficient is the intercept. */
export function fitLogistic({ x, y }: Pick<Table, 'x' | 'y'>): number[] {
  const width = x.length + 1
  const beta = new Array<number>(width).fill(0)
  const row = new Float64Array(width)
  for (let round = 0; round < 9; round++) {
    const hessian = Array.from({ length: width }, (_, j) =>
      Float64Array.from({ length: width }, (_, k) => (j === k ? 1e-3 : 0)),
    )
    const gradient = new Float64Array(width)
    for (let i = 0; i < y.length; i++) {
      row[0] = 1
      let eta = beta[0] ?? 0
      for (let j = 1; j < width; j++) {
        const value = x[j - 1]![i]!
        row[j] = value
        eta += value * beta[j]!
      }
      const p = 1 / (1 + Math.exp(-eta))
      const weight = p * (1 - p)
      for (let j = 0; j < width; j++) {
        const value = row[j]!
        if (value === 0) continue
        gradient[j]! += value * (y[i]! - p)
        const line = hessian[j]!
        const scaled = weight * value
        for (let k = 0; k <= j; k++) line[k]! += scaled * row[k]!
      }
    }
    const step = solve(hessian, gradient)
    for (let j = 0; j < width; j++) beta[j]! += step[j]!
  }
  return beta
}

/** Solves a symmetric positive system given by its lower triangle, by Cholesky. */
function solve(lower: Float64Array[], right: Float64Array): Float64Array {
  const n = right.length
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      let sum = lower[j]![k]!
      for (let m = 0; m < k; m++) sum -= lower[j]![m]! * lower[k]![m]!
      lower[j]![k] = sum / lower[k]![k]!
    }
    let sum = lower[j]![j]!
    for (let m = 0; m < j; m++) sum -= lower[j]![m]! ** 2
    lower[j]![j] = Math.sqrt(Math.max(sum, 1e-9))
  }
  const z = Float64Array.from(right)
  for (let j = 0; j < n; j++) {
    for (let m = 0; m < j; m++) z[j]! -= lower[j]![m]! * z[m]!
    z[j]! /= lower[j]![j]!
  }
  for (let j = n - 1; j >= 0; j--) {
    for (let m = j + 1; m < n; m++) z[j]! -= lower[m]![j]! * z[m]!
    z[j]! /= lower[j]![j]!
  }
  return z
}

/** Chances by a fit, row by row. */
export function scoreLogistic(beta: readonly number[], { x, y }: Pick<Table, 'x' | 'y'>): Float64Array {
  return Float64Array.from(y, (_, i) => {
    const eta = x.reduce((sum, column, j) => sum + column[i]! * (beta[j + 1] ?? 0), beta[0] ?? 0)
    return Math.min(1 - 1e-9, Math.max(1e-9, 1 / (1 + Math.exp(-eta))))
  })
}

/** The chance that somebody with an event was ranked above somebody without, ties counted half. */
export function areaUnder(score: Float64Array, y: Float64Array): number {
  const order = [...score.keys()].sort((a, b) => score[a]! - score[b]!)
  let ranks = 0
  let events = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && score[order[to]!] === score[order[from]!]) to++
    for (let at = from; at < to; at++)
      if (y[order[at]!] === 1) {
        ranks += (from + to + 1) / 2
        events++
      }
    from = to
  }
  return (ranks - (events * (events + 1)) / 2) / (events * (order.length - events))
}

const bins = 32

/** 150 trees of depth 3 on binned columns, trained on at most 80,000 rows; returns the log-odds of each test row. */
export function fitTrees(train: Table, test: Table, trees = 150, rate = 0.1): Float64Array {
  const every = Math.max(1, Math.ceil(train.y.length / 80_000))
  const rows = Array.from({ length: Math.floor(train.y.length / every) }, (_, at) => at * every)
  const edges = train.x.map((column) => edgesOf(Float64Array.from(rows, (at) => column[at]!)))
  const binned = train.x.map((column, j) => Uint8Array.from(rows, (at) => binOf(column[at]!, edges[j]!)))
  const tested = test.x.map((column, j) => Uint8Array.from(column, (value) => binOf(value, edges[j]!)))
  const y = Float64Array.from(rows, (at) => train.y[at]!)
  const share = y.reduce((sum, value) => sum + value, 0) / y.length
  const fit = new Float64Array(y.length).fill(Math.log(share / (1 - share)))
  const out = new Float64Array(test.y.length).fill(Math.log(share / (1 - share)))
  for (let tree = 0; tree < trees; tree++) grow(binned, tested, y, fit, out, rate)
  return out
}

const edgesOf = (sample: Float64Array): number[] => {
  const sorted = sample.slice().sort()
  return Array.from({ length: bins - 1 }, (_, b) => sorted[Math.floor(((b + 1) * sorted.length) / bins)]!)
}
const binOf = (value: number, edges: readonly number[]): number => {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** One tree of three levels by Newton gain, added to both fits. */
function grow(
  x: readonly Uint8Array[],
  tested: readonly Uint8Array[],
  y: Float64Array,
  fit: Float64Array,
  out: Float64Array,
  rate: number,
): void {
  const g = new Float64Array(y.length)
  const w = new Float64Array(y.length)
  for (let i = 0; i < y.length; i++) {
    const p = 1 / (1 + Math.exp(-fit[i]!))
    g[i] = y[i]! - p
    w[i] = p * (1 - p)
  }
  const leaf = new Uint8Array(y.length)
  const testLeaf = new Uint8Array(out.length)
  for (let level = 0; level < 3; level++) {
    const splits = bestSplits(x, g, w, leaf, 1 << level)
    descend(x, leaf, splits)
    descend(tested, testLeaf, splits)
  }
  const sums = new Float64Array(8)
  const weights = new Float64Array(8)
  for (let i = 0; i < y.length; i++) {
    sums[leaf[i]!]! += g[i]!
    weights[leaf[i]!]! += w[i]!
  }
  const step = sums.map((sum, at) => (rate * sum) / (weights[at]! + 1))
  for (let i = 0; i < fit.length; i++) fit[i]! += step[leaf[i]!]!
  for (let i = 0; i < out.length; i++) out[i]! += step[testLeaf[i]!]!
}

function descend(
  x: readonly Uint8Array[],
  leaf: Uint8Array,
  splits: readonly { column: number; bin: number }[],
): void {
  for (let i = 0; i < leaf.length; i++) {
    const split = splits[leaf[i]!]!
    leaf[i] = 2 * leaf[i]! + (x[split.column]![i]! > split.bin ? 1 : 0)
  }
}

function bestSplits(
  x: readonly Uint8Array[],
  g: Float64Array,
  w: Float64Array,
  leaf: Uint8Array,
  leaves: number,
) {
  const best = Array.from({ length: leaves }, () => ({ column: 0, bin: bins, gain: 0 }))
  const sums = new Float64Array(leaves * bins)
  const weights = new Float64Array(leaves * bins)
  for (const [column, values] of x.entries()) {
    sums.fill(0)
    weights.fill(0)
    for (let i = 0; i < values.length; i++) {
      const at = leaf[i]! * bins + values[i]!
      sums[at]! += g[i]!
      weights[at]! += w[i]!
    }
    for (let node = 0; node < leaves; node++) {
      const from = node * bins
      let [all, allWeight, left, leftWeight] = [0, 0, 0, 0]
      for (let b = 0; b < bins; b++) {
        all += sums[from + b]!
        allWeight += weights[from + b]!
      }
      for (let b = 0; b < bins - 1; b++) {
        left += sums[from + b]!
        leftWeight += weights[from + b]!
        const gain =
          left ** 2 / (leftWeight + 1) +
          (all - left) ** 2 / (allWeight - leftWeight + 1) -
          all ** 2 / (allWeight + 1)
        if (gain > best[node]!.gain) best[node] = { column, bin: b, gain }
      }
    }
  }
  return best
}

/** Values with a weight each. */
export type Weighted = { readonly values: Float64Array; readonly weights?: Float64Array }

/**
 * How far apart two distributions stand: the largest gap between their shares at or below a value, and the mean gap
 * over the values that occur.
 *
 * @source Kolmogorov-Smirnov distance of weighted empirical distributions.
 */
export function distributionGap(first: Weighted, second: Weighted): { largestGap: number; meanGap: number } {
  const [a, b] = [ascending(first), ascending(second)]
  let [i, j, belowA, belowB, largestGap, sum, points] = [0, 0, 0, 0, 0, 0, 0]
  while (i < a.values.length || j < b.values.length) {
    const value = Math.min(a.values[i] ?? Number.POSITIVE_INFINITY, b.values[j] ?? Number.POSITIVE_INFINITY)
    for (; i < a.values.length && a.values[i] === value; i++) belowA += a.weights[i] ?? 1
    for (; j < b.values.length && b.values[j] === value; j++) belowB += b.weights[j] ?? 1
    const gap = Math.abs(belowA / a.total - belowB / b.total)
    largestGap = Math.max(largestGap, gap)
    sum += gap
    points++
  }
  return { largestGap, meanGap: points === 0 ? 0 : sum / points }
}

/** Values in order with their weights; without weights the native sort of numbers does, many times faster. */
function ascending({ values, weights }: Weighted) {
  if (!weights) return { values: values.slice().sort(), weights: [], total: values.length }
  const order = Int32Array.from(values.keys()).sort((x, y) => (values[x] ?? 0) - (values[y] ?? 0))
  return {
    values: Float64Array.from(order, (row) => values[row] ?? 0),
    weights: Float64Array.from(order, (row) => weights[row] ?? 0),
    total: weights.reduce((sum, w) => sum + w, 0),
  }
}

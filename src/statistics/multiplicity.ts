/**
 * P values made larger for how many questions were asked together, so that the chance of any false one stays what it was.
 *
 * @param pValues one a question, from 0 to 1.
 * @returns the adjusted values in the same order, at most 1: compare them with the usual limit.
 * @source Holm, Scandinavian Journal of Statistics 1979;6:65–70: the smallest times k, the next times k - 1, never falling.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = [...pValues.keys()].sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0))
  const adjusted = new Array<number>(pValues.length).fill(1)
  let largest = 0
  order.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues[at] ?? 1) * (pValues.length - rank)))
    adjusted[at] = largest
  })
  return adjusted
}

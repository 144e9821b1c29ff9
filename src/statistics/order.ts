/**
 * The row numbers in ascending order of their values; equal values keep the order they stand in. Minus 0 counts as 0.
 *
 * @param values finite. A million take about a tenth of a second: a radix sort on the bits, 16 at a time.
 * @source Knuth, The Art of Computer Programming, volume 3, 5.2.5; numbers ordered by their IEEE 754 bits.
 */
export function orderOfValues(values: Float64Array): Int32Array {
  const n = values.length
  const keys = sortableBits(values)
  let from = Int32Array.from({ length: n }, (_, i) => i)
  let to = new Int32Array(n)
  for (let digit = 0; digit < 4; digit++) {
    const counts = new Int32Array(65_537)
    for (let i = 0; i < n; i++) {
      const at = (keys[i * 4 + digit] ?? 0) + 1
      counts[at] = (counts[at] ?? 0) + 1
    }
    if (counts.some((count) => count === n)) continue
    for (let k = 1; k < 65_537; k++) counts[k] = (counts[k] ?? 0) + (counts[k - 1] ?? 0)
    for (let i = 0; i < n; i++) {
      const row = from[i] ?? 0
      const key = keys[row * 4 + digit] ?? 0
      const place = counts[key] ?? 0
      to[place] = row
      counts[key] = place + 1
    }
    ;[from, to] = [to, from]
  }
  return from
}

/** Bits whose order as whole numbers is the order of the values: 4 digits of 16 bits each, lowest first. */
function sortableBits(values: Float64Array): Uint16Array {
  const copy = Float64Array.from(values, (value) => value + 0)
  const words = new Uint32Array(copy.buffer)
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1] ?? 0
    const isNegative = high >>> 31 === 1
    words[i + 1] = isNegative ? ~high >>> 0 : (high | 0x8000_0000) >>> 0
    if (isNegative) words[i] = ~(words[i] ?? 0) >>> 0
  }
  return new Uint16Array(copy.buffer)
}

/** The same order, then brought together by group: groups ascending, rows of one in the order given. */
export function groupedOrder(order: Int32Array, groups: Int32Array, howMany: number): Int32Array {
  const counts = new Int32Array(howMany + 1)
  for (const row of order) {
    const at = (groups[row] ?? 0) + 1
    counts[at] = (counts[at] ?? 0) + 1
  }
  for (let g = 1; g <= howMany; g++) counts[g] = (counts[g] ?? 0) + (counts[g - 1] ?? 0)
  const out = new Int32Array(order.length)
  for (const row of order) {
    const group = groups[row] ?? 0
    const place = counts[group] ?? 0
    out[place] = row
    counts[group] = place + 1
  }
  return out
}

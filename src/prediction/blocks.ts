/** Rows are worked on in blocks that depend on their number alone: never on the threads. */
export type Blocks = { readonly rows: number; readonly size: number; readonly count: number }

/** At most 64 blocks, none of fewer than 1,024 rows but the last. */
export function blocksOf(rows: number): Blocks {
  const size = Math.max(1024, Math.ceil(rows / 64 / 256) * 256)
  return { rows, size, count: Math.ceil(rows / size) }
}

/** Numbers that every thread can read and write. */
export const sharedDoubles = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length))

/** The same bytes in shared memory; themselves when they are there already. */
export function sharedBytes(values: Uint8Array): Uint8Array {
  if (values.buffer instanceof SharedArrayBuffer) return values
  const copy = new Uint8Array(new SharedArrayBuffer(values.length))
  copy.set(values)
  return copy
}

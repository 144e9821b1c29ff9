/**
 * Shares rows out to folds so that no group is parted: the largest group first, each to the fold with fewest rows.
 *
 * @param groups a code a row; without it every row is a group of its own and rows are dealt in turn.
 * @returns the fold of each row, from 0, and how many there are: never more than groups.
 */
export function foldsOf(
  rows: number,
  groups: Int32Array | undefined,
  most: number,
): { readonly folds: Uint8Array; readonly count: number } {
  const folds = new Uint8Array(new SharedArrayBuffer(rows))
  if (!groups) {
    for (let i = 0; i < rows; i++) folds[i] = i % most
    return { folds, count: Math.min(most, rows) }
  }
  const sizes = new Map<number, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const inOrder = [...sizes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a - b)
  const count = Math.min(most, inOrder.length)
  const held = new Float64Array(count)
  const foldOf = new Map<number, number>()
  for (const [group, size] of inOrder) {
    const fold = held.indexOf(held.reduce((least, value) => Math.min(least, value)))
    foldOf.set(group, fold)
    held[fold] = (held[fold] ?? 0) + size
  }
  for (let i = 0; i < rows; i++) folds[i] = foldOf.get(groups[i] ?? 0) ?? 0
  return { folds, count }
}

import { fewest } from './sentences.ts'
import type { ReachLine } from './service-types.ts'

/** A line whose counts may be told, or one whose counts may not. */
export type ToldLine = ReachLine & { readonly isTold: boolean }

const isSmall = (count: number) => count > 0 && count < fewest

/**
 * Which lines of one kind may be told. A count under 8 is not, nor one that leaves under 8 when taken from the count
 * beside it; where that leaves out one line alone, the smallest other goes too, because the total would give it away.
 *
 * @source design README 9: "fewer than 8", with secondary suppression.
 */
export function toldLines(lines: readonly ReachLine[]): readonly ToldLine[] {
  const kinds = [...new Set(lines.map(({ of }) => of))]
  return kinds.flatMap((kind) => {
    const own = lines.filter(({ of }) => of === kind)
    const hidden = new Set(own.filter(isTooSmall))
    if (hidden.size === 1) {
      const [next] = own.filter((line) => !hidden.has(line)).sort((a, b) => a.joined - b.joined)
      if (next) hidden.add(next)
    }
    return own.map((line) => ({ ...line, isTold: !hidden.has(line) }))
  })
}

const isTooSmall = ({ inNeed, joined }: ReachLine) =>
  isSmall(inNeed) || isSmall(joined) || isSmall(inNeed - joined)

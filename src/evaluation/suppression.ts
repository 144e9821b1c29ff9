import { fewest } from './sentences.ts'
import type { ReachLine } from './service-types.ts'

/** A line whose counts may be told, or one whose counts may not. */
export type ToldLine = ReachLine & { readonly isTold: boolean }

const isSmall = (count: number) => count > 0 && count < fewest

/**
 * Which lines of one kind may be told. A count under 8 is not, nor one that leaves under 8 when taken from the count
 * beside it; where that leaves out one line alone, or several who are under 8 together, the smallest other goes too, because
 * the total would give them away.
 *
 * @source design README 9: "fewer than 8", with secondary suppression.
 */
export function toldLines(lines: readonly ReachLine[]): readonly ToldLine[] {
  const kinds = [...new Set(lines.map(({ of }) => of))]
  return kinds.flatMap((kind) => {
    const own = lines.filter(({ of }) => of === kind)
    const hidden = new Set(own.filter(isTooSmall))
    const others = own.filter((line) => !hidden.has(line)).sort((a, b) => a.joined - b.joined)
    for (const next of others) {
      if (hidden.size === 0 || (hidden.size > 1 && !isTooSmall(together([...hidden])))) break
      hidden.add(next)
    }
    return own.map((line) => ({ ...line, isTold: !hidden.has(line) }))
  })
}

const together = (lines: readonly ReachLine[]) => ({
  inNeed: lines.reduce((sum, { inNeed }) => sum + inNeed, 0),
  joined: lines.reduce((sum, { joined }) => sum + joined, 0),
})

const isTooSmall = ({ inNeed, joined }: Pick<ReachLine, 'inNeed' | 'joined'>) =>
  isSmall(inNeed) || isSmall(joined) || isSmall(inNeed - joined)

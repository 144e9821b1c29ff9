import type { FunnelUnitFound } from './types.ts'

/** A place as one reader may see it. */
export type SeenUnit = FunnelUnitFound & { readonly isOwn: boolean; readonly isTold: boolean }

const isSmall = (count: number) => count > 0 && count < 8

/**
 * Which places' counts may be told to somebody of one of them. A count from 1 to 7 is not, but to its own; where that
 * leaves out one alone, the smallest other goes too, because the rest would give it away.
 *
 * @source design README 9: "fewer than 8", with secondary suppression.
 */
export function unitsSeen(units: readonly FunnelUnitFound[], ownId: string): readonly SeenUnit[] {
  const others = units.filter(({ placeId }) => placeId !== ownId)
  const hidden = new Set(others.filter(({ observed, people }) => isSmall(observed) || isSmall(people)))
  if (hidden.size === 1) {
    const [next] = others.filter((unit) => !hidden.has(unit)).sort((a, b) => a.observed - b.observed)
    if (next) hidden.add(next)
  }
  return units.map((unit) => ({ ...unit, isOwn: unit.placeId === ownId, isTold: !hidden.has(unit) }))
}

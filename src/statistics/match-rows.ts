/**
 * Units that may be matched, one value a row in every part. In risk sets a unit may stand in several rows,
 * one for each time it could have been chosen.
 */
export type MatchRows = {
  /** Who the row is about; breaks ties, in ascending order of its characters. */
  readonly ids: readonly string[]
  /** Everything that must be exactly equal, as one text: the time as well. */
  readonly strata: readonly string[]
  /** The number on which the nearest is sought. */
  readonly scores: Float64Array
  /** Further numbers held to a caliper of their own. */
  readonly near: readonly Float64Array[]
}

export type MatchRule = {
  /** At most so many controls for each treated row. */
  readonly ratio: number
  /** The furthest a control's score may lie from its treated row's, in the score's own unit. */
  readonly scoreCaliper: number
  /** The furthest each of `near` may lie, in their order. */
  readonly nearCalipers: readonly number[]
}

/** A treated row with the rows of the pool chosen for it; both by row number. */
export type MatchedSet = { readonly treated: number; readonly controls: readonly number[] }

/** A caliper is kept if the distance passes it by no more than this; closer scores than this are tied. */
export const tolerance = 1e-12

/** The order of two texts by their characters' numbers, the same on every machine. */
export const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

import { compareText, type MatchedSet, type MatchRows, type MatchRule } from './match-rows.ts'
import { checkMatches } from './matching-check.ts'
import { freePool } from './matching-pool.ts'

export type Matching = { readonly sets: readonly MatchedSet[]; readonly unmatched: readonly number[] }

/**
 * Finds for each treated row the nearest rows of the pool, without using any unit of the pool twice.
 *
 * Treated rows choose in descending order of score, one control each in every pass; ties go to the lower id, so
 * the answer does not depend on the order of the rows. The result is checked pair by pair before it is returned.
 *
 * @returns sets in the order of treated ids, and the treated rows for which the pool held nobody.
 * @throws Error if one pair breaks a stratum, a caliper or the single use of a unit: a fault of this engine.
 * @source Greedy nearest-neighbour matching (Stuart, Statistical Science 2010;25:1) within risk sets
 *   (Li, Propert and Rosenbaum, JASA 2001;96:870), specified in the evaluation design, 2.4.
 */
export function matchNearest(treated: MatchRows, pool: MatchRows, rule: MatchRule): Matching {
  checkLengths(treated, rule)
  checkLengths(pool, rule)
  const chosen: number[][] = treated.ids.map(() => [])
  const order = choosingOrder(treated)
  const free = freePool(pool)
  for (let pass = 1; pass <= rule.ratio; pass++)
    for (const row of order) {
      if (chosen[row]?.length !== pass - 1) continue
      const control = free.takeNearest(treated, row, rule)
      if (control !== undefined) chosen[row]?.push(control)
    }
  const byId = [...order].sort((a, b) => compareText(treated.ids[a] ?? '', treated.ids[b] ?? ''))
  const sets = byId.flatMap((row) => {
    const controls = chosen[row] ?? []
    return controls.length > 0 ? [{ treated: row, controls }] : []
  })
  checkMatches(treated, pool, rule, sets)
  return { sets, unmatched: byId.filter((row) => chosen[row]?.length === 0) }
}

function checkLengths(rows: MatchRows, rule: MatchRule): void {
  const n = rows.ids.length
  const lengths = [rows.strata.length, rows.scores.length, ...rows.near.map((values) => values.length)]
  if (lengths.some((length) => length !== n) || rows.near.length !== rule.nearCalipers.length)
    throw new RangeError('every row needs an id, a stratum, a score and one value for each caliper')
}

function choosingOrder(treated: MatchRows): number[] {
  const rows = treated.ids.map((_, row) => row)
  return rows.sort(
    (a, b) =>
      (treated.scores[b] ?? 0) - (treated.scores[a] ?? 0) ||
      compareText(treated.ids[a] ?? '', treated.ids[b] ?? ''),
  )
}

/**
 * The weight of every control so that each set's controls together count as one treated row, scaled to add up
 * to the number of controls.
 *
 * @returns one weight for each control, in the order of the sets and of the controls within them.
 */
export function controlWeights(sets: readonly MatchedSet[]): Float64Array {
  const controls = sets.reduce((sum, set) => sum + set.controls.length, 0)
  const scale = controls / Math.max(sets.length, 1)
  return Float64Array.from(sets.flatMap((set) => set.controls.map(() => scale / set.controls.length)))
}

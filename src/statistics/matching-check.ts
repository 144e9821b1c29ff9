import { type MatchedSet, type MatchRows, type MatchRule, tolerance } from './match-rows.ts'

/**
 * Looks at every pair again, by the rules alone, knowing nothing of how it was found.
 *
 * @throws Error on the first pair outside a caliper or a stratum, a unit of the pool used twice, a unit matched
 *   with itself, or a set that is empty or too large. One breach is enough to give no answer.
 */
export function checkMatches(
  treated: MatchRows,
  pool: MatchRows,
  rule: MatchRule,
  sets: readonly MatchedSet[],
): void {
  const used = new Set<string>()
  for (const set of sets) {
    if (set.controls.length < 1 || set.controls.length > rule.ratio)
      throw new Error(`matching: a set has ${set.controls.length} controls, expected 1 to ${rule.ratio}`)
    for (const control of set.controls) {
      const id = pool.ids[control]
      if (id === undefined || used.has(id)) throw new Error('matching: a control is used twice')
      used.add(id)
      const breach = breachOf(treated, set.treated, pool, control, rule)
      if (breach) throw new Error(`matching: ${breach}`)
    }
  }
}

function breachOf(treated: MatchRows, t: number, pool: MatchRows, c: number, rule: MatchRule) {
  if (treated.ids[t] === pool.ids[c]) return 'a person is matched with themselves'
  if (treated.strata[t] !== pool.strata[c]) return 'a pair differs where it must be equal'
  const isWithin = (a: number | undefined, b: number | undefined, caliper: number) =>
    Math.abs((a ?? Number.NaN) - (b ?? Number.NaN)) <= caliper + tolerance
  if (!isWithin(treated.scores[t], pool.scores[c], rule.scoreCaliper))
    return 'a pair is outside the score caliper'
  const broken = rule.nearCalipers.findIndex(
    (caliper, k) => !isWithin(treated.near[k]?.[t], pool.near[k]?.[c], caliper),
  )
  return broken < 0 ? undefined : `a pair is outside caliper ${broken + 1}`
}

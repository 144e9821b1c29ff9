import { tolerance } from './match-rows.ts'
import type { MatchTable, TableRule, TableSet } from './table-matching.ts'

/**
 * Looks at every pair again, by the rules alone, knowing nothing of how it was found.
 *
 * @throws Error on the first pair outside a caliper or a stratum, a control used against the rule, or a set that is
 *   empty or too large.
 */
export function checkTableMatches(table: MatchTable, rule: TableRule, sets: readonly TableSet[]): void {
  const used = new Set<number>()
  for (const { treated, controls } of sets) {
    if (controls.length < 1 || controls.length > rule.ratio || new Set(controls).size !== controls.length)
      throw new Error(
        `matching: a set has ${controls.length} controls, expected 1 to ${rule.ratio}, each once`,
      )
    if (table.treated[treated] !== 1) throw new Error('matching: a set without a treated row')
    for (const control of controls) {
      const breach = breachOf(table, treated, control, rule)
      if (breach) throw new Error(`matching: ${breach}`)
      if (!rule.replaces && used.has(control)) throw new Error('matching: a control is used twice')
      used.add(control)
    }
  }
}

function breachOf(
  { treated, strata, scores, points, near }: MatchTable,
  t: number,
  c: number,
  rule: TableRule,
) {
  if (treated[c] !== 0) return 'a treated row stands as a control'
  if (strata[t] !== strata[c]) return 'a pair differs where it must be equal'
  let square = 0
  if (points)
    for (let j = 0; j < points.directions; j++)
      square +=
        ((points.values[t * points.directions + j] ?? 0) - (points.values[c * points.directions + j] ?? 0)) **
        2
  const distance = points ? Math.sqrt(square) : Math.abs((scores[t] ?? 0) - (scores[c] ?? 0))
  if (!(distance <= rule.caliper + tolerance)) return 'a pair is outside the caliper'
  const broken = near.findIndex(
    ({ values, caliper }) => !(Math.abs((values[t] ?? 0) - (values[c] ?? 0)) <= caliper + tolerance),
  )
  return broken < 0 ? undefined : `a pair is outside caliper ${broken + 1}`
}

import { standingJudgements } from './rules.ts'
import type { Judgement } from './types.ts'

/** Of people judged by two, how many each said yes and no to. */
export type Pairs = {
  readonly bothYes: number
  readonly firstYes: number
  readonly secondYes: number
  readonly bothNo: number
}

type Kappa = { readonly value: number; readonly low: number; readonly high: number }

/** How far two judges of the same person agree beyond chance: -1 to 1, with its 95% interval. */
export type Agreement = {
  readonly pairs: number
  readonly same: number
  /** Not known under 10 pairs, or where everybody said the same. */
  readonly kappa?: Kappa
}

const fewestPairs = 10

type Said = Pick<Judgement, 'n' | 'decision' | 'judgedById'>

/**
 * The first two people who each judged somebody: yes is accepted, no is deferred or declined. The second did not see what the
 * first had said, for a colleague's view is not shown to who is to judge.
 *
 * @param histories everything judged of each person.
 */
export function pairsIn(histories: readonly (readonly Said[])[]): Pairs {
  const pairs = { bothYes: 0, firstYes: 0, secondYes: 0, bothNo: 0 }
  for (const history of histories) {
    const said = standingJudgements(history).filter(({ decision }) => decision !== 'added')
    const first = said[0]
    const second = said.find(({ judgedById }) => judgedById !== first?.judgedById)
    if (!first || !second) continue
    const [a, b] = [first.decision === 'accepted', second.decision === 'accepted']
    pairs[a ? (b ? 'bothYes' : 'firstYes') : b ? 'secondYes' : 'bothNo']++
  }
  return pairs
}

const countOf = ({ bothYes, firstYes, secondYes, bothNo }: Pairs) => bothYes + firstYes + secondYes + bothNo
const sameOf = ({ bothYes, bothNo }: Pairs) => bothYes + bothNo

/** How often two agree by chance alone, each saying yes as often as they do. */
function byChanceIn(pairs: Pairs): number {
  const all = countOf(pairs)
  const [first, second] = [(pairs.bothYes + pairs.firstYes) / all, (pairs.bothYes + pairs.secondYes) / all]
  return first * second + (1 - first) * (1 - second)
}

/**
 * Agreement of one table of pairs.
 *
 * @source Cohen, Educ Psychol Meas 1960;20:37: kappa and its large-sample standard error.
 */
export const agreementOf = (pairs: Pairs): Agreement => together([pairs])

/** The same of everything judged of each person. */
export const agreementIn = (histories: readonly (readonly Judgement[])[]): Agreement =>
  agreementOf(pairsIn(histories))

/**
 * Agreement in all practices together. Chance is worked out within each practice: two practices of which one accepts all and
 * the other none would look as if their judges agreed, if their tables were only added up. Practices with fewer than 10 pairs
 * are one table among themselves.
 *
 * @source Barlow, Lai and Azen, Stat Med 1991;10:1465 (kappa over strata, weighed by pairs and by room beyond chance); the error
 *   is Cohen's in each. From general knowledge of them, not re-read. Of one practice it is Cohen's kappa.
 */
export function pooledAgreement(practices: readonly Pairs[]): Agreement & { readonly practices: number } {
  const large = practices.filter((pairs) => countOf(pairs) >= fewestPairs)
  const small = practices.filter((pairs) => countOf(pairs) < fewestPairs)
  const rest = small.reduce(
    (sum, pairs) => ({
      bothYes: sum.bothYes + pairs.bothYes,
      firstYes: sum.firstYes + pairs.firstYes,
      secondYes: sum.secondYes + pairs.secondYes,
      bothNo: sum.bothNo + pairs.bothNo,
    }),
    { bothYes: 0, firstYes: 0, secondYes: 0, bothNo: 0 },
  )
  return { ...together([...large, ...(countOf(rest) > 0 ? [rest] : [])]), practices: practices.length }
}

function together(tables: readonly Pairs[]): Agreement {
  const sum = (of: (pairs: Pairs) => number) => tables.reduce((total, pairs) => total + of(pairs), 0)
  const [pairs, same] = [sum(countOf), sum(sameOf)]
  const room = sum((table) => countOf(table) * (1 - byChanceIn(table)))
  if (pairs < fewestPairs || room <= 0) return { pairs, same }
  const value = sum((table) => sameOf(table) - countOf(table) * byChanceIn(table)) / room
  const spread = sum((table) => {
    const share = sameOf(table) / countOf(table)
    return countOf(table) * share * (1 - share)
  })
  const error = Math.sqrt(spread) / room
  return {
    pairs,
    same,
    kappa: { value, low: Math.max(-1, value - 1.96 * error), high: Math.min(1, value + 1.96 * error) },
  }
}

/** How often each reason stands, the most first. */
export function reasonCounts(
  judgements: readonly Pick<Judgement, 'decision' | 'reason'>[],
): readonly { readonly decision: Judgement['decision']; readonly reason: string; readonly count: number }[] {
  const counts = new Map<string, { decision: Judgement['decision']; reason: string; count: number }>()
  for (const { decision, reason } of judgements) {
    const key = `${decision} ${reason}`
    const row = counts.get(key) ?? { decision, reason, count: 0 }
    row.count++
    counts.set(key, row)
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason))
}

import { standingJudgements } from './rules.ts'
import type { Judgement } from './types.ts'

/** How far two judges of the same person agree beyond chance: -1 to 1, with its 95% interval. */
export type Agreement = {
  readonly pairs: number
  readonly same: number
  /** Not known under 10 pairs, or where everybody said the same. */
  readonly kappa?: { readonly value: number; readonly low: number; readonly high: number }
}

const fewestPairs = 10

/**
 * Agreement between the first two people who each judged somebody: yes is accepted, no is deferred or declined. The
 * second did not see what the first had said, for a colleague's view is not shown to who is to judge.
 *
 * @param histories everything judged of each person.
 * @source Cohen, Educ Psychol Meas 1960;20:37: kappa and its large-sample standard error.
 */
export function agreementIn(histories: readonly (readonly Judgement[])[]): Agreement {
  const pairs = histories.flatMap((history) => {
    const said = standingJudgements(history).filter(({ decision }) => decision !== 'added')
    const first = said[0]
    const second = said.find(({ judgedById }) => judgedById !== first?.judgedById)
    return first && second ? [[first.decision === 'accepted', second.decision === 'accepted'] as const] : []
  })
  const same = pairs.filter(([a, b]) => a === b).length
  const share = (test: (pair: readonly [boolean, boolean]) => boolean) =>
    pairs.filter(test).length / pairs.length
  const [yesFirst, yesSecond] = [share(([a]) => a), share(([, b]) => b)]
  const byChance = yesFirst * yesSecond + (1 - yesFirst) * (1 - yesSecond)
  if (pairs.length < fewestPairs || byChance >= 1) return { pairs: pairs.length, same }
  const observed = same / pairs.length
  const value = (observed - byChance) / (1 - byChance)
  const error = Math.sqrt((observed * (1 - observed)) / pairs.length) / (1 - byChance)
  return {
    pairs: pairs.length,
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

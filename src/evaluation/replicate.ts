import { type Interval, rateRatioInterval } from '#statistics'
import { follow, matchedRows } from './effect.ts'
import { judge, prepare } from './rules.ts'
import { subgroupOf, unaffectedRatio } from './sensitivity.ts'
import type { Scenario } from './simulated-town.ts'
import { simulate } from './simulation.ts'
import type { Answer } from './types.ts'

/** What one made-up town came to. Without an answer only what kind of refusal it was. */
export type Replication = {
  readonly scenario: string
  readonly seed: number
  readonly kind: Answer['kind']
  readonly truth: number
  readonly matchedShare?: number
  readonly attempts?: number
  readonly found?: {
    readonly ratio: Interval
    readonly unadjusted: number
    /** Those helped, after over before: what a report without controls would say. */
    readonly beforeAfter: Interval
    readonly ownChangePercent: number
    readonly controlChangePercent: number
    readonly formulaChangePercent: number
    readonly laterJoinedPercent: number
    readonly unaffected?: Interval
    /** The ratio of the two most deprived fifths over that of the rest. */
    readonly deprived?: Interval
  }
}

/** Makes one town with a service whose truth is known, and asks the shipped method about it. */
export function replicate(name: string, scenario: Scenario, seed: number): Replication {
  const { protocol, cut, truth, outcomesOf } = simulate(seed, scenario)
  const followed = cut.treated.persons.length
  const prepared = prepare(protocol, { joined: scenario.enrolled, followed }, cut)
  if (prepared.kind === 'stopped')
    return { scenario: name, seed, truth, kind: prepared.answer.kind, ...tellingOf(prepared.answer) }
  const outcomes = outcomesOf(matchedRows(prepared.cut, prepared.matched))
  const answer = judge(protocol, prepared, outcomes)
  if (answer.kind !== 'answered') return { scenario: name, seed, truth, kind: answer.kind }
  const { helped, regression } = answer
  const rows = follow(protocol, prepared.prognosis, prepared.cut, prepared.matched, outcomes)
  const deprivation = rows.rows.values.deprivation ?? new Float64Array()
  return {
    scenario: name,
    seed,
    truth,
    kind: answer.kind,
    ...tellingOf(answer),
    found: {
      ratio: answer.ratio,
      unadjusted: answer.unadjustedRatio,
      beforeAfter: rateRatioInterval(
        [helped.events, helped.years],
        [Math.round(helped.rateBefore * helped.people), helped.people],
      ),
      ...regression,
      laterJoinedPercent: answer.laterJoinedPercent,
      unaffected: unaffectedRatio(rows),
      deprived: subgroupOf(
        rows,
        { group: 'most deprived', rest: 'the rest' },
        (row) => (deprivation[row] ?? 0) <= 2,
      )?.ratioOfRatios,
    },
  }
}

function tellingOf(answer: Answer): Pick<Replication, 'matchedShare' | 'attempts'> {
  if (!('attempts' in answer)) return {}
  return { matchedShare: answer.attempts.at(-1)?.matchedShare, attempts: answer.attempts.length }
}

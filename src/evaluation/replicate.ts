import { type Interval, rateRatioInterval } from '#statistics'
import { follow, matchedRows, rateRatio } from './effect.ts'
import { matchStudy } from './match.ts'
import { judge, prepare } from './rules.ts'
import { inOrder, prognosisFrom } from './scores.ts'
import { subgroupOf, unaffectedRatio } from './sensitivity.ts'
import type { Scenario } from './simulated-town.ts'
import { simulate } from './simulation.ts'
import type { Answer, Cut, Outcomes, Protocol, StudyRows } from './types.ts'

/** What one made-up town came to. Without an answer only what kind of refusal it was. */
export type Replication = {
  readonly scenario: string
  readonly seed: number
  readonly kind: Answer['kind']
  readonly truth: number
  readonly matchedShare?: number
  readonly attempts?: number
  /** What would have been said of a result that was withheld. Only made-up towns are asked this. */
  readonly ifShown?: Interval
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
  if (prepared.kind === 'stopped') {
    const { answer } = prepared
    const ifShown = answer.kind === 'withheld' ? unseal(protocol, cut, outcomesOf) : undefined
    return { scenario: name, seed, truth, kind: answer.kind, ...tellingOf(answer), ifShown }
  }
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

function unseal(protocol: Protocol, cut: Cut, outcomesOf: (rows: StudyRows) => Outcomes): Interval {
  const ordered = { ...cut, treated: inOrder(cut.treated), pool: inOrder(cut.pool) }
  const known = protocol.covariates.filter(({ name }) => name !== 'expected')
  const prognosis = prognosisFrom(known, ordered.history)
  const matched = matchStudy(protocol, prognosis, ordered)
  const outcomes = outcomesOf(matchedRows(ordered, matched))
  return rateRatio(follow(protocol, prognosis, ordered, matched, outcomes))
}

function tellingOf(answer: Answer): Pick<Replication, 'matchedShare' | 'attempts'> {
  if (!('attempts' in answer)) return {}
  return { matchedShare: answer.attempts.at(-1)?.matchedShare, attempts: answer.attempts.length }
}

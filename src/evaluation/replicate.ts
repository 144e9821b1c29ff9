import { type Interval, rateRatioInterval } from '#statistics'
import { type Followed, follow, matchedRows, rateRatio } from './effect.ts'
import { furtherOutcomesOf } from './further-outcomes.ts'
import { matchStudy } from './match.ts'
import { judge, prepare } from './rules.ts'
import { inOrder, prognosisFrom } from './scores.ts'
import { subgroupOf, unaffectedRatio } from './sensitivity.ts'
import type { Scenario } from './simulated-town.ts'
import { simulate } from './simulation.ts'
import type { Answer, Arm, Cut, Outcomes, Protocol, StudyRows } from './types.ts'

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
    /** Those helped, after over before: what a report without controls would say. Of deaths there is no before. */
    readonly beforeAfter?: Interval
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
    const ifShown = answer.kind === 'withheld' ? unseal(scenario, protocol, cut, outcomesOf) : undefined
    return { scenario: name, seed, truth, kind: answer.kind, ...tellingOf(answer), ifShown }
  }
  const outcomes = outcomesOf(matchedRows(prepared.cut, prepared.matched))
  const answer = judge(protocol, prepared, outcomes)
  if (answer.kind !== 'answered') return { scenario: name, seed, truth, kind: answer.kind }
  const { helped, regression } = answer
  const rows = follow(protocol, prepared.prognosis, prepared.cut, prepared.matched, outcomes)
  const asked = askedOf(scenario, rows)
  if (!asked) return { scenario: name, seed, truth, kind: 'few events' }
  const deprivation = rows.rows.values.deprivation ?? new Float64Array()
  return {
    scenario: name,
    seed,
    truth,
    kind: answer.kind,
    ...tellingOf(answer),
    found: {
      ...asked,
      ...(scenario.asks === 'deaths' ? {} : { beforeAfter: beforeAfterOf(helped) }),
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

const beforeAfterOf = ({ events, years, rateBefore, people }: Arm): Interval =>
  rateRatioInterval([events, years], [Math.round(rateBefore * people), people])

/** What the method says of what a town asks about; undefined where it says that there are too few. */
function askedOf({ asks }: Scenario, rows: Followed): { ratio: Interval; unadjusted: number } | undefined {
  if (asks !== 'deaths') return { ratio: rateRatio(rows), unadjusted: rateRatio(rows, false).value }
  const ratio = furtherOutcomesOf(rows).find(({ outcome }) => outcome === 'deaths')?.ratio
  const died = Float64Array.from(rows.outcomes.died)
  return ratio && { ratio, unadjusted: rateRatio(rows, false, died).value }
}

function unseal(
  scenario: Scenario,
  protocol: Protocol,
  cut: Cut,
  outcomesOf: (rows: StudyRows) => Outcomes,
): Interval | undefined {
  const ordered = { ...cut, treated: inOrder(cut.treated), pool: inOrder(cut.pool) }
  const known = protocol.covariates.filter(({ name }) => name !== 'expected')
  const prognosis = prognosisFrom(known, ordered.history)
  const matched = matchStudy(protocol, prognosis, ordered)
  const outcomes = outcomesOf(matchedRows(ordered, matched))
  return askedOf(scenario, follow(protocol, prognosis, ordered, matched, outcomes))?.ratio
}

function tellingOf(answer: Answer): Pick<Replication, 'matchedShare' | 'attempts'> {
  if (!('attempts' in answer)) return {}
  return { matchedShare: answer.attempts.at(-1)?.matchedShare, attempts: answer.attempts.length }
}

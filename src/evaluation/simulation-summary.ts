import { binomialInterval, type Interval } from '#statistics'
import { mostJoinedLaterPercent } from './checks.ts'
import type { Replication } from './replicate.ts'

/** What the replications of one scenario come to. Biases are on the scale of logarithms. */
export type ScenarioSummary = {
  readonly scenario: string
  readonly replications: number
  /** How many were answered: the others were refused by the method's own gates. */
  readonly answered: number
  readonly truth: number
  /** NaN where there is no before. */
  readonly beforeAfter: number
  /** The share of before-after intervals that leave 1 out below: a report without controls says "fewer". */
  readonly beforeAfterFalls: number
  readonly unadjusted: number
  readonly ratio: number
  readonly bias: number
  readonly biasError: number
  readonly coverage: Interval
  readonly saysEffect: Interval
  readonly ownChangePercent: number
  readonly controlChangePercent: number
  readonly formulaChangePercent: number
  readonly laterJoinedPercent: number
  /** The share of answers beside which the page says Watch, because many of those compared joined later. */
  readonly warnsOfLater: number
  readonly matchedShare: number
  readonly unaffectedFlags: Interval
  readonly deprivedFound: Interval
  /** The same had nothing been withheld: what the gates keep from being said. */
  readonly ungated: Ungated
}

/** Every replication that has an estimate, shown or not. Without one all are NaN. */
type Ungated = {
  readonly ratio: number
  readonly bias: number
  readonly biasError: number
  readonly coverage: Interval
}

type Found = NonNullable<Replication['found']> & { readonly truth: number; readonly matchedShare: number }

const mean = (values: readonly number[]) =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length

/** The spread of a mean over replications: its Monte Carlo standard error. */
function errorOfMean(values: readonly number[]): number {
  const centre = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  return Math.sqrt(squares / Math.max(values.length - 1, 1) / Math.max(values.length, 1))
}

const excludes = ({ low, high }: Interval, value: number) => low > value || high < value

/** One scenario's replications in one line; undefined without any. What none was answered for is NaN. */
export function summaryOf(rows: readonly Replication[]): ScenarioSummary | undefined {
  const found = rows.flatMap(({ found: one, truth, matchedShare = 0 }): Found[] =>
    one ? [{ ...one, truth, matchedShare }] : [],
  )
  const [first] = rows
  if (!first) return undefined
  const errors = found.map(({ ratio, truth }) => Math.log(ratio.value / truth))
  const of = (value: (one: Found) => number) => mean(found.map(value))
  const share = (is: (one: Found) => boolean) => shareOf(found, is)
  const naive = found.flatMap(({ beforeAfter }) => beforeAfter ?? [])
  const told = found.filter(({ deprived }) => deprived !== undefined)
  const watched = found.filter(({ unaffected }) => unaffected !== undefined)
  return {
    scenario: first.scenario,
    replications: rows.length,
    answered: found.length,
    truth: of(({ truth }) => truth),
    beforeAfter: Math.exp(mean(naive.map(({ value }) => Math.log(value)))),
    beforeAfterFalls: mean(naive.map(({ high }) => (high < 1 ? 1 : 0))),
    unadjusted: Math.exp(of(({ unadjusted }) => Math.log(unadjusted))),
    ratio: Math.exp(of(({ ratio }) => Math.log(ratio.value))),
    bias: mean(errors),
    biasError: errorOfMean(errors),
    coverage: share(({ ratio, truth }) => !excludes(ratio, truth)),
    saysEffect: share(({ ratio }) => excludes(ratio, 1)),
    ownChangePercent: of(({ ownChangePercent }) => ownChangePercent),
    controlChangePercent: of(({ controlChangePercent }) => controlChangePercent),
    formulaChangePercent: of(({ formulaChangePercent }) => formulaChangePercent),
    laterJoinedPercent: of(({ laterJoinedPercent }) => laterJoinedPercent),
    warnsOfLater: of(({ laterJoinedPercent }) => (laterJoinedPercent > mostJoinedLaterPercent ? 1 : 0)),
    matchedShare: of(({ matchedShare }) => matchedShare),
    unaffectedFlags: shareOf(
      watched,
      ({ unaffected }) => unaffected !== undefined && excludes(unaffected, 1),
    ),
    ungated: ungatedOf(rows),
    deprivedFound: shareOf(told, ({ deprived }) => deprived !== undefined && excludes(deprived, 1)),
  }
}

function ungatedOf(rows: readonly Replication[]): Ungated {
  const all = rows.flatMap(({ truth, found, ifShown }) => {
    const ratio = found?.ratio ?? ifShown
    return ratio ? [{ truth, ratio }] : []
  })
  const errors = all.map(({ truth, ratio }) => Math.log(ratio.value / truth))
  return {
    ratio: Math.exp(mean(all.map(({ ratio }) => Math.log(ratio.value)))),
    bias: mean(errors),
    biasError: errorOfMean(errors),
    coverage: shareOf(all, ({ truth, ratio }) => !excludes(ratio, truth)),
  }
}

// A Monte Carlo share is judged on its 99% interval.
const shareOf = <One>(found: readonly One[], is: (one: One) => boolean): Interval =>
  found.length === 0
    ? { value: 0, low: 0, high: 1 }
    : binomialInterval(found.filter(is).length, found.length, 0.99)

export type GateOutcome = {
  readonly scenario: string
  readonly gate: string
  readonly found: string
  readonly isMet: boolean
}

/**
 * The numbers the method must reach, each judged with its Monte Carlo interval.
 *
 * @source evaluation design 7.3: bias fails if |bias| - 2 SE > 0.015; coverage if its 99% interval lies outside 93
 *   to 97%; a false effect if it lies above 7%; power of B at least 95%; the printed fall within 3 points.
 */
export function gatesOf(summaries: readonly ScenarioSummary[]): readonly GateOutcome[] {
  const of = (scenario: string) => summaries.find((one) => one.scenario === scenario && one.answered > 0)
  return [
    ...['A', 'B', 'P', 'Q', 'R', 'S'].flatMap((name) => biasGate(of(name))),
    ...['A', 'B', 'C', 'P', 'Q', 'R', 'S'].flatMap((name) => coverageGate(of(name))),
    ...['A', 'C', 'P', 'R'].flatMap((name) => falseGate(of(name))),
    ...powerGate(of('B')),
    ...noteGate(of('A')),
    ...saturatedGates(of('E')),
    ...unaffectedGates(of('A'), of('F')),
  ]
}

const inHundred = (share: number) => (share * 100).toFixed(1)

function biasGate(one?: ScenarioSummary): readonly GateOutcome[] {
  if (!one) return []
  const { scenario, bias, biasError } = one
  const found = `${bias.toFixed(4)} (Monte Carlo error ${biasError.toFixed(4)})`
  return [{ scenario, gate: 'bias within 0.015', found, isMet: Math.abs(bias) - 2 * biasError <= 0.015 }]
}

function coverageGate(one?: ScenarioSummary): readonly GateOutcome[] {
  if (!one) return []
  const { value, low, high } = one.coverage
  const found = `${inHundred(value)} (99% interval ${inHundred(low)} to ${inHundred(high)})`
  const gate = 'coverage 93 to 97 in 100'
  return [{ scenario: one.scenario, gate, found, isMet: high >= 0.93 && low <= 0.97 }]
}

// Where a scheme takes much of the pool every answer that is shown must warn, and hold the truth as often as asked.
function saturatedGates(one?: ScenarioSummary): readonly GateOutcome[] {
  if (!one) return []
  const { value, low, high } = one.coverage
  const found = `${inHundred(value)} (99% interval ${inHundred(low)} to ${inHundred(high)}); ${one.answered} of ${one.replications} shown`
  return [
    { scenario: 'E', gate: 'coverage at least 92 in 100', found, isMet: high >= 0.92 },
    {
      scenario: 'E',
      gate: 'every answer shown warns that many joined later',
      found: inHundred(one.warnsOfLater),
      isMet: one.warnsOfLater === 1,
    },
  ]
}

function falseGate(one?: ScenarioSummary): readonly GateOutcome[] {
  if (!one) return []
  const { value, low, high } = one.saysEffect
  const found = `${inHundred(value)} (99% interval ${inHundred(low)} to ${inHundred(high)})`
  return [{ scenario: one.scenario, gate: 'false “effect” at most 7 in 100', found, isMet: low <= 0.07 }]
}

function powerGate(one?: ScenarioSummary): readonly GateOutcome[] {
  if (!one) return []
  const { value, high } = one.saysEffect
  return [
    { scenario: 'B', gate: 'sees the fall at least 95 in 100', found: inHundred(value), isMet: high >= 0.95 },
  ]
}

function noteGate(one?: ScenarioSummary): readonly GateOutcome[] {
  if (!one) return []
  const apart = Math.abs(one.ownChangePercent - one.controlChangePercent)
  const gate = 'the fall told to be expected is within 3 points'
  return [{ scenario: 'A', gate, found: `${apart.toFixed(1)} points`, isMet: apart <= 3 }]
}

function unaffectedGates(none?: ScenarioSummary, unseen?: ScenarioSummary): readonly GateOutcome[] {
  const line = ({ scenario, unaffectedFlags: { value } }: ScenarioSummary, gate: string, isMet: boolean) => ({
    scenario,
    gate: `things the service cannot change warn ${gate}`,
    found: inHundred(value),
    isMet,
  })
  return [
    ...(none ? [line(none, 'at most 7 in 100', none.unaffectedFlags.low <= 0.07)] : []),
    ...(unseen ? [line(unseen, 'at least 55 in 100', unseen.unaffectedFlags.high >= 0.55)] : []),
  ]
}

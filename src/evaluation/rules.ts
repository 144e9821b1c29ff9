import {
  detectableRatio,
  enrolledNeeded,
  expectedNextCount,
  gammaPoissonFrom,
  type Interval,
  type RateDesign,
} from '#statistics'
import type { Asked } from './choice-types.ts'
import { choicesOf, priorYearOf } from './choices.ts'
import { countsOf, effectOf, follow, rateRatio } from './effect.ts'
import { matchedIn100, matchStudy } from './match.ts'
import { inOrder, type Prognosis, prognosisFrom } from './scores.ts'
import { furtherOf } from './sensitivity.ts'
import type { UnitCost } from './service-types.ts'
import type {
  Answer,
  BalanceLine,
  Breach,
  Compared,
  Cut,
  Matched,
  NotReady,
  Outcomes,
  Protocol,
  Verdict,
} from './types.ts'

/** Who joined by now, and who of them long enough ago to be looked at. */
export type Enrolled = { readonly joined: number; readonly followed: number }

/** The breach of too few people who had somebody like them. */
export const enoughMatched = 'Enough matched'

/** What an answer was asked, to be kept with it; nothing where the method that ships was asked. */
export const askedBy = ({ plan }: Protocol): { readonly asked?: Asked } => {
  if (!plan?.choices) return {}
  const { outcome, horizonDays, pool } = choicesOf({ plan })
  return { asked: { outcome, horizonDays, pool } }
}

/** Fewer admissions than this in the past cohort teach nothing about what to expect. */
const leastPastEvents = 50

/** A study matched and judged fit or not, before any outcome has been read. */
export type Prepared =
  | { readonly kind: 'stopped'; readonly answer: Answer }
  | {
      readonly kind: 'sealed'
      readonly cut: Cut
      readonly matched: Matched
      readonly prognosis: Prognosis
      readonly compared: Compared
    }

/**
 * Matches a study and decides whether its outcomes may be opened: enough people, and groups that are alike.
 *
 * @returns either a final answer that holds no outcome, or the matched people whose outcomes may now be read.
 */
export function prepare(
  protocol: Protocol,
  enrolled: Enrolled,
  read: Cut,
  notKnown: readonly string[] = [],
): Prepared {
  const cut = { ...read, treated: inOrder(read.treated), pool: inOrder(read.pool) }
  const lacking = lackOf(cut)
  if (lacking) return { kind: 'stopped', answer: { kind: 'not ready', reason: lacking, ...enrolled } }
  const prognosis = prognosisFrom(
    protocol.covariates.filter(({ name }) => name !== 'expected'),
    cut.history,
  )
  const matched = matchStudy(protocol, prognosis, cut)
  const detectableFallPercent = detectable(protocol, cut, matched, prognosis)
  if (detectableFallPercent > protocol.largestFallPercent)
    return {
      kind: 'stopped',
      answer: notPowered(enrolled, detectableFallPercent, design(protocol, matched, prognosis)),
    }
  const compared = { ...comparedBy(protocol, enrolled, cut, matched, detectableFallPercent), notKnown }
  const breaches = breachesOf(protocol, matched)
  if (breaches.length > 0) {
    const expectedFallPercent = expectedFallOf(cut, priorYearOf(protocol))
    return { kind: 'stopped', answer: { kind: 'withheld', ...compared, breaches, expectedFallPercent } }
  }
  return { kind: 'sealed', cut, matched, prognosis, compared }
}

/**
 * How far the rate of those who joined is expected to fall with nothing done, from the year before they joined and
 * the counts of everybody: no outcome is read. Undefined under 10 events.
 *
 * @source evaluation design 2.7 (b).
 */
function expectedFallOf({ treated, history }: Cut, prior: string): number | undefined {
  const counts = [...(treated.values[prior] ?? [])]
  const before = counts.reduce((sum, count) => sum + count, 0)
  if (before < 10) return undefined
  const population = gammaPoissonFrom(history.values[prior] ?? [])
  const expected = counts.reduce((sum, count) => sum + expectedNextCount(count, population), 0)
  return (1 - expected / before) * 100
}

function lackOf({ treated, pool, history }: Cut): NotReady | undefined {
  if (treated.persons.length === 0) return 'nobody followed'
  if (pool.persons.length === 0) return 'no pool'
  const pastEvents = history.events.reduce((sum, events) => sum + events, 0)
  return pastEvents < leastPastEvents ? 'too little history' : undefined
}

/** The answer, once the outcomes of the matched people have been read. */
export function judge(
  protocol: Protocol,
  { cut, matched, prognosis, compared }: Extract<Prepared, { kind: 'sealed' }>,
  outcomes: Outcomes,
): Answer {
  const followed = follow(protocol, prognosis, cut, matched, outcomes)
  const counts = countsOf(followed)
  if (counts.helped.events < 10 || counts.matched.events < 10) {
    return { kind: 'few events', ...compared, ...counts }
  }
  const population = gammaPoissonFrom(cut.history.values[priorYearOf(protocol)] ?? [])
  const effect = effectOf(followed, population, design(protocol, matched, prognosis))
  return { kind: 'answered', ...compared, ...effect, verdict: verdictOn(effect.ratio) }
}

/** The answer with every check and every other way of asking beside it. */
export function judgeInFull(
  protocol: Protocol,
  prepared: Extract<Prepared, { kind: 'sealed' }>,
  outcomes: Outcomes,
  unitCosts: readonly UnitCost[],
): Answer {
  const answer = judge(protocol, prepared, outcomes)
  if (answer.kind !== 'answered') return answer
  const followed = follow(protocol, prepared.prognosis, prepared.cut, prepared.matched, outcomes)
  return { ...answer, further: furtherOf(followed, unitCosts) }
}

/** The adjusted ratio alone, of the same matched people followed in another way. */
export const ratioBy = (
  protocol: Protocol,
  { prognosis, cut, matched }: Extract<Prepared, { kind: 'sealed' }>,
  outcomes: Outcomes,
): Interval => rateRatio(follow(protocol, prognosis, cut, matched, outcomes))

/** What an interval allows one to say: an end equal to 1 does not exclude it. */
export function verdictOn({ low, high }: Interval): Verdict {
  if (high < 1) return 'fewer'
  return low > 1 ? 'more' : 'cannot tell'
}

/**
 * What keeps a result back: too few matched, or groups that differ more than the limits of each covariate allow.
 *
 * @source evaluation design 2.5.
 */
export function breachesOf(protocol: Protocol, { sets, unmatched, balance }: Matched): readonly Breach[] {
  const share = sets.length / (sets.length + unmatched.length)
  const tooFew =
    share < protocol.leastMatchedShare
      ? [{ label: enoughMatched, found: `${matchedIn100(share)} in 100 had somebody like them` }]
      : []
  return [...tooFew, ...balance.flatMap(breachesIn)]
}

function breachesIn({
  label,
  after,
  limit,
  varianceRatio,
  largestGap,
  gapLimit,
}: BalanceLine): readonly Breach[] {
  if (Math.abs(after) > limit)
    return [{ label, found: `${Math.abs(after).toFixed(2)} apart, limit ${limit.toFixed(2)}` }]
  if (varianceRatio !== null && !(varianceRatio >= 0.5 && varianceRatio <= 2))
    return [{ label, found: `one group varies ${varianceRatio.toFixed(1)} times as much` }]
  return largestGap > gapLimit
    ? [{ label, found: `spread differently by ${largestGap.toFixed(2)}, limit ${gapLimit.toFixed(2)}` }]
    : []
}

/** What the study could see, from history alone: no outcome of the study is needed. */
function design(protocol: Protocol, matched: Matched, prognosis: Prognosis): RateDesign {
  const expected = matched.sets.map((set) => matched.expectedRates[set.treated] ?? 0)
  return {
    controlsEach: Math.max(matched.effectiveControls / Math.max(matched.sets.length, 1), 0.01),
    years: protocol.horizonDays / 365,
    baseRate: Math.max(expected.reduce((sum, rate) => sum + rate, 0) / Math.max(expected.length, 1), 1e-6),
    overdispersion: prognosis.overdispersion,
  }
}

function detectable(protocol: Protocol, cut: Cut, matched: Matched, prognosis: Prognosis): number {
  if (cut.treated.persons.length < 2 || matched.sets.length < 2) return 100
  return (1 - detectableRatio(matched.sets.length, design(protocol, matched, prognosis))) * 100
}

function notPowered(enrolled: Enrolled, detectableFallPercent: number, using: RateDesign): Answer {
  return {
    kind: 'not powered',
    ...enrolled,
    detectableFallPercent,
    neededFor20Percent: enrolledNeeded(0.8, using),
  }
}

function comparedBy(
  protocol: Protocol,
  enrolled: Enrolled,
  cut: Cut,
  matched: Matched,
  detectableFallPercent: number,
): Omit<Compared, 'notKnown'> {
  const days = [...cut.treated.indexOns].sort()
  const [firstOn, lastOn] = [days[0], days.at(-1)]
  if (!firstOn || !lastOn) throw new Error('study: nobody to compare')
  const prior = matched.unmatched.map((row) => cut.treated.values[priorYearOf(protocol)]?.[row] ?? 0)
  return {
    ...enrolled,
    matchedTreated: matched.sets.length,
    matchedControls: matched.sets.reduce((sum, set) => sum + set.controls.length, 0),
    attempts: matched.attempts,
    balance: matched.balance,
    effectiveControls: matched.effectiveControls,
    detectableFallPercent,
    firstOn,
    lastOn,
    unmatchedMeanAdmissions: prior.length === 0 ? null : prior.reduce((sum, n) => sum + n, 0) / prior.length,
  }
}

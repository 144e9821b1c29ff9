import {
  balanceOf,
  controlWeights,
  effectiveSize,
  type Matching,
  type MatchRows,
  type MatchRule,
  matchNearest,
  moments,
} from '#statistics'
import { type Prognosis, propensities, rowsAt, scaledValues } from './scores.ts'
import type { Attempt, BalanceLine, Covariate, Cut, ExactKey, Matched, Protocol, StudyRows } from './types.ts'

type Scored = {
  readonly rows: StudyRows
  readonly logRates: Float64Array
  readonly propensities: Float64Array
}

/**
 * Finds for everybody who joined up to three people who could have joined on the same day and had not, alike in
 * all that was known before. No outcome is read here or can be.
 */
export function matchStudy(protocol: Protocol, prognosis: Prognosis, cut: Cut): Matched {
  const known = protocol.covariates.filter(({ name }) => name !== 'expected')
  const [ofTreated, ofPool] = propensities(known, cut.treated, cut.pool)
  const treated = scored(cut.treated, prognosis, ofTreated)
  const pool = scored(cut.pool, prognosis, ofPool)
  const scoreSpread = spreadOf(treated.logRates, pool.logRates)
  const calipers = {
    score: protocol.prognosticSpreads * scoreSpread,
    propensitySpread: spreadOf(ofTreated, ofPool),
  }
  const { matching, attempts } = firstThatSuffices(protocol, treated, pool, calipers)
  const weights = controlWeights(matching.sets)
  return {
    ...matching,
    attempts,
    balance:
      matching.sets.length > 1 ? balanceLines(protocol, treated.rows, pool.rows, matching, weights) : [],
    effectiveControls: effectiveSize(weights),
    scoreSpread,
    expectedRates: treated.logRates.map(Math.exp),
  }
}

function scored(rows: StudyRows, prognosis: Prognosis, propensity: Float64Array): Scored {
  const logRates = prognosis.logRates(rows)
  return {
    rows: { ...rows, values: { ...rows.values, expected: logRates } },
    logRates,
    propensities: propensity,
  }
}

function spreadOf(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(moments(Float64Array.from([...a, ...b])).variance)
}

type Calipers = { readonly score: number; readonly propensitySpread: number }

function firstThatSuffices(protocol: Protocol, treated: Scored, pool: Scored, calipers: Calipers) {
  const attempts: Attempt[] = []
  let matching: Matching = { sets: [], unmatched: [] }
  for (const { exact, ageYears, propensitySpreads } of protocol.closeness) {
    const nearCalipers = [ageYears, propensitySpreads * calipers.propensitySpread]
    const rule = { ratio: protocol.ratio, scoreCaliper: calipers.score, nearCalipers }
    matching = matchInTime(matchRows(exact, treated), matchRows(exact, pool), rule)
    const matchedShare = matching.sets.length / treated.rows.persons.length
    attempts.push({ exact: exact.map(({ covariate }) => covariate), matchedShare })
    if (matchedShare >= protocol.leastMatchedShare) break
  }
  return { matching, attempts }
}

/**
 * Matches index day by index day, the earliest first; whoever is used on one day is not there on a later one.
 *
 * All days at once would let a person with rows on many days be chosen on the day they stood highest, which is
 * known only afterwards: those chosen then fall back further than those who joined.
 *
 * @source Li, Propert and Rosenbaum, JASA 2001;96:870: risk sets in order of time. Measured in
 *   decisions/2026-11-21-matching-goes-day-by-day.md.
 * @throws Error if somebody is used twice: a fault of this engine.
 */
function matchInTime(treated: MatchRows, pool: MatchRows, rule: MatchRule): Matching {
  const [ofTreated, ofPool] = [rowsByDay(treated), rowsByDay(pool)]
  const used = new Set<string>()
  const sets: Matching['sets'][number][] = []
  const unmatched: number[] = []
  for (const [day, wanting] of [...ofTreated].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const free = (ofPool.get(day) ?? []).filter((row) => !used.has(pool.ids[row] ?? ''))
    const found = matchNearest(onlyRows(treated, wanting), onlyRows(pool, free), rule)
    for (const set of found.sets) {
      const controls = set.controls.map((at) => free[at] ?? -1)
      for (const row of controls) use(used, pool.ids[row] ?? '')
      sets.push({ treated: wanting[set.treated] ?? -1, controls })
    }
    unmatched.push(...found.unmatched.map((at) => wanting[at] ?? -1))
  }
  return { sets: sets.sort((a, b) => a.treated - b.treated), unmatched: unmatched.sort((a, b) => a - b) }
}

function use(used: Set<string>, person: string): void {
  if (used.has(person)) throw new Error('study: somebody was matched on two days')
  used.add(person)
}

function rowsByDay({ strata }: MatchRows): ReadonlyMap<string, readonly number[]> {
  const days = new Map<string, number[]>()
  strata.forEach((stratum, row) => {
    const day = stratum.slice(0, 10)
    const rows = days.get(day)
    if (rows) rows.push(row)
    else days.set(day, [row])
  })
  return days
}

const onlyRows = ({ ids, strata, scores, near }: MatchRows, rows: readonly number[]): MatchRows => ({
  ids: rows.map((row) => ids[row] ?? ''),
  strata: rows.map((row) => strata[row] ?? ''),
  scores: Float64Array.from(rows, (row) => scores[row] ?? 0),
  near: near.map((values) => Float64Array.from(rows, (row) => values[row] ?? 0)),
})

function matchRows(
  keys: readonly ExactKey[],
  { rows, logRates, propensities: propensity }: Scored,
): MatchRows {
  const bands = keys.map(({ covariate, edges }) => {
    const values = rows.values[covariate] ?? new Float64Array()
    return Array.from(values, (value) => bandOf(value, edges))
  })
  return {
    ids: rows.persons,
    strata: rows.indexOns.map((on, i) => [on, ...bands.map((band) => band[i])].join(' ')),
    scores: logRates,
    near: [rows.values.age ?? new Float64Array(), propensity],
  }
}

/** How many edges a value reaches: 0 for one below them all. */
export const bandOf = (value: number, edges: readonly number[]) =>
  edges.filter((edge) => value >= edge).length

function balanceLines(
  protocol: Protocol,
  treated: StudyRows,
  pool: StudyRows,
  { sets }: Matching,
  weights: Float64Array,
): readonly BalanceLine[] {
  const matchedTreated = rowsAt(
    treated,
    sets.map((set) => set.treated),
  )
  const matchedControls = rowsAt(
    pool,
    sets.flatMap((set) => set.controls),
  )
  const people = { treated: sets.length, controls: effectiveSize(weights) }
  return protocol.covariates.map((covariate) => {
    const scaledBalance = balanceOf({
      treated: scaledValues(covariate, treated),
      pool: scaledValues(covariate, pool),
      matchedTreated: scaledValues(covariate, matchedTreated),
      matchedControls: scaledValues(covariate, matchedControls),
      weights,
    })
    return {
      name: covariate.name,
      label: covariate.label,
      before: bounded(scaledBalance.differenceBefore),
      after: bounded(scaledBalance.differenceAfter),
      limit: differenceLimit(covariate, people),
      treatedMean: mean(matchedTreated, covariate),
      controlMean: mean(matchedControls, covariate, weights),
      denominator: scaledBalance.denominator,
      varianceRatio: scaledBalance.varianceRatio,
      largestGap: scaledBalance.largestGap,
      gapLimit: Math.max(0.1, 1.36 * chanceSpread(people)),
    }
  })
}

// A difference divided by no spread at all is endless, and an answer that is kept holds no endless numbers.
const bounded = (difference: number) => Math.max(-99, Math.min(99, difference))

const mean = (rows: StudyRows, { name }: Covariate, weights?: Float64Array) =>
  moments(rows.values[name] ?? new Float64Array(), weights).mean

type People = { readonly treated: number; readonly controls: number }

const chanceSpread = ({ treated, controls }: People) => Math.sqrt(1 / treated + 1 / controls)

/**
 * How far apart the two groups may be in one covariate: 0.10, or 0.05 for what the outcome hangs on most. Where
 * chance alone would often pass that, in a group of fewer than about 500, the limit is what chance passes in 1
 * of 20 groups.
 */
function differenceLimit({ isStrict }: Covariate, people: People): number {
  const flat = isStrict ? 0.05 : 0.1
  if (isStrict && people.treated >= 100) return flat
  return Math.max(flat, 1.96 * chanceSpread(people))
}

/** A share of those matched as whole people in 100, never rounded up: what falls short of a limit must not read as if it met it. */
export const matchedIn100 = (share: number): number => Math.floor(share * 100)

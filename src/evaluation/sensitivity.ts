import { clusterRobustCovariance, fitGlm, type Interval, rateRatioInterval, ratioOf } from '#statistics'
import { subgroups } from './choices.data.ts'
import { choicesOf } from './choices.ts'
import { differencesOf } from './differences.ts'
import { type Followed, modelRows, rateRatio } from './effect.ts'
import { daysWithoutEvent, firstYearOf } from './first-event.ts'
import { furtherOutcomesOf } from './further-outcomes.ts'
import type { Further, OtherWay, Subgroup } from './further-types.ts'
import { firstEventWay, negativeBinomialWay } from './other-models.ts'
import type { UnitCost } from './service-types.ts'

/** Fewer events than this in either group give no ratio. */
const leastEvents = 10

/** Every check and every other way of asking, for groups already found alike. */
export function furtherOf(followed: Followed, unitCosts: readonly UnitCost[]): Further {
  const chosen = choicesOf(followed.protocol)
  return {
    unaffected: unaffectedRatio(followed),
    earlyDeaths: earlyDeathRatio(followed),
    otherWays: otherWays(followed),
    differences: differencesOf(followed, unitCosts),
    daysWithout: daysWithoutEvent(followed),
    firstYear: firstYearOf(followed),
    subgroups: subgroups.flatMap(({ key, group, rest, of }) => {
      const values = followed.rows.values[of.covariate]
      if (!values || !chosen.subgroups.includes(key)) return []
      return subgroupOf(followed, { group, rest }, (row) => of.isIn(values[row] ?? 0)) ?? []
    }),
    ...(chosen.further.length > 0 ? { outcomes: furtherOutcomesOf(followed) } : {}),
  }
}

/**
 * Things the service cannot change, compared in the same way: injuries, cataracts, hernias, skin and teeth
 * together. A difference there is a difference between the people, not the service.
 *
 * @returns undefined where they are not known or too few.
 * @source Lipsitch and others, Epidemiology 2010;21:383; evaluation design 2.11: they may warn, never move the answer.
 */
export function unaffectedRatio(followed: Followed): Interval | undefined {
  const counts = followed.outcomes.others.unaffected
  return counts && hasEnough(followed, counts) ? rateRatio(followed, true, counts) : undefined
}

/**
 * Deaths in the first 90 days, helped against matched: a service can hardly change those, so a difference says
 * that the people differed.
 *
 * @returns an exact interval of the ratio; undefined under 10 deaths in all.
 * @source evaluation design 1.1 (Steventon 2012) and 2.11.
 */
function earlyDeathRatio({ outcomes, helped }: Followed): Interval | undefined {
  const arm = (from: number, to: number): readonly [number, number] => {
    let [deaths, days] = [0, 0]
    for (let row = from; row < to; row++) {
      const followed = outcomes.days[row] ?? 0
      days += Math.min(followed, 90)
      if (outcomes.died[row] === 1 && followed <= 90) deaths++
    }
    return [deaths, Math.max(days, 1)]
  }
  const [one, other] = [arm(0, helped), arm(helped, outcomes.days.length)]
  return one[0] + other[0] < leastEvents || other[0] === 0 ? undefined : rateRatioInterval(one, other)
}

/**
 * The same question answered in other ways that were all written down beforehand. All are shown and none is
 * chosen.
 *
 * @source evaluation design 2.11.
 */
function otherWays(followed: Followed): readonly OtherWay[] {
  return [
    { way: 'Not adjusted', ratio: rateRatio(followed, false) },
    negativeBinomialWay(followed),
    firstEventWay(followed),
    ...wayOf('One matched person each', firstControls(followed)),
    ...wayOf('Without the first month', withoutFirstMonth(followed)),
    ...wayOf(
      followed.protocol.horizonDays === 365
        ? 'Only those followed for the whole year'
        : `Only those followed for all ${followed.protocol.horizonDays} days`,
      wholeYear(followed),
    ),
    ...withoutOnePractice(followed),
  ]
}

const wayOf = (way: string, followed: Followed): readonly OtherWay[] =>
  hasEnough(followed, followed.outcomes.events) ? [{ way, ratio: rateRatio(followed) }] : []

function hasEnough({ helped, weights }: Followed, counts: Float64Array): boolean {
  let [own, matched] = [0, 0]
  counts.forEach((count, row) => {
    if ((weights[row] ?? 0) === 0) return
    if (row < helped) own += count
    else matched += count
  })
  return Math.min(own, matched) >= leastEvents
}

/** The furthest apart that leaving out one practice's helped people, and those matched to them, moves the answer. */
function withoutOnePractice(followed: Followed): readonly OtherWay[] {
  const way = 'Leaving out one practice at a time'
  const practices = followed.rows.values.practice
  const all = [...new Set(practices?.subarray(0, followed.helped) ?? [])]
  if (!practices || all.length < 2) return []
  const found = all.flatMap((practice) => {
    const left = new Set<number>()
    for (let row = 0; row < followed.helped; row++)
      if (practices[row] === practice) left.add(followed.sets[row] ?? -1)
    const rest = withWeights(followed, (row) =>
      left.has(followed.sets[row] ?? -1) ? 0 : (followed.weights[row] ?? 0),
    )
    return hasEnough(rest, rest.outcomes.events) ? [rateRatio(rest).value] : []
  })
  if (found.length < all.length) return [{ way, whyNone: 'Too few in some' }]
  const [low, high] = [Math.min(...found), Math.max(...found)]
  return [{ way, whyNone: `${low.toFixed(2)} to ${high.toFixed(2)}, ${all.length} practices` }]
}

// A row of no weight tells the model nothing: the rows keep their places.
function withWeights(followed: Followed, weightOf: (row: number) => number): Followed {
  return { ...followed, weights: followed.weights.map((_, row) => weightOf(row)) }
}

function firstControls(followed: Followed): Followed {
  const seen = new Set<number>()
  return withWeights(followed, (row) => {
    if (row < followed.helped) return 1
    const set = followed.sets[row] ?? 0
    if (seen.has(set)) return 0
    seen.add(set)
    return 1
  })
}

function withoutFirstMonth(followed: Followed): Followed {
  const { outcomes } = followed
  const first = (values: Float64Array, width: number, at: number) => (row: number) =>
    values[row * width + at] ?? 0
  const [events, days] = [first(outcomes.monthlyEvents, 24, 12), first(outcomes.monthlyDays, 12, 0)]
  return {
    ...followed,
    outcomes: {
      ...outcomes,
      events: outcomes.events.map((count, row) => count - events(row)),
      days: outcomes.days.map((all, row) => all - days(row)),
    },
  }
}

function wholeYear(followed: Followed): Followed {
  const { outcomes, protocol, weights } = followed
  return withWeights(followed, (row) =>
    (outcomes.days[row] ?? 0) >= protocol.horizonDays - 1 ? (weights[row] ?? 0) : 0,
  )
}

/**
 * Whether the service did as much for one group as for the rest: the ratio in each, and the ratio of the two
 * ratios with its interval, from one model with an interaction.
 *
 * @returns undefined where either side has fewer than 10 events in an arm: no rate is told then.
 * @source evaluation design 2.6 (8).
 */
export function subgroupOf(
  followed: Followed,
  words: Pick<Subgroup, 'group' | 'rest'>,
  isInGroup: (row: number) => boolean,
): Subgroup | undefined {
  const { outcomes, helped } = followed
  const inGroup = outcomes.events.map((_, row) => (isInGroup(row) ? 1 : 0))
  const part = (isIn: number) =>
    withWeights(followed, (row) => (inGroup[row] === isIn ? (followed.weights[row] ?? 0) : 0))
  if (!hasEnough(part(1), outcomes.events) || !hasEnough(part(0), outcomes.events)) return undefined
  const both = inGroup.map((isIn, row) => (row < helped ? isIn : 0))
  const { input, sets } = modelRows(followed, true, outcomes.events, [inGroup, both])
  const fit = fitGlm('poisson', input)
  if (!fit.converged) return undefined
  const covariance = clusterRobustCovariance(fit, input, sets)
  return {
    ...words,
    people: inGroup.subarray(0, helped).reduce((sum, one) => sum + one, 0),
    inGroup: rateRatio(part(1)),
    inRest: rateRatio(part(0)),
    ratioOfRatios: plain(ratioOf(fit, covariance, 3)),
  }
}

const plain = ({ value, low, high }: Interval): Interval => ({ value, low, high })

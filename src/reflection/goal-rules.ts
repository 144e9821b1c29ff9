import type { Problem } from '#access'
import { type LondonDate, readDateBoxes } from '#calendar'

/** How far a goal was reached: 0 is as hoped. */
export const levels = [
  { level: 2, words: 'Much better than hoped' },
  { level: 1, words: 'Better than hoped' },
  { level: 0, words: 'As hoped' },
  { level: -1, words: 'Less than hoped' },
  { level: -2, words: 'Much less than hoped' },
] as const

/** Where a goal may begin: less than hoped, or as bad as it could be. */
export const startLevels = [
  { level: -1, words: 'As it is now: less than hoped' },
  { level: -2, words: 'As bad as it could be' },
] as const

export const weights = [
  { weight: 1, words: 'It matters' },
  { weight: 2, words: 'It matters a lot' },
  { weight: 3, words: 'It matters more than anything' },
] as const

export const raters = ['the person', 'the person and staff', 'family or friend', 'staff'] as const
export type Rater = (typeof raters)[number]

/** What a goal weighs and how far it was reached. */
export type Weighed = { readonly weight: number; readonly level: number }

/**
 * Goal attainment as one number: 50 is every goal as hoped, and more is better.
 *
 * @param goals each with its weight, from 0, and its level from -2 to 2; several of one person on one day.
 * @returns T, not rounded; undefined where there is no goal, never 50.
 * @throws RangeError if every weight is 0 or a level is beyond 2: our mistake, for the form refuses both.
 * @source Kiresuk and Sherman, Community Mental Health Journal 1968;4:443: T = 50 + 10 Σwx / √(0.7 Σw² + 0.3 (Σw)²), as
 *   corrected in the erratum to Turner-Stokes, Clinical Rehabilitation 2009;23:362; vectors of clinical-content 5.2.
 */
export function goalAttainment(goals: readonly Weighed[]): number | undefined {
  if (goals.length === 0) return undefined
  const sum = (of: (goal: Weighed) => number) => goals.reduce((all, goal) => all + of(goal), 0)
  const total = sum(({ weight }) => weight)
  if (total === 0 || goals.some(({ level }) => Math.abs(level) > 2))
    throw new RangeError('goals: a weight above 0 and levels from -2 to 2 are needed')
  const spread = Math.sqrt(0.7 * sum(({ weight }) => weight ** 2) + 0.3 * total ** 2)
  return 50 + (10 * sum(({ weight, level }) => weight * level)) / spread
}

/** One episode’s goals: what each weighs, where it began and where it stands. */
export type GoalsOfEpisode = {
  readonly weights: readonly number[]
  readonly starts: readonly number[]
  readonly lasts: readonly number[]
}

/** What became of the goals of several episodes, each episode counting once in the means. */
export type GoalsReached = {
  readonly people: number
  readonly goals: number
  /** As hoped or better. */
  readonly reached: number
  readonly meanStart: number
  readonly meanLast: number
}

/** @returns undefined of no episode. */
export function goalsReached(episodes: readonly GoalsOfEpisode[]): GoalsReached | undefined {
  const scores = (of: (one: GoalsOfEpisode) => readonly number[]) =>
    episodes.flatMap(
      (one) => goalAttainment(of(one).map((level, at) => ({ level, weight: one.weights[at] ?? 1 }))) ?? [],
    )
  const [starts, lasts] = [scores(({ starts: began }) => began), scores(({ lasts: stand }) => stand)]
  if (lasts.length === 0) return undefined
  const mean = (values: readonly number[]) => values.reduce((all, one) => all + one, 0) / values.length
  const all = episodes.flatMap(({ lasts: stand }) => stand)
  return {
    people: lasts.length,
    goals: all.length,
    reached: all.filter((level) => level >= 0).length,
    meanStart: mean(starts),
    meanLast: mean(lasts),
  }
}

/** One goal as it can be rated: whether it began before, and with which weight. */
export type Rateable = {
  readonly goalId: string
  readonly words: string
  readonly begun?: { readonly weight: number }
}

/** What one goal is rated on a day. */
export type Rated = {
  readonly goalId: string
  readonly goalWords: string
  readonly isStart: boolean
  readonly level: number
  readonly weight: number
}

/** What was sent of all goals of somebody. */
export type TypedRatings = {
  readonly by: string
  readonly on: readonly [day: string, month: string, year: string]
  readonly levelOf: (goalId: string) => string
  readonly weightOf: (goalId: string) => string
}

/** Reads the ratings of a day, or says what to put right. A goal of which nothing was selected is not rated that day. */
export function readRatings(
  typed: TypedRatings,
  goals: readonly Rateable[],
  today: LondonDate,
):
  | { readonly rated: readonly Rated[]; readonly by: Rater; readonly on: LondonDate }
  | { readonly problems: readonly Problem[] } {
  const by = raters.find((one) => one === typed.by)
  const on = readDateBoxes(...typed.on)
  const asked = goals.filter(({ goalId }) => typed.levelOf(goalId) !== '')
  const rated = asked.map((goal) => ratedAs(goal, typed))
  const problems: readonly Problem[] = [
    ...(asked.length === 0 && goals[0]
      ? [{ field: `level-${goals[0].goalId}`, message: 'Select how far at least one goal was reached' }]
      : []),
    ...rated.flatMap((one, at) => ('problem' in one ? [one.problem] : asked[at] ? [] : [])),
    ...(by ? [] : [{ field: 'by', message: 'Select who says so' }]),
    ...(on ? [] : [{ field: 'on', message: 'Enter the day, like 27 3 2026' }]),
    ...(on && on > today ? [{ field: 'on', message: 'Enter the day it was said, today or earlier' }] : []),
  ]
  if (!by || !on || problems.length > 0) return { problems }
  return { rated: rated.flatMap((one) => ('problem' in one ? [] : [one])), by, on }
}

function ratedAs(goal: Rateable, typed: TypedRatings): Rated | { readonly problem: Problem } {
  const { goalId, words, begun } = goal
  const known = begun ? levels : startLevels
  const level = known.find((one) => String(one.level) === typed.levelOf(goalId))?.level
  const weight = begun?.weight ?? weights.find((one) => String(one.weight) === typed.weightOf(goalId))?.weight
  if (level === undefined)
    return { problem: { field: `level-${goalId}`, message: `Select a level from the list for “${words}”` } }
  if (!weight)
    return { problem: { field: `weight-${goalId}`, message: `Select how much “${words}” matters` } }
  return { goalId, goalWords: words, isStart: !begun, level, weight }
}

import type { Problem } from '#access'
import { addDays, addMonths, type LondonDate } from '#calendar'
import { normalBelow, normalQuantile, randomStream } from '#statistics'
import type { RolloutPlan } from './rollout-types.ts'

/** Practices in the order in which a lot draws them: by the seed and nothing else, so that anybody can draw it again. */
export function drawnOrder(practices: readonly string[], seed: number): readonly string[] {
  const random = randomStream(seed)
  const order = [...practices].sort()
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random.uniform() * (at + 1))
    const [one, two] = [order[at] ?? '', order[other] ?? '']
    order[at] = two
    order[other] = one
  }
  return order
}

/**
 * In which step each practice of an order starts, from 1. Steps differ by one practice at most.
 *
 * @param order as the lot drew it.
 */
export const stepsOf = (order: readonly string[], steps: number): ReadonlyMap<string, number> =>
  new Map(order.map((practice, at) => [practice, Math.floor((at * steps) / order.length) + 1]))

/** Whether a practice of a step has started in a period: the first period is before anybody. */
export const hasStarted = (step: number, period: number): boolean => period >= step

/** The first day of each period, and last the day after all of them. */
export const periodStarts = ({ startsOn, steps, monthsEach }: RolloutPlan): readonly LondonDate[] =>
  Array.from({ length: steps + 2 }, (_, period) => addMonths(startsOn, period * monthsEach))

/** The last day the records must reach before there is an answer. */
export const neededTo = (plan: RolloutPlan): LondonDate =>
  addDays(periodStarts(plan).at(-1) ?? plan.startsOn, -1)

/** What the power of a phased start depends on. */
export type RolloutDesign = {
  readonly practices: number
  readonly steps: number
  readonly monthsEach: number
  /** People counted in each practice, and their admissions a year. */
  readonly peopleEach: number
  readonly baseRate: number
  /** How far practices differ: the standard deviation of their rates over the rate. */
  readonly practicesDiffer: number
  /** How much more than chance people differ: variance = mean + this × mean². */
  readonly overdispersion: number
}

/**
 * How likely a phased start is to show a fall, of 100.
 *
 * @source Hussey and Hughes, Contemporary Clinical Trials 2007;28:182: the variance of the effect in a stepped wedge
 *   with practice and period effects, a rate's variance within a practice and period taken as its Poisson variance
 *   times 1 + overdispersion × mean. Normal limits at 5%.
 */
export function rolloutPower(fallPercent: number, design: RolloutDesign): number {
  const { practices: clusters, steps, monthsEach, peopleEach, baseRate, practicesDiffer } = design
  const periods = steps + 1
  const years = monthsEach / 12
  const rate = baseRate * (1 - fallPercent / 200)
  const within = (rate / (peopleEach * years)) * (1 + design.overdispersion * rate * years)
  const between = (practicesDiffer * baseRate) ** 2
  const codes = Array.from({ length: clusters }, (_, at) => String(at).padStart(4, '0'))
  const started = [...stepsOf(codes, steps).values()].map((step) => periods - step)
  const inPeriod = Array.from(
    { length: periods },
    (_, period) => started.filter((after) => period >= periods - after).length,
  )
  const u = started.reduce((sum, n) => sum + n, 0)
  const w = inPeriod.reduce((sum, n) => sum + n * n, 0)
  const v = started.reduce((sum, n) => sum + n * n, 0)
  const variance =
    (clusters * within * (within + periods * between)) /
    ((clusters * u - w) * within + (u * u + clusters * periods * u - periods * w - clusters * v) * between)
  const effect = (baseRate * fallPercent) / 100
  return 100 * normalBelow(effect / Math.sqrt(variance) - normalQuantile(0.975))
}

/** The smallest fall a phased start shows in 8 of 10 such starts, in percent; 100 when none can be told. */
export function detectableFall(design: RolloutDesign): number {
  for (let fall = 1; fall < 100; fall++) if (rolloutPower(fall, design) >= 80) return fall
  return 100
}

/** Reads what a phased start is to be; everything wrong is said at once. */
export function readRollout(
  text: (field: string) => string,
  chosen: readonly string[],
  given: {
    readonly known: readonly string[]
    readonly startsOn?: LondonDate
    readonly fromAge: number
    readonly today: LondonDate
  },
): { readonly plan: RolloutPlan } | { readonly problems: readonly Problem[] } {
  const practices = [...new Set(chosen)].filter((code) => given.known.includes(code)).sort()
  const number = (field: string) => (/^\d{1,3}$/.test(text(field).trim()) ? Number(text(field)) : Number.NaN)
  const [steps, monthsEach, leastAdmissions] = [number('steps'), number('months'), number('least')]
  const problems: readonly Problem[] = [
    ...(practices.length >= 4 ? [] : [{ field: 'practices', message: 'Select at least 4 practices' }]),
    ...startProblems(given.startsOn, monthsEach, given.today),
    ...(steps >= 2 && steps <= Math.max(2, practices.length)
      ? []
      : [
          {
            field: 'steps',
            message: 'Enter how many steps: at least 2, and no more than there are practices',
          },
        ]),
    ...(monthsEach >= 1 && monthsEach <= 12
      ? []
      : [{ field: 'months', message: 'Enter how many months each step lasts, from 1 to 12' }]),
    ...(leastAdmissions >= 0 && leastAdmissions <= 6
      ? []
      : [{ field: 'least', message: 'Enter how many emergency admissions, from 0 to 6' }]),
  ]
  if (problems.length > 0 || !given.startsOn) return { problems }
  const { startsOn, fromAge } = given
  return { plan: { practices, startsOn, steps, monthsEach, leastAdmissions, fromAge } }
}

function startProblems(
  startsOn: LondonDate | undefined,
  monthsEach: number,
  today: LondonDate,
): readonly Problem[] {
  if (!startsOn?.endsWith('-01'))
    return [{ field: 'starts', message: 'Enter the first day of a month, like 1 7 2026' }]
  return Number.isNaN(monthsEach) || isFirstStepToCome({ startsOn, monthsEach }, today)
    ? []
    : [{ field: 'starts', message: 'Enter a later day: the first step must still be to come' }]
}

/** Whether the lot can still decide who starts first: drawn afterwards it would be no lot. */
export const isFirstStepToCome = (
  { startsOn, monthsEach }: Pick<RolloutPlan, 'startsOn' | 'monthsEach'>,
  today: LondonDate,
): boolean => addMonths(startsOn, monthsEach) > today

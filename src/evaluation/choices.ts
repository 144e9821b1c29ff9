import { thingNamed } from './asked-words.ts'
import type { Choices } from './choice-types.ts'
import { optionalCovariates, subgroups } from './choices.data.ts'
import { type PrimaryName, primaries } from './outcomes.data.ts'
import { protocol as shipped } from './protocol.data.ts'
import type { Covariate, ExactKey, Plan, Protocol } from './types.ts'

/** What the method that ships asks: the same as whoever writes a study and changes nothing. */
export const usualChoices: Choices = {
  outcome: 'emergencies',
  further: [],
  horizonDays: shipped.horizonDays,
  pool: 'everywhere',
  cohort: {},
  covariates: optionalCovariates.filter(({ isUsual }) => isUsual).map(({ covariate }) => covariate.name),
  subgroups: subgroups.map(({ key }) => key),
  checks: [],
}

/** What a protocol asks. One locked before there was anything to choose asks what ships. */
export const choicesOf = ({ plan }: Pick<Protocol, 'plan'>): Choices => plan?.choices ?? usualChoices

/** The covariate that counts the question’s own past year. */
export const priorYearOf = (protocol: Pick<Protocol, 'plan'>): string =>
  choicesOf(protocol).outcome === 'emergencies' ? 'admissions365' : 'asked365'

/**
 * The method that a plan makes of the one that ships. The limits of how alike people must be are not for choosing.
 *
 * Where another thing than emergency admissions is counted, people are matched on its own past in four windows, and are
 * exactly alike in its past year and last 90 days, as they otherwise are in emergency admissions.
 */
export function protocolBy(plan: Plan, version: number): Protocol {
  const { choices } = plan
  const base = { ...shipped, version, plan, ratio: plan.ratio, leastFollowUpDays: plan.leastFollowUpDays }
  if (!choices) return base
  return {
    ...base,
    horizonDays: choices.horizonDays,
    covariates: covariatesBy(choices),
    closeness: shipped.closeness.map((one) => ({
      ...one,
      exact: one.exact.map((key) => keyBy(choices.outcome, key)),
    })),
  }
}

function covariatesBy({ outcome, covariates }: Choices): readonly Covariate[] {
  const optional = new Set(optionalCovariates.map(({ covariate }) => covariate.name))
  const kept = shipped.covariates.filter(({ name }) => !optional.has(name) || covariates.includes(name))
  const added = optionalCovariates.flatMap(({ covariate, isUsual }) =>
    !isUsual && covariates.includes(covariate.name) ? [covariate] : [],
  )
  if (outcome === 'emergencies') return [...kept, ...added]
  const [expected, ...rest] = kept
  const own = ownPast(outcome)
  // What is counted stands in its own windows: the same number twice would say nothing more.
  const others = rest.filter(({ name }) => name !== sameCount[outcome])
  const plain = others.map(({ isStrict, ...covariate }) => covariate)
  return [...(expected ? [expected] : []), ...own, ...plain, ...added]
}

const sameCount: Readonly<Partial<Record<PrimaryName, string>>> = {
  attendances: 'attendances365',
  gpContacts: 'gpContacts365',
}

function ownPast(outcome: PrimaryName): readonly Covariate[] {
  const { Many, file } = thingNamed(outcome)
  const one = (days: number, label: string, isStrict?: true): Covariate => ({
    name: `asked${days}`,
    label,
    scale: 'log',
    from: { file, days: Math.max(days, 365) },
    ...(isStrict ? { isStrict } : {}),
  })
  return [
    one(365, Many, true),
    one(90, `${Many} in last 90 days`),
    one(30, `${Many} in last 30 days`),
    one(730, `${Many} a year earlier`),
  ]
}

function keyBy(outcome: PrimaryName, key: ExactKey): ExactKey {
  if (outcome === 'emergencies') return key
  const { year, last90 } = primaries[outcome]
  if (key.covariate === 'admissions365') return { covariate: 'asked365', edges: year }
  return key.covariate === 'admissions90' ? { covariate: 'asked90', edges: last90 } : key
}

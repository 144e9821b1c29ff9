import type { Problem } from '#access'
import type { LondonDate } from '#calendar'
import { readDateBoxes } from '#calendar'
import { thingNamed } from './asked-words.ts'
import type { Choices, Cohort } from './choice-types.ts'
import { ageChoices, furtherChecks, horizonChoices, optionalCovariates, subgroups } from './choices.data.ts'
import { type OutcomeName, outcomeNames, outcomeWords, primaryNames } from './outcomes.data.ts'

/** What was chosen on the page, as it was sent. */
export type TypedChoices = {
  readonly outcome: string
  readonly further: readonly string[]
  readonly horizonDays: string
  readonly pool: string
  readonly fromAge: string
  readonly place: string
  readonly joinedFrom: DateTyped
  readonly joinedTo: DateTyped
  readonly covariates: readonly string[]
  readonly subgroups: readonly string[]
  readonly checks: readonly string[]
}

/** Day, month and year as typed. */
export type DateTyped = readonly [string, string, string]

/** What there is to choose from here: what the newest load links, and the localities with their practices. */
export type ChoiceFacts = {
  /** Undefined before anything was loaded: then nothing can be said to be missing. */
  readonly linked?: ReadonlySet<string>
  readonly places: readonly {
    readonly id: string
    readonly name: string
    readonly practices: readonly string[]
  }[]
  readonly programmeFromAge: number
}

type Read<T> = { readonly value: T; readonly problems: readonly Problem[] }

/**
 * Reads what was chosen, or says what to put right: nothing that the nightly work could not do goes on to it.
 *
 * @param leastFollowUpDays how long people must have been followed, so that it is not longer than they are.
 */
export function readChoices(
  typed: TypedChoices,
  facts: ChoiceFacts,
  leastFollowUpDays: number,
): { readonly choices: Choices } | { readonly problems: readonly Problem[] } {
  const outcome = primaryNames.find((name) => name === typed.outcome)
  const horizonDays = horizonChoices.find((days) => String(days) === typed.horizonDays)
  const pool = (['everywhere', 'elsewhere'] as const).find((one) => one === typed.pool)
  const further = outcomeNames.filter((name) => typed.further.includes(name))
  const cohort = readCohort(typed, facts)
  const problems: readonly Problem[] = [
    ...(outcome ? notLinked('outcome', [outcome], facts) : [problem('outcome', 'Select what is counted')]),
    ...(outcome && further.includes(outcome)
      ? [
          problem(
            'further',
            `${thingNamed(outcome).Many} are what is asked: untick them under what is counted beside it`,
          ),
        ]
      : []),
    ...notLinked('further', further, facts),
    ...(horizonDays ? [] : [problem('horizonDays', 'Select how long people are followed')]),
    ...(horizonDays && leastFollowUpDays > horizonDays
      ? [
          problem(
            'leastFollowUpDays',
            `People are followed for up to ${horizonDays} days: select at least ${horizonDays} days or fewer`,
          ),
        ]
      : []),
    ...(pool ? [] : [problem('pool', 'Select whom they are compared with first')]),
    ...cohort.problems,
  ]
  if (!outcome || !horizonDays || !pool || problems.length > 0) return { problems }
  const known = <T extends string>(all: readonly T[], sent: readonly string[]) =>
    all.filter((one) => sent.includes(one))
  return {
    choices: {
      outcome,
      further,
      horizonDays,
      pool,
      cohort: cohort.value,
      covariates: known(
        optionalCovariates.map(({ covariate }) => covariate.name),
        typed.covariates,
      ),
      subgroups: known(
        subgroups.map(({ key }) => key),
        typed.subgroups,
      ),
      checks: known(
        furtherChecks.map(({ key }) => key),
        typed.checks,
      ),
    },
  }
}

const problem = (field: string, message: string): Problem => ({ field, message })

function notLinked(
  field: string,
  outcomes: readonly OutcomeName[],
  { linked }: ChoiceFacts,
): readonly Problem[] {
  const absent = outcomes.filter(
    (name) => linked && outcomeWords[name].file !== 'people' && !linked.has(outcomeWords[name].file),
  )
  if (absent.length === 0) return []
  const [first] = absent
  const words = absent.map((name) => thingNamed(name).many).join(', ')
  const Words = absent.length === 1 && first ? thingNamed(first).Many : `These: ${words}`
  return [
    problem(
      field,
      `${Words} are not in the records that were loaded. ${field === 'outcome' ? 'Select something else' : 'Untick them'}, or load them first`,
    ),
  ]
}

function readCohort(typed: TypedChoices, facts: ChoiceFacts): Read<Cohort> {
  const fromAge = ageChoices.find((age) => String(age) === typed.fromAge)
  const place = facts.places.find(({ id }) => id === typed.place)
  const [from, to] = [readDay('joinedFrom', typed.joinedFrom), readDay('joinedTo', typed.joinedTo)]
  return {
    value: {
      ...(fromAge ? { fromAge } : {}),
      ...(place ? { place: { name: place.name, practices: place.practices } } : {}),
      ...(from.value ? { joinedFrom: from.value } : {}),
      ...(to.value ? { joinedTo: to.value } : {}),
    },
    problems: [
      ...(typed.fromAge !== '' && !fromAge ? [problem('fromAge', 'Select an age from the list')] : []),
      ...(fromAge && fromAge <= facts.programmeFromAge
        ? [
            problem(
              'fromAge',
              `The programme itself is for people of ${facts.programmeFromAge} and over: select a higher age, or its own`,
            ),
          ]
        : []),
      ...(typed.place !== '' && !place ? [problem('place', 'Select a locality from the list')] : []),
      ...(place && place.practices.length === 0
        ? [
            problem(
              'place',
              `No practice of ${place.name} is known here: select another locality, or everywhere`,
            ),
          ]
        : []),
      ...from.problems,
      ...to.problems,
      ...(from.value && to.value && from.value > to.value
        ? [problem('joinedTo', 'Enter a last day that is not before the first')]
        : []),
    ],
  }
}

function readDay(field: string, [day, month, year]: DateTyped): Read<LondonDate | undefined> {
  if (`${day}${month}${year}` === '') return { value: undefined, problems: [] }
  const value = readDateBoxes(day, month, year)
  return {
    value,
    problems: value ? [] : [problem(field, 'Day of joining must be a real date, like 27 3 2026')],
  }
}

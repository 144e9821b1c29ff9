import { expectedNextCount, type GammaPoisson } from '#statistics'
import type { Followed } from './count-store.ts'
import type { Change, OutcomeLine } from './types.ts'

/** How many the whole population of a programme's age had in the year before anybody joined; absent where not known. */
export type Populations = {
  readonly admissions?: GammaPoisson
  readonly attendances?: GammaPoisson
}

/** The lines of one case manager in one team. */
export type OwnerLines = {
  readonly ownerId: string
  readonly teamId: string
  readonly lines: readonly OutcomeLine[]
}

/**
 * What became of each case manager's people, by programme and year of joining, with what would have come with no
 * service: for each person the count formula of regression to the mean, over the time they were followed.
 *
 * @source Robbins 1956; evaluation design 2.7 (b).
 */
export function outcomeLines(
  people: readonly Followed[],
  populationOf: (programmeId: string) => Populations,
): readonly OwnerLines[] {
  const byOwner = grouped(people, ({ owner, team }) => `${owner} ${team}`)
  return byOwner.map((own) => ({
    ownerId: own[0]?.owner ?? '',
    teamId: own[0]?.team ?? '',
    lines: grouped(own, ({ programme, openedOn }) => `${programme} ${yearFromApril(openedOn)}`).map((of) =>
      lineOf(of, populationOf(of[0]?.programme ?? '')),
    ),
  }))
}

function grouped<Of>(all: readonly Of[], keyOf: (one: Of) => string): readonly (readonly Of[])[] {
  const groups = new Map<string, Of[]>()
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return [...groups.values()]
}

function lineOf(people: readonly Followed[], { admissions, attendances }: Populations): OutcomeLine {
  const sum = (of: (one: Followed) => number) => people.reduce((total, one) => total + of(one), 0)
  const change = (
    before: (one: Followed) => number,
    after: (one: Followed) => number,
    population: GammaPoisson | undefined,
  ): Change => ({
    before: sum(before),
    after: sum(after),
    expected: population && sum((one) => expectedNextCount(before(one), population) * one.years),
  })
  return {
    programmeId: people[0]?.programme ?? '',
    year: yearFromApril(people[0]?.openedOn ?? ''),
    people: people.length,
    yearsAfter: sum(({ years }) => years),
    died: sum(({ died }) => died),
    admissions:
      admissions &&
      change(
        (o) => o.admissionsBefore,
        (o) => o.admissionsAfter,
        admissions,
      ),
    attendances:
      attendances &&
      change(
        (o) => o.attendancesBefore,
        (o) => o.attendancesAfter,
        attendances,
      ),
  }
}

/** The year from April to March that a day lies in: "2024 to 2025". */
export function yearFromApril(on: string): string {
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))]
  const first = month >= 4 ? year : year - 1
  return `${first} to ${first + 1}`
}

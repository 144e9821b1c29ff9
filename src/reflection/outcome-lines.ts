import { expectedNextCount, type GammaPoisson } from '#statistics'
import type { Followed } from './count-store.ts'
import { everybody, type Grouping, groupings, type Known } from './groupings.data.ts'
import { outcomeMeasures } from './outcome-measures.data.ts'
import type { Change, GroupLine, OutcomeKey, OutcomeLine, OutcomeSums } from './types.ts'
import { yearFromApril } from './year.ts'

/** How many the whole population of a programme's age had in the year before anybody joined; absent where not known. */
export type Populations = { readonly [Key in OutcomeKey]?: GammaPoisson }

/** The lines of one case manager in one team. */
export type OwnerLines = {
  readonly ownerId: string
  readonly teamId: string
  readonly lines: readonly OutcomeLine[]
  /** The same people by what was done and the year they joined. */
  readonly done: readonly GroupLine[]
}

type PopulationOf = (programmeId: string) => Populations

/**
 * What became of each case manager's people, by programme and year of joining, and by what was done, with what would have
 * come with no service: for each person the count formula of regression to the mean, over the time they were followed.
 *
 * @source Robbins 1956; evaluation design 2.7 (b).
 */
export function outcomeLines(people: readonly Known[], populationOf: PopulationOf): readonly OwnerLines[] {
  const byOwner = grouped(people, ({ owner, team }) => [`${owner} ${team}`])
  return byOwner.map(([, own]) => ({
    ownerId: own[0]?.owner ?? '',
    teamId: own[0]?.team ?? '',
    lines: grouped(own, ({ programme, openedOn }) => [`${programme} ${yearFromApril(openedOn)}`]).map(
      ([, of]) => ({
        programmeId: of[0]?.programme ?? '',
        year: yearFromApril(of[0]?.openedOn ?? ''),
        ...sumsOf(of, populationOf),
      }),
    ),
    done: groupings
      .filter(({ key }) => key === 'done')
      .flatMap((by) =>
        grouped(own, ({ openedOn }) => [yearFromApril(openedOn)]).flatMap(([year, of]) =>
          linesBy(of, by, populationOf).map((line) => ({ ...line, year })),
        ),
      ),
  }))
}

/** What became of each programme's people, everybody together and by every grouping there is. */
export const groupLines = (people: readonly Known[], populationOf: PopulationOf): readonly GroupLine[] =>
  [everybody, ...groupings].flatMap((by) => linesBy(people, by, populationOf))

function linesBy(
  people: readonly Known[],
  { key, groupsOf, withinOf }: Grouping,
  populationOf: PopulationOf,
): readonly GroupLine[] {
  return grouped(people, ({ programme }) => [programme]).flatMap(([programmeId, own]) =>
    grouped(own, groupsOf)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, of]): GroupLine => {
        const [first] = of
        const within = first && withinOf?.(first)
        return { programmeId, of: key, group, ...(within ? { within } : {}), ...sumsOf(of, populationOf) }
      }),
  )
}

/** Groups in the order first met; somebody may be in several. */
function grouped<Of>(all: readonly Of[], keysOf: (one: Of) => readonly string[]): [string, readonly Of[]][] {
  const groups = new Map<string, Of[]>()
  for (const one of all)
    for (const key of keysOf(one)) {
      const own = groups.get(key)
      if (own) own.push(one)
      else groups.set(key, [one])
    }
  return [...groups]
}

function sumsOf(people: readonly Followed[], populationOf: PopulationOf): OutcomeSums {
  const populations = populationOf(people[0]?.programme ?? '')
  const sum = (of: (one: Followed) => number) => people.reduce((total, one) => total + of(one), 0)
  const changes: { [Key in OutcomeKey]?: Change } = {}
  for (const { key } of outcomeMeasures) {
    const population = populations[key]
    if (!population) continue
    const before = (one: Followed) => one[`${key}Before`]
    changes[key] = {
      before: sum(before),
      after: sum((one) => one[`${key}After`]),
      expected: sum((one) => expectedNextCount(before(one), population) * one.years),
    }
  }
  return {
    people: people.length,
    yearsAfter: sum(({ years }) => years),
    died: sum(({ died }) => died),
    ...changes,
  }
}

import { type Rate, rateOf, shownCounts, shownParts } from '../equity-rules.ts'
import type { LaterCount } from './types.ts'

/** How long after a decision is looked at. Only decisions that old on the list's day count, so that all are followed alike. */
export const followedDays = 90

/** One way to come to us and one decision: how many, how many admitted, and of 100 with its interval. */
export type LaterLine = Pick<LaterCount, 'decision' | 'isByHand'> & {
  readonly people: number | string
  readonly admitted: number | string
  readonly of100?: Rate
}

const decisions = ['accepted', 'deferred', 'declined'] as const

/**
 * What became of those decided on, practices put together, in the order of the decisions.
 *
 * @param mayTellFew whether counts under 8 may be told: to the practice itself, which knows each by name. Otherwise they
 *   are withheld, and any that would give one away. A rate needs 10 admitted, as everywhere.
 */
export function laterLines(counts: readonly LaterCount[], mayTellFew: boolean): readonly LaterLine[] {
  const lines = decisions.flatMap((decision) =>
    [false, true].flatMap((isByHand) => {
      const of = counts.filter((one) => one.decision === decision && one.isByHand === isByHand)
      const sum = (what: 'people' | 'admitted') => of.reduce((total, one) => total + one[what], 0)
      return of.length > 0 ? [{ decision, isByHand, people: sum('people'), admitted: sum('admitted') }] : []
    }),
  )
  const all = (of: 'people' | 'admitted') => lines.map((line) => line[of])
  const people = mayTellFew ? all('people') : shownCounts(all('people'))
  const admitted = mayTellFew ? all('admitted') : shownParts(all('admitted'), all('people'))
  return lines.map(({ decision, isByHand, ...line }, at) => {
    const [shownPeople, shownAdmitted] = [people[at] ?? '', admitted[at] ?? '']
    const isTold = typeof shownPeople === 'number' && typeof shownAdmitted === 'number'
    const of100 = isTold ? rateOf(line.admitted, line.people, 100) : undefined
    return { decision, isByHand, people: shownPeople, admitted: shownAdmitted, ...(of100 && { of100 }) }
  })
}

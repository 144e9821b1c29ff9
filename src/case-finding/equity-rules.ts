import { binomialInterval } from '#statistics'
import type { GroupCount } from './group-store.ts'

const fewestPeople = 8
const fewestEvents = 10

/** A count as it may be shown: under 8 is not told, nor one that would give it away. */
type Shown = number | 'fewer than 8' | 'not shown'

/**
 * Counts of one split of the same people, as they may be shown to anyone without a relationship. Where one alone is
 * under 8, the next smallest is not shown either: the sum would give it away.
 *
 * @source Design decision 9: counts of people under 8 are "fewer than 8", with secondary suppression. Nought is nobody
 *   and gives nobody away.
 */
export function shownCounts(counts: readonly number[]): readonly Shown[] {
  const isFew = (count: number) => count > 0 && count < fewestPeople
  const few = counts.filter(isFew).length
  const others = counts.filter((count) => count >= fewestPeople)
  const next = few === 1 && others.length > 0 ? counts.indexOf(Math.min(...others)) : -1
  return counts.map((count, at) => (isFew(count) ? 'fewer than 8' : at === next ? 'not shown' : count))
}

/** A shown count, in words. */
export const shownWords = (count: Shown): string =>
  typeof count === 'number' ? count.toLocaleString('en-GB') : count

/** How many of 1,000 or of 100, with the 95% interval; undefined under 10 of what is counted. */
export type Rate = { readonly value: number; readonly low: number; readonly high: number }

export function rateOf(part: number, whole: number, times: number): Rate | undefined {
  if (part < fewestEvents || whole < part) return undefined
  const { low, high } = binomialInterval(part, whole)
  return { value: (times * part) / whole, low: times * low, high: times * high }
}

export type GroupLine = {
  readonly group: string
  readonly considered: Shown
  readonly found: Shown
  readonly foundOf1000?: Rate
  readonly judged: Shown
  readonly accepted: Shown
  readonly acceptedOf100?: Rate
}

/** Where a group stands among those of its split: age bands begin with the youngest, and whoever is not known stands last. */
export const placeOf = ({ group }: Pick<GroupCount, 'group'>): number =>
  group.startsWith('Under') ? 0 : /not known/i.test(group) ? 2 : 1

/** The lines of one split, each count shown as it may be, each rate only where its counts are. */
export function groupLines(counted: readonly GroupCount[]): readonly GroupLine[] {
  const groups = [...counted].sort((a, b) => placeOf(a) - placeOf(b))
  const shown = (of: 'considered' | 'found' | 'judged' | 'accepted') =>
    shownCounts(groups.map((group) => group[of]))
  const [considered, found, judged, accepted] = [
    shown('considered'),
    shown('found'),
    shown('judged'),
    shown('accepted'),
  ]
  return groups.map((group, at) => {
    const may = (...counts: readonly (Shown | undefined)[]) =>
      counts.every((count) => typeof count === 'number')
    return {
      group: group.group,
      considered: considered[at] ?? 'not shown',
      found: found[at] ?? 'not shown',
      judged: judged[at] ?? 'not shown',
      accepted: accepted[at] ?? 'not shown',
      foundOf1000: may(considered[at], found[at]) ? rateOf(group.found, group.considered, 1000) : undefined,
      acceptedOf100: may(judged[at], accepted[at]) ? rateOf(group.accepted, group.judged, 100) : undefined,
    }
  })
}

/** Of a group's people who were accepted, who said yes and who stayed 90 days, each as it may be shown. */
export type AfterLine = {
  readonly group: string
  readonly accepted: Shown
  readonly agreed: Shown
  readonly agreedOf100?: Rate
  readonly agreedLongAgo: Shown
  readonly stayed: Shown
  readonly stayedOf100?: Rate
}

/** What came after being accepted, by the groups of one split; none of a run that did not count it. */
export function afterLines(counted: readonly GroupCount[]): readonly AfterLine[] {
  const groups = [...counted]
    .sort((a, b) => placeOf(a) - placeOf(b))
    .flatMap(({ group, accepted, agreed, agreedLongAgo, stayed }) =>
      agreed === null || agreedLongAgo === null || stayed === null
        ? []
        : [{ group, accepted, agreed, agreedLongAgo, stayed }],
    )
  const stages = ['accepted', 'agreed', 'agreedLongAgo', 'stayed'] as const
  const shown = Object.fromEntries(stages.map((of) => [of, shownCounts(groups.map((group) => group[of]))]))
  return groups.map((group, at) => {
    const told = (of: (typeof stages)[number]) => shown[of]?.[at] ?? 'not shown'
    const rate = (part: (typeof stages)[number], whole: (typeof stages)[number]) =>
      typeof told(part) === 'number' && typeof told(whole) === 'number'
        ? rateOf(group[part], group[whole], 100)
        : undefined
    return {
      group: group.group,
      accepted: told('accepted'),
      agreed: told('agreed'),
      agreedOf100: rate('agreed', 'accepted'),
      agreedLongAgo: told('agreedLongAgo'),
      stayed: told('stayed'),
      stayedOf100: rate('stayed', 'agreedLongAgo'),
    }
  })
}

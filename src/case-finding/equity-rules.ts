import { binomialInterval } from '#statistics'
import type { GroupCount } from './group-store.ts'

const fewestPeople = 8
const fewestEvents = 10

/** A count as it may be shown: under 8 is not told, nor one that would give it away. */
type Shown = number | 'fewer than 8' | 'not shown'

/**
 * Counts of one split of the same people, as they may be shown to anyone without a relationship. Where the total would give
 * one under 8 away, or what is hidden is under 8 together, the next smallest is not shown either, until it does not.
 *
 * @source Design decision 9: counts of people under 8 are "fewer than 8", with secondary suppression. Nought is nobody
 *   and gives nobody away.
 */
export const shownCounts = (counts: readonly number[]): readonly Shown[] =>
  shownBut(counts, hiddenAmong(counts, new Set()))

/**
 * Counts of a part beside counts of the whole it is of, as they may be shown: nor is one that leaves under 8 when taken from the
 * whole. 50 judged and 47 accepted would tell of 3 who were not.
 */
export function shownParts(parts: readonly number[], wholes: readonly number[]): readonly Shown[] {
  const hidden = hiddenAmong(parts, new Set())
  const left = wholes.map((whole, at) => Math.max(0, whole - (parts[at] ?? 0)))
  return shownBut(parts, new Set([...hidden, ...hiddenAmong(left, hidden)]))
}

const isFew = (count: number) => count > 0 && count < fewestPeople

const shownBut = (counts: readonly number[], hidden: ReadonlySet<number>): readonly Shown[] =>
  counts.map((count, at) => (!hidden.has(at) ? count : isFew(count) ? 'fewer than 8' : 'not shown'))

/** The places of counts that are not told, those hidden already for another reason first. */
function hiddenAmong(counts: readonly number[], already: ReadonlySet<number>): ReadonlySet<number> {
  const count = (at: number) => counts[at] ?? 0
  const few = [...counts.keys()].filter((at) => isFew(count(at)))
  const others = [...counts.keys()]
    .filter((at) => count(at) >= fewestPeople)
    .sort((a, b) => Number(already.has(b)) - Number(already.has(a)) || count(a) - count(b))
  let hidden = 0
  const isGivenAway = () => {
    const alsoHidden = others.slice(0, hidden)
    // Of one hidden for another reason nobody knows that it is the smallest.
    const next = others[hidden]
    const isSmallest = next !== undefined && !alsoHidden.some((at) => already.has(at))
    const most = isSmallest ? count(next) : Number.POSITIVE_INFINITY
    return areGivenAway(few.map(count), alsoHidden.map(count), most)
  }
  while (hidden < others.length && isGivenAway()) hidden++
  return new Set([...few, ...others.slice(0, hidden)])
}

/**
 * Whether whoever knows the total can tell a count under 8 nearly or wholly: of two who are 2 together each is 1, of two who
 * are 14 each is 7, and 1 beside an 8 that is not shown is 1. Nearly is to one of two.
 *
 * @param few counts under 8, told as such. @param alsoHidden counts of 8 or more that are not shown.
 * @param most what each of those is known not to pass.
 */
function areGivenAway(few: readonly number[], alsoHidden: readonly number[], most: number): boolean {
  if (few.length === 0) return false
  const mostFew = fewestPeople - 1
  const rest = [...few, ...alsoHidden].reduce((sum, count) => sum + count, 0)
  const highest = Math.min(mostFew, rest - fewestPeople * alsoHidden.length - (few.length - 1))
  const ofOthers = alsoHidden.length > 0 ? most * alsoHidden.length : 0
  const lowest = Math.max(1, rest - mostFew * (few.length - 1) - ofOthers)
  return rest < fewestPeople || highest - lowest < 2
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
  const all = (of: 'considered' | 'found' | 'judged' | 'accepted') => groups.map((group) => group[of])
  const considered = shownCounts(all('considered'))
  const found = shownParts(all('found'), all('considered'))
  const judged = shownCounts(all('judged'))
  const accepted = shownParts(all('accepted'), all('judged'))
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
  const all = (of: (typeof stages)[number]) => groups.map((group) => group[of])
  const shown: Readonly<Record<(typeof stages)[number], readonly Shown[]>> = {
    accepted: shownCounts(all('accepted')),
    agreed: shownParts(all('agreed'), all('accepted')),
    agreedLongAgo: shownParts(all('agreedLongAgo'), all('agreed')),
    stayed: shownParts(all('stayed'), all('agreedLongAgo')),
  }
  return groups.map((group, at) => {
    const told = (of: (typeof stages)[number]) => shown[of][at] ?? 'not shown'
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

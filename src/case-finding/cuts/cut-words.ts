import { dateWords, londonDate, timeWords } from '#calendar'
import { counted } from '../words.ts'
import type { FreePlaces, Reach } from './types.ts'

/** "6 of 100 places were free at 9:31am". */
export function freeWords({ free, capacity, countedAt }: FreePlaces): string {
  const all = capacity.toLocaleString('en-GB')
  return `${free.toLocaleString('en-GB')} of ${all} places were free on ${dateWords(londonDate(countedAt))} at ${timeWords(countedAt)}`
}

const monthsDays = 182

/** What more is expected: "About 3 more are expected by 29 April 2026 (between 1 and 7)." */
export function expectedWords({ toCome }: FreePlaces): string {
  if (!toCome) return ''
  const { by, expected } = toCome
  if (!expected) return 'How many more will come free cannot be said: too few people were closed lately.'
  const { more, low, high } = expected
  const about = more === 0 ? 'No more are' : `About ${counted(more, 'more is', 'more are')}`
  return `${about} expected by ${dateWords(by)} (between ${low} and ${high}).`
}

/** What the forecast rests on, for whoever chooses by it. */
export function restsOnWords({ toCome }: FreePlaces): string {
  if (!toCome) return ''
  const { closings, closingsDays, expected } = toCome
  const since = closingsDays === monthsDays ? '6 months' : `${closingsDays} days`
  const closed = `${counted(closings, 'person was', 'people were')} closed in the last ${since}`
  return expected
    ? `${closed}. Of 100 such forecasts about 80 fall in the range.`
    : `${closed}, and 6 are needed.`
}

/** What a cut by places goes by, for a list, its paper and its file. */
export function placesWords({ cut, free }: Reach): string {
  if (!free || (cut.way !== 'places' && cut.way !== 'places to come')) return ''
  const more = cut.way === 'places to come' ? ` ${expectedWords(free)}` : ''
  const none = more && !free.toCome?.expected ? ' So it asks for the places free now.' : ''
  return `${freeWords(free)}.${more}${none}`
}

/** Where a cut falls on the list as it is read: "after rank 128 of all practices". Empty where it cuts nobody. */
export function fellWords({ lastRank, fromIn100, ranks }: Reach): string {
  if (ranks)
    return 'The cut falls in each practice by itself. Of one with no weighted list everybody is asked.'
  if (lastRank === 0) return 'No place is free, so nobody is asked.'
  if (lastRank !== undefined) {
    return `The cut falls after rank ${lastRank.toLocaleString('en-GB')} of all practices together.`
  }
  return fromIn100 === undefined ? '' : `The cut falls at ${fromIn100} in 100.`
}

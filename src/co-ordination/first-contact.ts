import { daysBetween, type LondonDate } from '#calendar'
import type { Db } from '#database'
import type { Episode } from '#people'
import { byWords, howSoonIn, howSoonWords, isUrgent, lateFrom, type Triage } from '#referral'
import type { DayItem } from './day.ts'
import { heardSince } from './first-contact-store.ts'

/** Somebody accepted with whom nobody has been in touch yet. It is nobody's row: it ends with the first contact. */
export type FirstContact = { readonly episode: Episode; readonly said: Triage }

/**
 * Who of the people given still waits for a first contact, in which open episode. Worked out anew each time: a contact
 * ends it, a struck one begins it again, and whoever takes the episode over has it. Apart from them, the open episodes of
 * which it was never asked: no clock is made up for them.
 */
export async function firstContacts(
  db: Db,
  people: readonly string[],
  episodes: readonly Episode[],
): Promise<{ readonly awaited: readonly FirstContact[]; readonly unasked: readonly Episode[] }> {
  const said = await howSoonIn(db, people)
  const heard = await heardSince(db, said)
  const open = episodes.filter(({ closedOn }) => !closedOn)
  return {
    awaited: said.flatMap((one) => {
      const episode = open.find(({ id }) => id === one.episodeId)
      return episode && !heard.has(one.episodeId) ? [{ episode, said: one }] : []
    }),
    unasked: open.filter(({ id }) => !said.some(({ episodeId }) => episodeId === id)),
  }
}

/** The first contacts of somebody's day: of people in their name, and of those they cover for. */
export const firstContactItems = (
  staffId: string,
  awaited: readonly FirstContact[],
  covered: ReadonlySet<string> = new Set(),
): readonly DayItem[] =>
  awaited
    .filter(({ episode: { ownerId } }) => ownerId === staffId || covered.has(ownerId))
    .map(({ episode, said }) => ({
      key: episode.id,
      kind: 'first contact' as const,
      personId: episode.personId,
      what: 'First contact',
      why: `${howSoonWords(said.howSoon)}, said by ${said.byName}`,
      dueOn: said.byOn,
      dueAt: said.byAt,
      isUrgent: isUrgent(said.howSoon),
      isPromise: false,
      isWaiting: false,
      isUnclaimed: false,
      ...(covered.has(episode.ownerId) && { heldById: episode.ownerId }),
    }))

/** Whose clock ends first, first; of two alike the episode decides, so that the order holds still. */
export const inOrderOfClock = (waiting: readonly FirstContact[]): readonly FirstContact[] =>
  waiting.toSorted(
    (a, b) =>
      lateFrom(a.said).getTime() - lateFrom(b.said).getTime() || a.episode.id.localeCompare(b.episode.id),
  )

/** "9 people wait. 1 is late, and 2 are due today." */
export function waitingSentence(
  waiting: readonly FirstContact[],
  { now, today }: { readonly now: Date; readonly today: LondonDate },
): string {
  const late = waiting.filter(({ said }) => lateFrom(said) <= now).length
  const due = waiting.filter(({ said }) => lateFrom(said) > now && said.byOn === today).length
  const isOrAre = (count: number) => (count === 1 ? 'is' : 'are')
  if (waiting.length === 0) return 'With everybody who was accepted, somebody has been in touch.'
  const parts = [
    ...(late > 0 ? [`${late} ${isOrAre(late)} late`] : []),
    ...(due > 0 ? [`${due} ${isOrAre(due)} due today`] : []),
  ]
  const wait = waiting.length === 1 ? '1 person waits' : `${waiting.length} people wait`
  return `${wait}. ${parts.length > 0 ? parts.join(', and ') : 'Nobody is late'}.`
}

const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`

/** "2 hours late", "1 day late"; undefined while there is time. */
export function lateWords(
  by: Pick<Triage, 'byOn' | 'byAt'>,
  now: Date,
  today: LondonDate,
): string | undefined {
  if (now < lateFrom(by)) return undefined
  const minutes = by.byAt
    ? Math.floor((now.getTime() - by.byAt.getTime()) / 60_000)
    : Number.POSITIVE_INFINITY
  if (minutes < 60) return `${counted(minutes, 'minute')} late`
  if (minutes < 24 * 60) return `${counted(Math.floor(minutes / 60), 'hour')} late`
  return `${counted(daysBetween(by.byOn, today), 'day')} late`
}

/** What stands at the right of a first contact: how late it is, or until when it can wait. */
export function firstContactClock(
  by: Pick<Triage, 'byOn' | 'byAt'>,
  isPressing: boolean,
  now: Date,
  today: LondonDate,
): { readonly words: string; readonly colour?: 'red' | 'orange' } {
  const late = lateWords(by, now, today)
  if (late)
    return { words: late.charAt(0).toUpperCase() + late.slice(1), colour: isPressing ? 'red' : 'orange' }
  const words = byWords(by, today)
  return isPressing
    ? { words: `Act ${words}`, colour: 'red' }
    : { words: words.charAt(0).toUpperCase() + words.slice(1) }
}

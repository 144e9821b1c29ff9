import type { LondonDate } from '#calendar'
import { diedWords, type Episode, type Identity, isUnconfirmed, whoSays } from '#people'
import type { DayItem } from './day.ts'

/** Whoever of a list is said to have died, by person. */
export type Died = ReadonlyMap<string, Pick<Identity, 'diedOn' | 'death'>>

/** What is due for somebody who is said to have died rests: it is kept, and comes back where that is taken back. */
export const withRest = (items: readonly DayItem[], died: Died): readonly DayItem[] =>
  items.map((item) => {
    const person = died.get(item.personId)
    if (!person) return item
    const words = diedWords(person)
    // An alert may be of somebody alive: it stays where it is seen, and says what to check first.
    if (item.isUrgent && item.kind === 'task' && isUnconfirmed(person))
      return { ...item, why: [`${words}: check that first`, item.why].filter(Boolean).join('. ') }
    return { ...item, restsBecause: words }
  })

/**
 * Deaths that somebody is to check today: of their own people, of those they cover for, and of the team where the case
 * manager has left.
 */
export function deathItems(
  staffId: string,
  teamId: string | undefined,
  died: Died,
  episodes: readonly Episode[],
  today: LondonDate,
  covered: ReadonlySet<string>,
): readonly DayItem[] {
  const isTheirs = ({ ownerId, ownerHasLeft, teamId: of }: Episode) =>
    ownerId === staffId || covered.has(ownerId) || (ownerHasLeft && of === teamId)
  return [...died].flatMap(([personId, person]) => {
    const episode = episodes.find((one) => one.personId === personId && isTheirs(one))
    if (!episode || !isUnconfirmed(person)) return []
    return [
      {
        key: personId,
        kind: 'death' as const,
        personId,
        what: `${diedWords(person)}: find out whether it is so`,
        why: `${whoSays(person)} What is due is held until then`,
        dueOn: today,
        isUrgent: true,
        isPromise: false,
        isWaiting: false,
        isUnclaimed: false,
        ...(covered.has(episode.ownerId) && { heldById: episode.ownerId }),
      },
    ]
  })
}

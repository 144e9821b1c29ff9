import type { Part, Permit } from '#access'
import { dateWords, type LondonDate } from '#calendar'
import type { Db } from '#database'
import { type Episode, wishesOf } from '#people'
import { hasOutOfHoursAgreement } from './store.ts'

/** Whether out of hours may see a person's summary; where not, the first thing in the way. */
export type Sharing =
  | { readonly isShared: true; readonly since: LondonDate }
  | { readonly isShared: false; readonly because: 'not asked' | 'no episode' | 'no agreement' }
  | { readonly isShared: false; readonly because: 'said no'; readonly since: LondonDate }

/** Works out now, from the person's wish, their open episodes and our agreements, whether out of hours may look. */
export async function sharingOf(
  db: Db,
  permit: Permit<Part>,
  episodes: readonly Episode[],
): Promise<Sharing> {
  const wish = (await wishesOf(db, permit)).find(({ kind }) => kind === 'share with out of hours')
  if (!wish || wish.answer === 'not asked') return { isShared: false, because: 'not asked' }
  if (wish.answer === 'no') return { isShared: false, because: 'said no', since: wish.since }
  if (!episodes.some((episode) => !episode.closedOn)) return { isShared: false, because: 'no episode' }
  if (!(await hasOutOfHoursAgreement(db))) return { isShared: false, because: 'no agreement' }
  return { isShared: true, since: wish.since }
}

/** One sentence: shared since when, or not shared because of what. */
export function sharingWords(sharing: Sharing, called: string): string {
  if (sharing.isShared) return `Shared with out of hours since ${dateWords(sharing.since)}.`
  const because = {
    'not asked': `${called} has not been asked`,
    'said no': 'since' in sharing ? `${called} said no on ${dateWords(sharing.since)}` : '',
    'no episode': 'no episode is open',
    'no agreement': 'there is no agreement with an out-of-hours organisation',
  }[sharing.because]
  return `Not shared with out of hours because ${because}.`
}

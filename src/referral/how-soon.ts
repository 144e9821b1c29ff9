import { changedMeanwhile, type Outcome, type Permit, type Visit } from '#access'
import type { Judgement } from '#case-finding'
import {
  clockAfter,
  howSoonClass,
  isLater,
  problemsWithChange,
  problemsWithHowSoon,
  toCheck,
} from './how-soon-rules.ts'
import { addTriage, triagesOf } from './how-soon-store.ts'
import { humanOf, openEpisodeOf } from './opened.ts'
import { referralsOf } from './store.ts'
import type { HowSoon, Written } from './types.ts'

/** How soon, as a form or a script says it of somebody who is accepted. */
export type HowSoonChosen = {
  readonly howSoon: HowSoon
  /** The priority the referral came with, by its code, where it came with one. */
  readonly referrerSaid?: string
  /** What the box said that confirms a second look, where one was asked for. */
  readonly checked?: string
}

/** What was written of somebody who is accepted: by whoever accepts, and by whoever judged or added them last. */
export const writtenOf = (words: string | undefined, newest: Judgement | undefined): readonly Written[] => [
  ...(words ? [{ by: 'You', words }] : []),
  ...(newest?.words ? [{ by: newest.judgedByName, words: newest.words }] : []),
]

/** Keeps how soon somebody just accepted needs to be seen: the first row of the episode. */
export async function keepFirst(
  visit: Visit,
  permit: Permit<'whole'>,
  first: HowSoonChosen & {
    readonly episodeId: string
    readonly written: readonly Written[]
    readonly by: string
  },
): Promise<void> {
  const { episodeId, howSoon, referrerSaid, written, by } = first
  const checked = toCheck(howSoon, written, referrerSaid)
  await addTriage(visit.db, permit, {
    ...{ episodeId, n: 1, howSoon, referrerSaid, checked, isLater: false, at: visit.now, by },
    ...clockAfter(undefined, howSoon, visit.now),
  })
}

/**
 * Changes how soon the person of an open episode needs to be seen; or says it for the first time, of an episode that was
 * opened before it was asked. What was said before is kept. To let somebody wait longer takes a reason.
 *
 * @param asked.n the row the page was drawn from, 0 for none.
 * @throws Refused when no human asks, or somebody changed it since the page was drawn.
 */
export async function changeHowSoon(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: {
    readonly episodeId: string
    readonly n: number
    readonly howSoon: string
    readonly words: string
    readonly checked?: string
    readonly theyNeed?: string
  },
): Promise<Outcome> {
  const by = humanOf(visit, permit)
  const { id: episodeId } = await openEpisodeOf(visit, permit, asked.episodeId)
  const before = (await triagesOf(visit.db, permit)).find((one) => one.episodeId === episodeId)
  if ((before?.n ?? 0) !== asked.n) throw saidFirst(before?.byName)
  const written = await writtenSince(visit, permit, episodeId, asked.words)
  const known = howSoonClass(asked.howSoon)
  const problems = [
    ...problemsWithHowSoon({ ...asked, written, theyNeed: asked.theyNeed ?? 'they need' }),
    ...(known ? problemsWithChange(before, known.code, asked.words) : []),
  ]
  if (problems.length > 0 || !known) return { ok: false, problems }
  const howSoon = known.code
  const isKept = await addTriage(visit.db, permit, {
    ...{ episodeId, n: asked.n + 1, howSoon, words: asked.words, at: visit.now, by },
    checked: toCheck(howSoon, written),
    isLater: before !== undefined && isLater(howSoon, before.howSoon),
    ...clockAfter(before, howSoon, visit.now),
  })
  if (!isKept) throw saidFirst()
  await visit.note({
    what: 'how soon changed',
    person: permit.person,
    about: `episode ${episodeId}`,
    facts: { episodeId, howSoon, ...(before && { was: before.howSoon }) },
  })
  return { ok: true, value: undefined }
}

/** What is looked through for red-flag words when it changes: the reason, and what was written with the referral. */
export async function writtenSince(
  visit: Visit,
  permit: Permit<'whole'>,
  episodeId: string,
  words: string,
): Promise<readonly Written[]> {
  const referral = (await referralsOf(visit.db, permit)).find((one) => one.episodeId === episodeId)
  return [
    ...(words.trim() ? [{ by: 'You', words }] : []),
    ...(referral?.words ? [{ by: referral.referredByName, words: referral.words }] : []),
  ]
}

const saidFirst = (who = 'Somebody') =>
  changedMeanwhile(`${who} said how soon since you opened the page. Look again.`)

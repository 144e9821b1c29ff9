import {
  actorOf,
  changedMeanwhile,
  notForYou,
  type Outcome,
  type Permit,
  type Problem,
  require,
  type Visit,
} from '#access'
import type { LondonDate } from '#calendar'
import type { Months, PlacesOfDeath } from './group-types.ts'
import {
  insertPlace,
  type KeptPlace,
  type Place,
  placesOf,
  readPlacesOfDeath,
  strikePlace,
} from './place-store.ts'

const mostCharacters = 2000

/** What to put right before a wish, or where somebody died, is kept. */
export function problemsWithPlace(
  { kind, saidOn, words = '' }: Place,
  today: LondonDate,
  diedOn: LondonDate | undefined,
): readonly Problem[] {
  const isDead = kind === 'died'
  const tooEarly = isDead && diedOn && saidOn < diedOn
  const tooLate = !isDead && diedOn && saidOn > diedOn
  return [
    ...(saidOn > today ? [{ field: 'on', message: 'Enter the day it was said, today or earlier' }] : []),
    ...(tooEarly ? [{ field: 'on', message: 'Enter a day on or after the day they died' }] : []),
    ...(tooLate ? [{ field: 'on', message: 'Enter a day on or before the day they died' }] : []),
    ...(words.length > mostCharacters
      ? [{ field: 'words', message: 'Shorten this to 2,000 characters or fewer' }]
      : []),
  ]
}

/**
 * Writes down where the permitted person wishes to be cared for or to die, as it was said; or where they died. Earlier
 * wishes stay. What the newest of its kind says already is not kept twice.
 *
 * @param diedOn the day the person died, where they have.
 * @returns whether it was written down already.
 * @throws Refused where somebody who lives is said to have died, or where they died is written down already.
 */
export async function recordPlace(
  visit: Visit,
  permit: Permit<'whole'>,
  place: Place,
  diedOn: LondonDate | undefined,
): Promise<Outcome<{ readonly wasKept: boolean }>> {
  if (place.kind === 'died' && !diedOn)
    throw changedMeanwhile('Nobody has recorded that this person died. Open the person again.')
  const problems = problemsWithPlace(place, visit.today, diedOn)
  if (problems.length > 0) return { ok: false, problems }
  const before = await placesOf(visit.db, permit)
  // Only the newest: whoever changes their mind and back again on one day has said it twice.
  const newest = before.find(({ kind, struckReason }) => kind === place.kind && !struckReason)
  if (newest && saysTheSame(newest, place)) return { ok: true, value: { wasKept: true } }
  if (before.some(({ id }) => id === place.id)) {
    const message =
      'This form is saved already, saying something else. Open the page again to add what changed'
    return { ok: false, problems: [{ field: 'words', message }] }
  }
  if (!(await insertPlace(visit.db, permit, { ...place, by: actorOf(visit), at: visit.now })))
    throw changedMeanwhile('Where they died is written down already. Strike it first if it is wrong.')
  return { ok: true, value: { wasKept: false } }
}

const saysTheSame = (kept: KeptPlace, place: Place): boolean =>
  kept.place === place.place &&
  kept.saidOn === place.saidOn &&
  kept.saidBy === place.saidBy &&
  (kept.words ?? '') === (place.words ?? '')

/**
 * Strikes a wish or a place of death that is wrong. It stays to be read and counts no more.
 *
 * @throws Refused when the permitted person has no such thing that stands.
 */
export async function strikeWrongPlace(
  visit: Visit,
  permit: Permit<'whole'>,
  id: string,
  reason: string,
): Promise<Outcome> {
  if (!reason.trim())
    return { ok: false, problems: [{ field: `reason-${id}`, message: 'Enter what is wrong with it' }] }
  const strike = { id, by: actorOf(visit), at: visit.now, reason: reason.trim() }
  if (!(await strikePlace(visit.db, permit, strike))) throw notForYou()
  return { ok: true, value: undefined }
}

/**
 * How many of a programme's people who died in some months died where they last wished to: groups of 8 or more alone,
 * whoever objects to evaluation left out.
 *
 * @throws Refused when the role does not see evaluation.
 * @source clinical-content 6.1: the last wish recorded before the death; a coarse record of a fine wish cannot tell.
 */
export async function placesOfDeathOf(visit: Visit, months: Months): Promise<PlacesOfDeath | undefined> {
  require(visit, 'see evaluation')
  return readPlacesOfDeath(visit.db, months)
}

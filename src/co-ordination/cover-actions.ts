import { changedMeanwhile, newId, type Outcome, require, type StaffVisit } from '#access'
import { type Colleague, staffAround } from '#care-plan'
import { type NewCover, problemsWithCover } from './cover-rules.ts'
import { addCover, endCover } from './cover-store.ts'

/** Whoever arranges cover: the team does, among itself. */
export const mayCover = 'do tasks'

/** Who works at the caller's place today. */
export const colleaguesAt = (visit: StaffVisit): Promise<readonly Colleague[]> =>
  staffAround(visit.db, [visit.caller.organisation.id])

/**
 * Writes down that a colleague does somebody's work while they are away. It begins and ends by itself: what is held
 * stays with the one who holds it, and stands in the day of whoever covers as well.
 *
 * @returns what to put right, among it that somebody covers for them on some of these days already.
 * @throws Refused when the role does no tasks.
 */
export async function arrangeCover(visit: StaffVisit, cover: NewCover): Promise<Outcome> {
  require(visit, mayCover)
  const { caller, db, today, now } = visit
  const known = new Set((await colleaguesAt(visit)).map(({ id }) => id))
  const problems = problemsWithCover(cover, known, today)
  const { awayId, coveredById, fromOn, lastOn } = cover
  if (problems.length > 0 || !fromOn || !lastOn) return { ok: false, problems }
  const id = newId()
  const kept = { id, organisationId: caller.organisation.id, awayId, coveredById, fromOn, lastOn }
  if (!(await addCover(db, { ...kept, by: caller.staffId, at: now }))) {
    const message = 'Somebody covers for them on some of these days. End that first, or choose other days'
    return { ok: false, problems: [{ field: 'from', message }] }
  }
  await visit.note({ what: 'cover arranged', about: `cover ${id}`, facts: { coverId: id, fromOn, lastOn } })
  return { ok: true, value: undefined }
}

/**
 * Ends a cover today: from now on what somebody holds is in their own day alone.
 *
 * @throws Refused when the role does no tasks, or it has ended already.
 */
export async function stopCover(visit: StaffVisit, id: string): Promise<void> {
  require(visit, mayCover)
  const { caller, today: on, now: at } = visit
  const end = { id, organisationId: caller.organisation.id, on, by: caller.staffId, at }
  if (!(await endCover(visit.db, end))) throw changedMeanwhile('This cover has ended already. Look again.')
  await visit.note({ what: 'cover ended', about: `cover ${id}`, facts: { coverId: id } })
}

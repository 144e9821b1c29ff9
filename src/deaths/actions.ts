import { type Outcome, type Permit, require, type StaffVisit } from '#access'
import { identityOf, isUnconfirmed } from '#people'
import { problemsWithBack, problemsWithDeath, whoWasFirst } from './rules.ts'
import { deathSaidOf, sayAlive, sayDied } from './store.ts'
import type { BackAgain, NewDeath } from './types.ts'

/** Whoever writes contacts down may hear of a death. */
export const maySayDied = 'record contacts'

/** To say that somebody is alive after all lets them be rung again: whoever writes plans. */
export const maySayAlive = 'write plans'

/**
 * Writes down that the permitted person died, or confirms what an extract says. Nothing is closed or ended by it: what is
 * due is held, lists leave them out, and it can be taken back.
 *
 * @returns what to put right: a day in the future or before birth; that somebody was first since the form was drawn, by name.
 */
export async function recordDeath(
  visit: StaffVisit,
  permit: Permit<'whole'>,
  death: NewDeath,
): Promise<Outcome> {
  require(visit, maySayDied)
  const before = await identityOf(visit.db, permit)
  const { diedOn, knownBy } = death
  const problems = problemsWithDeath(death, visit.today, before.bornOn)
  if (problems.length > 0 || !diedOn || !knownBy) return { ok: false, problems }
  const kept = await sayDied(visit.db, permit, { ...death, diedOn, knownBy, at: visit.now })
  if (kept === 'changed') return await somebodyWasFirst(visit, permit, 'on')
  if (kept === 'before') return { ok: true, value: undefined }
  await visit.note({
    what: isUnconfirmed(before) ? 'death confirmed' : 'death recorded',
    person: permit.person,
    about: `death ${death.id}`,
    facts: { diedOn, knownBy },
  })
  return { ok: true, value: undefined }
}

/**
 * Takes back that the permitted person died. What was held is due again, lists have them again, and their registration goes
 * on as it was. The same source with the same day is not believed again.
 *
 * @returns what to put right; that somebody was first since the form was drawn, by name.
 */
export async function takeDeathBack(
  visit: StaffVisit,
  permit: Permit<'whole'>,
  back: BackAgain,
): Promise<Outcome> {
  require(visit, maySayAlive)
  const problems = problemsWithBack(back)
  const { aliveBy } = back
  if (problems.length > 0 || !aliveBy) return { ok: false, problems }
  const { diedOn } = await identityOf(visit.db, permit)
  const kept = await sayAlive(visit.db, permit, { ...back, aliveBy, at: visit.now })
  if (kept === 'changed' || !diedOn) return await somebodyWasFirst(visit, permit, 'words')
  await visit.note({
    what: 'death taken back',
    person: permit.person,
    facts: { diedOn, aliveBy },
  })
  return { ok: true, value: undefined }
}

// What was typed is kept on the page, which is drawn anew from how it stands now.
async function somebodyWasFirst(visit: StaffVisit, permit: Permit<'whole'>, field: string): Promise<Outcome> {
  const first = whoWasFirst(await deathSaidOf(visit.db, permit))
  const message = `${first}. Check how it stands, then save again if it is still needed`
  return { ok: false, problems: [{ field, message }] }
}

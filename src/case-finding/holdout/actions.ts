import { randomBytes } from 'node:crypto'
import { newId, type Outcome, require, type StaffVisit } from '#access'
import { programmes } from '#organisations'
import { modelInUse } from '../model/model-store.ts'
import { currentRun } from '../store.ts'
import { type HoldoutForm, readHoldout, runningOn } from './rules.ts'
import { addHoldout, endHoldout, holdOut, holdouts } from './store.ts'

const may = 'approve lots'

/**
 * Begins a hold-out in the caller's name: a small part of each list by the model in use is not shown, by chance, until
 * the day it ends by itself. Clinicians may add or accept anybody all the while.
 */
export async function beginHoldout(
  visit: StaffVisit,
  form: HoldoutForm,
): Promise<Outcome<{ readonly holdoutId: string }>> {
  require(visit, may)
  const { db, today, caller, now } = visit
  const read = readHoldout(form, today)
  if ('problems' in read) return { ok: false, problems: read.problems }
  if (!(await modelInUse(db))) return mistake('A hold-out is for renewing a model, and none is in use')
  const holdoutId = newId()
  const seed = randomBytes(16).toString('hex')
  const row = { ...read.ready, id: holdoutId, beganOn: today, seed, by: caller.staffId, at: now }
  if (!(await addHoldout(db, row))) return mistake('A hold-out runs already. End it first')
  for (const { id } of await programmes(db)) {
    const run = await currentRun(db, id)
    if (run?.modelId) await holdOut(db, run.id, now)
  }
  await visit.note({ what: 'hold-out began', about: `hold-out ${holdoutId}`, facts: { holdoutId } })
  return { ok: true, value: { holdoutId } }
}

const mistake = (message: string) => ({ ok: false, problems: [{ field: 'share', message }] }) as const

/** Ends the hold-out that runs: at the next page everybody is shown. @returns false when none ran. */
export async function endHoldoutNow(visit: StaffVisit): Promise<boolean> {
  require(visit, may)
  const { db, today, caller, now } = visit
  const running = runningOn(await holdouts(db), today)
  if (!running || !(await endHoldout(db, { id: running.id, on: today, by: caller.staffId, at: now })))
    return false
  await visit.note({
    what: 'hold-out ended',
    about: `hold-out ${running.id}`,
    facts: { holdoutId: running.id },
  })
  return true
}

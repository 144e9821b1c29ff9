import { changedMeanwhile, newId, notForYou, type Outcome, require, type StaffVisit } from '#access'
import { reviewLoad } from './change-store.ts'
import {
  agreeJoin,
  answerDoubt,
  askAgain,
  type Doubt,
  type DoubtAnswer,
  doubtById,
  undoJoin,
} from './doubt-store.ts'
import { type PolicyForm, policyTable, readPolicy } from './policy-rules.ts'
import { addRule, objectionsByKind, signedRules } from './policy-store.ts'

const answers: readonly DoubtAnswer[] = ['same person', 'not the same person', 'not sure']

const somebodyFirst = () =>
  changedMeanwhile('Somebody answered this while you were looking. Read their answer, then decide again.')

async function doubtToSettle(visit: StaffVisit, id: string): Promise<Doubt> {
  require(visit, 'settle identities')
  const doubt = /^[0-9a-f-]{36}$/.test(id) ? await doubtById(visit.db, id) : undefined
  if (!doubt) throw notForYou()
  return doubt
}

/**
 * Answers whether two records are one person's. Yes only proposes: a second person joins them.
 *
 * @returns what to put right when nothing was chosen, or both records have NHS numbers of their own.
 */
export async function settleDoubt(visit: StaffVisit, id: string, said: string): Promise<Outcome> {
  const doubt = await doubtToSettle(visit, id)
  const answer = answers.find((one) => one === said)
  if (!answer) return { ok: false, problems: [{ field: 'answer', message: 'Select yes, no or not sure' }] }
  const done = await answerDoubt(visit.db, doubt.id, answer, newId(), visit.now)
  if (done === 'answered') throw somebodyFirst()
  if (done !== 'two numbers') return { ok: true, value: undefined }
  const message =
    'These records have two NHS numbers. Ask the practices which number is right before they are joined'
  return { ok: false, problems: [{ field: 'answer', message }] }
}

/** A second person agrees that two records are one person's; both histories are kept. */
export async function joinRecords(visit: StaffVisit, doubtId: string): Promise<Outcome> {
  const { mergeId } = await doubtToSettle(visit, doubtId)
  const done = mergeId ? await agreeJoin(visit.db, mergeId, visit.now) : 'answered'
  if (done === 'same asker')
    return {
      ok: false,
      problems: [{ field: 'agree', message: 'Ask somebody else to agree: you said yes first' }],
    }
  if (!mergeId || done !== 'done') throw somebodyFirst()
  await visit.note({ what: 'records joined', about: `merge ${mergeId}`, facts: { mergeId } })
  await visit.later('relink', {}, 'relink')
  return { ok: true, value: undefined }
}

/** Parts two joined records again, or takes the proposal back. */
export async function partRecords(visit: StaffVisit, doubtId: string): Promise<void> {
  const { mergeId } = await doubtToSettle(visit, doubtId)
  if (!mergeId || (await undoJoin(visit.db, mergeId, visit.now)) !== 'done') throw somebodyFirst()
  await visit.note({ what: 'records parted', about: `merge ${mergeId}`, facts: { mergeId } })
  await visit.later('relink', {}, 'relink')
}

/** Takes back that two records are two people's: the question is asked again. */
export async function reopenDoubt(visit: StaffVisit, doubtId: string): Promise<void> {
  const doubt = await doubtToSettle(visit, doubtId)
  if ((await askAgain(visit.db, doubt.id, visit.now)) !== 'done') throw somebodyFirst()
}

/**
 * Promises to load a folder that was put among the incoming ones of the data folder.
 *
 * @param folderName its name alone: a path is not taken.
 */
export async function askForLoad(visit: StaffVisit, folderName: string): Promise<Outcome> {
  require(visit, 'load data')
  if (!/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$/.test(folderName))
    return {
      ok: false,
      problems: [{ field: 'folder', message: 'Enter the name of a folder, such as extract-2026-04' }],
    }
  await visit.later('load', { folder: folderName }, 'load')
  return { ok: true, value: undefined }
}

/** Keeps that somebody looked at what a load changed, with a remark. @throws changed meanwhile when somebody else has. */
export async function saidReviewed(visit: StaffVisit, loadId: string, remark: string): Promise<void> {
  require(visit, 'settle identities')
  if (!(await reviewLoad(visit.db, loadId, remark.slice(0, 500) || undefined, visit.now)))
    throw changedMeanwhile('Somebody said already that they looked at these changes.')
}

/** Whoever answers for privacy signs what becomes of people who object. */
export const maySign = 'review access'

/**
 * Signs what becomes of a kind of objection, as the next version of the policy. Lists heed it at the next page.
 *
 * @throws Refused when somebody signed since the page was drawn: nothing is saved.
 */
export async function signPolicy(
  visit: StaffVisit,
  form: PolicyForm & { readonly seen: number },
): Promise<Outcome<{ readonly version: number }>> {
  require(visit, maySign)
  const lines = policyTable(await objectionsByKind(visit.db), await signedRules(visit.db))
  const read = readPolicy(form, lines)
  if (!read.ok) return read
  const row = {
    id: newId(),
    after: form.seen,
    objection: read.objection,
    rule: read.rule,
    decidedBy: form.decidedBy.trim(),
    reason: form.reason.trim(),
    by: visit.caller.staffId,
    at: visit.now,
  }
  if (!(await addRule(visit.db, row)))
    throw changedMeanwhile(
      'Somebody signed a rule since you opened the page. Open it again and read what holds now.',
    )
  return { ok: true, value: { version: form.seen + 1 } }
}

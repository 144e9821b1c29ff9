import { newId, notForYou, type Outcome, type Permit, type Visit } from '#access'
import { dateWords, londonDate, timeWords } from '#calendar'
import { problemsWithNotDrawn } from './lots/rules.ts'
import { lotsOfPerson } from './lots/store.ts'
import { objectsToLists } from './objects-store.ts'
import {
  canTakeBack,
  type JudgementForm,
  judgementInForce,
  problemsWithReason,
  readJudgement,
} from './rules.ts'
import { addJudgement, judgementsOf, newestJudgement } from './store.ts'
import type { Judgement } from './types.ts'

/** A judgement ready to be kept. `seen` is the number of the newest judgement on the page, 0 for none. */
type Draft = Pick<Judgement, 'decision' | 'reason' | 'words' | 'showAgainOn'> & {
  readonly programmeId: string
  readonly seen: number
}

/**
 * Defers or declines one candidate, with a coded reason.
 *
 * @returns what to put right: also when somebody judged first, whose judgement then stands until this is saved again.
 */
export async function judge(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: {
    readonly programmeId: string
    readonly declineForMonths: number
    readonly seen: number
    readonly them: string
    readonly form: JudgementForm
  },
): Promise<Outcome<{ readonly judgementId: string }>> {
  const read = readJudgement(asked.form, asked.them, visit.today, asked.declineForMonths)
  if ('problems' in read) return { ok: false, problems: read.problems }
  return keep(visit, permit, { ...read.ready, programmeId: asked.programmeId, seen: asked.seen })
}

/** Adds somebody the list missed, with a coded reason. They are then to judge, like everybody on the list. */
export async function addByHand(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: {
    readonly programmeId: string
    readonly seen: number
    readonly reason: string
    readonly words: string
  },
): Promise<Outcome<{ readonly judgementId: string }>> {
  const problems = problemsWithReason('added', asked.reason, asked.words)
  if (problems.length > 0) return { ok: false, problems }
  const words = asked.words.trim()
  const { programmeId, seen, reason } = asked
  return keep(visit, permit, { decision: 'added', reason, programmeId, seen, ...(words && { words }) })
}

/**
 * Marks a candidate accepted. Referral's verb calls it in the transaction that opens the episode; nothing else may,
 * so that nobody is accepted without a named case manager. Whoever was in a draw of the last 35 days and not drawn is
 * accepted with the reason in words: it says why chance was set aside.
 *
 * @param asked.seen the newest judgement the caller saw, 0 for none.
 */
export async function markAccepted(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: {
    readonly programmeId: string
    readonly reason: string
    readonly words?: string
    readonly seen: number
  },
): Promise<Outcome<{ readonly judgementId: string }>> {
  const problems = [
    ...problemsWithReason('accepted', asked.reason, asked.words ?? ''),
    ...problemsWithNotDrawn(
      await lotsOfPerson(visit.db, permit, asked.programmeId),
      asked.words,
      visit.today,
    ),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const { programmeId, reason, words, seen } = asked
  return keep(visit, permit, { decision: 'accepted', reason, programmeId, seen, ...(words && { words }) })
}

/**
 * Takes a deferral, a decline or an addition back, within 7 days. The judgement before it, if any, stands again. An
 * acceptance is referral's to take back, for an episode hangs on it.
 */
export async function takeBack(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: { readonly programmeId: string; readonly seen: number },
): Promise<Outcome<{ readonly judgementId: string }>> {
  return takeBackWhen(visit, permit, asked, (decision) => decision !== 'accepted')
}

/** Takes an acceptance back. Referral's verb calls it in the transaction that withdraws the offer. */
export async function unmarkAccepted(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: { readonly programmeId: string },
): Promise<Outcome<{ readonly judgementId: string }>> {
  const seen = (await newestJudgement(visit.db, permit, asked.programmeId))?.n ?? 0
  return takeBackWhen(visit, permit, { ...asked, seen }, (decision) => decision === 'accepted')
}

async function takeBackWhen(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: { readonly programmeId: string; readonly seen: number },
  mayTake: (decision: Judgement['decision']) => boolean,
): Promise<Outcome<{ readonly judgementId: string }>> {
  const inForce = judgementInForce(await judgementsOf(visit.db, permit, asked.programmeId))
  if (!inForce || !mayTake(inForce.decision) || !canTakeBack(inForce, visit.today)) {
    const message = 'A decision can be undone for 7 days. Decide again instead'
    return { ok: false, problems: [{ field: 'seen', message }] }
  }
  return keep(visit, permit, { ...asked, decision: 'taken back', reason: 'undone' })
}

async function keep(
  visit: Visit,
  permit: Permit<'whole'>,
  draft: Draft,
): Promise<Outcome<{ readonly judgementId: string }>> {
  // A list is judged by people: no promised work may decide about anybody.
  if (visit.caller.kind !== 'staff') throw notForYou({ ...attempt, person: permit.person })
  if (isAboutAList(draft.decision) && (await objectsToLists(visit.db, permit))) {
    const message = 'They object to being looked for, so no list has them and nothing is to decide'
    return { ok: false, problems: [{ field: 'reason', message }] }
  }
  const judgementId = newId()
  const { programmeId, seen, ...judgement } = draft
  const latest = await newestJudgement(visit.db, permit, programmeId)
  const isKept =
    (latest?.n ?? 0) === seen &&
    (await addJudgement(visit.db, permit, {
      ...judgement,
      id: judgementId,
      programmeId,
      after: seen,
      judgedBy: visit.caller.staffId,
      judgedAt: visit.now,
    }))
  if (!isKept)
    return { ok: false, problems: [judgedFirst(await newestJudgement(visit.db, permit, programmeId), visit)] }
  const { decision, reason } = judgement
  await visit.note({
    what: 'candidate judged',
    person: permit.person,
    about: `judgement ${judgementId}`,
    facts: { judgementId, programmeId, decision, reason },
  })
  return { ok: true, value: { judgementId } }
}

/** Whoever objects to being looked for keeps every care: they may still be accepted, and a decision on them taken back. */
const isAboutAList = (decision: Judgement['decision']) =>
  decision === 'added' || decision === 'deferred' || decision === 'declined'

const attempt = { purpose: 'direct care', verb: 'judge a candidate' }

const did = {
  accepted: 'accepted',
  deferred: 'deferred',
  declined: 'declined',
  added: 'added',
  'taken back': 'took back the decision on',
} as const

function judgedFirst(judgement: Judgement | undefined, visit: Visit) {
  if (!judgement) throw new Error('a judgement was refused as not the next, and there is none')
  const { judgedByName, judgedAt, decision } = judgement
  const on = londonDate(judgedAt)
  const when = on === visit.today ? `at ${timeWords(judgedAt)}` : `on ${dateWords(on)}`
  return {
    field: 'seen',
    message: `${judgedByName} ${did[decision]} this person ${when}. Keep that decision, or save again to change it`,
  }
}

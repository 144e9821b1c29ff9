import { newId, type Outcome, type Permit, permit, type StaffVisit } from '#access'
import { addDays } from '#calendar'
import { planOf, remarkOnAction, savePlan } from '#care-plan'
import { type ClosureReason, closeEpisode, safetyNet } from '#closure'
import { recordContact } from '#co-ordination'
import type { Workshop } from '#jobs'
import { episodesOf, recordWish } from '#people'
import { acceptCandidate, recordAgreement } from '#referral'
import { askAgain, askFirst, noteWhere } from './asked.ts'
import type { Cast, VisitOn } from './cast.ts'
import { chosen, type Past } from './rules.ts'
import { type CastPost, doNotWaitForDisk } from './store.ts'
import { contactWords, howSoonOfPast, planWords, whatMatters } from './words.data.ts'

/** Who of the cast a person's past passed through, and the programme they were in. */
export type Hands = {
  readonly gp: CastPost
  readonly owner: CastPost
  /** Who closes, where the owner's role does not. */
  readonly closer?: CastPost
  readonly programmeId: string
  /** What matters and the plan, where they are not chosen from the lists. */
  readonly matters?: string
  readonly plan?: (typeof planWords)[number]
}

const open = { part: 'whole', purpose: 'direct care' } as const

/**
 * Lives one person's whole past through the doors, in one transaction: accepted by their GP, agreed, plan, contacts,
 * and the closing where it ended.
 */
export async function livePast(
  workshop: Pick<Workshop, 'inVisit'>,
  cast: Cast,
  past: Past,
  hands: Hands,
): Promise<void> {
  await workshop.inVisit(async ({ db }) => {
    await doNotWaitForDisk(db)
    const episodeId = await accept(await cast.enter(db, hands.gp), past, hands)
    const owner = await cast.enter(db, hands.owner)
    const [first = past.openedOn, ...rest] = past.contactsOn
    const leave = await permit(owner(first, 9), past.personId, {
      ...open,
      may: 'see people',
      verb: 'write down the past of the demonstration',
    })
    if (past.contactsOn.length > 0)
      await meet(owner(first, 10, past.index % 60), leave, past, hands, episodeId)
    for (const [at, on] of rest.entries()) {
      const visit = owner(on, 9 + ((past.index + at) % 7), past.index % 60)
      await keepInTouch(visit, leave, past, at + 1)
      await askAgain(visit, leave, { past, episodeId }, at + 1)
    }
    if (!past.ends) return
    if (past.ends.reason === 'died') await noteWhere(owner(past.ends.on, 16), leave, past)
    const closer = hands.closer ? await cast.enter(db, hands.closer) : owner
    await close(closer(past.ends.on, 17), past, episodeId, past.ends.reason)
  })
}

/** Days from a plan to its review, a little more than from the first contact to the seventh, where it is reviewed. */
const reviewAfterDays = 210

const acceptReasons = ['avoidable admissions', 'several teams', 'new need', 'medicines', 'carer strain']

async function accept(gp: VisitOn, past: Past, hands: Hands): Promise<string> {
  const visit = gp(past.openedOn, 8, past.index % 60)
  const leave = await permit(visit, past.personId, {
    ...open,
    may: 'judge candidates',
    verb: 'accept a candidate',
  })
  const accepted = await acceptCandidate(visit, leave, {
    programmeId: hands.programmeId,
    ownerId: hands.owner.staffId,
    teamId: hands.owner.organisationId,
    reason: chosen(acceptReasons, past.index),
    howSoon: chosen(howSoonOfPast, past.index),
    agreedToTakePart: false,
  })
  return must(accepted, past).episodeId
}

/** The first meeting: they agree, say what matters, and the plan is written. */
async function meet(
  visit: StaffVisit,
  leave: Permit<'whole'>,
  past: Past,
  hands: Hands,
  episodeId: string,
): Promise<void> {
  const on = visit.today
  must(await recordAgreement(visit, leave, { episodeId, turn: 1, answer: 'yes' }), past)
  await answerSharing(visit, leave, past.index % 5 === 4 ? 'no' : 'yes')
  await record(visit, leave, past, 0)
  const plan = hands.plan ?? chosen(planWords, past.index)
  const call = hands.owner.code === 'TEAM1' ? '01632 960 117' : '01632 960 118'
  const actions = [
    { what: plan.action, kind: plan.kinds[0], owner: hands.owner.staffId, dueOn: addDays(on, 21) },
    {
      ...{ what: plan.next, kind: plan.kinds[1], owner: hands.owner.staffId, dueOn: past.nextDueOn },
      isForOutOfHours: plan.isForOutOfHours ?? false,
    },
  ]
  const saved = await savePlan(visit, leave, {
    from: 0,
    whatMatters: hands.matters ?? chosen(whatMatters, past.index),
    goals: [{ words: plan.goal, actions }],
    ifThens: [{ if: plan.when, do: plan.act, call }],
    reviewOn: addDays(on, reviewAfterDays),
    agreement: { by: 'the person', on },
  })
  must(saved, past)
  await askFirst(visit, leave, { past, episodeId })
}

/** Writes down whether a plan may be shared with out of hours. */
export async function answerSharing(
  visit: StaffVisit,
  leave: Permit<'whole'>,
  answer: 'yes' | 'no',
): Promise<void> {
  await recordWish(visit.db, leave, {
    id: newId(),
    kind: 'share with out of hours',
    purpose: '',
    answer,
    since: visit.today,
    source: 'the person',
    by: visit.caller.staffId,
    at: visit.now,
  })
  await visit.note({ what: 'sharing answered', person: leave.person, facts: { answer } })
}

async function record(visit: StaffVisit, leave: Permit<'whole'>, past: Past, at: number): Promise<void> {
  const said = at === 0 ? chosen(contactWords, 0) : chosen(contactWords.slice(1), past.index + at)
  must(await recordContact(visit, leave, said), past)
}

/** A contact every 28 days: at the second an action of the plan is done, at the fourth the other, at the seventh its review. */
async function keepInTouch(visit: StaffVisit, leave: Permit<'whole'>, past: Past, at: number): Promise<void> {
  await record(visit, leave, past, at)
  if (at === 1) await doAction(visit, leave, past, 0)
  // One in three of those still with us has something of the plan left to do.
  if (at === 3 && (past.ends || past.index % 3 > 0)) await doAction(visit, leave, past, 1)
  if (at === 6) await review(visit, leave, past)
}

async function review(visit: StaffVisit, leave: Permit<'whole'>, past: Past): Promise<void> {
  const plan = await planOf(visit.db, leave)
  if (!plan) throw new Error(`person ${past.personId} has no plan to review`)
  const saved = await savePlan(visit, leave, {
    from: plan.version,
    whatMatters: plan.whatMatters?.words ?? '',
    goals: plan.goals.map(({ lineId, words, actions }) => ({
      id: lineId,
      words,
      actions: actions.map(
        ({ words: what, lineId: id, actionKind: kind, owner, dueOn, isForOutOfHours }) => ({
          ...{ id, what, owner, dueOn, isForOutOfHours },
          ...(kind && { kind }),
        }),
      ),
    })),
    ifThens: plan.ifThens.map((line) => ({
      id: line.lineId,
      if: line.words,
      do: line.thenWords ?? '',
      call: line.callWords,
    })),
    reviewOn: addDays(visit.today, reviewAfterDays),
    agreement: { by: 'the person', on: visit.today },
  })
  must(saved, past)
}

async function doAction(visit: StaffVisit, leave: Permit<'whole'>, past: Past, place: number): Promise<void> {
  const action = (await planOf(visit.db, leave))?.goals[0]?.actions[place]
  if (!action) throw new Error(`the plan of person ${past.personId} has no action ${place}`)
  must(await remarkOnAction(visit, leave, { actionId: action.lineId, state: 'done' }), past)
}

async function close(visit: StaffVisit, past: Past, episodeId: string, reason: ClosureReason): Promise<void> {
  const leave = await permit(visit, past.personId, {
    ...open,
    may: 'close episodes',
    verb: 'close the episode',
  })
  const episode = (await episodesOf(visit.db, leave)).find(({ id }) => id === episodeId)
  const actions = (await planOf(visit.db, leave))?.goals.flatMap((goal) => goal.actions) ?? []
  const closed = await closeEpisode(visit, leave, {
    episodeId,
    turn: episode?.turn ?? 0,
    reason,
    closedOn: visit.today,
    told: safetyNet.map(({ code }) => code),
    tasks: [],
    actions: actions
      .filter(({ state }) => state === 'not started' || state === 'in progress')
      .map(({ lineId }) => ({ actionId: lineId, fate: 'stop' as const })),
  })
  must(closed, past)
}

/** What an action gave back. @throws Error when it asks to put something right: here that is our mistake. */
export function must<T>(
  outcome: Outcome<T> | { readonly ok: false; readonly problems: readonly { readonly message: string }[] },
  past: Pick<Past, 'personId'>,
): T {
  if (outcome.ok) return outcome.value
  const why = outcome.problems.map(({ message }) => message).join('. ')
  throw new Error(`the past of person ${past.personId} could not be lived: ${why}`)
}

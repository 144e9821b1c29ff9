import { type Permit, permit, permitList, type StaffVisit } from '#access'
import type { LondonDate } from '#calendar'
import { savePlan } from '#care-plan'
import { recordContact } from '#co-ordination'
import type { Db } from '#database'
import type { Workshop } from '#jobs'
import { acceptCandidate, recordAgreement } from '#referral'
import { admit, discuss, leaveRound, startRound, stayOf, turnsOf, wardOf } from '#ward'
import { type Cast, postAt, postsAt } from './cast.ts'
import { answerSharing, must } from './past.ts'
import { chosen, type WardPast } from './rules.ts'
import { type CastPost, doNotWaitForDisk } from './store.ts'
import { jean } from './street.data.ts'
import { howSoonOfWard } from './words.data.ts'

/** Somebody on the ward: who they are, their GP, and how they are looked at. */
export type Inpatient = {
  readonly personId: string
  readonly gp: CastPost
  readonly past: WardPast
  readonly isJean: boolean
}

const look = { may: 'run rounds', part: 'whole', purpose: 'direct care' } as const
type Inside = Pick<Workshop, 'inVisit'>

/** Brings somebody to the ward: their GP refers, the ward's case manager meets them, the clerk gives them a bed. */
export async function bringToWard(
  workshop: Inside,
  cast: Cast,
  programmeId: string,
  person: Inpatient,
  index: number,
): Promise<void> {
  await workshop.inVisit(async ({ db }) => {
    await doNotWaitForDisk(db)
    const { cameOn: on, seen } = person.past
    const { visit, leave, episodeId } = await offerWard({ db, cast, programmeId, index }, { ...person, on })
    if (person.isJean) await planWithJean(visit, leave)
    const clerk = (await cast.enter(db, postAt(cast, 'ward clerk', 'WARD1')))(on, 14, index)
    must(await admit(clerk, leave, await wardOf(clerk), { episodeId, seen }), person)
  })
}

/** Somebody whose place on the ward is agreed and who has no bed yet. */
export async function waitForWard(
  workshop: Inside,
  cast: Cast,
  programmeId: string,
  person: Pick<Inpatient, 'personId' | 'gp'> & { readonly on: LondonDate },
  index: number,
): Promise<void> {
  await workshop.inVisit(async ({ db }) => {
    await offerWard({ db, cast, programmeId, index }, person)
  })
}

async function offerWard(
  { db, cast, programmeId, index }: { db: Db; cast: Cast; programmeId: string; index: number },
  person: Pick<Inpatient, 'personId' | 'gp'> & { readonly on: LondonDate },
) {
  const owner = chosen(postsAt(cast, 'case manager', 'WARD1'), index)
  const gpVisit = (await cast.enter(db, person.gp))(person.on, 9, index)
  const gpLeave = await permit(gpVisit, person.personId, {
    ...look,
    may: 'judge candidates',
    verb: 'accept a candidate',
  })
  const accepted = await acceptCandidate(gpVisit, gpLeave, {
    programmeId,
    ownerId: owner.staffId,
    teamId: owner.organisationId,
    reason: 'avoidable admissions',
    howSoon: chosen(howSoonOfWard, index),
    agreedToTakePart: false,
  })
  const { episodeId } = must(accepted, person)
  const visit = (await cast.enter(db, owner))(person.on, 11, index)
  const leave = await permit(visit, person.personId, { ...look, verb: 'write down the first visit' })
  must(await recordAgreement(visit, leave, { episodeId, turn: 1, answer: 'yes' }), person)
  const words = 'First visit at home. Explained the ward, who looks when, and whom to ring.'
  must(await recordContact(visit, leave, { kind: 'home visit', minutes: 45, words }), person)
  return { visit, leave, episodeId }
}

async function planWithJean(visit: StaffVisit, leave: Permit<'whole'>): Promise<void> {
  await answerSharing(visit, leave, 'yes')
  const owner = visit.caller.staffId
  const soon = { owner, dueOn: jean.dueOn }
  const saved = await savePlan(visit, leave, {
    from: 0,
    whatMatters: jean.matters,
    goals: jean.goals.map(({ goal, action, outOfHours }) => ({
      words: goal,
      actions: [
        { what: action, ...soon },
        ...(outOfHours ? [{ what: outOfHours, ...soon, isForOutOfHours: true }] : []),
      ],
    })),
    ifThens: jean.ifThens,
    reviewOn: jean.reviewOn,
    agreement: { by: 'the person', on: visit.today },
  })
  must(saved, { personId: leave.person })
}

/**
 * Holds every round before today, in order: each person whose look comes that day is discussed, the clerk writes.
 * Then today's is begun, so that its first person is waiting.
 */
export async function holdRounds(
  workshop: Inside,
  cast: Cast,
  people: readonly Inpatient[],
  today: LondonDate,
): Promise<void> {
  const days = [...new Set(people.flatMap(({ past }) => past.looksOn))].sort()
  for (const on of days) await holdRound(workshop, cast, people, on)
  const clerk = postAt(cast, 'ward clerk', 'WARD1')
  await workshop.inVisit(async ({ db }) => {
    const visit = (await cast.enter(db, clerk))(today, 8, 45)
    await startRound(visit, await wardOf(visit))
  })
}

async function holdRound(
  workshop: Inside,
  cast: Cast,
  people: readonly Inpatient[],
  on: LondonDate,
): Promise<void> {
  const clerk = postAt(cast, 'ward clerk', 'WARD1')
  const due = people.filter(({ past }) => past.looksOn.includes(on))
  let discussed = 0
  for (const [at, person] of due.entries()) {
    const isDone = await workshop.inVisit(async ({ db }) => {
      await doNotWaitForDisk(db)
      return discussOn((await cast.enter(db, clerk))(on, 9, 30 + Math.min(29, at * 2)), person, on)
    })
    if (isDone) discussed++
  }
  if (discussed === 0) return
  await workshop.inVisit(async ({ db }) => {
    const visit = (await cast.enter(db, clerk))(on, 11)
    const ward = await wardOf(visit)
    const round = await startRound(visit, ward)
    const list = await permitList(visit, {
      may: 'run rounds',
      circle: 'team',
      purpose: 'direct care',
      verb: 'leave the ward round',
    })
    await leaveRound(visit, round, await turnsOf(visit, list, ward, round))
  })
}

/** Discusses one person. @returns false when that was done in an earlier run. */
async function discussOn(visit: StaffVisit, person: Inpatient, on: LondonDate): Promise<boolean> {
  const leave = await permit(visit, person.personId, { ...look, verb: 'discuss on the ward round' })
  const place = person.past.looksOn.indexOf(on)
  const there = await stayOf(visit.db, leave)
  if ((there?.discussions ?? 0) > place) return false
  const nextLookOn = person.past.looksOn[place + 1] ?? person.past.nextLookOn
  const round = await startRound(visit, await wardOf(visit))
  must(await discuss(visit, leave, round, place, { decision: person.past.seen, nextLookOn }), person)
  return true
}

import { createHash } from 'node:crypto'
import { beginSession, newId, permit, type StaffVisit, type SystemCaller, type Visit } from '#access'
import { addDays, type LondonDate, londonInstant } from '#calendar'
import { savePlan } from '#care-plan'
import { recordContact } from '#co-ordination'
import {
  addOrganisation,
  addPost,
  addProgrammeVersion,
  addStaff,
  organisationsOf,
  type Programme,
} from '#organisations'
import { identityOf, type PersonId } from '#people'
import { acceptCandidate, possibleOwners } from '#referral'

/** Somebody accepted, by whom they are looked after, and since when. */
export type Helped = { readonly person: PersonId; readonly ownerId: string; readonly openedOn: LondonDate }

const contactEveryDays = 28
const look = { may: 'see people', part: 'whole', purpose: 'direct care', verb: 'read the record' } as const

export type Session = { readonly practice: string; readonly token: string }

type GpPost = { readonly practice: string; readonly staffId: string; readonly postId: string }

/** A team of six case managers, and a GP at every practice. */
export async function arrangePosts(
  visit: Visit<SystemCaller>,
  programme: Programme,
): Promise<readonly GpPost[]> {
  const hire = async (name: string, organisationId: string, role: string) => {
    const [staffId, postId] = [newId(), newId()]
    await addStaff(visit.db, { id: staffId, name })
    await addPost(visit.db, { id: postId, staffId, organisationId, role })
    return { staffId, postId }
  }
  const teamId = newId()
  await addOrganisation(visit.db, { id: teamId, kind: 'team', code: 'LOOP', name: 'Loop team' })
  await addProgrammeVersion(visit.db, {
    ...programme,
    publishedAt: visit.now,
    publishedBy: 'loop of truth',
  })
  for (let n = 1; n <= 6; n++) await hire(`Case manager ${n}`, teamId, 'case manager')
  const gps: GpPost[] = []
  for (const practice of await organisationsOf(visit.db, 'practice'))
    gps.push({ practice: practice.name, ...(await hire(`GP of ${practice.name}`, practice.id, 'GP')) })
  return gps
}

/** Every GP signs in: a session of last quarter has ended by itself. */
export async function signIn(
  { db }: Visit<SystemCaller>,
  gps: readonly GpPost[],
): Promise<readonly Session[]> {
  const sessions: Session[] = []
  for (const { practice, staffId, postId } of gps)
    sessions.push({ practice, token: (await beginSession(db, { staffId, postId })).token })
  return sessions
}

/** Accepts one person as their GP: the case manager with fewest, consent, a plan of one goal. */
export async function accept(visit: StaffVisit, programme: Programme, person: PersonId): Promise<Helped> {
  const leave = await permit(visit, person, look)
  const [owner] = await possibleOwners(visit.db, programme)
  if (!owner) throw new Error('loop of truth: the team has nobody')
  const accepted = await acceptCandidate(visit, leave, {
    programmeId: programme.id,
    ownerId: owner.staffId,
    teamId: owner.teamId,
    reason: 'new need',
    howSoon: '10 working days',
    agreedToTakePart: true,
  })
  if (!accepted.ok) throw new Error(`loop of truth: not accepted: ${accepted.problems[0]?.message}`)
  const planned = await savePlan(visit, leave, {
    from: 0,
    whatMatters: 'To stay at home.',
    goals: [
      {
        words: 'Walk to the shop',
        actions: [{ what: 'Visit every 4 weeks', owner: owner.staffId, dueOn: addDays(visit.today, 28) }],
      },
    ],
    ifThens: [],
    reviewOn: addDays(visit.today, 91),
  })
  if (!planned.ok) throw new Error(`loop of truth: no plan: ${planned.problems[0]?.message}`)
  return { person, ownerId: owner.staffId, openedOn: visit.today }
}

/** Records the contacts of one person that are due before a day, from the `since`th on. @returns how many. */
export async function contactsWith(
  visit: Visit,
  { person, ownerId, openedOn }: Helped,
  since: number,
  before: LondonDate,
): Promise<number> {
  const leave = await permit(visit, person, { ...look, may: 'record contacts', verb: 'record a contact' })
  const { diedOn } = await identityOf(visit.db, leave)
  let made = 0
  for (let n = since; n * contactEveryDays < 365; n++) {
    const on = addDays(openedOn, n * contactEveryDays)
    if (on >= before || on > visit.today || (diedOn && on >= diedOn)) break
    const at8 = londonInstant(on, 8)
    const done = await recordContact(visit, leave, {
      id: contactId(person, n),
      kind: 'home visit',
      // Run before 8 in the morning, today's visit has only just been made.
      happenedAt: new Date(Math.min(at8.getTime(), visit.now.getTime())),
      minutes: 30,
      words: 'Visited at home. SYNTHETIC.',
      madeById: ownerId,
    })
    if (!done.ok) throw new Error(`loop of truth: no contact: ${done.problems[0]?.message}`)
    made++
  }
  return made
}

/** The same contact of the same person has the same id, so that recording it again is one contact. */
function contactId(person: PersonId, n: number): string {
  const hex = createHash('sha256').update(`${person} ${n}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

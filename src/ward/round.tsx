import { type Answer, type Asked, requireSamePerson, type StaffVisit } from '#access'
import { planOf } from '#care-plan'
import { saidOf } from '#co-ordination'
import { journalOf } from '#journal'
import { staffAt } from '#organisations'
import { identitiesOf, nameInSentence } from '#people'
import { openTheWard, wardOf } from './actions.ts'
import { type OpenPerson, openPerson } from './person.tsx'
import { currentRound, discuss, leaveRound, skip, startRound, turnsOf } from './round-actions.ts'
import { decisionWords } from './round-known.tsx'
import { type RoundPage, roundPage } from './round-page.tsx'
import { nextOnRound, readDecision } from './rules.ts'
import { openRound, stayOf } from './store.ts'
import type { OnWard, Turn } from './types.ts'

/** Who may be asked to do something, or be the second name: those who work on this ward. */
const wardRoles = [
  'ward clerk',
  'case manager',
  'care co-ordinator',
  'team lead',
  'community clinician',
  'GP',
  'pharmacist',
  'social worker',
]

/** Starts or goes on with today's round, at its first person. */
export async function start(visit: StaffVisit): Promise<Answer> {
  const ward = await wardOf(visit)
  const round = await startRound(visit, ward)
  const list = await openTheWard(visit, 'start the ward round')
  return goOn(await turnsOf(visit, list, ward, round), round.id)
}

/** The round's own address leads to whoever is next; without a round, to the ward. */
export async function resume(visit: StaffVisit): Promise<Answer> {
  const ward = await wardOf(visit)
  const round = await openRound(visit.db, ward.id)
  if (!round) return { kind: 'go', to: '/ward' }
  const list = await openTheWard(visit, 'hold the ward round')
  return goOn(await turnsOf(visit, list, ward, round), round.id)
}

async function joinRound(visit: StaffVisit) {
  const ward = await wardOf(visit)
  const round = await currentRound(visit, ward)
  return { ward, round, list: await openTheWard(visit, 'hold the ward round') }
}

function goOn(turns: readonly Turn[], roundId: string, after?: string, saved?: string): Answer {
  const next = nextOnRound(turns, after)
  const to = next ? `/ward/round/${next.onWard.personId}` : `/ward/rounds/${roundId}`
  return { kind: 'go', to, ...(saved && { saved }) }
}

async function joinFor(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const joined = await joinRound(visit)
  const verb = 'discuss on the ward round'
  const person = await openPerson(visit, asked.params.person ?? '', joined.ward.programmeId, verb)
  return { ...joined, person, staff: await staffAt(visit.db, joined.ward.id, wardRoles) }
}

type Joined = Awaited<ReturnType<typeof joinFor>>

/** One person of the round: what happened since, what matters, and the form that decides. */
export async function personPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  return drawPerson(visit, asked, await joinFor(visit, asked), [])
}

/** Saves what was decided about one person and goes to the next. */
export async function decide(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const joined = await joinFor(visit, asked)
  const read = readDecision(asked.form, {
    now: visit.now,
    today: visit.today,
    writerId: visit.caller.staffId,
    staffIds: new Set(joined.staff.map(({ id }) => id)),
  })
  if (!read.ok) return drawPerson(visit, asked, joined, read.problems)
  const { person, round, list, ward } = joined
  const done = await discuss(visit, person.permit, round, Number(asked.form.text('from')), read.value)
  if (!done.ok) return drawPerson(visit, asked, joined, done.problems)
  const words = decisionWords[read.value.decision].toLowerCase()
  const saved = `Saved: ${nameInSentence(person.identity)}, ${words}.`
  return goOn(await turnsOf(visit, list, ward, round), round.id, person.permit.person, saved)
}

async function drawPerson(
  visit: StaffVisit,
  asked: Asked,
  joined: Joined,
  problems: RoundPage['problems'],
): Promise<Answer> {
  const { person, list, ward, round, staff } = joined
  const there = await stayOf(visit.db, person.permit)
  const turns = await turnsOf(visit, list, ward, round)
  if (!there) return goOn(turns, round.id)
  const isDiscussed = turns.some((turn) => turn.isDiscussed && turn.onWard.stayId === there.stayId)
  const next = nextOnRound(turns, person.permit.person)?.onWard.personId
  const names = await identitiesOf(visit.db, list)
  const nextIdentity =
    next === person.permit.person ? undefined : names.find((identity) => identity.id === next)
  const plan = await planOf(visit.db, person.permit)
  const html = roundPage(visit, asked, {
    person,
    there,
    turns,
    staff,
    problems,
    isDecided:
      isDiscussed && problems.length === 0 && asked.query.text('again') !== String(there.discussions),
    since: await sinceLastLook(visit, person, there),
    whatMatters: plan?.whatMatters?.words,
    ifWorse: plan?.ifThens ?? [],
    said: await saidOf(visit.db, person.permit),
    nextName: nextIdentity && nameInSentence(nextIdentity),
  })
  return { kind: 'page', html, ...(problems.length > 0 && { status: 422 }) }
}

async function sinceLastLook(visit: StaffVisit, person: OpenPerson, there: OnWard) {
  const from = there.lastDiscussedAt ?? there.cameAt
  const entries = await journalOf(visit.db, person.permit)
  return entries.filter(
    ({ happenedAt, what }) => happenedAt >= from && what !== 'discussed on the ward round',
  )
}

/** Puts a person off to the end of the round and goes to the next. */
export async function skipPerson(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { person, list, ward, round } = await joinFor(visit, asked)
  await skip(visit, person.permit, round)
  const saved = `${nameInSentence(person.identity)} comes back at the end.`
  return goOn(await turnsOf(visit, list, ward, round), round.id, person.permit.person, saved)
}

/** Ends the round; its sheet says what was decided and who was not reached. */
export async function leave(visit: StaffVisit): Promise<Answer> {
  const { list, ward, round } = await joinRound(visit)
  await leaveRound(visit, round, await turnsOf(visit, list, ward, round))
  return { kind: 'go', to: `/ward/rounds/${round.id}` }
}

import { changedMeanwhile, newId, type Outcome, permit, require, type StaffVisit } from '#access'
import { addDays } from '#calendar'
import { giveActions, unfinishedActions } from '#care-plan'
import { programmes } from '#organisations'
import { identitiesOf, openEpisodesIn } from '#people'
import { caseloadOf, ownerWords, possibleOwners, reassign } from '#referral'
import { addTask, turnTask } from './actions.ts'
import {
  type HandOverDraft,
  type HeldLine,
  heldLines,
  keyElsewhere,
  type Passing,
  passingOf,
  problemsWithHandOver,
  type Taker,
} from './hand-over-rules.ts'
import { addHandOver, caseManagersHere, openCaseload } from './hand-over-store.ts'
import { openTasks } from './store.ts'

/** Whoever hands a caseload over: those who may change one person's case manager. */
export const mayHandOver = 'accept referrals'

/** Days a new case manager has to make themselves known. */
const introduceWithinDays = 7

/** What a colleague holds here and who may take it over. Their name is undefined where they hold nothing. */
export type Caseload = {
  readonly fromId: string
  readonly fromName?: string
  readonly lines: readonly HeldLine[]
  readonly takers: readonly Taker[]
}

/**
 * Everything one colleague holds of the people of the caller's place.
 *
 * @throws Refused when the role may not change case managers; and where a record is marked and the caller has not said
 *   why in this sign-in, before anybody is shown.
 */
export async function caseloadHeld(visit: StaffVisit, fromId: string): Promise<Caseload> {
  require(visit, mayHandOver)
  const { db, caller } = visit
  const list = await openCaseload(visit, fromId)
  for (const person of list.asks)
    await permit(visit, person, { ...handing, verb: 'read what a colleague holds' })
  const lines = heldLines(
    { fromId, teamId: caller.organisation.id },
    {
      people: await identitiesOf(db, list),
      episodes: await openEpisodesIn(db, list),
      tasks: await openTasks(db, list.people),
      actions: await unfinishedActions(db, list.people),
    },
  )
  const fromName =
    (await caseManagersHere(db)).find(({ staffId }) => staffId === fromId)?.name ??
    lines.flatMap(({ tasks, actions }) => [tasks[0]?.holderName, actions[0]?.ownerName]).find(Boolean)
  return { fromId, fromName, lines, takers: await takersAt(visit, fromId) }
}

const handing = { may: mayHandOver, part: 'whole', purpose: 'direct care' } as const

const countsByWorker = (unit: string) => unit === 'worker' || unit === 'nurse'

/**
 * Case managers of the programmes, those of the caller's place first, fewest people first as each programme counts them;
 * never the one who hands over here.
 */
async function takersAt(visit: StaffVisit, fromId: string): Promise<readonly Taker[]> {
  const takers = new Map<string, Taker>()
  for (const programme of await programmes(visit.db)) {
    const owners = await possibleOwners(visit.db, programme)
    for (const owner of owners) {
      const elsewhere = owner.teamId === visit.caller.organisation.id ? undefined : owner.teamName
      if (!elsewhere && owner.staffId === fromId) continue
      const { caseload } = programme.template
      const load = caseloadOf(owner, owners, caseload)
      const { staffId, teamId, name } = owner
      const key = elsewhere ? keyElsewhere(staffId, teamId) : staffId
      const words = `${ownerWords(owner, load)}${elsewhere ? `, ${elsewhere}` : ''}`
      const known = takers.get(key) ?? {
        ...{ key, staffId, teamId, name, elsewhere, words, programmeIds: [] },
        ...(countsByWorker(caseload.unit) && { load }),
      }
      takers.set(key, { ...known, programmeIds: [...known.programmeIds, programme.id] })
    }
  }
  return [...takers.values()].toSorted((a, b) => Number(Boolean(a.elsewhere)) - Number(Boolean(b.elsewhere)))
}

/**
 * Hands over what a colleague holds: each open episode gets its next turn with its new named case manager, and the open
 * tasks and unfinished actions about that person go with it. All of it is kept, or nothing. Whoever takes somebody on has
 * a task to make themselves known, with what they are told.
 *
 * @returns what to put right, among it that somebody changed hands since the page was drawn.
 */
export async function handOver(
  visit: StaffVisit,
  held: Caseload,
  draft: HandOverDraft,
): Promise<Outcome<{ readonly episodes: number }>> {
  require(visit, mayHandOver)
  const problems = problemsWithHandOver(held.lines, draft, held.takers)
  if (problems.length > 0) return { ok: false, problems }
  // In one order for everybody: two who hand over at once wait for each other, and neither for ever.
  const passing = [...passingOf(held.lines, draft)].sort((a, b) => a.line.key.localeCompare(b.line.key))
  const sum = { episodes: 0, tasks: 0, actions: 0 }
  for (const one of passing) {
    sum.actions += await passOn(visit, held, one, draft.reason)
    sum.tasks += one.line.tasks.length
    sum.episodes += one.line.episode ? 1 : 0
  }
  const { fromId } = held
  const { reason } = draft
  const [id, organisationId] = [newId(), visit.caller.organisation.id]
  const { staffId: by } = visit.caller
  await addHandOver(visit.db, { id, organisationId, fromId, reason, ...sum, by, at: visit.now })
  await visit.note({
    what: 'caseload handed over',
    about: `hand-over ${id}`,
    facts: { handOverId: id, fromId, reason, ...sum },
  })
  return { ok: true, value: { episodes: sum.episodes } }
}

async function passOn(visit: StaffVisit, held: Caseload, passing: Passing, reason: string): Promise<number> {
  const { line, words } = passing
  const taker = held.takers.find(({ key }) => key === passing.to)
  if (!taker) throw new Error('a caseload passes to nobody who was checked')
  const to = taker.staffId
  const { episode, personId, called } = line
  const from = held.fromName ?? 'a colleague'
  const leave = await permit(visit, personId, { ...handing, verb: 'hand a caseload over' })
  if (episode) {
    const turn = { episodeId: episode.id, turn: episode.turn, ownerId: to, teamId: taker.teamId, reason }
    const done = await reassign(visit, leave, turn)
    if (!done.ok)
      throw changedMeanwhile('Somebody changed one of these people meanwhile. Look at the list again.')
  }
  for (const { id, turn, state } of line.tasks) {
    const next = {
      taskId: id,
      turn,
      state,
      holder: { staffId: to },
      words: `Handed over from ${from}. ${words}`.trim(),
    }
    await turnTask(visit, leave, next)
  }
  if (episode) {
    await addTask(visit, leave, {
      what: line.died
        ? `You are ${called}’s case manager now. ${line.died}: ring nobody before you have checked`
        : `Introduce yourself: you are ${called}’s case manager now`,
      why: `Handed over from ${from}. ${words}`.trim(),
      holder: { staffId: to },
      dueOn: addDays(visit.today, introduceWithinDays),
    })
  }
  return giveActions(visit, leave, { fromId: held.fromId, toId: to })
}

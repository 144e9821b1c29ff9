import {
  changedMeanwhile,
  type ListPermit,
  newId,
  notForYou,
  type Outcome,
  type Permit,
  permitList,
  Refused,
  type StaffVisit,
  type Visit,
} from '#access'
import { addDays, londonDate } from '#calendar'
import { organisationById, programmes } from '#organisations'
import { openEpisodesIn } from '#people'
import { bedsSentence, mayLeaveAsReady } from './rules.ts'
import { addStay, bedsTaken, endStay, freeBed, freeBedOf, onWardNow, stayOf } from './store.ts'
import type { LeavingReason, OnWard, Seen, Ward } from './types.ts'

/**
 * The ward the caller works at, with the programme that names it.
 *
 * @throws Refused when they work elsewhere, or when no programme of kind "virtual ward" names their ward.
 */
export async function wardOf(visit: StaffVisit): Promise<Ward> {
  const { organisation } = visit.caller
  if (organisation.kind !== 'ward') throw notForYou()
  const place = await organisationById(visit.db, organisation.id)
  const programme = (await programmes(visit.db)).find(
    ({ template }) => template.kind === 'virtual ward' && template.teams.includes(place?.code ?? ''),
  )
  if (!programme) {
    throw new Refused('not now', 'No programme names this ward. Ask your administrator to add it to one.')
  }
  return {
    id: organisation.id,
    name: organisation.name,
    ...(place?.telephone && { telephone: place.telephone }),
    programmeId: programme.id,
    beds: programme.template.beds ?? 0,
  }
}

/** Leave to see everybody of the ward: those in its beds, and those waiting for one. */
export const openTheWard = (visit: StaffVisit, verb: string): Promise<ListPermit> =>
  permitList(visit, { may: 'run rounds', circle: 'team', purpose: 'direct care', verb })

/**
 * Gives the permitted person a bed.
 *
 * @returns the bed's number; or what stands in the way: no open episode in the ward's programme, in a bed already, or
 *   the ward is full. Of any number at once for the last bed one gets it.
 */
export async function admit(
  visit: StaffVisit,
  permit: Permit<'whole'>,
  ward: Ward,
  chosen: { readonly episodeId: string; readonly seen: Seen },
): Promise<Outcome<{ readonly bed: number }>> {
  const there = await stayOf(visit.db, permit)
  if (there) return refuse('bed', `They are in bed ${there.bed} already`)
  const bed = await freeBed(visit.db, ward.id, ward.beds, visit.now)
  if (!bed) return refuse('bed', bedsSentence(await bedsTaken(visit.db, ward.id), ward.beds))
  const stayId = newId()
  await addStay(visit.db, permit, {
    id: stayId,
    episodeId: chosen.episodeId,
    bedId: bed.id,
    since: bed.freeFrom,
    at: visit.now,
    seen: chosen.seen,
    // Whoever comes is looked at on the next round, however often they are seen after that.
    nextLookOn: addDays(visit.today, 1),
    by: visit.caller.staffId,
  })
  await visit.note({
    what: 'admitted to the ward',
    person: permit.person,
    about: `stay ${stayId}`,
    facts: { stayId, bed: bed.n },
  })
  return { ok: true, value: { bed: bed.n } }
}

const refuse = (field: string, message: string) => ({ ok: false, problems: [{ field, message }] }) as const

/**
 * Takes the permitted person off the ward and frees the bed. Their episode goes on until it is closed.
 *
 * @returns a problem when they are in no bed, or when "ready to leave" was not decided on a round.
 */
export async function leaveWard(
  visit: StaffVisit,
  permit: Permit<'whole'>,
  reason: LeavingReason,
): Promise<Outcome<{ readonly bed: number }>> {
  const there = await stayOf(visit.db, permit)
  if (!there) return refuse('reason', 'They are not in a bed on this ward')
  if (reason === 'ready to leave' && !mayLeaveAsReady(there)) {
    return refuse(
      'reason',
      'Ready to leave is decided on the round, with a second name. Decide it there first',
    )
  }
  const end = { at: visit.now, by: visit.caller.staffId, reason }
  if (!(await endStay(visit.db, permit, there.stayId, end))) {
    throw changedMeanwhile('Somebody else took them off the ward just now. Look at the ward again.')
  }
  await visit.note({
    what: 'left the ward',
    person: permit.person,
    about: `stay ${there.stayId}`,
    facts: { stayId: there.stayId, reason },
  })
  return { ok: true, value: { bed: there.bed } }
}

/**
 * Frees the bed of somebody whose episode on the ward has just been closed, in the transaction that closed it.
 *
 * Somebody's other episodes may close while they lie here: only the one that brought them counts.
 */
export async function freeBedWhenClosed(
  visit: Visit,
  note: { readonly person?: string; readonly facts: { readonly episodeId: string } },
): Promise<void> {
  const stayId = await freeBedOf(visit.db, note.facts.episodeId, visit.now)
  if (!stayId) return
  await visit.note({
    what: 'left the ward',
    person: note.person,
    about: `stay ${stayId}`,
    facts: { stayId, reason: 'episode closed' },
  })
}

/** Those with an open episode in the ward's programme and no bed: who may be admitted. */
export async function waitingForBed(visit: StaffVisit, permit: ListPermit, ward: Ward) {
  const inBed = new Set((await onWardNow(visit.db, permit, ward.id)).map((person) => person.personId))
  const episodes = await openEpisodesIn(visit.db, permit)
  return episodes.filter(
    (episode) => episode.programmeId === ward.programmeId && !inBed.has(episode.personId),
  )
}

/** The day somebody came to the ward. */
export const cameOn = (person: Pick<OnWard, 'cameAt'>) => londonDate(person.cameAt)

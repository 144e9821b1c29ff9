import type { StaffVisit } from '#access'
import { addDays, ageOn } from '#calendar'
import { unfinishedActions } from '#care-plan'
import { type Programme, programmes } from '#organisations'
import { deathsToCheck, identitiesOf, nameInSentence, openEpisodesIn, type PersonId } from '#people'
import type { Cover } from './cover-rules.ts'
import { coversAt } from './cover-store.ts'
import { type DayItem, itemsFor } from './day.ts'
import { type Died, deathItems, withRest } from './died.ts'
import { firstContactItems, firstContacts } from './first-contact.ts'
import { firstContactsLate, type LateHere } from './first-contact-store.ts'
import type { CaseManagerHere } from './hand-over-rules.ts'
import { caseManagersHere } from './hand-over-store.ts'
import { contactMix, listedIn, openDay } from './lists.store.ts'
import { openTasks } from './store.ts'
import type { Listed } from './types.ts'
import { unansweredBefore } from './unanswered.ts'
import { alertsUnanswered, type UnansweredHere } from './unanswered-store.ts'

export type Names = ReadonlyMap<PersonId, string>

/** Everything My day shows, read once. */
export type DayPage = {
  readonly visit: StaffVisit
  readonly items: readonly DayItem[]
  readonly names: Names
  readonly mine: readonly Listed[]
  readonly mix: Awaited<ReturnType<typeof contactMix>>
  readonly programmes: readonly Programme[]
  /** Whom the caller covers for today, and who covers for the caller. */
  readonly covering: readonly Cover[]
  readonly coveredBy: Cover | undefined
  /** Who is somebody's case manager here, those who have left among them. */
  readonly caseManagers: readonly CaseManagerHere[]
  /** Case managers of the place with people whose first contact is late; told to whoever sees records. */
  readonly late: readonly LateHere[]
  /** Alerts of the place that nobody has turned to for an hour, by who holds them; told to whoever sees records. */
  readonly unanswered: readonly UnansweredHere[]
  /** Whoever of the day is said to have died; and how many of the place nobody has confirmed. */
  readonly died: Died
  readonly deathsToCheck: number
  /** People of those the caller covers for. */
  readonly theirs: readonly Listed[]
}

/** Reads somebody's day: whom it is about, what they hold, how their people are. */
export async function loadDay(visit: StaffVisit): Promise<DayPage> {
  const { db, caller, today } = visit
  const covers = (await coversAt(db, caller.organisation.id)).filter(({ fromOn }) => fromOn <= today)
  const covering = covers.filter(({ coveredById }) => coveredById === caller.staffId)
  // What a team holds for whoever takes it, and what a colleague holds, is clinical work.
  const seesRecords = caller.activities.has('see people')
  const covered = new Set(seesRecords ? covering.map(({ awayId }) => awayId) : [])
  const list = await openDay(visit, seesRecords)
  const people = await identitiesOf(db, list)
  const episodes = await openEpisodesIn(db, list)
  const own = new Set(
    episodes.flatMap((episode) => (episode.ownerId === caller.staffId ? [episode.personId] : [])),
  )
  const teamId = seesRecords ? caller.organisation.id : undefined
  const died: Died = new Map(people.flatMap((person) => (person.diedOn ? [[person.id, person]] : [])))
  const items = itemsFor(
    caller.staffId,
    teamId,
    await openTasks(db, list.people),
    await unfinishedActions(db, list.people),
    covered,
  )
  const { awaited } = await firstContacts(db, list.people, episodes)
  const listed = await listedIn(db, list, caller.organisation.id)
  return {
    visit,
    items: [
      ...withRest([...items, ...firstContactItems(caller.staffId, awaited, covered)], died),
      ...deathItems(caller.staffId, teamId, died, episodes, today, covered),
    ],
    died,
    deathsToCheck: seesRecords ? await deathsToCheck(db) : 0,
    names: new Map(
      people.map((person) => [
        person.id,
        `${nameInSentence(person)}${person.bornOn ? `, ${ageOn(person.bornOn, today)}` : ''}`,
      ]),
    ),
    mine: listed.filter(({ personId }) => own.has(personId)),
    mix: await contactMix(db, [...own], addDays(today, -91)),
    programmes: await programmes(db),
    covering,
    coveredBy: covers.find(({ awayId }) => awayId === caller.staffId),
    caseManagers: await caseManagersHere(db),
    late: seesRecords ? await firstContactsLate(db, visit.now) : [],
    unanswered: seesRecords ? await alertsUnanswered(db, unansweredBefore(visit.now)) : [],
    theirs: listed.filter(({ ownerId }) => covered.has(ownerId)),
  }
}

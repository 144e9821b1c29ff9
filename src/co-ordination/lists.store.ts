import { type ListPermit, permitOpened, type StaffVisit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, sql, withoutNulls } from '#database'
import type { NhsNumber } from '#people'
import type { Listed } from './types.ts'

/** Opens everybody the caller's day is about. */
export const openDay = (visit: StaffVisit): Promise<ListPermit> =>
  permitOpened(visit, 'do tasks', sql`co_ordination.open_day('direct care', 'read my day')`)

/** Opens everybody with an open episode who is the caller's: their team's, their own, or their practice's. */
export const openPeople = (visit: StaffVisit): Promise<ListPermit> =>
  permitOpened(visit, 'see people', sql`co_ordination.open_people('direct care', 'read my people')`)

/** Whom to look for on the out-of-hours list: by number, or by family name and birth date. */
export type ListedSearch = {
  readonly nhsNumber?: NhsNumber
  readonly familyName?: string
  readonly bornOn?: LondonDate
}

/** Opens the people on the caller's out-of-hours list that a search finds; without one, all of them. */
export const openListed = (visit: StaffVisit, search: ListedSearch = {}): Promise<ListPermit> =>
  permitOpened(
    visit,
    'see emergency summary',
    sql`co_ordination.open_listed(${search.nhsNumber ?? null}, ${search.familyName ?? null},
          ${search.bornOn ?? null}, 'direct care', ${search.nhsNumber || search.familyName ? 'search the out-of-hours list' : 'read the out-of-hours list'})`,
  )

/**
 * Everybody of an opened list with an open episode, once each: the episode of `teamId` where they have one, else the
 * one opened last. Their number and what comes next are `detailsOf`'s, which a page asks only for whom it shows.
 */
export async function listedIn(db: Db, permit: ListPermit, teamId: string): Promise<readonly Listed[]> {
  const rows = await many(
    db,
    sql`select * from (
          select distinct on (e.person_id) e.person_id as "personId", n.family as "familyName",
            n.given as "givenName", p.born_on as "bornOn", r.practice_id as "practiceId",
            o.name as "practiceName", t.stage, v.template ->> 'name' as "programmeName", t.owner_id as "ownerId",
            s.name as "ownerName", e.opened_on as "openedOn", (c.happened_at at time zone 'Europe/London')::date as "lastContactOn",
            (v.template -> 'reviewEveryDays' ->> t.stage)::integer as "reviewEveryDays"
          from people.episode e
          join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
          join people.person p on p.id = e.person_id
          join people.name n on n.person_id = e.person_id and n.ended_at is null
          join organisations.staff s on s.id = t.owner_id
          join (select distinct on (programme_id) programme_id, template from organisations.programme_version
                order by programme_id, version desc) v on v.programme_id = e.programme_id
          left join people.registration r on r.person_id = e.person_id and r.ended_at is null
            and r.during @> (select organisations.today())
          left join organisations.organisation o on o.id = r.practice_id
          left join lateral (select happened_at from co_ordination.contact c where c.person_id = e.person_id
            and c.struck_at is null order by c.happened_at desc limit 1) c on true
          where e.person_id = any (${permit.people}) and e.closed_on is null
          order by e.person_id, (t.team_id = ${teamId}) desc, e.opened_on desc) all_of_them
        order by "familyName", "givenName", "personId"`,
  )
  return rows.map((row) => withoutNulls<Listed>(row))
}

/** The same people with their NHS number and the day their next open task is due. */
export async function detailsOf(db: Db, people: readonly Listed[]): Promise<readonly Listed[]> {
  const ids = people.map((person) => person.personId)
  const rows = await many<{ personId: string; nhsNumber: string | null; nextOn: LondonDate | null }>(
    db,
    sql`select w.id as "personId",
          (select i.value from people.identifier i where i.person_id = w.id and i.system = 'nhs'
             and i.ended_at is null) as "nhsNumber",
          (select min(u.due_on) from co_ordination.task_turn u
             join co_ordination.task k on k.id = u.task_id and k.turn = u.n
             where u.person_id = w.id and u.state in ('to do', 'waiting')) as "nextOn"
        from unnest(${ids}::uuid[]) w (id)`,
  )
  const details = new Map(rows.map((row) => [row.personId, row]))
  return people.map((person) => {
    const known = details.get(person.personId)
    return { ...person, nhsNumber: known?.nhsNumber ?? undefined, nextOn: known?.nextOn ?? undefined }
  })
}

/** How many contacts since a day were face to face, and how many by telephone; struck ones are not counted. */
export async function contactMix(
  db: Db,
  people: readonly string[],
  since: LondonDate,
): Promise<{ readonly faceToFace: number; readonly byTelephone: number }> {
  const row = await one<{ faceToFace: number; byTelephone: number }>(
    db,
    sql`select count(*) filter (where kind in ('face to face', 'home visit')) as "faceToFace",
               count(*) filter (where kind = 'telephone') as "byTelephone"
        from co_ordination.contact where person_id = any (${people}) and struck_at is null
          and happened_at >= ${since}::date`,
  )
  return row ?? { faceToFace: 0, byTelephone: 0 }
}

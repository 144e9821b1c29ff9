import { type ListPermit, permitOpened, type StaffVisit } from '#access'
import { type Db, many, sql, withoutNulls } from '#database'
import type { ListedEpisode } from './types.ts'

/** Opens everybody the caller may have to ask: of their team, their own or their practice, with us or closed lately. */
export const openAsked = (visit: StaffVisit): Promise<ListPermit> =>
  permitOpened(visit, 'write plans', sql`assessment.open_asked('direct care', 'read which measures are due')`)

/** Every episode of an opened list that may still be asked about, and when each measure was answered in it. */
export async function askedEpisodes(db: Db, permit: ListPermit): Promise<readonly ListedEpisode[]> {
  const rows = await many(
    db,
    sql`select e.id as "episodeId", e.person_id as "personId", e.programme_id as "programmeId",
          v.template ->> 'name' as "programmeName", e.opened_on as "openedOn", e.closed_on as "closedOn",
          n.family as "familyName", n.given as "givenName", t.owner_id as "ownerId", s.name as "ownerName",
          coalesce((select jsonb_agg(jsonb_build_object('instrument', a.instrument, 'on', a.answered_on))
            from assessment.assessment a where a.person_id = e.person_id and a.episode_id = e.id
              and a.struck_at is null), '[]') as answered
        from people.episode e
        join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
        join people.person p on p.id = e.person_id and p.died_on is null
        join people.name n on n.person_id = e.person_id and n.ended_at is null
        join organisations.staff s on s.id = t.owner_id
        join (select distinct on (programme_id) programme_id, template from organisations.programme_version
              order by programme_id, version desc) v on v.programme_id = e.programme_id
        where e.person_id = any (${permit.people})
          and (e.closed_on is null or e.closed_on + 28 >= (select organisations.today()))
        order by n.family, n.given, e.person_id, e.opened_on`,
  )
  return rows.map((row) => withoutNulls<ListedEpisode>(row))
}

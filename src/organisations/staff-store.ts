import type { LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'

/** Somebody in a post today. */
export type StaffPost = {
  readonly postId: string
  readonly staffId: string
  readonly name: string
  readonly telephone?: string
  readonly role: string
  readonly organisationId: string
  readonly organisationName: string
}

/** Everybody in a post today, by name; `words` narrows by name, role or place. */
export const staffPosts = (db: Db, words = ''): Promise<readonly StaffPost[]> =>
  many(
    db,
    sql`select p.id as "postId", s.id as "staffId", s.name, s.telephone, p.role, o.id as "organisationId",
               o.name as "organisationName"
        from organisations.post p join organisations.staff s on s.id = p.staff_id
        join organisations.organisation o on o.id = p.organisation_id
        where p.during @> organisations.today() and (s.left_on is null or s.left_on > organisations.today())
          and position(lower(${words}) in lower(concat_ws(' ', s.name, p.role, o.name))) > 0
        order by s.name, o.name, p.role, p.id`,
  )

/** Ends a post from a day on. Of one that is not held: nothing happens. */
export async function endPost(db: Db, postId: string, on: LondonDate): Promise<boolean> {
  const touched = await run(
    db,
    sql`update organisations.post set during = daterange(lower(during), ${on}::date)
        where id::text = ${postId} and during @> ${on}::date`,
  )
  return touched > 0
}

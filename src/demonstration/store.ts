import type { ListPermit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import type { PersonId } from '#people'

/** The references of made-up people by their NHS number. */
export async function peopleNumbered(
  db: Db,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, PersonId>> {
  const rows = await many<{ number: string; personId: PersonId }>(
    db,
    sql`select number, person_id as "personId" from demonstration.people_numbered(${numbers})`,
  )
  return new Map(rows.map(({ number, personId }) => [number, personId]))
}

/** What decides how somebody's past goes: their practices, and the day they died. */
export type LifeFacts = {
  readonly personId: PersonId
  readonly diedOn: LondonDate | null
  readonly registrations: readonly {
    readonly practiceId: string
    readonly since: LondonDate
    readonly until: LondonDate | null
  }[]
  /** The programmes they have had an episode in. */
  readonly programmeIds: readonly string[]
}

/** The lives of the people of a permitted list. */
export const livesOf = (db: Db, permit: ListPermit): Promise<readonly LifeFacts[]> =>
  many(
    db,
    sql`select p.id as "personId", p.died_on as "diedOn",
               (select coalesce(jsonb_agg(jsonb_build_object('practiceId', r.practice_id, 'since', lower(r.during),
                  'until', upper(r.during)) order by lower(r.during)), '[]') from people.registration r
                where r.person_id = p.id and r.ended_at is null) as registrations,
               array(select e.programme_id::text from people.episode e where e.person_id = p.id) as "programmeIds"
        from people.person p where p.id = any (${permit.people})`,
  )

/** A post of the demonstration: who holds which role where. */
export type CastPost = {
  readonly staffId: string
  readonly name: string
  readonly postId: string
  readonly role: string
  readonly organisationId: string
  readonly code: string
}

/** Every post at a place with a code. */
export const castPosts = (db: Db): Promise<readonly CastPost[]> =>
  many(
    db,
    sql`select s.id as "staffId", s.name, p.id as "postId", p.role, o.id as "organisationId", o.code
        from organisations.post p join organisations.staff s on s.id = p.staff_id
        join organisations.organisation o on o.id = p.organisation_id where o.code is not null`,
  )

/** Practices with the locality they belong to. */
export const practicesByLocality = (
  db: Db,
): Promise<readonly { readonly id: string; readonly code: string; readonly locality: string | null }[]> =>
  many(
    db,
    sql`select p.id, p.code, l.name as locality from organisations.organisation p
        left join organisations.organisation l on l.id = p.part_of where p.kind = 'practice' order by p.code`,
  )

export async function addAgreement(
  db: Db,
  agreement: { readonly id: string; readonly partnerId: string; readonly since: LondonDate },
): Promise<void> {
  await run(
    db,
    sql`insert into organisations.agreement (id, partner_id, purpose, sections, basis, during)
        values (${agreement.id}, ${agreement.partnerId}, 'out of hours', '{emergency summary}', 'direct care',
                daterange(${agreement.since}, null))`,
  )
}

/** Lets this transaction be kept without waiting for the disk: what is lost in a crash the next run makes again. */
export async function doNotWaitForDisk(db: Db): Promise<void> {
  await run(db, sql`set local synchronous_commit = off`)
}

/** Makes room for journal entries of the past, a partition a month. */
export async function readyJournal(db: Db, from: LondonDate, months: number): Promise<void> {
  await run(db, sql`select access.ready_months('journal.entry', ${from}, ${months})`)
}

export async function keepDoor(db: Db, key: string, path: string): Promise<void> {
  await run(
    db,
    sql`insert into demonstration.door (key, path) values (${key}, ${path})
        on conflict (key) do update set path = excluded.path`,
  )
}

/** Where each door of the first page leads. None before the past is made. */
export async function doorPaths(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await many<{ key: string; path: string }>(db, sql`select key, path from demonstration.door`)
  return new Map(rows.map(({ key, path }) => [key, path]))
}

export async function closeSuggestions(db: Db): Promise<void> {
  await run(db, sql`select demonstration.close_suggestions()`)
}

export async function areSuggestionsClosed(db: Db): Promise<boolean> {
  const row = await one<{ closed: boolean }>(db, sql`select demonstration.are_suggestions_closed() as closed`)
  return row?.closed ?? false
}

/** Whether the copy to go back to is there: it is made once the first answers are. */
export async function isCopyKept(db: Db): Promise<boolean> {
  const row = await one<{ isKept: boolean }>(
    db,
    sql`select exists (select from pg_database where datname = current_database() || '_pristine' and datallowconn)
        as "isKept"`,
  )
  return row?.isKept ?? false
}

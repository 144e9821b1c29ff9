import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import { type Programme, programmeTemplate } from './programme.ts'
import type { Installation, Organisation, Staff } from './types.ts'

const organisationColumns = sql`id, kind, code, name, part_of as "partOf", telephone`

/** What an installation is called that nobody has named. */
export const unnamed = 'Keyworker'

export async function installation(db: Db): Promise<Installation> {
  const row = await one<{ kind: Installation['kind'] | null; name: string; dayOn: LondonDate | null }>(
    db,
    sql`select kind, name, day_on as "dayOn" from organisations.installation`,
  )
  return { name: row?.name ?? unnamed, kind: row?.kind ?? undefined, dayOn: row?.dayOn ?? undefined }
}

/** Decides what this installation is, for life. Asking the same again changes nothing. */
export async function decideKind(
  db: Db,
  kind: 'synthetic' | 'real',
  townName: string | undefined,
  now: Date,
): Promise<void> {
  await run(
    db,
    sql`update organisations.installation
        set kind = ${kind}, decided_at = coalesce(decided_at, ${now}), name = coalesce(${townName ?? null}, name)`,
  )
}

/** Moves the day of a synthetic installation. A real one refuses it in the database. */
export async function moveDay(db: Db, dayOn: LondonDate): Promise<void> {
  await run(db, sql`update organisations.installation set day_on = ${dayOn}`)
}

export const organisationsOf = (db: Db, kind: Organisation['kind']): Promise<readonly Organisation[]> =>
  many(
    db,
    sql`select ${organisationColumns} from organisations.organisation where kind = ${kind} order by name`,
  )

/** A place by its reference; of anything that is no reference there is none. */
export const organisationById = (db: Db, id: string): Promise<Organisation | undefined> =>
  one(db, sql`select ${organisationColumns} from organisations.organisation where id::text = ${id}`)

export const organisationByCode = (db: Db, code: string): Promise<Organisation | undefined> =>
  one(db, sql`select ${organisationColumns} from organisations.organisation where code = ${code}`)

/** Adds a place, or leaves the one that has this code as it is. */
export async function addOrganisation(db: Db, place: Organisation): Promise<void> {
  await run(
    db,
    sql`insert into organisations.organisation (id, kind, code, name, part_of, telephone)
        values (${place.id}, ${place.kind}, ${place.code ?? null}, ${place.name}, ${place.partOf ?? null},
                ${place.telephone ?? null}) on conflict (code) do nothing`,
  )
}

/** What is said of a place to people who look for it. */
export type PlaceWords = { readonly name: string; readonly telephone: string | undefined }

/** Puts a place's name and telephone right. @returns false when they are no longer what was seen: nothing was changed. */
export async function correctOrganisation(
  db: Db,
  id: string,
  seen: PlaceWords,
  now: PlaceWords,
): Promise<boolean> {
  const changed = await one(
    db,
    sql`update organisations.organisation set name = ${now.name}, telephone = ${now.telephone ?? null}
        where id::text = ${id} and name = ${seen.name} and telephone is not distinct from ${seen.telephone ?? null}::text
        returning id`,
  )
  return changed !== undefined
}

/** Who works at a place in one of the roles today, by name. */
export const staffAt = (
  db: Db,
  organisationId: string,
  roles: readonly string[],
): Promise<readonly Staff[]> =>
  many(
    db,
    sql`select distinct s.id, s.name, s.telephone from organisations.post p
        join organisations.staff s on s.id = p.staff_id
        where p.organisation_id = ${organisationId} and p.role = any (${roles})
          and p.during @> organisations.today() and (s.left_on is null or s.left_on > organisations.today())
        order by s.name`,
  )

export async function addStaff(
  db: Db,
  staff: Staff & { readonly issuer?: string; readonly subject?: string },
): Promise<void> {
  await run(
    db,
    sql`insert into organisations.staff (id, name, telephone, issuer, subject)
        values (${staff.id}, ${staff.name}, ${staff.telephone ?? null}, ${staff.issuer ?? null},
                ${staff.subject ?? null})`,
  )
}

export async function addPost(
  db: Db,
  post: {
    readonly id: string
    readonly staffId: string
    readonly organisationId: string
    readonly role: string
  },
): Promise<void> {
  await run(
    db,
    sql`insert into organisations.post (id, staff_id, organisation_id, role)
        values (${post.id}, ${post.staffId}, ${post.organisationId}, ${post.role})`,
  )
}

// What was published may hold parts of later rooms; they were read strictly then.
const storedTemplate = programmeTemplate.loose()

/** Every programme in its newest version, by name. */
export async function programmes(db: Db): Promise<readonly Programme[]> {
  const rows = await many<{ id: string; key: string; version: number; template: unknown }>(
    db,
    sql`select distinct on (p.id) p.id, p.key, v.version, v.template from organisations.programme p
        join organisations.programme_version v on v.programme_id = p.id order by p.id, v.version desc`,
  )
  return rows
    .map((row) => ({ ...row, template: storedTemplate.parse(row.template) }))
    .sort((a, b) => a.template.name.localeCompare(b.template.name))
}

export async function addProgrammeVersion(
  db: Db,
  programme: Programme & { readonly publishedAt: Date; readonly publishedBy: string },
): Promise<void> {
  await run(
    db,
    sql`insert into organisations.programme (id, key) values (${programme.id}, ${programme.key})
        on conflict (key) do nothing`,
  )
  await run(
    db,
    sql`insert into organisations.programme_version (programme_id, version, template, published_at, published_by)
        select id, ${programme.version}, ${JSON.stringify(programme.template)}, ${programme.publishedAt},
               ${programme.publishedBy}
        from organisations.programme where key = ${programme.key}`,
  )
}

import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql, withoutNulls } from '#database'

/** What somebody learned from a case or an event: their own, or shared with them. */
export type Entry = {
  readonly id: string
  readonly isOwn: boolean
  readonly authorName: string
  /** Whom it is about, by record; its author alone is told. */
  readonly personId?: string
  readonly auditId?: string
  /** What the audit asked. */
  readonly question?: string
  readonly happenedOn: LondonDate
  readonly happened: string
  readonly learned: string
  readonly nextWords?: string
  readonly sharedWithName?: string
}

export type NewEntry = Pick<
  Entry,
  'id' | 'personId' | 'auditId' | 'happenedOn' | 'happened' | 'learned' | 'nextWords'
>

/** The caller's own entries and those shared with them, newest first; reading them is in the access log. */
export async function myEntries(db: Db): Promise<readonly Entry[]> {
  const rows = await many(
    db,
    sql`select id, is_own as "isOwn", author_name as "authorName", person_id as "personId", audit_id as "auditId", question,
          happened_on as "happenedOn", happened, learned, next_words as "nextWords", shared_with_name as "sharedWithName"
        from reflection.my_reflections()`,
  )
  return rows.map((row) => withoutNulls<Entry>(row))
}

/** Keeps an entry in the caller's name. The same form sent twice is one. */
export async function writeEntry(db: Db, entry: NewEntry, at: Date): Promise<void> {
  await run(
    db,
    sql`select reflection.write_reflection(${entry.id}, ${entry.personId ?? null}::uuid, ${entry.auditId ?? null}::uuid,
          ${entry.happenedOn}, ${entry.happened}, ${entry.learned}, ${entry.nextWords || null}, ${at})`,
  )
}

/** Shares the caller's own entry with a colleague, or with nobody again. @returns false where it is none of theirs. */
export async function shareEntry(db: Db, id: string, withId: string | undefined, at: Date): Promise<boolean> {
  const row = await one<{ isDone: boolean }>(
    db,
    sql`select reflection.share_reflection(${id}, ${withId ?? null}::uuid, ${at}) as "isDone"`,
  )
  return row?.isDone ?? false
}

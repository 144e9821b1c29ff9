import type { Part, Permit, Visit } from '#access'
import { type Db, many, run, sql } from '#database'

/** Appends a note to the journal. Nothing is ever changed or taken out. */
export async function writeNote(
  visit: Pick<Visit, 'db' | 'now' | 'caller'>,
  note: { what: string; person?: string; about?: string; facts: object; happenedAt?: Date },
): Promise<void> {
  const { caller } = visit
  await run(
    visit.db,
    sql`insert into journal.entry (person_id, what, about, facts, happened_at, recorded_at, recorded_by, system)
        values (${note.person ?? null}, ${note.what}, ${note.about ?? null}, ${JSON.stringify(note.facts)},
                ${note.happenedAt ?? visit.now}, ${visit.now}, ${caller.kind === 'staff' ? caller.staffId : null},
                ${caller.kind === 'system' ? caller.name : null})`,
  )
}

export type JournalEntry = {
  readonly what: string
  readonly about?: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly happenedAt: Date
  readonly recordedAt: Date
  readonly byName?: string
  readonly system?: string
}

/** What happened to the permitted person, newest first. */
export const journalOf = (db: Db, permit: Permit<Part>, atMost = 50): Promise<readonly JournalEntry[]> =>
  many(
    db,
    sql`select j.what, j.about, j.facts, j.happened_at as "happenedAt", j.recorded_at as "recordedAt",
               s.name as "byName", j.system
        from journal.entry j left join organisations.staff s on s.id = j.recorded_by
        where j.person_id = ${permit.person} order by j.happened_at desc, j.id desc limit ${atMost}`,
  )

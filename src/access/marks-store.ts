import { type Db, one, run, sql, withoutNulls } from '#database'
import type { Part, Permit } from './types.ts'

export const markKinds = ['staff or relative', 'sensitive identity'] as const
export type MarkKind = (typeof markKinds)[number]

/** That a record is handled with more care: everybody says why before they open it. */
export type CareMark = {
  readonly id: string
  readonly kind: MarkKind
  readonly words?: string
  readonly recordedByName?: string
  readonly recordedAt: Date
}

/** The mark in force on a permitted person's record, if any. */
export async function markOf(db: Db, permit: Permit<Part>): Promise<CareMark | undefined> {
  const row = await one(
    db,
    sql`select m.id, m.kind, m.words, s.name as "recordedByName", m.recorded_at as "recordedAt" from people.mark m
        left join organisations.staff s on s.id = m.recorded_by
        where m.person_id = ${permit.person} and m.ended_at is null and m.kind = any (${[...markKinds]})
        order by m.recorded_at limit 1`,
  )
  return row && withoutNulls<CareMark>(row)
}

/** Marks a record. @returns false where it is marked so already. */
export async function addMark(
  db: Db,
  permit: Permit<Part>,
  mark: {
    readonly id: string
    readonly kind: MarkKind
    readonly words: string
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into people.mark (id, person_id, kind, words, since, recorded_by, recorded_at)
        values (${mark.id}, ${permit.person}, ${mark.kind}, ${mark.words || null}, organisations.today(), ${mark.by},
                ${mark.at}) on conflict do nothing`,
  )
  return touched === 1
}

/** Takes a mark off. It stays to be read. @returns false when it is off already. */
export async function endMark(
  db: Db,
  permit: Permit<Part>,
  end: { readonly id: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update people.mark set ended_at = ${end.at}, ended_by = ${end.by}
        where id::text = ${end.id} and person_id = ${permit.person} and ended_at is null`,
  )
  return touched === 1
}

/** Writes down why the caller opens a marked record. @returns false when they have no tie to it. */
export async function giveReason(
  db: Db,
  reason: { readonly id: string; readonly person: string; readonly reason: string; readonly words: string },
): Promise<boolean> {
  const row = await one<{ ok: boolean }>(
    db,
    sql`select access.give_reason(${reason.id}, ${reason.person}, ${reason.reason}, ${reason.words}) as ok`,
  )
  return row?.ok ?? false
}

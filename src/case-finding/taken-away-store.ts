import type { Permit } from '#access'
import { type Db, many, sql, withoutNulls } from '#database'

/** A file or paper made from a case-finding list with the person on it. */
export type TakenAway = {
  readonly id: number
  readonly at: Date
  readonly who: string
  readonly role?: string
  readonly organisationName?: string
  readonly purpose: string
  /** A file that was downloaded; otherwise the page to print was opened. */
  readonly isFile: boolean
}

/** How the access log names the two. */
export const takingAway = {
  file: 'download the case-finding list',
  paper: 'print the case-finding list',
} as const

/** Every file and paper made from a list with the permitted person on it, newest first, as the access log has it. */
export async function takenAwayWith(db: Db, permit: Permit<'whole'>): Promise<readonly TakenAway[]> {
  const rows = await many<object>(
    db,
    sql`select l.id, l.at, l.who, l.role, l.organisation_name as "organisationName", l.purpose,
          l.verb = ${takingAway.file} as "isFile"
        from access.looks_at(${permit.person}) l
        where l.is_list and l.outcome = 'done' and l.verb in (${takingAway.file}, ${takingAway.paper})
        order by l.at desc, l.id desc`,
  )
  return rows.map((row) => withoutNulls<TakenAway>(row))
}

import type { Permit } from '#access'
import { type Db, one, sql } from '#database'

/** Whether the permitted person objects to being looked for, by the policy that lists go by: no list shows them. */
export async function objectsToLists(db: Db, permit: Permit<'whole'>): Promise<boolean> {
  const row = await one<{ objects: boolean }>(
    db,
    sql`select case_finding.open_person_objects() as objects where access.person() = ${permit.person}`,
  )
  return row?.objects ?? false
}

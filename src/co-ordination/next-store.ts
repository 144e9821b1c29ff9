import type { ListPermit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, sql } from '#database'

/** What comes next for somebody beside their tasks: a first contact that is due, or what a worker does by the plan. */
export type NextStep = {
  readonly personId: string
  readonly kind: 'first contact' | 'plan'
  readonly on: LondonDate
}

/** What comes next beside tasks for whom of an opened list, at most one of each kind; of whoever was heard from no first contact. */
export const nextBesideTasks = (
  db: Db,
  { people }: Pick<ListPermit, 'people'>,
): Promise<readonly NextStep[]> =>
  many(
    db,
    sql`select person_id as "personId", kind, on_day as "on" from co_ordination.next_beside_tasks(${people}::uuid[])`,
  )

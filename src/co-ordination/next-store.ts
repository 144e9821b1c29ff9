import type { ListPermit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, one, sql } from '#database'

/** What comes next for the people of a list beside their tasks, by person. */
export type BesideTasks = {
  /** Until when somebody is to be in touch first; nobody who was heard from. */
  readonly first: Readonly<Record<string, LondonDate>>
  /** When a worker does the next thing by the plan. */
  readonly plan: Readonly<Record<string, LondonDate>>
}

/** What comes next beside tasks for whoever of the list that was opened has any of it. */
export async function nextBesideTasks(db: Db, _opened: ListPermit): Promise<BesideTasks> {
  const row = await one<{ next: BesideTasks }>(db, sql`select co_ordination.next_beside_tasks() as next`)
  return row?.next ?? { first: {}, plan: {} }
}

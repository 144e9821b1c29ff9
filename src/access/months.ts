import { run, sql } from '#database'
import type { Task } from '#jobs'

/** Makes the next three months of the access log and the journal ready, so that a month never begins without a place. */
export const readyMonths: Task = async (workshop) => {
  await workshop.inVisit(async ({ db }) => {
    await run(
      db,
      sql`select access.ready_months(name::regclass, now()::date, 4)
          from unnest(array['access.entry', 'journal.entry']) name`,
    )
  })
}

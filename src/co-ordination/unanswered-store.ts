import { type ListPermit, permitOpened, type StaffVisit } from '#access'
import { type Db, many, sql, withoutNulls } from '#database'

/** Opens whoever the alerts of the caller's team are about that nobody has turned to since before an instant. */
export const openUnanswered = (visit: StaffVisit, before: Date): Promise<ListPermit> =>
  permitOpened(
    visit,
    'see people',
    sql`co_ordination.open_unanswered(${before}, 'direct care', 'read which alerts nobody has turned to')`,
  )

/** Alerts in one worker's hands, or in the team's where no worker is named: how many, and since when the longest. */
export type UnansweredHere = {
  readonly ownerId?: string
  readonly name?: string
  readonly alerts: number
  readonly since: Date
}

/** The alerts of the caller's place that nobody has turned to since before an instant. Counts, never whose. */
export async function alertsUnanswered(db: Db, before: Date): Promise<readonly UnansweredHere[]> {
  const rows = await many(
    db,
    sql`select owner_id as "ownerId", name, alerts, since from co_ordination.alerts_unanswered(${before})`,
  )
  return rows.map((row) => withoutNulls<UnansweredHere>(row))
}

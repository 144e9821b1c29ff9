import { type ListPermit, permitOpened, type StaffVisit } from '#access'
import { type Db, many, sql } from '#database'
import type { Triage } from '#referral'

/** Which of these episodes somebody has been in touch in since the first clock began. Their rows a permit has opened. */
export async function heardSince(db: Db, said: readonly Triage[]): Promise<ReadonlySet<string>> {
  if (said.length === 0) return new Set()
  const rows = await many<{ episodeId: string }>(
    db,
    sql`select w.episode as "episodeId"
        from unnest(${said.map(({ episodeId }) => episodeId)}::uuid[],
                    ${said.map(({ beganAt }) => beganAt.toISOString())}::timestamptz[]) w (episode, began_at)
        where co_ordination.heard_since(w.episode, w.began_at)`,
  )
  return new Set(rows.map(({ episodeId }) => episodeId))
}

/** Opens whoever of the caller's team or practice waits for a first contact. */
export const openWaiting = (visit: StaffVisit): Promise<ListPermit> =>
  permitOpened(
    visit,
    'see people',
    sql`co_ordination.open_waiting('direct care', 'read who waits for a first contact')`,
  )

/** A case manager with people whose time for a first contact has run out: how many, and since when the longest. */
export type LateHere = {
  readonly ownerId: string
  readonly name: string
  readonly late: number
  readonly since: Date
}

/** The case managers of the caller's place with people whose first contact is late. Counts, never whose. */
export const firstContactsLate = (db: Db, now: Date): Promise<readonly LateHere[]> =>
  many(
    db,
    sql`select owner_id as "ownerId", name, late, since from co_ordination.first_contacts_late(${now})`,
  )

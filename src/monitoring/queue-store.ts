import { type ListPermit, permitOpened, type StaffVisit } from '#access'
import { type Db, join, many, one, sql, withoutNulls } from '#database'
import { alertColumns, alertTables } from './alert-store.ts'
import type { KitAlert, Loan, WaitReason } from './types.ts'

export type QueueView = 'waiting' | 'not ours'

export type QueueAsked = {
  readonly view: QueueView
  readonly words: string
  readonly reason?: WaitReason
  readonly deliveryId?: string
  readonly from: number
  readonly most: number
}

const ofView = (view: QueueView) =>
  view === 'waiting' ? sql`a.settled_at is null` : sql`t.state in ('not ours', 'stays')`

// Only the machine's own words are searched: an address that is kept and shared holds no name.
function asked(organisationId: string, { view, words, reason, deliveryId }: QueueAsked) {
  const like = `%${words.replaceAll(/[%_\\]/g, '\\$&')}%`
  return join(
    [
      sql`a.organisation_id = ${organisationId}`,
      ofView(view),
      ...(words
        ? [sql`(a.serial ilike ${like} or a.product ilike ${like} or a.message_id ilike ${like})`]
        : []),
      ...(reason ? [sql`t.reason = ${reason}`] : []),
      ...(deliveryId ? [sql`a.delivery_id::text = ${deliveryId}`] : []),
    ],
    sql` and `,
  )
}

/** Alerts of a place that nobody can be given, the longest waiting first, and how many there are. */
export async function queueOf(
  db: Db,
  organisationId: string,
  wanted: QueueAsked,
): Promise<{ readonly alerts: readonly KitAlert[]; readonly total: number }> {
  const rows = await many<{ readonly total: number }>(
    db,
    sql`select ${alertColumns}, count(*) over ()::int as total from ${alertTables}
        where ${asked(organisationId, wanted)} order by a.recorded_at, a.line, a.id
        offset ${wanted.from} limit ${wanted.most}`,
  )
  return { alerts: rows.map((row) => withoutNulls<KitAlert>(row)), total: rows[0]?.total ?? 0 }
}

/** How many of a place’s alerts wait by each reason, and how many somebody answered. */
export async function queueCounts(
  db: Db,
  organisationId: string,
): Promise<{
  readonly waiting: number
  readonly answered: number
  readonly by: ReadonlyMap<WaitReason, number>
}> {
  const rows = await many<{ reason: WaitReason | null; alerts: number }>(
    db,
    sql`select t.reason, count(*)::int as alerts from ${alertTables}
        where a.organisation_id = ${organisationId} and a.settled_at is null group by 1`,
  )
  const done = await one<{ alerts: number }>(
    db,
    sql`select count(*)::int as alerts from ${alertTables}
        where t.organisation_id = ${organisationId} and t.state in ('not ours', 'stays')`,
  )
  return {
    waiting: rows.reduce((all, { alerts }) => all + alerts, 0),
    answered: done?.alerts ?? 0,
    by: new Map(rows.flatMap(({ reason, alerts }) => (reason ? [[reason, alerts]] : []))),
  }
}

/** Opens whoever had the kit of an alert that waits, so that its dates can be put right. */
export const openHolders = (visit: StaffVisit, alertId: string): Promise<ListPermit> =>
  permitOpened(
    visit,
    'record contacts',
    sql`monitoring.open_holders(${alertId}, 'direct care', 'read who had kit around an alert')`,
  )

/** The loans of an alert’s kit to the people of an opened list, the newest first. */
export async function loansAround(db: Db, list: ListPermit, alert: KitAlert): Promise<readonly Loan[]> {
  const rows = await many(
    db,
    sql`select k.id, k.organisation_id as "organisationId", k.kind, k.maker, k.product, k.serial, l.id as "loanId",
          l.person_id as "personId", l.turn, lower(l.during) as "from", upper(l.during) as until,
          l.checked_with as "checkedWith", s.name as "lentByName"
        from monitoring.alert a
          join monitoring.kit k on k.product_key = a.product_key and k.serial_key = a.serial_key
          join monitoring.loan l on l.kit_id = k.id and not isempty(l.during)
          join organisations.staff s on s.id = l.lent_by
        where a.id = ${alert.id} and l.person_id = any (${list.people}) order by lower(l.during) desc, l.id`,
  )
  return rows.map((row) => withoutNulls<Loan>(row))
}

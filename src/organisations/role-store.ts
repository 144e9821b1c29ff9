import { type Db, many, run, sql } from '#database'
import type { Activity } from './types.ts'

/** A place's own change of what a role may do, in force now. */
export type RoleChange = {
  readonly id: string
  readonly activity: Activity
  readonly change: 'added' | 'taken away'
  readonly changedByName: string
  readonly changedAt: Date
}

export const roleChangesInForce = (
  db: Db,
  organisationId: string,
  role: string,
): Promise<readonly RoleChange[]> =>
  many(
    db,
    sql`select c.id, c.activity, c.change, s.name as "changedByName", c.changed_at as "changedAt"
        from organisations.role_change c join organisations.staff s on s.id = c.changed_by
        where c.organisation_id = ${organisationId} and c.role = ${role} and c.ended_at is null`,
  )

/** Writes down a change. A second one of the same activity, made at the same instant, breaks the database's own rule. */
export async function addRoleChange(
  db: Db,
  change: {
    readonly id: string
    readonly organisationId: string
    readonly role: string
    readonly activity: string
    readonly change: 'added' | 'taken away'
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await run(
    db,
    sql`insert into organisations.role_change (id, organisation_id, role, activity, change, changed_by, changed_at)
        values (${change.id}, ${change.organisationId}, ${change.role}, ${change.activity}, ${change.change},
                ${change.by}, ${change.at})
        on conflict do nothing`,
  )
}

/** Ends a change: the role is as shipped again. */
export async function endRoleChange(
  db: Db,
  id: string,
  ended: { readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    db,
    sql`update organisations.role_change set ended_at = ${ended.at}, ended_by = ${ended.by}
        where id = ${id} and ended_at is null`,
  )
}

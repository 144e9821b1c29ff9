import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { PolicyRule, SignedRule } from './policy-rules.ts'

/** Everything ever signed on objections to case-finding, the newest first. */
export async function signedRules(db: Db): Promise<readonly SignedRule[]> {
  const rows = await many<object>(
    db,
    sql`select p.version, p.objection, p.rule, p.decided_by as "decidedBy", p.reason, s.name as "signedByName",
          p.signed_at as "signedAt", p.ended_at as "endedAt"
        from population.policy p join organisations.staff s on s.id = p.signed_by
        where p.purpose = 'case-finding' order by p.version desc`,
  )
  return rows.map((row) => withoutNulls<SignedRule>(row))
}

/** How many people object today, by kind. */
export const objectionsByKind = (
  db: Db,
): Promise<readonly { readonly objection: string; readonly people: number }[]> =>
  many(
    db,
    sql`select objection, people::int as people from population.objections_by_kind() order by objection`,
  )

/** The version of the whole table, 0 before anything was signed. */
export const policyVersion = async (db: Db): Promise<number> =>
  (
    await one<{ version: number }>(
      db,
      sql`select coalesce(max(version), 0)::int as version from population.policy`,
    )
  )?.version ?? 0

/**
 * Signs a rule as the next version after `after`; the rule before it for that kind ends.
 *
 * @returns false when somebody signed first; then nothing is to be kept.
 */
export async function addRule(
  db: Db,
  row: {
    readonly id: string
    readonly after: number
    readonly objection: string
    readonly rule: PolicyRule
    readonly decidedBy: string
    readonly reason: string
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  await run(
    db,
    sql`update population.policy set ended_at = ${row.at}
        where objection = ${row.objection} and purpose = 'case-finding' and ended_at is null`,
  )
  const touched = await run(
    db,
    sql`insert into population.policy (id, version, objection, purpose, rule, signed_by, signed_at, decided_by, reason)
        select ${row.id}, ${row.after + 1}, ${row.objection}, 'case-finding', ${row.rule}, ${row.by}, ${row.at},
          ${row.decidedBy}, ${row.reason}
        where ${row.after} = (select coalesce(max(version), 0) from population.policy)
        on conflict do nothing`,
  )
  return touched === 1
}

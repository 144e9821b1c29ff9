import { type Db, run, type Sql, sql } from '#database'

/** Who signed a practice's list off, and how it came out. */
export type SignOff = {
  readonly signedByName: string
  readonly signedAt: Date
  readonly accepted: number
  readonly deferred: number
  readonly declined: number
}

/** The question for how a practice's part of a run was signed off: one row, or none. */
export const signOffIn = (runId: Sql, practiceId: string): Sql =>
  sql`select t.name as "signedByName", s.signed_at as "signedAt", s.accepted, s.deferred, s.declined
      from case_finding.sign_off s join organisations.staff t on t.id = s.signed_by
      where s.run_id = ${runId} and s.practice_id = ${practiceId}`

/** Its answer as JSON, whose instant is text. */
export const asSignOff = (row: SignOff): SignOff => ({ ...row, signedAt: new Date(row.signedAt) })

/** @returns false when it was signed already; then nothing changed. */
export async function addSignOff(
  db: Db,
  row: {
    readonly id: string
    readonly runId: string
    readonly practiceId: string
    readonly accepted: number
    readonly deferred: number
    readonly declined: number
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into case_finding.sign_off (id, run_id, practice_id, accepted, deferred, declined, signed_by, signed_at)
        values (${row.id}, ${row.runId}, ${row.practiceId}, ${row.accepted}, ${row.deferred}, ${row.declined}, ${row.by},
          ${row.at}) on conflict do nothing`,
  )
  return touched === 1
}

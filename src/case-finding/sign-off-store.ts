import { type Db, one, run, sql } from '#database'

/** Who signed a practice's list off, and how it came out. */
export type SignOff = {
  readonly signedByName: string
  readonly signedAt: Date
  readonly accepted: number
  readonly deferred: number
  readonly declined: number
}

export const signOffOf = (db: Db, runId: string, practiceId: string): Promise<SignOff | undefined> =>
  one(
    db,
    sql`select t.name as "signedByName", s.signed_at as "signedAt", s.accepted, s.deferred, s.declined
        from case_finding.sign_off s join organisations.staff t on t.id = s.signed_by
        where s.run_id = ${runId} and s.practice_id = ${practiceId}`,
  )

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

import type { Permit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, sql, withoutNulls } from '#database'

/** What one list said of the person, on its day. */
export type Said = {
  readonly runId: string
  readonly indexOn: LondonDate
  readonly rank: number
  /** How many people the list had. */
  readonly cut: number
  readonly emergencyAdmissions: number
  /** The risk, a share of 1, of a list by the model in use; lists by the rule have none. */
  readonly risk?: number
}

const most = 12

/**
 * What the lists of a programme have said of the permitted person, one for each list's day, the newest first, at most 12.
 * A number is only of the model in use, so that all of them can be compared; another list's day has its place by the rule.
 * A day on which the person was on no list is not there.
 */
export async function saidBefore(
  db: Db,
  permit: Permit<'whole'>,
  programmeId: string,
): Promise<readonly Said[]> {
  const rows = await many<object>(
    db,
    sql`select * from (
          select distinct on (r.index_on) r.id as "runId", r.index_on as "indexOn", o.rank, r.cut,
            s.emergency_admissions as "emergencyAdmissions", s.risk
          from case_finding.run r cross join lateral case_finding.of_open_person(r.id) o
          join case_finding.suggestion s on s.run_id = r.id and s.pseudonym = o.pseudonym
          where access.person() = ${permit.person} and r.programme_id = ${programmeId}
            and (r.model_id is null or r.model_id = (
              select w.model_id from case_finding.model_switch w where w.switched_off_at is null))
          order by r.index_on, r.model_id is null, r.n desc) said
        order by "indexOn" desc limit ${most}`,
  )
  return rows.map((row) => withoutNulls<Said>(row))
}

import type { LondonDate } from '#calendar'
import { type Db, one, sql } from '#database'
import type { Run } from './types.ts'

/** How a list differs from the one before it that was made in the same way, of all practices. */
export type Movement = {
  readonly beforeOn: LondonDate
  /** On this list, shown again early or not. */
  readonly people: number
  readonly stayed: number
  readonly isNew: number
}

/**
 * How many of a list were on the newest list of an earlier day for the same programme, by the same model or the rule like
 * it. Undefined where there is none before. Whoever was shown again below the cut is left out of both.
 */
export const movementOf = (db: Db, run: Run): Promise<Movement | undefined> =>
  one(
    db,
    sql`with before as (
          select r.id, r.index_on from case_finding.run r
          where r.programme_id = ${run.programmeId} and r.index_on < ${run.indexOn}
            and r.model_id is not distinct from ${run.modelId ?? null}::uuid
          order by r.index_on desc, r.n desc limit 1)
        select b.index_on as "beforeOn", count(*)::int as people,
          count(was.pseudonym)::int as stayed, (count(*) - count(was.pseudonym))::int as "isNew"
        from before b join case_finding.suggestion s on s.run_id = ${run.id} and not s.is_returned
        left join case_finding.suggestion was on was.run_id = b.id and was.pseudonym = s.pseudonym and not was.is_returned
        group by b.index_on`,
  )

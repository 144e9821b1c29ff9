import { addDays, type LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'
import type { Store } from '#population'
import { givenRows } from '../given-rows.ts'
import { followedDays } from './rules.ts'
import type { Decided, LaterCount } from './types.ts'

/** Everybody decided on for a programme, for the ranking alone. */
export const decidedFor = (db: Db, programmeId: string): Promise<readonly Decided[]> =>
  many(
    db,
    sql`select person_id as "personId", pseudonym, decision, is_by_hand as "isByHand", decided_on as "decidedOn",
          practice_code as "practiceCode" from case_finding.decided(${programmeId})`,
  )

/**
 * Counts who of those decided on had an emergency admission from the day after the decision to the 90th. Nothing of the
 * list's day or later is seen, so only decisions at least 91 days before it count. Whoever has left or died since is
 * counted like the others while their records are in the load; whoever is not in it is not counted. Nobody is counted
 * where hospital stays are not linked.
 */
export async function countLater(
  store: Store,
  indexOn: LondonDate,
  decided: readonly Decided[],
): Promise<readonly LaterCount[]> {
  const old = decided.filter(({ decidedOn }) => addDays(decidedOn, followedDays) < indexOn)
  if (old.length === 0 || !store.has('inpatient')) return []
  const given = givenRows(old, {
    id: ({ personId }) => personId,
    pseudonym: ({ pseudonym }) => pseudonym,
    decision: ({ decision }) => decision,
    by_hand: ({ isByHand }) => isByHand,
    decided_on: ({ decidedOn }) => decidedOn,
    practice_code: ({ practiceCode }) => practiceCode,
  })
  return await store.rows(`
    with decided as (
      select * replace (by_hand::boolean as by_hand, decided_on::date as decided_on) from ${given}),
    each_one as (
      select d.id, d.decision, d.by_hand, d.practice_code, bool_or(i.person is not null) as is_admitted
      from decided d join people p using (pseudonym)
      left join inpatient i on i.person = p.person and i.admission_method like '2%'
        and i.admitted_on::date > d.decided_on and i.admitted_on::date <= d.decided_on + ${followedDays}
      group by all)
    select practice_code as "practiceCode", decision, by_hand as "isByHand", count(*)::int as people,
      count(*) filter (is_admitted)::int as admitted
    from each_one group by all order by all`)
}

/** Keeps the counts of a run. */
export async function addLater(db: Db, runId: string, counts: readonly LaterCount[]): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.run_later (run_id, practice_code, decision, is_by_hand, people, admitted)
        select ${runId}::uuid, l."practiceCode", l.decision, l."isByHand", l.people, l.admitted
        from jsonb_to_recordset(${JSON.stringify(counts)}) as l
          ("practiceCode" text, decision text, "isByHand" boolean, people integer, admitted integer)`,
  )
}

/** The counts of a run: of one practice, or of all. */
export const laterOf = (db: Db, runId: string, practiceCode?: string): Promise<readonly LaterCount[]> =>
  many(
    db,
    sql`select practice_code as "practiceCode", decision, is_by_hand as "isByHand", people, admitted
        from case_finding.run_later
        where run_id = ${runId} and practice_code = coalesce(${practiceCode ?? null}, practice_code)`,
  )

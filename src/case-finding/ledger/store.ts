import { addDays, type LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'
import type { Store } from '#population'
import { pairsIn } from '../agreement.ts'
import { givenRows } from '../given-rows.ts'
import { followedDays } from '../later/rules.ts'
import type { Judgement } from '../types.ts'
import type { FollowedUp, Pace, PracticePairs, ReasonCount } from './types.ts'

/** What the record says for the counts of a list, for the ranking alone. */
export type Judging = {
  readonly agreement: readonly PracticePairs[]
  readonly followed: readonly FollowedUp[]
  readonly pace: readonly Pace[]
}

const paceDays = 90

/** Reads it. @param now pace is of the 90 days before it. */
export async function judgingFor(
  db: Db,
  programmeId: string,
  list: { readonly indexOn: LondonDate; readonly now: Date },
): Promise<Judging> {
  const since = new Date(list.now.getTime() - paceDays * 86_400_000)
  const lastListOn = addDays(list.indexOn, -followedDays - 1)
  return {
    agreement: await agreementIn(db, programmeId),
    followed: await many<FollowedUp>(
      db,
      sql`select person_id::text as id, pseudonym, decision, reason, decided_on as "sinceOn", practice_code as "practiceCode"
          from case_finding.decided_why(${programmeId})
          union all
          select pseudonym, pseudonym, 'never judged', '', listed_on, practice_code
          from case_finding.never_judged(${programmeId}, ${lastListOn})`,
    ),
    pace: await many<Pace>(
      db,
      sql`select practice_code as "practiceCode", decisions, accepted, timed, median_seconds as "medianSeconds"
          from case_finding.pace(${programmeId}, ${since}) order by 1`,
    ),
  }
}

type Judged = Pick<Judgement, 'n' | 'decision' | 'judgedById'> & {
  readonly personId: string
  readonly practiceCode: string
}

/** The pairs of each practice: of somebody judged at two, the first one's. */
async function agreementIn(db: Db, programmeId: string): Promise<readonly PracticePairs[]> {
  const rows = await many<Judged>(
    db,
    sql`select person_id as "personId", n, decision, judged_by as "judgedById", practice_code as "practiceCode"
        from case_finding.everything_judged(${programmeId})`,
  )
  const histories = new Map<string, Judged[]>()
  for (const row of rows) histories.set(row.personId, [...(histories.get(row.personId) ?? []), row])
  const practices = new Map<string, Judged[][]>()
  for (const history of histories.values()) {
    const code = history[0]?.practiceCode ?? ''
    practices.set(code, [...(practices.get(code) ?? []), history])
  }
  return [...practices]
    .map(([practiceCode, all]) => ({ practiceCode, ...pairsIn(all) }))
    .filter(({ bothYes, firstYes, secondYes, bothNo }) => bothYes + firstYes + secondYes + bothNo > 0)
}

/**
 * Counts who of them had an emergency admission from the day after to the 90th. Nothing of the list's day or later is seen, so
 * only days at least 91 before it count. Nobody is counted where hospital stays are not linked.
 */
export async function countReasons(
  store: Store,
  indexOn: LondonDate,
  followed: readonly FollowedUp[],
): Promise<readonly ReasonCount[]> {
  const old = followed.filter(({ sinceOn }) => addDays(sinceOn, followedDays) < indexOn)
  if (old.length === 0 || !store.has('inpatient')) return []
  const given = givenRows(old, {
    id: ({ id }) => id,
    pseudonym: ({ pseudonym }) => pseudonym,
    decision: ({ decision }) => decision,
    reason: ({ reason }) => reason,
    since_on: ({ sinceOn }) => sinceOn,
    practice_code: ({ practiceCode }) => practiceCode,
  })
  return await store.rows(`
    with followed as (select * replace (since_on::date as since_on) from ${given}),
    each_one as (
      select f.id, f.decision, f.reason, f.practice_code, bool_or(i.person is not null) as is_admitted
      from followed f join people p using (pseudonym)
      left join inpatient i on i.person = p.person and i.admission_method like '2%'
        and i.admitted_on::date > f.since_on and i.admitted_on::date <= f.since_on + ${followedDays}
      group by all)
    select practice_code as "practiceCode", decision, reason, count(*)::int as people,
      count(*) filter (is_admitted)::int as admitted
    from each_one group by all order by all`)
}

/** Keeps the counts of a run. */
export async function addJudging(
  db: Db,
  runId: string,
  counts: Pick<Judging, 'agreement' | 'pace'> & { readonly reasons: readonly ReasonCount[] },
): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.run_agreement (run_id, practice_code, both_yes, first_yes, second_yes, both_no)
        select ${runId}::uuid, a."practiceCode", a."bothYes", a."firstYes", a."secondYes", a."bothNo"
        from jsonb_to_recordset(${JSON.stringify(counts.agreement)}) as a
          ("practiceCode" text, "bothYes" integer, "firstYes" integer, "secondYes" integer, "bothNo" integer)`,
  )
  await run(
    db,
    sql`insert into case_finding.run_later_reason (run_id, practice_code, decision, reason, people, admitted)
        select ${runId}::uuid, l."practiceCode", l.decision, l.reason, l.people, l.admitted
        from jsonb_to_recordset(${JSON.stringify(counts.reasons)}) as l
          ("practiceCode" text, decision text, reason text, people integer, admitted integer)`,
  )
  await run(
    db,
    sql`insert into case_finding.run_pace (run_id, practice_code, decisions, accepted, timed, median_seconds)
        select ${runId}::uuid, p."practiceCode", p.decisions, p.accepted, p.timed, p."medianSeconds"
        from jsonb_to_recordset(${JSON.stringify(counts.pace)}) as p
          ("practiceCode" text, decisions integer, accepted integer, timed integer, "medianSeconds" integer)`,
  )
}

/** The pairs of every practice, as a run counted them. */
export const agreementsOf = (db: Db, runId: string): Promise<readonly PracticePairs[]> =>
  many(
    db,
    sql`select practice_code as "practiceCode", both_yes as "bothYes", first_yes as "firstYes", second_yes as "secondYes",
          both_no as "bothNo" from case_finding.run_agreement where run_id = ${runId} order by 1`,
  )

/** What became of people by reason, as a run counted it: of one practice, or of all. */
export const reasonsLaterOf = (
  db: Db,
  runId: string,
  practiceCode?: string,
): Promise<readonly ReasonCount[]> =>
  many(
    db,
    sql`select practice_code as "practiceCode", decision, reason, people, admitted from case_finding.run_later_reason
        where run_id = ${runId} and practice_code = coalesce(${practiceCode ?? null}, practice_code)`,
  )

/** The pace of every practice, as a run counted it. */
export const pacesOf = (db: Db, runId: string): Promise<readonly Pace[]> =>
  many(
    db,
    sql`select practice_code as "practiceCode", decisions, accepted, timed, median_seconds as "medianSeconds"
        from case_finding.run_pace where run_id = ${runId} order by 1`,
  )

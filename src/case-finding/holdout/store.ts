import type { LondonDate } from '#calendar'
import { type Db, many, run, sql, withoutNulls } from '#database'
import type { ReadyHoldout } from './rules.ts'
import type { Holdout } from './types.ts'

/** Every hold-out there was, the newest first. */
export async function holdouts(db: Db): Promise<readonly Holdout[]> {
  const rows = await many<object>(
    db,
    sql`select o.id, o.share_percent::double precision as "sharePercent", o.began_on as "beganOn", o.ends_on as "endsOn",
          o.reason, t.name as "approvedByName", o.ended_on as "endedOn", e.name as "endedByName",
          (select count(*)::int from case_finding.held_out h where h.holdout_id = o.id) as "heldOut",
          (select count(*)::int from case_finding.let_go g where g.holdout_id = o.id) as "letGo"
        from case_finding.holdout o join organisations.staff t on t.id = o.approved_by
        left join organisations.staff e on e.id = o.ended_by order by o.n desc`,
  )
  return rows.map((row) => withoutNulls<Holdout>(row))
}

/** @returns false when one runs already; then nothing was kept. */
export async function addHoldout(
  db: Db,
  row: ReadyHoldout & {
    readonly id: string
    readonly beganOn: LondonDate
    readonly seed: string
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into case_finding.holdout (id, share_percent, began_on, ends_on, reason, approved_by, approved_at, seed)
        values (${row.id}, ${row.sharePercent}, ${row.beganOn}, ${row.endsOn}, ${row.reason}, ${row.by}, ${row.at},
          ${row.seed}) on conflict do nothing`,
  )
  return touched === 1
}

/** Ends the hold-out early: from the next page everybody is shown. @returns false when it was over. */
export async function endHoldout(
  db: Db,
  row: { readonly id: string; readonly on: LondonDate; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update case_finding.holdout set ended_on = ${row.on}, ended_by = ${row.by}, ended_at = ${row.at}
        where id = ${row.id} and ended_on is null and ends_on > ${row.on}`,
  )
  return touched === 1
}

const running = sql`organisations.today() >= o.began_on and organisations.today() < coalesce(o.ended_on, o.ends_on)`

/** What the model of a run is of; one of an earlier version is of emergency admissions. */
const targetOfRun = (run: ReturnType<typeof sql>) => sql`(
  select coalesce(m.report ->> 'target', 'emergency admission')
  from case_finding.run r join case_finding.model m on m.id = r.model_id where r.id = ${run})`

/**
 * Holds out the share of a run by a model that the seed says, where a hold-out runs; and lets go whoever of those held
 * out has got worse: a new emergency admission since it began, or a number risen by half. Numbers of models of
 * different things cannot be held against each other: whoever was held out by one is let go by a list of another. Nobody whose risk is rising,
 * who was admitted since it began, or who is shown again early is ever held out. Doing it twice changes nothing.
 *
 * Who: the first 32 bits of SHA-256 of "seed:pseudonym" are under the share.
 */
export async function holdOut(db: Db, runId: string, at: Date): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.let_go (holdout_id, pseudonym, run_id, why, at)
        select h.holdout_id, h.pseudonym, s.run_id,
          case when s.last_admission_on >= o.began_on then 'new admission'
            when ${targetOfRun(sql`s.run_id`)} <> ${targetOfRun(sql`h.run_id`)} then 'another model' else 'risk up' end, ${at}
        from case_finding.suggestion s join case_finding.held_out h on h.pseudonym = s.pseudonym
        join case_finding.holdout o on o.id = h.holdout_id
        where s.run_id = ${runId} and ${running}
          and (s.last_admission_on >= o.began_on or s.risk >= 1.5 * h.risk
            or ${targetOfRun(sql`s.run_id`)} <> ${targetOfRun(sql`h.run_id`)}) on conflict do nothing`,
  )
  await run(
    db,
    sql`insert into case_finding.held_out (holdout_id, pseudonym, run_id, risk)
        select o.id, s.pseudonym, s.run_id, s.risk
        from case_finding.suggestion s cross join case_finding.holdout o
        where s.run_id = ${runId} and ${running} and s.risk is not null and not s.is_returned
          and s.is_risk_rising is not true and (s.last_admission_on is null or s.last_admission_on < o.began_on)
          and ('x' || left(encode(sha256(convert_to(o.seed || ':' || replace(s.pseudonym::text, '-', ''), 'UTF8')), 'hex'), 8))::bit(32)::bigint
            < o.share_percent / 100 * 4294967296 on conflict do nothing`,
  )
}

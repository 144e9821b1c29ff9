import { addDays, type LondonDate } from '#calendar'
import { type Db, many, sql } from '#database'
import type { ByChance } from './unaffected.ts'

const fewestDays = 183

/**
 * Whom a list by a model would have shown while a hold-out ran, by pseudonym, for the 365 days after a day: only those the
 * lot could have fallen on. Who was held out and got worse, and was shown for that, still counts as held out: else those held
 * out would be left with whoever stayed well.
 *
 * @returns nobody where no hold-out ran for half of those days. Of two, the one that ran longer.
 */
export async function drawnAfter(db: Db, indexOn: LondonDate): Promise<ByChance> {
  const [from, to] = [addDays(indexOn, 1), addDays(indexOn, 366)]
  const rows = await many<{ pseudonym: string; isHeldOut: boolean; times: number }>(
    db,
    sql`with ran as (
          select o.*, coalesce(o.ended_on, o.ends_on) as until_on,
            least(coalesce(o.ended_on, o.ends_on), ${to}::date) - greatest(o.began_on, ${from}::date) as days
          from case_finding.holdout o
        ), chosen as (select * from ran where days >= ${fewestDays} order by days desc, n desc limit 1)
        select replace(s.pseudonym::text, '-', '') as pseudonym, round(100 / o.share_percent)::int as times,
          exists (select from case_finding.held_out h where h.holdout_id = o.id and h.pseudonym = s.pseudonym) as "isHeldOut"
        from chosen o join case_finding.run r on r.model_id is not null
          and ((r.index_on >= o.began_on and r.index_on < o.until_on)
            or r.id in (select h.run_id from case_finding.held_out h where h.holdout_id = o.id))
        join case_finding.suggestion s on s.run_id = r.id
        where s.risk is not null and not s.is_returned and s.is_risk_rising is not true
          and (s.last_admission_on is null or s.last_admission_on < o.began_on)
        group by s.pseudonym, o.id, o.share_percent`,
  )
  return {
    times: rows[0]?.times ?? 0,
    isHeldOut: new Map(rows.map(({ pseudonym, isHeldOut }) => [pseudonym, isHeldOut])),
  }
}

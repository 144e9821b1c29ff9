import type { LondonDate } from '#calendar'
import { type Db, many, run, sql, withoutNulls } from '#database'

/** Leave of an out-of-hours organisation to see the emergency summaries of whoever wishes it. */
export type Agreement = {
  readonly id: string
  readonly partnerId: string
  readonly partnerName: string
  /** Its first day; absent of one that was ended before it began. */
  readonly fromOn?: LondonDate
  /** The first day it holds no more; absent where it holds until somebody ends it. */
  readonly untilOn?: LondonDate
  /** Which paper it stands on. */
  readonly basis: string
  readonly madeByName?: string
  readonly endedByName?: string
  readonly endedReason?: string
}

/** Every agreement with out of hours, those that hold or are to come first. */
export async function outOfHoursAgreements(db: Db): Promise<readonly Agreement[]> {
  const rows = await many(
    db,
    sql`select a.id, a.partner_id as "partnerId", o.name as "partnerName", lower(a.during) as "fromOn",
               upper(a.during) as "untilOn", a.basis, m.name as "madeByName", e.name as "endedByName",
               a.ended_reason as "endedReason"
        from organisations.agreement a join organisations.organisation o on o.id = a.partner_id
          left join organisations.staff m on m.id = a.made_by left join organisations.staff e on e.id = a.ended_by
        where a.purpose = 'out of hours'
        order by a.ended_at desc nulls first, lower(a.during) desc, a.id`,
  )
  return rows.map((row) => withoutNulls<Agreement>(row))
}

/** Keeps an agreement. @returns false where its days meet those of another with the same organisation. */
export async function addOutOfHoursAgreement(
  db: Db,
  agreement: {
    readonly id: string
    readonly partnerId: string
    readonly fromOn: LondonDate
    readonly untilOn?: LondonDate
    readonly basis: string
    readonly by?: string
  },
): Promise<boolean> {
  const { id, partnerId, fromOn, untilOn, basis, by } = agreement
  const touched = await run(
    db,
    sql`insert into organisations.agreement (id, partner_id, purpose, sections, basis, during, made_by)
        values (${id}, ${partnerId}, 'out of hours', '{emergency summary}', ${basis},
                daterange(${fromOn}, ${untilOn ?? null}), ${by ?? null}) on conflict do nothing`,
  )
  return touched === 1
}

/** Ends an agreement from a day on. @returns false where none with this reference holds, or is to come. */
export async function endAgreement(
  db: Db,
  end: {
    readonly id: string
    readonly on: LondonDate
    readonly by: string
    readonly at: Date
    readonly reason: string
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update organisations.agreement
        set during = daterange(lower(during), greatest(lower(during), ${end.on}::date)), ended_by = ${end.by},
            ended_at = ${end.at}, ended_reason = ${end.reason}
        where id::text = ${end.id} and ended_at is null and (upper(during) is null or upper(during) > ${end.on}::date)`,
  )
  return touched === 1
}

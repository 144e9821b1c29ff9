import { addDays, type LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import type { Store } from '#population'
import { targetRegisters, toldAfterDays } from './rules.ts'
import type { RegisterEntry } from './types.ts'

/**
 * Everybody registered on the list's day who is on one of the registers, or was in the 12 months before. Nothing of the day itself
 * or later is seen: an end after it is not known yet.
 */
export async function entriesOf(store: Store, indexOn: LondonDate): Promise<readonly RegisterEntry[]> {
  if (!store.has('registers')) return []
  const day = `date '${indexOn}'`
  return await store.rows(`
    select distinct r.register, p.pseudonym, p.practice_code as "practiceCode", r."from"::date::varchar as "fromOn",
      (case when r."to"::date < ${day} then r."to"::date end)::varchar as "toOn"
    from registers r join people p using (person)
    where r.register in (${targetRegisters.map(({ key }) => `'${key}'`).join(', ')}) and p.practice_code is not null
      and (p.until_on is null or p.until_on >= ${day}) and r."from"::date < ${day}
      and (r."to" is null or r."to"::date >= date '${addDays(indexOn, -toldAfterDays)}')
    order by all`)
}

/** Whether a load's registers are kept. */
export const hasEntries = async (db: Db, loadId: string): Promise<boolean> =>
  (await one(db, sql`select 1 as is from case_finding.register_entry where load_id = ${loadId} limit 1`)) !==
  undefined

/** Keeps the registers of a load in place of those of the loads before. */
export async function keepEntries(db: Db, loadId: string, entries: readonly RegisterEntry[]): Promise<void> {
  await run(db, sql`delete from case_finding.register_entry where load_id <> ${loadId}`)
  await run(
    db,
    sql`insert into case_finding.register_entry (load_id, register, pseudonym, practice_code, from_on, to_on)
        select ${loadId}::uuid, e.register, e.pseudonym::uuid, e."practiceCode", e."fromOn", e."toOn"
        from jsonb_to_recordset(${JSON.stringify(entries)}) as e
          (register text, pseudonym text, "practiceCode" text, "fromOn" date, "toOn" date)
        on conflict do nothing`,
  )
}

/** How many entries each register of a practice has. */
export const countsAt = (
  db: Db,
  loadId: string,
  practiceCode: string,
): Promise<readonly { readonly register: string; readonly on: number; readonly off: number }[]> =>
  many(
    db,
    sql`select register, (count(*) filter (where to_on is null))::int as "on", (count(to_on))::int as off
        from case_finding.register_entry where load_id = ${loadId} and practice_code = ${practiceCode}
        group by register`,
  )

/** The entries of one register at a practice, who came on it last first. */
export const entriesAt = (
  db: Db,
  loadId: string,
  practiceCode: string,
  register: string,
): Promise<readonly RegisterEntry[]> =>
  many(
    db,
    sql`select register, replace(pseudonym::text, '-', '') as pseudonym, practice_code as "practiceCode",
          from_on as "fromOn", to_on as "toOn"
        from case_finding.register_entry
        where load_id = ${loadId} and practice_code = ${practiceCode} and register = ${register}
        order by from_on desc, pseudonym`,
  )

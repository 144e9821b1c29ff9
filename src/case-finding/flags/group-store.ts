import type { LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'
import type { Store } from '#population'
import { givenPeople } from '../given-rows.ts'
import { cuts } from '../group-store.ts'
import type { FlagKey } from './types.ts'

/** Of one run and one group, how many of those listed have each flag. */
export type FlagCount = {
  readonly by: string
  readonly group: string
  readonly listed: number
  readonly acsc: number
  readonly gap: number
  readonly endOfLife: number
}

/** Counts the flags of a list by group. The table `counted` must be there: countEverybody makes it. */
export async function countFlags(
  store: Store,
  indexOn: LondonDate,
  listed: readonly { readonly pseudonym: string; readonly flags?: readonly FlagKey[] }[],
): Promise<readonly FlagCount[]> {
  if (listed.length === 0) return []
  const named = (people: readonly { readonly pseudonym: string }[]) =>
    givenPeople(people.map(({ pseudonym }) => pseudonym))
  const having = (key: FlagKey) =>
    `(pseudonym in ${named(listed.filter(({ flags }) => flags?.includes(key)))})`
  await store.run(`create or replace temp table flagged as
    select pseudonym, ${having('acsc')} as acsc, ${having('gap')} as gap, ${having('end of life')} as end_of_life
    from ${named(listed)}`)
  const count = (flag: string) => `(count(*) filter (f.${flag}))::int`
  const selects = cuts(indexOn).map(
    ([by, name]) => `select '${by}' "by", ${name} "group", count(*)::int listed, ${count('acsc')} acsc,
      ${count('gap')} gap, ${count('end_of_life')} "endOfLife"
      from flagged f join counted c using (pseudonym) join people p using (person) group by all`,
  )
  return await store.rows(`${selects.join(' union all ')} order by 1, 2`)
}

/** Keeps the counts of a run. */
export async function addFlagCounts(db: Db, runId: string, counts: readonly FlagCount[]): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.run_flag (run_id, by_what, group_name, listed, acsc, gap, end_of_life)
        select ${runId}::uuid, f."by", f."group", f.listed, f.acsc, f.gap, f."endOfLife"
        from jsonb_to_recordset(${JSON.stringify(counts)}) as f
          ("by" text, "group" text, listed integer, acsc integer, gap integer, "endOfLife" integer)`,
  )
}

/** The counts of a run. */
export const flagCountsOf = (db: Db, runId: string): Promise<readonly FlagCount[]> =>
  many(
    db,
    sql`select by_what as "by", group_name as "group", listed, acsc, gap, end_of_life as "endOfLife"
        from case_finding.run_flag where run_id = ${runId} order by group_name`,
  )

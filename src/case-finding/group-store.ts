import type { LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'
import type { Store } from '#population'

/** Of one run and one group, how many were considered, found by the list, judged and accepted. */
export type GroupCount = {
  readonly by: string
  readonly group: string
  readonly considered: number
  readonly found: number
  readonly judged: number
  readonly accepted: number
}

export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** What a group is cut by: the words on the page and how the population store says them. */
export const cuts = (indexOn: LondonDate) => {
  const age = `datesub('year', make_date(birth_year, coalesce(birth_quarter, 2) * 3 - 1, 15), date '${indexOn}')`
  return [
    [
      'Age',
      `case when ${age} < 65 then 'Under 65' when ${age} < 75 then '65 to 74' when ${age} < 85 then '75 to 84' else '85 and over' end`,
    ],
    ['Sex', `case sex when 'female' then 'Women' when 'male' then 'Men' else 'Sex not known' end`],
    [
      'Ethnicity',
      `upper(coalesce(ethnicity_group, 'not known')[1]) || coalesce(ethnicity_group, 'not known')[2:]`,
    ],
    [
      'Deprivation',
      `coalesce('Fifth ' || ((imd_decile + 1) // 2) || case (imd_decile + 1) // 2 when 1 then ', most deprived' when 5 then ', least deprived' else '' end, 'Deprivation not known')`,
    ],
    ['Practice', `'Practice ' || c.practice_code`],
  ] as const
}

/**
 * Counts a list by group. The table `counted` must be there: countEverybody makes it.
 *
 * @param found those the list has. @param judged those ever judged for the programme, and whether accepted.
 */
export async function countGroups(
  store: Store,
  indexOn: LondonDate,
  found: readonly string[],
  judged: readonly { readonly pseudonym: string; readonly wasAccepted: boolean }[],
): Promise<readonly GroupCount[]> {
  const list = (pseudonyms: readonly string[]) =>
    `(select unnest([${pseudonyms.map(quoted).join(', ')}]::varchar[]))`
  const accepted = judged.filter(({ wasAccepted }) => wasAccepted)
  const among = (pseudonyms: readonly string[]) => `count(*) filter (c.pseudonym in ${list(pseudonyms)})::int`
  const counts = [
    among(found),
    among(judged.map(({ pseudonym }) => pseudonym)),
    among(accepted.map(({ pseudonym }) => pseudonym)),
  ]
  const named = ['found', 'judged', 'accepted'].map((name, at) => `${counts[at]} "${name}"`).join(', ')
  const rows = cuts(indexOn).map(
    ([by, name]) => `select '${by}' "by", ${name} "group", count(*)::int considered, ${named}
     from counted c join people p using (person) group by all`,
  )
  return await store.rows(`${rows.join(' union all ')} order by 1, 2`)
}

/** Who was judged for a programme and how, by pseudonym, for the ranking alone. */
export const judgedPseudonyms = (
  db: Db,
  programmeId: string,
): Promise<readonly { readonly pseudonym: string; readonly wasAccepted: boolean }[]> =>
  many(
    db,
    sql`select pseudonym, was_accepted as "wasAccepted" from case_finding.judged_pseudonyms(${programmeId})`,
  )

/** Keeps the counts of a run. */
export async function addGroups(db: Db, runId: string, groups: readonly GroupCount[]): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.run_group (run_id, by_what, group_name, considered, found, judged, accepted)
        select ${runId}::uuid, g."by", g."group", g.considered, g.found, g.judged, g.accepted
        from jsonb_to_recordset(${JSON.stringify(groups)}) as g
          ("by" text, "group" text, considered integer, found integer, judged integer, accepted integer)`,
  )
}

/** The counts of a run by group, in the order the page has them. */
export const groupsOf = (db: Db, runId: string): Promise<readonly GroupCount[]> =>
  many(
    db,
    sql`select by_what as "by", group_name as "group", considered, found, judged, accepted
        from case_finding.run_group where run_id = ${runId}
        order by array_position(array['Age', 'Sex', 'Ethnicity', 'Deprivation', 'Practice'], by_what), group_name`,
  )

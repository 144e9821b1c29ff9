import type { LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'
import type { Store } from '#population'
import { givenPeople, givenRows } from './given-rows.ts'
import type { AreaKind } from './rurality.ts'

/** Somebody judged for a programme, and what came after. */
export type JudgedAndAfter = {
  readonly pseudonym: string
  readonly wasAccepted: boolean
  /** Said yes: was active with us in the programme. */
  readonly hasAgreed: boolean
  /** At least 90 days ago, so that staying can be told. */
  readonly agreedLongAgo: boolean
  /** Was active with us for 90 days. */
  readonly hasStayed: boolean
}

/** Of one run and one group, how many were considered, found by the list, judged and accepted, and of these what came after. */
export type GroupCount = {
  readonly by: string
  readonly group: string
  readonly considered: number
  readonly found: number
  readonly judged: number
  readonly accepted: number
  /** Of those accepted; a run of an earlier version counted none of the three. */
  readonly agreed: number | null
  readonly agreedLongAgo: number | null
  readonly stayed: number | null
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
 * @param found those the list has. @param judged those ever judged for the programme, whether accepted, and what came after.
 * @param areas which areas are rural; with none, nobody is counted by it.
 */
export async function countGroups(
  store: Store,
  indexOn: LondonDate,
  found: readonly string[],
  judged: readonly JudgedAndAfter[],
  areas: readonly AreaKind[] = [],
): Promise<readonly GroupCount[]> {
  const stages: Readonly<Record<string, (one: JudgedAndAfter) => boolean>> = {
    judged: () => true,
    accepted: ({ wasAccepted }) => wasAccepted,
    agreed: ({ wasAccepted, hasAgreed }) => wasAccepted && hasAgreed,
    agreedLongAgo: ({ wasAccepted, agreedLongAgo }) => wasAccepted && agreedLongAgo,
    stayed: ({ wasAccepted, hasStayed }) => wasAccepted && hasStayed,
  }
  const given = givenRows(judged, {
    pseudonym: ({ pseudonym }) => pseudonym,
    ...Object.fromEntries(Object.entries(stages).map(([stage, is]) => [`"${stage}"`, is])),
  })
  await store.run(`create or replace temp table staged as
    select pseudonym, bool_or(found) as found, ${Object.keys(stages)
      .map((stage) => `bool_or("${stage}") as "${stage}"`)
      .join(', ')}
    from (
      select pseudonym, true as found, ${Object.keys(stages)
        .map((stage) => `false as "${stage}"`)
        .join(', ')} from ${givenPeople(found)}
      union all select pseudonym, false, ${Object.keys(stages)
        .map((stage) => `"${stage}"::boolean`)
        .join(', ')} from ${given})
    group by pseudonym`)
  const counts = ['found', ...Object.keys(stages)]
    .map((stage) => `count(*) filter (s."${stage}")::int as "${stage}"`)
    .join(', ')
  await store.run(`create or replace temp table area_kind as select area, any_value(kind) as kind
    from ${givenRows(areas, { area: ({ area }) => area, kind: ({ kind }) => kind })} group by area`)
  const rurality = [
    'Rurality',
    `coalesce((select a.kind from area_kind a where a.area = upper(p.lsoa)), 'Rurality not known')`,
  ] as const
  const rows = [...cuts(indexOn), ...(areas.length > 0 ? [rurality] : [])].map(
    ([by, name]) => `select '${by}' "by", ${name} "group", count(*)::int considered, ${counts}
     from counted c join people p using (person) left join staged s on s.pseudonym = c.pseudonym group by all`,
  )
  return await store.rows(`${rows.join(' union all ')} order by 1, 2`)
}

/** Who was judged for a programme and how, and what came after, by pseudonym, for the ranking alone. */
export const judgedAndAfter = (db: Db, programmeId: string): Promise<readonly JudgedAndAfter[]> =>
  many(
    db,
    sql`select pseudonym, was_accepted as "wasAccepted", has_agreed as "hasAgreed", agreed_long_ago as "agreedLongAgo",
          has_stayed as "hasStayed" from case_finding.judged_and_after(${programmeId})`,
  )

/** Keeps the counts of a run. */
export async function addGroups(db: Db, runId: string, groups: readonly GroupCount[]): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.run_group (run_id, by_what, group_name, considered, found, judged, accepted,
          agreed, agreed_long_ago, stayed)
        select ${runId}::uuid, g."by", g."group", g.considered, g.found, g.judged, g.accepted, g.agreed,
          g."agreedLongAgo", g.stayed
        from jsonb_to_recordset(${JSON.stringify(groups)}) as g
          ("by" text, "group" text, considered integer, found integer, judged integer, accepted integer,
           agreed integer, "agreedLongAgo" integer, stayed integer)`,
  )
}

/** The counts of a run by group, in the order the page has them. */
export const groupsOf = (db: Db, runId: string): Promise<readonly GroupCount[]> =>
  many(
    db,
    sql`select by_what as "by", group_name as "group", considered, found, judged, accepted,
          agreed, agreed_long_ago as "agreedLongAgo", stayed
        from case_finding.run_group where run_id = ${runId}
        order by array_position(array['Age', 'Sex', 'Ethnicity', 'Deprivation', 'Rurality', 'Practice'], by_what), group_name`,
  )

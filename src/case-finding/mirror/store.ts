import type { LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'
import type { Store } from '#population'
import { givenPeople } from '../given-rows.ts'
import { cuts, quoted } from '../group-store.ts'
import { isMissed, shortBy } from './rules.ts'
import type { Mirror, Mirrored, MirrorGroup } from './types.ts'

/** Groups a mirror is held up to. Not age: need goes with it, so it is part of being alike. */
const mirrored = new Set(['Sex', 'Ethnicity', 'Deprivation', 'Practice'])

/**
 * Holds a mirror up to a list: which groups are served less than people with records like theirs, and who of them comes
 * first among those the list did not reach, as many as the group is short by. The table `counted` must be there.
 *
 * Alike is: the same band of emergency admissions, of A&E visits, of conditions and of age. Not the number of a model in
 * use: nearly all who are served stand in its highest tenth, which parts them less than these bands do; and a number that
 * is too low for a group would hide the very people it passes over.
 *
 * @param served those with us or accepted. @param passedOver those not to be in it: listed, judged or objecting.
 */
export async function mirrorOf(
  store: Store,
  indexOn: LondonDate,
  served: readonly string[],
  passedOver: readonly string[],
): Promise<Mirror> {
  const axes = cuts(indexOn).filter(([by]) => mirrored.has(by))
  const ageSql = `datesub('year', make_date(birth_year, coalesce(birth_quarter, 2) * 3 - 1, 15), date '${indexOn}')`
  // Who is alike is counted by band and joined: a window over half a million people of one band takes half a minute.
  await store.run(`create or replace temp table mirrored as
    with known as materialized (
      select c.pseudonym, c.rank, c.practice_code, c.admissions, c.visits, len(c.groups) as conditions, ${axes.map(([by, name]) => `${name} as "${by}"`).join(', ')}, c.pseudonym in ${givenPeople(served)} as is_served,
        least(c.admissions, 3) as a, case when c.visits > 2 then 2 when c.visits > 0 then 1 else 0 end as v,
        case when len(c.groups) > 3 then 2 when len(c.groups) > 1 then 1 else 0 end as g,
        case when ${ageSql} < 65 then 0 when ${ageSql} < 80 then 1 else 2 end as age
      from counted c join people p using (person))
    select * from known join (
      select a, v, g, age, count(*) as alike, count(*) filter (is_served) as alike_served from known group by all)
      using (a, v, g, age)`)
  const groups = await store.rows<MirrorGroup>(
    axes
      .map(
        ([by]) => `select '${by}' "by", "group", sum(people)::int considered, sum(served)::int served,
          sum(people * alike_served / alike order by a, v, g, age)::double expected
          from (select "${by}" "group", a, v, g, age, alike, alike_served, count(*) as people,
            count(*) filter (is_served) as served from mirrored group by all) group by "group"`,
      )
      .join(' union all ')
      .concat(' order by 1, 2'),
  )
  const judged = groups.map((group) => ({ ...group, isMissed: isMissed(group) }))
  return { groups: judged, people: await firstMissed(store, judged, passedOver) }
}

async function firstMissed(
  store: Store,
  groups: Mirror['groups'],
  passedOver: readonly string[],
): Promise<readonly Mirrored[]> {
  const missed = groups.filter((group) => group.isMissed)
  if (missed.length === 0) return []
  await store.run(`create or replace temp table passed_over as select * from ${givenPeople(passedOver)}`)
  const parts = missed.map(
    (group) => `(select pseudonym, ${quoted(group.group)} as missed from mirrored
      where "${group.by}" = ${quoted(group.group)} and not is_served and alike_served > 0
        and pseudonym not in (select pseudonym from passed_over)
      order by alike_served / alike desc, rank limit ${shortBy(group)})`,
  )
  return await store.rows(`
    with found as (select pseudonym, list_sort(list(missed)) as groups from (${parts.join(' union all ')}) group by pseudonym)
    select row_number() over (order by m.alike_served / m.alike desc, m.rank)::int as place, m.pseudonym,
      m.practice_code as "practiceCode", f.groups, m.admissions::int as "emergencyAdmissions", m.visits::int as "aeVisits",
      m.conditions::int as conditions, m.alike::int as alike, m.alike_served::int as "alikeServed"
    from found f join mirrored m using (pseudonym) order by place`)
}

/** Keeps the mirror of a run. */
export async function addMirror(db: Db, runId: string, mirror: Mirror): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.mirror_group (run_id, by_what, group_name, considered, served, expected, is_missed)
        select ${runId}::uuid, g."by", g."group", g.considered, g.served, g.expected, g."isMissed"
        from jsonb_to_recordset(${JSON.stringify(mirror.groups)}) as g ("by" text, "group" text, considered integer,
          served integer, expected double precision, "isMissed" boolean)`,
  )
  await run(
    db,
    sql`insert into case_finding.mirror (run_id, place, pseudonym, practice_code, groups, emergency_admissions, ae_visits,
          conditions, alike, alike_served)
        select ${runId}::uuid, p.place, p.pseudonym::uuid, p."practiceCode", p.groups, p."emergencyAdmissions",
          p."aeVisits", p.conditions, p.alike, p."alikeServed"
        from jsonb_to_recordset(${JSON.stringify(mirror.people)}) as p (place integer, pseudonym text, "practiceCode" text,
          groups text[], "emergencyAdmissions" integer, "aeVisits" integer, conditions integer, alike integer,
          "alikeServed" integer)`,
  )
}

/** The groups a run misses. */
export const missedGroups = (db: Db, runId: string): Promise<readonly MirrorGroup[]> =>
  many(
    db,
    sql`select by_what as "by", group_name as "group", considered, served, expected from case_finding.mirror_group
        where run_id = ${runId} and is_missed order by expected - served desc, by_what, group_name`,
  )

/** Whether a mirror was held up to a run at all: runs of earlier versions had none. */
export async function hasMirror(db: Db, runId: string): Promise<boolean> {
  const rows = await many(db, sql`select 1 from case_finding.mirror_group where run_id = ${runId} limit 1`)
  return rows.length > 0
}

/** A practice's part of a run's mirror, by pseudonym. */
export const mirroredAt = (db: Db, runId: string, practiceCode: string): Promise<readonly Mirrored[]> =>
  many(
    db,
    sql`select place, replace(pseudonym::text, '-', '') as pseudonym, practice_code as "practiceCode", groups,
          emergency_admissions as "emergencyAdmissions", ae_visits as "aeVisits", conditions, alike,
          alike_served as "alikeServed"
        from case_finding.mirror where run_id = ${runId} and practice_code = ${practiceCode} order by place`,
  )

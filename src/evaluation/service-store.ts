import { newId } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import type { Store } from '#population'
import { quoted } from './duck.ts'
import type { AsDesigned, ReachLine, UnitCost } from './service-types.ts'

/** The newest price of each item that somebody entered. */
export const unitCosts = (db: Db): Promise<readonly UnitCost[]> =>
  many(
    db,
    sql`select distinct on (item) item, pounds::float as pounds, price_year as "priceYear", source
        from evaluation.unit_cost order by item, n desc`,
  )

/** What was reckoned with on the last night: with what came with the records, which pages cannot read themselves. */
export async function lastUnitCosts(db: Db): Promise<readonly UnitCost[]> {
  const last = await one<{ unitCosts: readonly UnitCost[] }>(
    db,
    sql`select service -> 'unitCosts' as "unitCosts" from evaluation.result where service is not null
        order by ran_at desc limit 1`,
  )
  return last?.unitCosts ?? []
}

export async function saveUnitCost(
  db: Db,
  cost: UnitCost & { readonly setBy: string; readonly setAt: Date },
): Promise<void> {
  await run(
    db,
    sql`insert into evaluation.unit_cost (id, item, pounds, price_year, source, set_by, set_at)
        values (${newId()}, ${cost.item}, ${cost.pounds}, ${cost.priceYear}, ${cost.source}, ${cost.setBy},
                ${cost.setAt})`,
  )
}

/** How many contacts each programme has logged, and how many minutes: for the program alone. */
export const timeLogged = (
  db: Db,
): Promise<
  readonly {
    readonly programmeId: string
    readonly contacts: number
    readonly timed: number
    readonly minutes: number
  }[]
> =>
  many(db, sql`select programme_id as "programmeId", contacts, timed, minutes from evaluation.time_logged()`)

/** How each programme's work stands beside its own template on a day: for the program alone. */
export const runAsDesigned = (
  db: Db,
  on: LondonDate,
): Promise<readonly (AsDesigned & { readonly programmeId: string })[]> =>
  many(
    db,
    sql`select programme_id as "programmeId", with_us as "withUs", in_touch as "inTouch", due_plan as "duePlan",
          with_plan as "withPlan", holders, over_limit as "overLimit", held_limit as "heldLimit"
        from evaluation.run_as_designed(${on})`,
  )

/**
 * Of everybody who had 2 or more emergency admissions in the year before a day, or joined, how many joined: in all and
 * by group.
 */
export async function readReach(
  store: Store,
  programmeId: string,
  fromAge: number,
  on: LondonDate,
): Promise<readonly ReachLine[]> {
  await store.run(`create or replace temp table reach as
    with busy as (select person, count(*) as n from emergency
      where day < ${quoted(on)}::date and day >= ${quoted(on)}::date - 365 group by person),
    helped as (select person, on_day from joined where programme = ${quoted(programmeId)} and on_day <= ${quoted(on)}::date)
    select p.imd_decile, p.sex, p.lives_alone, p.ethnicity_group,
      lived_in_care_home(p.person, coalesce(h.on_day, ${quoted(on)}::date)) as in_care_home, h.person is not null as is_helped,
      floor(date_diff('day', make_date(p.birth_year, p.birth_quarter * 3 - 1, 15), ${quoted(on)}::date) / 365.25) as age
    from people p left join busy b using (person) left join helped h using (person)
    where h.person is not null or (coalesce(b.n, 0) >= 2 and (p.until_on is null or p.until_on > ${quoted(on)}::date))`)
  const lines: ReachLine[] = []
  for (const { of, group } of groups)
    lines.push(
      ...(
        await store.rows<{ group: string; inNeed: number; joined: number }>(
          `select ${group} as "group", count(*)::int as "inNeed", (count(*) filter (where is_helped))::int as joined
         from reach where is_helped or age >= ${fromAge} group by 1 order by 1`,
        )
      ).map((row) => ({ of, ...row })),
    )
  return lines
}

const groups = [
  { of: 'Everybody', group: "'Everybody'" },
  {
    of: 'Deprivation',
    group: `case when imd_decile is null then 'Not known' when imd_decile <= 2 then 'Fifth 1, most deprived'
      when imd_decile <= 4 then 'Fifth 2' when imd_decile <= 6 then 'Fifth 3' when imd_decile <= 8 then 'Fifth 4' else 'Fifth 5, least deprived' end`,
  },
  {
    of: 'Ethnic group',
    group: `case ethnicity_group when 'asian' then 'Asian or Asian British'
      when 'black' then 'Black, Black British, Caribbean or African' when 'mixed' then 'Mixed or multiple' when 'white' then 'White'
      when 'other' then 'Other' else 'Not known' end`,
  },
  { of: 'Sex', group: "case sex when 'female' then 'Women' when 'male' then 'Men' else 'Not known' end" },
  {
    of: 'Age',
    group:
      "case when age >= 85 then '85 and over' when age >= 75 then '75 to 84' when age >= 65 then '65 to 74' else 'Under 65' end",
  },
  {
    of: 'Living alone, when the records were loaded',
    group: "case when lives_alone then 'Live alone' else 'Live with others, or not known' end",
  },
  // On the day they joined, or at the end of the records.
  {
    of: 'Care home',
    group:
      "case when in_care_home is null then 'Not known' when in_care_home then 'In a care home' else 'Not in a care home' end",
  },
] as const

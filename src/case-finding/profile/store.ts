import { addDays, type LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'
import type { Store } from '#population'
import { pricesOf, tiersOf } from './rules.ts'
import type { TierUse, Used } from './types.ts'

/**
 * Counts what each tier used in the 365 days before the list's day. The table `counted` must be there: countEverybody makes it.
 *
 * @param ordered everybody of the first two tiers by a model's risk, the highest first; none where the rule's rank holds.
 */
export async function profileOf(
  store: Store,
  indexOn: LondonDate,
  targetPercent: number,
  ordered?: (howMany: number) => readonly string[],
): Promise<readonly TierUse[]> {
  const [{ people: all } = { people: 0 }] = await store.rows<{ people: number }>(
    'select count(*)::int as people from counted',
  )
  const tiers = tiersOf(targetPercent).map((one, at) => ({
    ...one,
    place: at + 1,
    upTo: Math.ceil((all * one.toPercent) / 100),
  }))
  const [first, second] = [tiers[0]?.upTo ?? 0, tiers[1]?.upTo ?? 0]
  const names = ordered?.(second)
  // One text split, not thousands of literals: a list of 200,000 is read in a second that way.
  const ranked = names
    ? `select c.person, coalesce(o.place, ${all}) as rank from counted c left join (
        select unnest(string_split('${names.join(',')}', ',')) as pseudonym, unnest(range(1, ${names.length + 1})) as place) o
        using (pseudonym)`
    : 'select person, rank from counted'
  await store.run(`create or replace temp table tiered as
    select person, case when rank <= ${first} then 1 when rank <= ${second} then 2 else 3 end as place from (${ranked})`)
  const sums = await usedBy(store, indexOn)
  const people = await store.rows<{ place: number; people: number }>(
    'select place::int as place, count(*)::int as people from tiered group by place',
  )
  const prices = pricesOf(await store.costs())
  return tiers.map(({ place, tier }) => ({
    place,
    tier,
    people: people.find((one) => one.place === place)?.people ?? 0,
    used: sums.get(place) ?? {},
    prices,
  }))
}

async function usedBy(store: Store, indexOn: LondonDate): Promise<ReadonlyMap<number, Used>> {
  const [from, to] = [`date '${addDays(indexOn, -365)}'`, `date '${indexOn}'`]
  const within = (day: string) => `${day}::date >= ${from} and ${day}::date < ${to}`
  const night = `greatest(0, date_diff('day', greatest(admitted_on::date, ${from}), least(coalesce(discharged_on::date, ${to}), ${to})))`
  const parts = [
    ...(store.has('inpatient')
      ? [
          `select place, count(*) filter (method like '2%' and ${within('admitted_on')}) as "emergencyAdmissions",
             sum(nights) filter (method like '2%') as "emergencyNights",
             count(*) filter (method in ('11', '12', '13') and admitted_on::date = discharged_on::date and ${within('admitted_on')}) as "dayCases"
           from (select person, admitted_on, discharged_on, admission_method as method, ${night} as nights from inpatient
             where admitted_on::date < ${to}) join tiered using (person) group by place`,
        ]
      : []),
    ...(store.has('emergency_department')
      ? [
          `select place, count(*) as "aeVisits" from emergency_department join tiered using (person) where ${within('arrived_at')} group by place`,
        ]
      : []),
    ...(store.has('gp_contacts')
      ? [
          `select place, count(*) as "gpContacts" from gp_contacts join tiered using (person) where ${within('"date"')} group by place`,
        ]
      : []),
    ...(store.has('outpatient')
      ? [
          `select place, count(*) as "outpatient" from outpatient join tiered using (person) where attended and ${within('"date"')} group by place`,
        ]
      : []),
    ...(store.has('prescriptions')
      ? [
          `select place, sum(kinds) as "medicines", sum(n) as "items" from (
             select person, count(distinct code) as kinds, count(*) as n from prescriptions where ${within('issued_on')} group by person)
           join tiered using (person) group by place`,
        ]
      : []),
  ]
  const found = new Map<number, Record<string, number>>([1, 2, 3].map((place) => [place, {}]))
  for (const part of parts) {
    const rows = await store.rows<Record<string, number | bigint | null>>(part)
    for (const { place, ...counts } of rows)
      Object.assign(
        found.get(Number(place)) ?? {},
        Object.fromEntries(Object.entries(counts).map(([use, count]) => [use, Number(count ?? 0)])),
      )
  }
  return found
}

/** Keeps the profile of a run. */
export async function addProfile(db: Db, runId: string, tiers: readonly TierUse[]): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.run_profile (run_id, place, tier, people, used, prices)
        select ${runId}::uuid, t.place, t.tier, t.people, t.used, t.prices
        from jsonb_to_recordset(${JSON.stringify(tiers)}) as t
          (place integer, tier text, people integer, used jsonb, prices jsonb)`,
  )
}

/** The profile of a run, the first tier first. */
export const profileIn = (db: Db, runId: string): Promise<readonly TierUse[]> =>
  many(
    db,
    sql`select place, tier, people, used, prices from case_finding.run_profile where run_id = ${runId} order by place`,
  )

/** A practice's people of a run, and its weighted list where the load gave one. */
export type PracticePlaces = {
  readonly name: string
  readonly considered: number
  readonly found: number
  readonly weightedListSize: number | null
}

export const placesByPractice = (db: Db, runId: string): Promise<readonly PracticePlaces[]> =>
  many(
    db,
    sql`select coalesce(o.name, p.practice_code) as name, p.considered, p.listed + p.with_us + p.objected as found,
          o.weighted_list_size as "weightedListSize"
        from case_finding.run_practice p left join organisations.organisation o on o.code = p.practice_code
        where p.run_id = ${runId} order by 1`,
  )

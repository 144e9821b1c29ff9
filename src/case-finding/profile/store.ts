import { addDays, type LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'
import type { Store } from '#population'
import { pricesOf, tiersOf } from './rules.ts'
import type { TierUse, Use, Used } from './types.ts'

/**
 * Counts what each tier used in the 365 days before the list's day. The tables `counted` and `used` must be there: countEverybody
 * and layUse make them.
 *
 * @param ordered everybody of the first two tiers by a model's risk, the highest first; none where the rule's rank holds.
 */
export async function profileOf(
  store: Store,
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
  const sums = await usedBy(store)
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

/**
 * Lays out what everybody counted used in the 365 days before the list's day, once for all lists of them, as the table `used`: null
 * where somebody has no row of a source, and no column where it is not linked.
 */
export async function layUse(store: Store, indexOn: LondonDate): Promise<void> {
  const parts = usesIn(store, indexOn)
  await store.run(`create or replace temp table used as select c.person, ${['1 as n', ...parts.map((_, at) => `u${at}.* exclude (person)`)].join(', ')}
    from counted c ${parts.map((part, at) => `left join (${part} group by person) u${at} on u${at}.person = c.person`).join(' ')}`)
}

function usesIn(store: Store, indexOn: LondonDate): readonly string[] {
  const [from, to] = [`date '${addDays(indexOn, -365)}'`, `date '${indexOn}'`]
  const within = (day: string) => `${day}::date >= ${from} and ${day}::date < ${to}`
  const night = `greatest(0, date_diff('day', greatest(admitted_on::date, ${from}), least(coalesce(discharged_on::date, ${to}), ${to})))`
  const count = (file: 'emergency_department' | 'gp_contacts' | 'outpatient', use: Use, where: string) =>
    store.has(file) ? [`select person, count(*)::uinteger as "${use}" from ${file} where ${where}`] : []
  return [
    ...(store.has('inpatient')
      ? [
          `select person, count(*) filter (method like '2%' and ${within('admitted_on')})::uinteger as "emergencyAdmissions",
             coalesce(sum(nights) filter (method like '2%'), 0)::uinteger as "emergencyNights",
             count(*) filter (method in ('11', '12', '13') and admitted_on::date = discharged_on::date and ${within('admitted_on')})::uinteger as "dayCases"
           from (select person, admitted_on, discharged_on, admission_method as method, ${night} as nights from inpatient
             where admitted_on::date < ${to})`,
        ]
      : []),
    ...count('emergency_department', 'aeVisits', within('arrived_at')),
    ...count('gp_contacts', 'gpContacts', within('"date"')),
    ...count('outpatient', 'outpatient', `attended and ${within('"date"')}`),
    ...(store.has('prescriptions')
      ? [
          `select person, count(distinct code)::uinteger as "medicines", count(*)::uinteger as "items"
           from prescriptions where ${within('issued_on')}`,
        ]
      : []),
  ]
}

async function usedBy(store: Store): Promise<ReadonlyMap<number, Used>> {
  const rows = await store.rows<Record<string, number | null>>(
    'select place::int as place, sum(columns(u.* exclude (person)))::double from tiered t join used u using (person) group by place',
  )
  const found = new Map<number, Used>([1, 2, 3].map((place) => [place, {}]))
  for (const { place, n, ...sums } of rows)
    found.set(
      Number(place),
      Object.fromEntries(Object.entries(sums).flatMap(([use, sum]) => (sum === null ? [] : [[use, sum]]))),
    )
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

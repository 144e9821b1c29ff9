import type { LondonDate } from '#calendar'
import type { Store, StoreFile } from '#population'
import { type OutcomeMeasure, outcomeMeasures } from './outcome-measures.data.ts'
import type { OutcomeKey, Stay } from './types.ts'

/** A word as the population store's SQL takes it: pseudonyms, days and ids only ever hold these characters. */
function quoted(word: string): string {
  if (!/^[0-9A-Za-z-]*$/.test(word))
    throw new Error('reflection: a pseudonym, day or id holds a character it cannot')
  return `'${word}'`
}

/** The columns read of each source that may not be linked: without it they are empty. */
const columnsRead: readonly (readonly [StoreFile, string])[] = [
  [
    'inpatient',
    'person uinteger, admitted_on date, discharged_on date, admission_method varchar, primary_diagnosis varchar',
  ],
  ['emergency_department', 'person uinteger, arrived_at date'],
  ['outpatient', 'person uinteger, "date" date, attended boolean'],
  ['gp_contacts', 'person uinteger, "date" date'],
  ['conditions', 'person uinteger, recorded_on date, resolved_on date, code varchar'],
]

/** Makes a population store ready to be counted: who was whose is put beside it. Nothing is written to its files. */
export async function readyStore(store: Store, stays: readonly Stay[]): Promise<void> {
  for (const [file, columns] of columnsRead)
    if (!store.has(file)) await store.run(`create table ${file} (${columns})`)
  // METHOD OF ADMISSION 21 to 2D is an emergency.
  await store.run(`create table emergency as select person, admitted_on as day, discharged_on, primary_diagnosis
    from inpatient where admission_method like '2%'`)
  await store.run(`create table visit as select person, arrived_at::date as day from emergency_department`)
  await store.run(`create table given (pseudonym varchar, episode varchar, programme varchar, team varchar, owner varchar,
    is_latest boolean, opened_on date, from_on date, until_on date)`)
  for (let at = 0; at < stays.length; at += 2000) {
    const rows = stays.slice(at, at + 2000).map(
      (one) =>
        `(${[one.person, one.episodeId, one.programmeId, one.teamId, one.ownerId].map(quoted).join(', ')},
            ${one.isLatest}, ${quoted(one.openedOn)}, ${quoted(one.fromOn)}, ${one.untilOn ? quoted(one.untilOn) : 'null'})`,
    )
    await store.run(`insert into given values ${rows.join(', ')}`)
  }
  // Somebody in two programmes of one team is in its care once.
  await store.run(`create table stay as
    select g.*, p.person, p.practice_code, least(coalesce(g.until_on, p.until_on), coalesce(p.until_on, g.until_on)) as end_on
    from given g join people p using (pseudonym)`)
}

/** One place's events in one month. `place` is a team's id or a practice's code. */
export type Counted = {
  readonly place: string
  readonly month: LondonDate
  readonly measure: 'admissions' | 'attendances' | 'nights'
  readonly events: number
  /** Person-months in care, for the place. */
  readonly of: number
}

const daysAMonth = 30.4375

/** A day of each person in the care of each place: what months, events and time are counted from. */
const careDays = (place: 'team' | 'practice_code', to: LondonDate) => `
  select distinct ${place} as place, person, unnest(generate_series(from_on,
    least(coalesce(end_on, ${quoted(to)}::date + 1), ${quoted(to)}::date + 1) - 1, interval 1 day))::date as day
  from stay where from_on <= ${quoted(to)}`

/** Hospital use of people in care by place and whole month, with the time they were in care. */
export async function monthsInCare(
  store: Store,
  place: 'team' | 'practice_code',
  to: LondonDate,
): Promise<readonly Counted[]> {
  await store.run(`create or replace temp table care_day as ${careDays(place, to)}`)
  return store.rows<Counted>(`
    with time as (select place, date_trunc('month', day)::date as month, count(*) / ${daysAMonth} as size
        from care_day group by all),
      event as (
        select c.place, c.day, 'admissions' as measure, 1 as n from care_day c join emergency e using (person, day)
        union all select c.place, c.day, 'attendances', 1 from care_day c join visit v using (person, day)
        union all select c.place, c.day, 'nights', greatest(0, date_diff('day', e.day, coalesce(e.discharged_on, e.day)))
          from care_day c join emergency e using (person, day)),
      counted as (select place, date_trunc('month', day)::date as month, measure, sum(n) as events from event group by all)
    select t.place, t.month::varchar as month, m.measure, coalesce(c.events, 0)::double as events, t.size::double as "of"
    from time t cross join (select unnest(['admissions', 'attendances', 'nights']) as measure) m
    left join counted c using (place, month, measure)
    where t.month + interval 1 month <= ${quoted(to)}::date + 1 order by t.place, m.measure, t.month`)
}

/** How many days lay between one emergency admission for an injury and the next, by place, in order. */
export function daysBetweenInjuries(
  store: Store,
): Promise<readonly { readonly place: string; readonly month: LondonDate; readonly days: number }[]> {
  return store.rows(`
    with hurt as (select distinct c.place, c.day, c.person from care_day c join emergency e using (person, day)
        where regexp_matches(e.primary_diagnosis, '^(S|T0|T1[0-4])')),
      gaps as (select place, day, person, date_diff('day', lag(day) over w, day) as days from hurt
        window w as (partition by place order by day, person))
    select place, date_trunc('month', day)::date::varchar as month, days::double as days from gaps where days is not null
    order by place, day, person`)
}

/** One person who joined a programme: who they are, and what was counted before and after. */
export type Followed = {
  readonly episode: string
  readonly practice: string
  /** 1 is the most deprived tenth; null where it is not known. */
  readonly deprivation: number | null
  readonly ethnicity: string
  readonly sex: string
  readonly age: number
  readonly livesAlone: boolean | null
  /** On the day they joined; null where the records do not say. */
  readonly careHome: boolean | null
  readonly isCarer: boolean
  readonly owner: string
  readonly team: string
  readonly programme: string
  readonly openedOn: LondonDate
  readonly years: number
  readonly died: number
} & { readonly [Count in `${OutcomeKey}Before` | `${OutcomeKey}After`]: number }

/**
 * Everybody who joined at least 90 days before the end of the records and was known for a year before: counts of the
 * year before joining, and of up to a year after, to death, leaving or the end of the records. Leaving early removes nobody.
 */
export function followedPeople(store: Store, to: LondonDate): Promise<readonly Followed[]> {
  const count = ({ key, days }: OutcomeMeasure) => `
    (select count(*) from (${days}) x where x.person = j.person and x.day >= j.opened_on - 365 and x.day < j.opened_on)::int as "${key}Before",
    (select count(*) from (${days}) x where x.person = j.person and x.day > j.opened_on and x.day <= j.end_on)::int as "${key}After"`
  return store.rows<Followed>(`
    with j as (select s.person, s.owner, s.team, s.programme, s.episode, s.opened_on, p.died_month is not null as is_dead,
        p.until_on, p.practice_code, p.imd_decile, p.ethnicity_group, p.sex, p.lives_alone,
        lived_in_care_home(s.person, s.opened_on) as in_care_home,
        ${ageAt('s.opened_on')} as age,
        least(s.opened_on + 365, ${quoted(to)}::date, coalesce(p.until_on, ${quoted(to)}::date)) as end_on
      from stay s join people p using (person)
      where s.is_latest and s.opened_on <= ${quoted(to)}::date - 90 and p.registered_month <= s.opened_on - 365
        and (p.until_on is null or p.until_on > s.opened_on))
    select owner, team, programme, episode, opened_on::varchar as "openedOn", practice_code as practice,
      imd_decile::double as deprivation, ethnicity_group as ethnicity, sex, age::double as age, lives_alone as "livesAlone",
      in_care_home as "careHome", exists (select 1 from conditions c where c.person = j.person and c.code = 'carer'
        and c.recorded_on <= j.opened_on) as "isCarer",
      (date_diff('day', opened_on, end_on) / 365.25)::double as years, (is_dead and end_on = until_on)::int::double as died,
      ${outcomeMeasures.map(count).join(', ')}
    from j order by owner, team, programme, opened_on, person`)
}

/** How often something happened to each adult in the year before a day. */
export async function countsBefore(
  store: Store,
  { days }: OutcomeMeasure,
  before: LondonDate,
  fromAge: number,
): Promise<Float64Array> {
  const on = `${quoted(before)}::date`
  const rows = await store.rows<{ n: number }>(`
    select (select count(*) from (${days}) x where x.person = p.person and x.day >= ${on} - 365 and x.day < ${on})::int as n
    from people p where ${isHere(on)} and ${ageAt(on)} >= ${fromAge}`)
  return Float64Array.from(rows, ({ n }) => n)
}

/** Registered for a year and not gone on that day. */
const isHere = (day: string) =>
  `p.registered_month <= ${day} - 365 and (p.until_on is null or p.until_on > ${day})`

const ageAt = (day: string) =>
  `floor(date_diff('day', make_date(p.birth_year, p.birth_quarter * 3 - 1, 15), ${day}) / 365.25)`

/** People alike in all that is allowed for, put together: how long they were looked at and what they had. */
export type Cell = {
  readonly place: string
  readonly age: number
  readonly woman: number
  readonly deprivation: number
  readonly conditions: number
  /** On the first day looked at; 0 also where the records do not say. */
  readonly careHome: number
  /** Emergency admissions in the year before, 4 and more taken together. */
  readonly before: number
  readonly people: number
  readonly years: number
  readonly admissions: number
  readonly attendances: number
}

/** Adults on the year's first day, in cells by practice: what the expected counts are learned from. */
export const registeredCells = (store: Store, to: LondonDate): Promise<readonly Cell[]> =>
  cellsOf(
    store,
    `select p.practice_code as place, p.person, ${quoted(to)}::date - 364 as from_on,
       least(coalesce(p.until_on, ${quoted(to)}::date), ${quoted(to)}::date) as end_on
     from people p where ${isHere(`${quoted(to)}::date - 364`)} and ${ageAt(`${quoted(to)}::date - 364`)} >= 18`,
  )

/** People in care in the year, in cells by team or practice, as they were when their time in care in it began. */
export const careCells = (
  store: Store,
  place: 'team' | 'practice_code',
  to: LondonDate,
): Promise<readonly Cell[]> =>
  cellsOf(
    store,
    `select ${place} as place, person, greatest(min(from_on), ${quoted(to)}::date - 364) as from_on,
       least(max(coalesce(end_on, ${quoted(to)}::date + 1)) - 1, ${quoted(to)}::date) as end_on
     from stay group by ${place}, person
     having max(coalesce(end_on, ${quoted(to)}::date + 1)) > ${quoted(to)}::date - 364 and min(from_on) <= ${quoted(to)}`,
  )

function cellsOf(store: Store, rows: string): Promise<readonly Cell[]> {
  const during = (table: string) =>
    `(select count(*) from ${table} x where x.person = r.person and x.day >= r.from_on and x.day <= r.end_on)`
  const age = ageAt('r.from_on')
  return store.rows<Cell>(`
    with r as (${rows}), one as (
      select r.place, (${[40, 65, 75, 85].map((edge) => `(${age} >= ${edge})::int`).join(' + ')}) as age,
        (p.sex = 'female')::int as woman, coalesce(p.imd_decile, 5.5) as deprivation,
        least(6, (select count(distinct c.code) from conditions c where c.person = r.person and c.recorded_on < r.from_on
          and (c.resolved_on is null or c.resolved_on >= r.from_on))) as conditions,
        coalesce(lived_in_care_home(r.person, r.from_on), false)::int as "careHome",
        least(4, (select count(*) from emergency e where e.person = r.person and e.day < r.from_on
          and e.day >= r.from_on - 365)) as before,
        (date_diff('day', r.from_on, r.end_on) + 1) / 365.25 as years,
        ${during('emergency')} as admissions, ${during('visit')} as attendances
      from r join people p using (person) where r.end_on >= r.from_on)
    select place, age::double as age, woman::double as woman, deprivation::double as deprivation,
      conditions::double as conditions, "careHome"::double as "careHome", before::double as before,
      count(*)::double as people, sum(years)::double as years, sum(admissions)::double as admissions,
      sum(attendances)::double as attendances
    from one group by all order by all`)
}

import type { LondonDate } from '#calendar'
import type { Store } from '#population'
import type { StudyRows } from './types.ts'

/** The age in whole years on a day of a row of `p`: the middle of the quarter stands for the birthday. */
export const ageAt = (day: string) =>
  `floor(date_diff('day', make_date(p.birth_year, p.birth_quarter * 3 - 1, 15), ${day}) / 365.25)`

/** 2 for whoever was on that day's list, 1 for whoever was not, 0 where there was no list yet; by the table `listed`. */
export const listedSql = (day: string, pseudonym: string) =>
  `case when not exists (select 1 from listed l where l.on_day = ${day}) then 0
    when exists (select 1 from listed l where l.on_day = ${day} and l.pseudonym = ${pseudonym}) then 2 else 1 end`

/** 1 for whoever lived in a care home by the day before; 0 also where nobody says: then it is no covariate (`known`). */
export const inCareHomeSql = (person: string, day: string) =>
  `coalesce(lived_in_care_home(${person}, ${day}), false)::int`

/**
 * Every covariate of rows of (person, pseudonym, on_day), all from before that day; but careHome, which is of the day of the load,
 * for studies locked while there was nothing else: they answer as they did.
 */
const knownSql = (rows: string, isOwn: boolean) => `
  with r as (select person, pseudonym, on_day from ${rows}),
  e as (${windowsSql('emergency', 'admissions')}),
  ${isOwn ? ownWindows() : ''}
  n as (select r.person, r.on_day, sum(greatest(date_diff('day', greatest(i.admitted_on, r.on_day - 365),
      least(coalesce(i.discharged_on, r.on_day), r.on_day)), 0)) as nights365
    from r join inpatient i on i.person = r.person and i.admitted_on < r.on_day
      and i.admitted_on >= r.on_day - 730 and coalesce(i.discharged_on, r.on_day) > r.on_day - 365 group by all),
  a as (${countSql('emergency_department', 'arrived_at', 'count(*) as attendances365')}),
  o as (${countSql('outpatient', 'date', 'count(*) filter (where attended) as outpatient365')}),
  g as (${countSql('gp_contacts', 'date', 'count(*) as gpContacts365')}),
  m as (${countSql('prescriptions', 'issued_on', 'count(distinct x.code) as medicines365')}),
  c as (select r.person, r.on_day, count(distinct x.code) as conditions from r join conditions x
    on x.person = r.person and x.recorded_on < r.on_day and (x.resolved_on is null or x.resolved_on >= r.on_day)
    group by all)
  select r.pseudonym, r.on_day::varchar as on_day, ${ageAt('r.on_day')}::double as age,
    (p.sex = 'female')::int::double as woman, coalesce(p.imd_decile, 5.5)::double as deprivation,
    coalesce(p.care_home, false)::int::double as careHome, ${inCareHomeSql('r.person', 'r.on_day')}::double as inCareHome,
    coalesce(p.lives_alone, false)::int::double as livesAlone,
    (p.ethnicity_group in ('asian', 'black', 'mixed', 'other'))::int::double as minorityEthnic,
    exists (select 1 from conditions k where k.person = r.person and k.code = 'carer' and k.recorded_on < r.on_day)::int::double
      as carer,
    (hash(p.practice_code) % 1000000000000)::double as practice,
    (${listedSql('r.on_day', 'r.pseudonym')})::double as listed,
    (p.practice_code in (select practice_code from reached))::int::double as reached,
    ${[...counted, ...(isOwn ? ownCounted : [])].map((name) => `coalesce(${name}, 0)::double as ${name}`).join(', ')}
  from r join people p using (person) ${['e', 'n', 'a', 'o', 'g', 'm', 'c', ...(isOwn ? ['q'] : [])].map((part) => `left join ${part} using (person, on_day)`).join(' ')}
  order by r.pseudonym, r.on_day`

const ownWindows = () => `q as (${windowsSql('asked_event', 'asked')}),`

const windowsSql = (events: string, name: string) => `
  select r.person, r.on_day, count(*) filter (where day >= r.on_day - 30) as ${name}30,
    count(*) filter (where day >= r.on_day - 90) as ${name}90,
    count(*) filter (where day >= r.on_day - 365) as ${name}365,
    count(*) filter (where day < r.on_day - 365) as ${name}730
  from r join ${events} e on e.person = r.person and day < r.on_day and day >= r.on_day - 730 group by all`

const countSql = (file: string, day: string, what: string) =>
  `select r.person, r.on_day, ${what} from r join ${file} x
   on x.person = r.person and x.${day} < r.on_day and x.${day} >= r.on_day - 365 group by all`

const counted = [
  'admissions30',
  'admissions90',
  'admissions365',
  'admissions730',
  'nights365',
  'attendances365',
  'outpatient365',
  'gpContacts365',
  'medicines365',
  'conditions',
]

// The same windows of what is asked, where that is something else.
const ownCounted = ['asked30', 'asked90', 'asked365', 'asked730']

// Told apart, and matched on only where a study says so: where it is not recorded, nobody knows.
const lookedAt = ['minorityEthnic', 'carer']

/**
 * The rows of a table of (person, pseudonym, on_day) with every covariate.
 *
 * @param isOwn what is asked is not emergency admissions: its own past, from `asked_event`, is read as well.
 */
export async function readRows(store: Store, table: string, isOwn = false): Promise<StudyRows> {
  const rows = await store.rows<Record<string, number> & { pseudonym: string; on_day: LondonDate }>(
    knownSql(table, isOwn),
  )
  const names = [
    ...counted,
    ...(isOwn ? ownCounted : []),
    'age',
    'woman',
    'deprivation',
    'careHome',
    'inCareHome',
    'livesAlone',
    ...lookedAt,
    'practice',
    'listed',
    'reached',
  ]
  return {
    persons: rows.map(({ pseudonym }) => pseudonym),
    indexOns: rows.map(({ on_day }) => on_day),
    values: Object.fromEntries(names.map((name) => [name, Float64Array.from(rows, (row) => row[name] ?? 0)])),
  }
}

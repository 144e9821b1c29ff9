import { addDays, type LondonDate } from '#calendar'
import type { Store } from '#population'
import { conditionGroups } from './condition-groups.data.ts'
import { givenPeople, givenRows } from './given-rows.ts'

/** Somebody counted, in rank order. */
export type Counted = {
  readonly rank: number
  readonly pseudonym: string
  readonly practiceCode: string
  readonly emergencyAdmissions: number
  readonly aeVisits: number
  readonly conditions: readonly string[]
  readonly lastAdmissionOn: LondonDate | null
  readonly isCareHome: boolean | null
  readonly livesAlone: boolean | null
}

const lookBackDays = 365
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * Counts everybody registered and of age on the list's day into the table `counted`, ranked by the day-one rule:
 * emergency admissions of the 365 days before, then all A&E attendances of those days (also of those admitted), then
 * how many of the 37 condition groups are recorded, then pseudonym. Every window is half open: nothing of the list's
 * day itself or later is seen.
 *
 * @returns how many were counted.
 * @source Design risk 5.5. Emergency admission methods 21 to 28 and 2A to 2D: NHS data dictionary, ADMISSION METHOD.
 */
export async function countEverybody(
  store: Store,
  list: { readonly indexOn: LondonDate; readonly fromAge: number },
): Promise<number> {
  const from = addDays(list.indexOn, -lookBackDays)
  const within = (day: string) => `${day}::date >= date '${from}' and ${day}::date < date '${list.indexOn}'`
  const events = (file: 'inpatient' | 'emergency_department', select: string, where: string) =>
    store.has(file)
      ? `select person, ${select} from ${file} where ${where} group by person`
      : `select null::uinteger as person, null as n, null as last_on where false`
  await store.run(`create or replace temp table counted as
    with adult as (
      select person, pseudonym, practice_code, care_home, lives_alone from people
      where practice_code is not null and (until_on is null or until_on >= date '${list.indexOn}')
        and ${ageSql(list.indexOn)} >= ${list.fromAge}),
    admitted as (${events('inpatient', 'count(*) as n, max(admitted_on::date) as last_on', `admission_method like '2%' and ${within('admitted_on')}`)}),
    attended as (${events('emergency_department', 'count(*) as n, null as last_on', within('arrived_at'))}),
    recorded as (${recordedSql(store, list.indexOn)})
    select adult.person, row_number() over (order by coalesce(admitted.n, 0) desc, coalesce(attended.n, 0) desc,
          coalesce(len(recorded.groups), 0) desc, adult.pseudonym) as rank,
      adult.pseudonym, adult.practice_code, coalesce(admitted.n, 0) as admissions, coalesce(attended.n, 0) as visits,
      coalesce(recorded.groups, []) as groups, admitted.last_on, adult.care_home, adult.lives_alone
    from adult left join admitted using (person) left join attended using (person) left join recorded using (person)`)
  const [row] = await store.rows<{ people: number }>('select count(*)::int as people from counted')
  return row?.people ?? 0
}

// The quarter's middle stands for the birthday: the store does not know it better.
const ageSql = (on: LondonDate) =>
  `datesub('year', make_date(birth_year, coalesce(birth_quarter, 2) * 3 - 1, 15), date '${on}')`

function recordedSql(store: Store, indexOn: LondonDate): string {
  if (!store.has('conditions'))
    return 'select null::uinteger as person, null::varchar[] as groups where false'
  const codes = conditionGroups.flatMap(({ key, snomed, icd10 }) => [
    ...snomed.map((code) => `(${quoted(key)}, 'snomed', ${quoted(code)})`),
    ...icd10.map((code) => `(${quoted(key)}, 'icd10', ${quoted(code)})`),
  ])
  // Codes are matched once each, not once a row: there are a few hundred of them and millions of rows.
  return `select person, list_sort(list_distinct(list(key))) as groups
    from conditions c
    join (
      select distinct d.code_system, d.code, g.key
      from (select distinct code_system, code from conditions) d
      join (values ${codes.join(', ')}) g (key, code_system, code)
        on g.code_system = d.code_system
          and (d.code = g.code or (d.code_system = 'icd10' and starts_with(replace(d.code, '.', ''), g.code)))
    ) known on known.code_system = c.code_system and known.code = c.code
    where c.recorded_on::date < date '${indexOn}'
      and (c.resolved_on is null or c.resolved_on::date >= date '${indexOn}')
    group by person`
}

/** How many were counted, and the mean and variance of their yearly emergency admissions. */
export async function totals(store: Store): Promise<{
  readonly considered: number
  readonly mean: number
  readonly variance: number
}> {
  // Sums of whole numbers are the same however the rows are shared out among threads; a mean of means is not.
  const [row] = await store.rows<{ considered: number; sum: number; squares: number }>(
    `select count(*)::int as considered, coalesce(sum(admissions), 0)::double as sum,
       coalesce(sum(admissions * admissions), 0)::double as squares from counted`,
  )
  const { considered = 0, sum = 0, squares = 0 } = row ?? {}
  const mean = considered > 0 ? sum / considered : 0
  return { considered, mean, variance: considered > 1 ? (squares - sum * mean) / (considered - 1) : 0 }
}

/** How many were counted of each practice. */
export const consideredByPractice = (
  store: Store,
): Promise<readonly { readonly practiceCode: string; readonly considered: number }[]> =>
  store.rows(
    `select practice_code as "practiceCode", count(*)::int as considered from counted group by practice_code
     order by practice_code`,
  )

const countedColumns = `rank::int as rank, pseudonym, practice_code as "practiceCode",
  admissions::int as "emergencyAdmissions", visits::int as "aeVisits", groups as conditions,
  last_on::varchar as "lastAdmissionOn", care_home::boolean as "isCareHome", lives_alone::boolean as "livesAlone"`

/** Those ranked first. */
export const firstRanked = (store: Store, howMany: number): Promise<readonly Counted[]> =>
  store.rows(`select ${countedColumns} from counted where rank <= ${howMany} order by rank`)

/** Who they are. */
export async function firstPseudonyms(store: Store, howMany: number): Promise<readonly string[]> {
  const rows = await store.rows<{ pseudonym: string }>(
    `select pseudonym from counted where rank <= ${howMany}`,
  )
  return rows.map(({ pseudonym }) => pseudonym)
}

/** The counts of some people, in no order. */
export async function countedAmong(store: Store, pseudonyms: readonly string[]): Promise<readonly Counted[]> {
  if (pseudonyms.length === 0) return []
  return store.rows(`select ${countedColumns} from counted where pseudonym in ${givenPeople(pseudonyms)}`)
}

/** Somebody deferred or declined, and the day from which an emergency admission is news. */
export type Watched = { readonly pseudonym: string; readonly since: LondonDate }

/** Those watched who have had an emergency admission since, however low they rank. */
export async function returnedOf(store: Store, watched: readonly Watched[]): Promise<readonly Counted[]> {
  if (watched.length === 0) return []
  const given = givenRows(watched, { pseudonym: (one) => one.pseudonym, since: ({ since }) => since })
  return store.rows(
    `select ${countedColumns} from counted join ${given} w using (pseudonym)
     where last_on >= w.since::date order by rank`,
  )
}

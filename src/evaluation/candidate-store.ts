import type { Store } from '#population'
import type { Pool } from './choice-types.ts'
import { choicesOf } from './choices.ts'
import { ageAt, inCareHomeSql, listedSql } from './covariate-store.ts'
import type { ExactKey, Protocol } from './types.ts'

/** What choosing candidates needs of a study: its closeness and cohort, and from which age somebody could have joined. */
type Choosing = { readonly protocol: Protocol; readonly fromAge: number; readonly pool?: Pool }

/** Registered for a year and not gone on that day; of a row of `p`. */
export const isHere = (day: string) =>
  `p.registered_month <= ${day} - 365 and (p.until_on is null or p.until_on > ${day})`

const bandSql = (keys: readonly ExactKey[]) =>
  keys
    .map(({ covariate, edges }) => `(${edges.map((edge) => `(${covariate} >= ${edge})::int`).join(' + ')})`)
    .join(` || ' ' || `)

const atOnce = 3_000_000
const spareCandidates = 100
const candidatesEach = 40

/**
 * Everybody who could have joined on a day somebody did, had not, and shares a band with one who did. Where a band
 * holds many, so many of them are drawn by a hash: matching needs near people, not all people.
 */
export async function chooseCandidates(
  store: Store,
  { protocol, fromAge, pool = choicesOf(protocol).pool }: Choosing,
): Promise<void> {
  const isOwn = choicesOf(protocol).outcome !== 'emergencies'
  const where = pool === 'elsewhere' ? 'and p.practice_code not in (select practice_code from reached)' : ''
  const [narrow, wide] = [protocol.closeness[0]?.exact ?? [], protocol.closeness.at(-1)?.exact ?? []]
  const banded = (rows: string) =>
    `select *, ${bandSql(narrow)} as narrow, ${bandSql(wide)} as wide from (${rows})`
  await store.run(
    `create or replace temp table treated_band as ${banded(keysSql('select * from treated', isOwn))}`,
  )
  await store.run(`create or replace temp table candidate as
    select person, pseudonym, on_day, narrow from treated_band where false`)
  const [size] = await store.rows<{
    days: number
    last: number
  }>(`select (select count(distinct on_day) from treated)::int as days,
    coalesce((select max(person) from people), 0)::int as last`)
  const { days, last } = size ?? { days: 1, last: 0 }
  const width = Math.max(1000, Math.floor(atOnce / Math.max(days, 1)))
  for (let from = 0; from <= last; from += width) {
    const everybody = `select p.person, p.pseudonym, d.on_day from people p, (select distinct on_day from treated) d
      where p.person >= ${from} and p.person < ${from + width} and ${isHere('d.on_day')}
        and ${ageAt('d.on_day')} >= ${fromAge}
        and not exists (select 1 from joined_any a where a.person = p.person and a.on_day <= d.on_day) ${where}`
    await store.run(`insert into candidate select person, pseudonym, on_day, narrow from (${banded(keysSql(everybody, isOwn))}) c
      where (on_day, wide) in (select (on_day, wide) from treated_band)`)
    await store.run(`create or replace temp table candidate as
      with wanted as (select on_day, narrow, count(*) as n from treated_band group by on_day, narrow)
      select c.person, c.pseudonym, c.on_day, c.narrow from candidate c left join wanted w using (on_day, narrow)
      qualify row_number() over (partition by c.on_day, c.narrow order by md5(c.pseudonym || c.on_day::varchar))
        <= ${spareCandidates} + ${candidatesEach} * coalesce(w.n, 0)`)
  }
}

/** What exact keys are cut from, for rows of (person, pseudonym, on_day). */
const keysSql = (rows: string, isOwn: boolean) => `
  select r.*, ${ageAt('r.on_day')} as age, (p.sex = 'female')::int as woman, coalesce(p.care_home, false)::int as careHome,
    ${inCareHomeSql('r.person', 'r.on_day')} as inCareHome,
    coalesce(e.admissions365, 0) as admissions365, coalesce(e.admissions90, 0) as admissions90,
    ${isOwn ? 'coalesce(q.asked365, 0) as asked365, coalesce(q.asked90, 0) as asked90,' : ''}
    ${listedSql('r.on_day', 'r.pseudonym')} as listed
  from (${rows}) r join people p using (person)
    left join (${pastYearSql(rows, 'emergency', 'admissions')}) e using (person, on_day)
    ${isOwn ? `left join (${pastYearSql(rows, 'asked_event', 'asked')}) q using (person, on_day)` : ''}`

const pastYearSql = (rows: string, events: string, name: string) => `
  select r.person, r.on_day, count(*) as ${name}365, count(*) filter (where e.day >= r.on_day - 90) as ${name}90
  from (${rows}) r join ${events} e on e.person = r.person and e.day < r.on_day and e.day >= r.on_day - 365
  group by r.person, r.on_day`

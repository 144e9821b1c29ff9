import { addDays, type LondonDate } from '#calendar'
import type { Store, StoreFile } from '#population'
import { insertRows, quoted } from './duck.ts'
import { readOutcomes } from './outcome-store.ts'
import { readReach } from './service-store.ts'
import type { ReachLine } from './service-types.ts'
import type { Covariate, Cut, ExactKey, Outcomes, Protocol, StudyRows } from './types.ts'

/** How far the records of one load reach, and who had joined what by then. */
export type Records = {
  /** The first day each kind of record speaks of, where it is known. */
  readonly coversFrom: Readonly<Partial<Record<StoreFile, LondonDate>>>
  readonly dataTo: LondonDate
  readonly joined: readonly Joined[]
}

/** When somebody, by pseudonym, joined a programme. */
export type Joined = { readonly person: string; readonly programmeId: string; readonly openedOn: LondonDate }

/** One programme's question to the records. */
type StudyCut = {
  readonly programmeId: string
  readonly fromAge: number
  /** The last day somebody may have joined and still be looked at. */
  readonly lastOn: LondonDate
  /** The day the past cohort stands on: a year before anybody joined. */
  readonly pastOn: LondonDate
  readonly protocol: Protocol
}

/** A population store made ready for one night's studies. Nothing is written to its files. */
export type Population = {
  readonly dataTo: LondonDate
  /** Everybody in the records who joined a programme, first joiners first. */
  readonly joinedOn: (programmeId: string) => Promise<readonly LondonDate[]>
  /** The covariates whose records are linked and reach back far enough before a day. */
  readonly known: (covariates: readonly Covariate[], before: LondonDate) => readonly Covariate[]
  readonly cut: (study: StudyCut) => Promise<Cut>
  /** What happened to rows of a cut; the first `helped` of them joined, the rest are followed until they do. */
  readonly outcomes: (rows: StudyRows, helped: number, horizonDays: number) => Promise<Outcomes>
  /** Whom a programme reached of those who needed it by the same rule, to the end of the records. */
  readonly reach: (programmeId: string, fromAge: number) => Promise<readonly ReachLine[]>
}

/** Makes a population store ready: who joined is put beside it, by pseudonym. */
export async function openPopulation(store: Store, records: Records): Promise<Population> {
  for (const [file, columns] of columnsRead)
    if (!store.has(file)) await store.run(`create table ${file} (${columns.join(', ')})`)
  await store.run(emergencySql)
  await keepJoined(store, records.joined)
  return {
    dataTo: records.dataTo,
    joinedOn: (programmeId) => joinedOn(store, programmeId),
    known: (covariates, before) =>
      covariates.filter((covariate) => isKnown(store, records, covariate, before)),
    cut: (study) => readCut(store, study),
    outcomes: (rows, helped, horizonDays) => readOutcomes(store, records.dataTo, rows, helped, horizonDays),
    reach: (programmeId, fromAge) => readReach(store, programmeId, fromAge, records.dataTo),
  }
}

/** The columns a study reads of each source that may not be linked: without it they are empty. */
const columnsRead: readonly (readonly [StoreFile, readonly string[]])[] = [
  [
    'inpatient',
    [
      'person uinteger',
      'admitted_on date',
      'discharged_on date',
      'admission_method varchar',
      'primary_diagnosis varchar',
    ],
  ],
  ['emergency_department', ['person uinteger', 'arrived_at date']],
  ['outpatient', ['person uinteger', 'date date', 'attended boolean']],
  ['gp_contacts', ['person uinteger', 'date date']],
  ['prescriptions', ['person uinteger', 'issued_on date', 'code varchar']],
  ['conditions', ['person uinteger', 'recorded_on date', 'resolved_on date', 'code varchar']],
]

// METHOD OF ADMISSION 21 to 2D is an emergency.
const emergencySql = `create table emergency as
  select person, admitted_on as day from inpatient where admission_method like '2%' order by person, day`

async function keepJoined(store: Store, joined: readonly Joined[]): Promise<void> {
  await store.run('create table given (pseudonym varchar, programme varchar, on_day date)')
  await insertRows(
    store,
    'given',
    joined.map(({ person, programmeId, openedOn }) => [person, programmeId, openedOn]),
  )
  await store.run(`create table joined as
    select p.person, g.programme, min(g.on_day) as on_day from given g join people p using (pseudonym)
    group by p.person, g.programme`)
  await store.run(
    'create table joined_any as select person, min(on_day) as on_day from joined group by person',
  )
}

async function joinedOn(store: Store, programmeId: string): Promise<readonly LondonDate[]> {
  const rows = await store.rows<{ day: LondonDate }>(
    `select on_day::varchar as day from joined where programme = ${quoted(programmeId)} order by on_day`,
  )
  return rows.map(({ day }) => day)
}

function isKnown(store: Store, records: Records, { from }: Covariate, before: LondonDate): boolean {
  if (!from) return true
  const begins = records.coversFrom[from.file]
  return store.has(from.file) && (begins === undefined || begins <= addDays(before, -from.days))
}

async function readCut(store: Store, study: StudyCut): Promise<Cut> {
  await store.run(`create or replace temp table treated as
    select p.person, p.pseudonym, j.on_day from joined j join people p using (person)
    where j.programme = ${quoted(study.programmeId)} and j.on_day <= ${quoted(study.lastOn)} and ${isHere('j.on_day')}`)
  await chooseCandidates(store, study)
  await store.run(`create or replace temp table past as
    select person, pseudonym, '${study.pastOn}'::date as on_day from people p
    where ${isHere(`'${study.pastOn}'::date`)} and ${ageAt(`'${study.pastOn}'::date`)} >= ${study.fromAge}
    order by md5(pseudonym) limit 60000`)
  const past = await readRows(store, 'past')
  const outcomes = await readOutcomes(store, addDays(study.pastOn, 365), past, past.persons.length, 365)
  return {
    treated: await readRows(store, 'treated'),
    pool: await readRows(store, 'candidate'),
    history: {
      ...past,
      events: outcomes.events,
      years: outcomes.days.map((days) => Math.max(days, 1) / 365.25),
    },
  }
}

/** Registered for a year and not gone on that day. */
const isHere = (day: string) =>
  `p.registered_month <= ${day} - 365 and (p.until_on is null or p.until_on > ${day})`

const ageAt = (day: string) =>
  `floor(date_diff('day', make_date(p.birth_year, p.birth_quarter * 3 - 1, 15), ${day}) / 365.25)`

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
async function chooseCandidates(store: Store, { protocol, fromAge }: StudyCut): Promise<void> {
  const [narrow, wide] = [protocol.closeness[0]?.exact ?? [], protocol.closeness.at(-1)?.exact ?? []]
  const banded = (rows: string) =>
    `select *, ${bandSql(narrow)} as narrow, ${bandSql(wide)} as wide from (${rows})`
  await store.run(`create or replace temp table treated_band as ${banded(keysSql('select * from treated'))}`)
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
        and not exists (select 1 from joined_any a where a.person = p.person and a.on_day <= d.on_day)`
    await store.run(`insert into candidate select person, pseudonym, on_day, narrow from (${banded(keysSql(everybody))}) c
      where (on_day, wide) in (select (on_day, wide) from treated_band)`)
    await store.run(`create or replace temp table candidate as
      with wanted as (select on_day, narrow, count(*) as n from treated_band group by on_day, narrow)
      select c.person, c.pseudonym, c.on_day, c.narrow from candidate c left join wanted w using (on_day, narrow)
      qualify row_number() over (partition by c.on_day, c.narrow order by md5(c.pseudonym || c.on_day::varchar))
        <= ${spareCandidates} + ${candidatesEach} * coalesce(w.n, 0)`)
  }
}

/** What exact keys are cut from, for rows of (person, pseudonym, on_day). */
const keysSql = (rows: string) => `
  select r.*, ${ageAt('r.on_day')} as age, (p.sex = 'female')::int as woman, coalesce(p.care_home, false)::int as careHome,
    coalesce(e.admissions365, 0) as admissions365, coalesce(e.admissions90, 0) as admissions90
  from (${rows}) r join people p using (person) left join (
    select r.person, r.on_day, count(*) as admissions365,
      count(*) filter (where e.day >= r.on_day - 90) as admissions90
    from (${rows}) r join emergency e on e.person = r.person and e.day < r.on_day and e.day >= r.on_day - 365
    group by r.person, r.on_day) e using (person, on_day)`

/** Every covariate of rows of (person, pseudonym, on_day), all from before that day. */
const knownSql = (rows: string) => `
  with r as (select person, pseudonym, on_day from ${rows}),
  e as (select r.person, r.on_day, count(*) filter (where day >= r.on_day - 30) as admissions30,
      count(*) filter (where day >= r.on_day - 90) as admissions90,
      count(*) filter (where day >= r.on_day - 365) as admissions365,
      count(*) filter (where day < r.on_day - 365) as admissions730
    from r join emergency e on e.person = r.person and day < r.on_day and day >= r.on_day - 730 group by all),
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
    coalesce(p.care_home, false)::int::double as careHome, coalesce(p.lives_alone, false)::int::double as livesAlone,
    (hash(p.practice_code) % 1000000000000)::double as practice,
    ${counted.map((name) => `coalesce(${name}, 0)::double as ${name}`).join(', ')}
  from r join people p using (person) ${['e', 'n', 'a', 'o', 'g', 'm', 'c'].map((part) => `left join ${part} using (person, on_day)`).join(' ')}
  order by r.pseudonym, r.on_day`

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

async function readRows(store: Store, table: string): Promise<StudyRows> {
  const rows = await store.rows<Record<string, number> & { pseudonym: string; on_day: LondonDate }>(
    knownSql(table),
  )
  const names = [...counted, 'age', 'woman', 'deprivation', 'careHome', 'livesAlone', 'practice']
  return {
    persons: rows.map(({ pseudonym }) => pseudonym),
    indexOns: rows.map(({ on_day }) => on_day),
    values: Object.fromEntries(names.map((name) => [name, Float64Array.from(rows, (row) => row[name] ?? 0)])),
  }
}

import { addDays, type LondonDate } from '#calendar'
import type { Store, StoreFile } from '#population'
import { ageAt, listedSql, readRows } from './covariate-store.ts'
import { insertRows, quoted } from './duck.ts'
import { standingsOf } from './lot-store.ts'
import type { InDraw } from './lot-types.ts'
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
  /** Whom the list shown on each of these days suggested; a day without a list is left out. */
  readonly listedOn: (
    programmeId: string,
    days: readonly LondonDate[],
  ) => Promise<readonly { readonly onDay: LondonDate; readonly person: string | null }[]>
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
  /** Which of those in a draw, by their place, the records know on the day of the draw, and who joined since. */
  readonly standings: (
    programmeId: string,
    drawn: readonly InDraw[],
  ) => Promise<readonly { readonly row: number; readonly joined: number }[]>
  /** Whom a programme reached of those who needed it by the same rule, to the end of the records. */
  readonly reach: (programmeId: string, fromAge: number) => Promise<readonly ReachLine[]>
  /** What things cost, as the extract said. */
  readonly costs: Store['costs']
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
    cut: (study) => readCut(store, records, study),
    outcomes: (rows, helped, horizonDays) => readOutcomes(store, records.dataTo, rows, helped, horizonDays),
    standings: (programmeId, drawn) => standingsOf(store, programmeId, drawn),
    reach: (programmeId, fromAge) => readReach(store, programmeId, fromAge, records.dataTo),
    costs: store.costs,
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

async function readCut(store: Store, records: Records, study: StudyCut): Promise<Cut> {
  await store.run(`create or replace temp table treated as
    select p.person, p.pseudonym, j.on_day from joined j join people p using (person)
    where j.programme = ${quoted(study.programmeId)} and j.on_day <= ${quoted(study.lastOn)} and ${isHere('j.on_day')}`)
  await keepListed(store, records, study.programmeId)
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

const daysAtOnce = 30

/** Puts beside the store who stood on the programme's list on each day somebody joined. */
async function keepListed(store: Store, { listedOn }: Records, programmeId: string): Promise<void> {
  await store.run('create or replace temp table listed (on_day date, pseudonym varchar)')
  const rows = await store.rows<{ day: LondonDate }>(
    'select distinct on_day::varchar as day from treated order by day',
  )
  for (let from = 0; from < rows.length; from += daysAtOnce) {
    const days = rows.slice(from, from + daysAtOnce).map(({ day }) => day)
    const listed = await listedOn(programmeId, days)
    await insertRows(
      store,
      'listed',
      listed.map(({ onDay, person }) => [onDay, person ?? '']),
    )
  }
}

/** Registered for a year and not gone on that day. */
const isHere = (day: string) =>
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
    coalesce(e.admissions365, 0) as admissions365, coalesce(e.admissions90, 0) as admissions90,
    ${listedSql('r.on_day', 'r.pseudonym')} as listed
  from (${rows}) r join people p using (person) left join (
    select r.person, r.on_day, count(*) as admissions365,
      count(*) filter (where e.day >= r.on_day - 90) as admissions90
    from (${rows}) r join emergency e on e.person = r.person and e.day < r.on_day and e.day >= r.on_day - 365
    group by r.person, r.on_day) e using (person, on_day)`

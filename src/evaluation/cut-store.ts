import { addDays, type LondonDate } from '#calendar'
import type { Store, StoreFile } from '#population'
import { chooseCandidates, isHere } from './candidate-store.ts'
import type { Cohort, Pool } from './choice-types.ts'
import { choicesOf } from './choices.ts'
import { isRecorded, keepAsked } from './counted-store.ts'
import { ageAt, readRows } from './covariate-store.ts'
import { insertRows, quoted } from './duck.ts'
import { standingsOf } from './lot-store.ts'
import type { InDraw } from './lot-types.ts'
import { type MeasuredRow, measuredRows, measuresByPractice } from './measure-store.ts'
import { type AskedOutcomes, readOutcomes } from './outcome-store.ts'
import type { OutcomeName } from './outcomes.data.ts'
import { readReach } from './service-store.ts'
import type { MeasureCount, ReachLine } from './service-types.ts'
import type { Covariate, Cut, Outcomes, Protocol, StudyRows } from './types.ts'

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
export type StudyCut = {
  readonly programmeId: string
  /** Another pool than the protocol’s, for an answer beside its own. */
  readonly pool?: Pool
  readonly fromAge: number
  /** The last day somebody may have joined and still be looked at. */
  readonly lastOn: LondonDate
  /** The day the past cohort stands on: a year before anybody joined. */
  readonly pastOn: LondonDate
  readonly protocol: Protocol
}

/** Somebody of a cohort, by pseudonym, and when they joined. */
export type CohortJoined = { readonly person: string; readonly on: LondonDate }

/** A population store made ready for one night's studies. Nothing is written to its files. */
export type Population = {
  readonly dataTo: LondonDate
  /** Everybody in the records who joined a programme, first joiners first. */
  readonly joinedOn: (programmeId: string) => Promise<readonly LondonDate[]>
  /** Who joined a programme and is of a cohort, first joiners first. */
  readonly joinedIn: (programmeId: string, cohort: Cohort) => Promise<readonly CohortJoined[]>
  /** Whether the records hold an outcome at all. */
  readonly isRecorded: (outcome: OutcomeName) => Promise<boolean>
  /** The covariates whose records are linked and reach back far enough before a day. */
  readonly known: (covariates: readonly Covariate[], before: LondonDate) => readonly Covariate[]
  readonly cut: (study: StudyCut) => Promise<Cut>
  /** What happened to rows of a cut; the first `helped` of them joined, the rest are followed until they do. */
  readonly outcomes: (rows: StudyRows, helped: number, asked: AskedOutcomes) => Promise<Outcomes>
  /** Which of those in a draw, by their place, the records know on the day of the draw, and who joined since. */
  readonly standings: (
    programmeId: string,
    drawn: readonly InDraw[],
  ) => Promise<readonly { readonly row: number; readonly joined: number }[]>
  /** Whom a programme reached of those who needed it by the same rule, to the end of the records. */
  readonly reach: (programmeId: string, fromAge: number) => Promise<readonly ReachLine[]>
  /** Measures of routine care of rows, so long after their index days; undefined where readings are not linked. */
  readonly measured: (rows: StudyRows, daysLater: number) => Promise<readonly MeasuredRow[] | undefined>
  /** The same at the end of the records, by practice. */
  readonly measures: (programmeId: string) => Promise<readonly MeasureCount[]>
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
    joinedIn: (programmeId, cohort) => joinedIn(store, programmeId, cohort),
    isRecorded: (outcome) => isRecorded(store, outcome),
    known: (covariates, before) =>
      covariates.filter((covariate) => isKnown(store, records, covariate, before)),
    cut: (study) => readCut(store, records, study),
    outcomes: (rows, helped, asked) => readOutcomes(store, records.dataTo, rows, helped, asked),
    standings: (programmeId, drawn) => standingsOf(store, programmeId, drawn),
    reach: (programmeId, fromAge) => readReach(store, programmeId, fromAge, records.dataTo),
    measured: (rows, daysLater) => measuredRows(store, rows, daysLater),
    measures: (programmeId) => measuresByPractice(store, programmeId, records.dataTo),
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
  ['emergency_department', ['person uinteger', 'arrived_at date', 'by_ambulance boolean']],
  ['urgent_contacts', ['person uinteger', '"at" date']],
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

/** A row of `p` that joined on this day and is of a cohort. */
function isOf({ fromAge, place, joinedFrom, joinedTo }: Cohort, day: string): string {
  return [
    ...(fromAge === undefined ? [] : [`${ageAt(day)} >= ${fromAge}`]),
    ...(place ? [`p.practice_code in (${place.practices.map(quoted).join(', ')})`] : []),
    ...(joinedFrom ? [`${day} >= ${quoted(joinedFrom)}`] : []),
    ...(joinedTo ? [`${day} <= ${quoted(joinedTo)}`] : []),
  ].reduce((all, one) => `${all} and ${one}`, 'true')
}

const joinedIn = (store: Store, programmeId: string, cohort: Cohort): Promise<readonly CohortJoined[]> =>
  store.rows<CohortJoined>(
    `select p.pseudonym as person, j.on_day::varchar as "on" from joined j join people p using (person)
     where j.programme = ${quoted(programmeId)} and ${isOf(cohort, 'j.on_day')} order by j.on_day, p.pseudonym`,
  )

function isKnown(store: Store, records: Records, { name, from }: Covariate, before: LondonDate): boolean {
  if (!from) return true
  const begins = records.coversFrom[from.file]
  // A practice's codes say it too, and a council may send other packages only.
  if (name === 'inCareHome')
    return [store.careHomesFrom, begins ?? store.careHomesFrom].every((first) => first && first < before)
  return store.has(from.file) && (begins === undefined || begins <= addDays(before, -from.days))
}

async function readCut(store: Store, records: Records, study: StudyCut): Promise<Cut> {
  const { protocol, programmeId, pastOn } = study
  const { outcome, cohort } = choicesOf(protocol)
  const isOwn = outcome !== 'emergencies'
  const fromAge = Math.max(study.fromAge, cohort.fromAge ?? 0)
  await keepAsked(store, protocol)
  await store.run(`create or replace temp table treated as
    select p.person, p.pseudonym, j.on_day from joined j join people p using (person)
    where j.programme = ${quoted(programmeId)} and j.on_day <= ${quoted(study.lastOn)} and ${isHere('j.on_day')}
      and ${isOf(cohort, 'j.on_day')}`)
  await store.run(`create or replace temp table reached as
    select distinct p.practice_code from joined j join people p using (person) where j.programme = ${quoted(programmeId)}`)
  await keepListed(store, records, programmeId)
  await chooseCandidates(store, { protocol, fromAge, pool: study.pool })
  await store.run(`create or replace temp table past as
    select person, pseudonym, '${pastOn}'::date as on_day from people p
    where ${isHere(`'${pastOn}'::date`)} and ${ageAt(`'${pastOn}'::date`)} >= ${fromAge}
    order by md5(pseudonym) limit 60000`)
  const past = await readRows(store, 'past', isOwn)
  const pastTo = addDays(pastOn, protocol.horizonDays)
  const outcomes = await readOutcomes(store, pastTo, past, past.persons.length, protocol)
  return {
    treated: await readRows(store, 'treated', isOwn),
    pool: await readRows(store, 'candidate', isOwn),
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

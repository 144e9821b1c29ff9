import { addMonths, type LondonDate } from '#calendar'
import type { Store } from '#population'
import { inParts } from './chosen-store.ts'
import { flagsFor, gapsToldAt } from './flags/flag-store.ts'
import type { Flags } from './flags/types.ts'
import type { DeficitCode } from './model/prepare-store.ts'
import type { Told } from './model/scoring.ts'
import { type MoreRecords, moreRecords } from './more-evidence-store.ts'
import { outsideValues } from './outside/store.ts'
import type { OutsideValue } from './outside/types.ts'
import { hospitalFrailties } from './scores/hospital-frailty-store.ts'
import { type PublishedScores, publishedScores } from './scores/score-store.ts'

/** A stay in hospital. Codes are the load's own. */
export type StayRecord = {
  readonly on: LondonDate
  readonly until: LondonDate | null
  readonly isEmergency: boolean
  readonly diagnosis: string | null
  readonly provider: string | null
}
type VisitRecord = { readonly on: LondonDate; readonly byAmbulance: boolean | null }
export type ConditionRecord = { readonly on: LondonDate; readonly system: string; readonly code: string }

/** Three months of use of services. A source that is not linked is absent, never nought. */
export type UseOfQuarter = {
  readonly from: LondonDate
  readonly nights?: number
  readonly aeVisits?: number
  readonly gpContacts?: number
  readonly medicines?: number
}

/** The dated records behind a suggestion, of the 3 years before the list's day. */
export type Evidence = MoreRecords & {
  readonly stays?: readonly StayRecord[]
  readonly visits?: readonly VisitRecord[]
  readonly conditions?: readonly ConditionRecord[]
  readonly quarters: readonly UseOfQuarter[]
  readonly scores?: PublishedScores
  /** What other tools said; absent where no such score is loaded. */
  readonly outside?: readonly OutsideValue[]
  /** What help could change; a run of an earlier version has none. */
  readonly flags?: Flags
  /** Only of a run by a model: the number and why it is that. */
  readonly told?: Told
}

const quarterCount = 12

/** The first day of each of the 12 quarters before the list's day, oldest first. */
const quartersBefore = (indexOn: LondonDate): readonly LondonDate[] =>
  Array.from({ length: quarterCount }, (_, at) => addMonths(indexOn, (at - quarterCount) * 3))

type Part = { readonly pseudonym: string; readonly found: string }

/** What a site loaded of its own: the list of its frailty index, and the points of the Hospital Frailty Risk Score. */
export type SiteLists = {
  readonly deficits: readonly DeficitCode[]
  readonly frailtyPoints: ReadonlyMap<string, number>
}
const noLists: SiteLists = { deficits: [], frailtyPoints: new Map() }

/**
 * Hands over the records behind each of some of the people counted and what help could change. `counted` must be there:
 * countEverybody makes it.
 *
 * @param peopleAtOnce what is handed over does not depend on it.
 */
export async function evidenceFor(
  store: Store,
  pseudonyms: readonly string[],
  { indexOn, lists = noLists, peopleAtOnce }: EvidenceAsked,
  take: (pseudonym: string, evidence: Evidence) => void,
): Promise<void> {
  if (pseudonyms.length === 0) return
  const starts = quartersBefore(indexOn)
  await store.run(`create or replace temp table quarter as select n::int as nth, starts_on::date as starts_on,
    coalesce(lead(starts_on::date) over (order by n), date '${indexOn}') as ends_on
    from (values ${starts.map((on, at) => `(${at}, '${on}')`).join(', ')}) q (n, starts_on)`)
  const gapsTold = await gapsToldAt(store, indexOn)
  const ofPart = async () => {
    const flags = await flagsFor(store, indexOn, gapsTold)
    for (const [who, found] of await recordsOfChosen(store, starts, indexOn, lists))
      take(who, { ...found, flags: flags.get(who) })
  }
  await inParts(store, pseudonyms, ofPart, peopleAtOnce)
}

export type EvidenceAsked = {
  readonly indexOn: LondonDate
  readonly lists?: SiteLists
  readonly peopleAtOnce?: number
}

async function recordsOfChosen(
  store: Store,
  starts: readonly LondonDate[],
  indexOn: LondonDate,
  { deficits, frailtyPoints }: SiteLists,
): Promise<readonly (readonly [string, Evidence])[]> {
  const first = starts[0] ?? indexOn
  const [stays, visits, conditions] = [
    await partOf<StayRecord[]>(store, 'inpatient', staysSql(first, indexOn)),
    await partOf<VisitRecord[]>(store, 'emergency_department', visitsSql(first, indexOn)),
    await partOf<ConditionRecord[]>(store, 'conditions', conditionsSql(indexOn)),
  ]
  const uses = {
    nights: await usesOf(store, 'inpatient', nightsSql),
    aeVisits: await usesOf(store, 'emergency_department', countsSql('arrived_at', starts, indexOn)),
    gpContacts: await usesOf(store, 'gp_contacts', countsSql('date', starts, indexOn)),
    medicines: await usesOf(store, 'prescriptions', medicinesSql(starts, indexOn)),
  }
  const [more, scores] = [await moreRecords(store, indexOn), await publishedScores(store, indexOn, deficits)]
  const frailty = await hospitalFrailties(store, indexOn, frailtyPoints)
  const outside = await outsideValues(store, indexOn)
  const people = await store.rows<{ pseudonym: string }>('select pseudonym from chosen')
  return people.map(({ pseudonym }) => [
    pseudonym,
    {
      ...more.get(pseudonym),
      ...(outside?.has(pseudonym) && { outside: outside.get(pseudonym) }),
      scores: {
        ...scores.get(pseudonym),
        ...(frailtyPoints.size > 0 && { hospitalFrailty: frailty.get(pseudonym) ?? 'does not apply' }),
      },
      ...(stays && { stays: stays.get(pseudonym) ?? [] }),
      ...(visits && { visits: visits.get(pseudonym) ?? [] }),
      ...(conditions && { conditions: conditions.get(pseudonym) ?? [] }),
      quarters: starts.map((from, at) => ({ from, ...useOf(uses, pseudonym, at) })),
    },
  ])
}

/** For each person, how much in the quarter of each place, from 0; a quarter that is not there has none. */
type UsesByPlace = ReadonlyMap<string, Readonly<Record<string, number>>>
type Uses = Readonly<Record<'nights' | 'aeVisits' | 'gpContacts' | 'medicines', UsesByPlace | undefined>>

const useOf = (uses: Uses, pseudonym: string, at: number): Omit<UseOfQuarter, 'from'> =>
  Object.fromEntries(
    Object.entries(uses).flatMap(([name, people]) =>
      people ? [[name, people.get(pseudonym)?.[at] ?? 0]] : [],
    ),
  )

async function partOf<T>(
  store: Store,
  file: 'inpatient' | 'emergency_department' | 'conditions',
  select: string,
): Promise<ReadonlyMap<string, T> | undefined> {
  if (!store.has(file)) return undefined
  const rows = await store.rows<Part>(select)
  return new Map(rows.map(({ pseudonym, found }) => [pseudonym, JSON.parse(found)]))
}

/**
 * Rows of one person as a list in JSON, the newest first; of one day in the order of what they say, so that the same records give
 * the same list every time.
 */
export const newestFirst = (row: string, day: string): string =>
  `to_json(list(${row} order by ${day} desc, ${row}))::varchar`

const staysSql = (from: LondonDate, to: LondonDate) => `
  select pseudonym, ${newestFirst(
    `{'on': admitted_on::varchar, 'until': discharged_on::varchar,
      'isEmergency': coalesce(admission_method like '2%', false), 'diagnosis': primary_diagnosis, 'provider': provider}`,
    'admitted_on',
  )} as found
  from inpatient join chosen using (person)
  where admitted_on >= date '${from}' and admitted_on < date '${to}' group by pseudonym`

const visitsSql = (from: LondonDate, to: LondonDate) => `
  select pseudonym, ${newestFirst("{'on': arrived_at::date::varchar, 'byAmbulance': by_ambulance}", 'arrived_at')} as found
  from emergency_department join chosen using (person)
  where arrived_at::date >= date '${from}' and arrived_at::date < date '${to}' group by pseudonym`

const conditionsSql = (to: LondonDate) => `
  select pseudonym, ${newestFirst("{'on': recorded_on::varchar, 'system': code_system, 'code': code}", 'recorded_on')} as found
  from conditions join chosen using (person)
  where recorded_on < date '${to}' and (resolved_on is null or resolved_on >= date '${to}') group by pseudonym`

/** Asks an inner select (person, nth, n) for one row a person. */
async function usesOf(
  store: Store,
  file: 'inpatient' | 'emergency_department' | 'gp_contacts' | 'prescriptions',
  select: (file: string) => string,
): Promise<UsesByPlace | undefined> {
  if (!store.has(file)) return undefined
  const rows = await store.rows<Part>(`
    select pseudonym, to_json(map_from_entries(list((nth, n))))::varchar as found
    from (${select(file)}) join chosen using (person) group by pseudonym`)
  return new Map(rows.map(({ pseudonym, found }) => [pseudonym, JSON.parse(found)]))
}

const ofChosen = 'person in (select person from chosen)'

// A night counts in the quarter it was slept in; a stay that has not ended is counted to the list's day.
const nightsSql = (file: string) => `
  select person, nth, sum(date_diff('day', greatest(admitted_on, starts_on),
      least(coalesce(discharged_on, ends_on), ends_on)))::int as n
  from ${file} join quarter on admitted_on < ends_on and coalesce(discharged_on, ends_on) > starts_on
  where ${ofChosen} group by person, nth having n > 0`

// Which quarter a day falls in, by counting the starts it has reached: a join by range over every row takes far longer.
const nthSql = (day: string, starts: readonly LondonDate[]) =>
  starts
    .slice(1)
    .map((start) => `(${day} >= date '${start}')::int`)
    .join(' + ')

const withinSql = (day: string, starts: readonly LondonDate[], indexOn: LondonDate) =>
  `${day} >= date '${starts[0] ?? indexOn}' and ${day} < date '${indexOn}'`

const countsSql = (day: string, starts: readonly LondonDate[], indexOn: LondonDate) => (file: string) =>
  `
  select person, ${nthSql(`"${day}"::date`, starts)} as nth, count(*)::int as n from ${file}
  where ${ofChosen} and ${withinSql(`"${day}"::date`, starts, indexOn)} group by person, nth`

const medicinesSql = (starts: readonly LondonDate[], indexOn: LondonDate) => (file: string) =>
  `
  select person, nth, count(*)::int as n from (
    select distinct person, ${nthSql('issued_on', starts)} as nth, code from ${file}
    where ${ofChosen} and ${withinSql('issued_on', starts, indexOn)})
  group by person, nth`

import type { LondonDate } from '#calendar'
import type { Store } from '#population'
import { acscByCondition } from '../model/code-lists.data.ts'
import { acscLookBackDays, type CareGap, careGaps, endOfLife } from './flag-lists.data.ts'
import type { Flags } from './types.ts'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const list = (texts: readonly string[]) => texts.map(quoted).join(', ')

/**
 * The flags of everybody of the table `chosen`, from the records before the list's day. The tables `counted` and `chosen` must
 * be there: countEverybody and evidenceFor make them.
 */
export async function flagsFor(
  store: Store,
  indexOn: LondonDate,
  told: GapsTold | undefined,
): Promise<ReadonlyMap<string, Flags>> {
  const day = `date ${quoted(indexOn)}`
  const [acsc, endOf, gaps] = [
    await acscOf(store, day),
    await endOfLifeOf(store, day),
    told && (await gapsOf(store, day, told)),
  ]
  const people = await store.rows<{ pseudonym: string; practice: string }>(
    'select c.pseudonym, c.practice_code as practice from chosen join counted c using (person)',
  )
  return new Map(
    people.map(({ pseudonym, practice }): [string, Flags] => {
      const notKnown = told?.notKnown(practice) ?? []
      return [
        pseudonym,
        {
          ...(acsc && { acsc: acsc.get(pseudonym) ?? [] }),
          ...(endOf && { endOfLife: endOf.get(pseudonym) ?? [] }),
          // Where nothing of a practice can be told, no gap is not told either.
          ...(gaps && notKnown.length < careGaps.length && { gaps: gaps.get(pseudonym) ?? [] }),
          ...(notKnown.length > 0 && { gapsNotKnown: notKnown }),
        },
      ]
    }),
  )
}

type Found<T> = ReadonlyMap<string, readonly T[]>

async function foundIn<T>(store: Store, select: string): Promise<Found<T>> {
  const rows = await store.rows<{ pseudonym: string; found: string }>(select)
  return new Map(rows.map(({ pseudonym, found }) => [pseudonym, JSON.parse(found)]))
}

/** Emergency stays that had ended, whose main diagnosis is on the list; each with the list's own word for it. */
async function acscOf(store: Store, day: string) {
  if (!store.has('inpatient')) return undefined
  const plain = "upper(replace(primary_diagnosis, '.', ''))"
  const cases = Object.entries(acscByCondition).map(
    ([condition, begins]) =>
      `when ${begins.map((begin) => `starts_with(${plain}, ${quoted(begin)})`).join(' or ')} then ${quoted(condition)}`,
  )
  return await foundIn<NonNullable<Flags['acsc']>[number]>(
    store,
    `select pseudonym, to_json(list({'on': admitted_on::date::varchar, 'condition': condition} order by admitted_on desc, condition))::varchar as found
     from (select pseudonym, admitted_on, case ${cases.join(' ')} end as condition from inpatient join chosen using (person)
       where admission_method like '2%' and discharged_on::date < ${day} and admitted_on::date >= ${day} - ${acscLookBackDays})
     where condition is not null group by pseudonym`,
  )
}

async function endOfLifeOf(store: Store, day: string) {
  const parts = [
    ...(store.has('registers')
      ? [
          `select pseudonym, "from"::date as on_day, 'register' as by_what from registers join chosen using (person)
           where register = ${quoted(endOfLife.register)} and "from"::date < ${day} and ("to" is null or "to"::date >= ${day})`,
        ]
      : []),
    ...(store.has('conditions')
      ? [
          `select pseudonym, recorded_on::date as on_day, 'record' as by_what from conditions join chosen using (person)
           where recorded_on::date < ${day} and (resolved_on is null or resolved_on::date >= ${day})
             and ((code_system = 'snomed' and code in (${list(endOfLife.snomed)}))
               or (code_system = 'icd10' and upper(replace(code, '.', '')) in (${list(endOfLife.icd10)})))`,
        ]
      : []),
  ]
  if (parts.length === 0) return undefined
  return await foundIn<NonNullable<Flags['endOfLife']>[number]>(
    store,
    `select pseudonym, to_json(list({'on': on_day::varchar, 'by': by_what} order by on_day desc, by_what))::varchar as found
     from (${parts.join(' union all ')}) group by pseudonym`,
  )
}

/** Of which practices which gaps in usual care can be told on a day. */
export type GapsTold = {
  readonly able: readonly CareGap[]
  readonly isKnown: (key: string, practice: string) => boolean
  readonly notKnown: (practice: string) => readonly string[]
}

const lastRows = (gap: CareGap, day: string) =>
  'measured' in gap.asks
    ? `select person, taken_on::date as d from measurements where code in (${list(gap.asks.measured)}) and taken_on::date < ${day}`
    : `select person, "date"::date as d from gp_contacts where "date"::date < ${day}`

/**
 * A practice nobody of which has such a record in the time has not linked it, or codes it otherwise: of its people nothing is
 * said. Undefined where no gap can be told at all.
 */
export async function gapsToldAt(store: Store, indexOn: LondonDate): Promise<GapsTold | undefined> {
  const day = `date ${quoted(indexOn)}`
  const able = careGaps.filter(({ asks }) => store.has('measured' in asks ? 'measurements' : 'gp_contacts'))
  if (able.length === 0 || !store.has('conditions')) return undefined
  const practices = await store.rows<{ key: string; practice: string }>(
    able
      .map(
        (gap) => `select distinct ${quoted(gap.key)} as key, p.practice_code as practice
          from people p semi join (select person from (${lastRows(gap, day)}) where d >= ${day} - ${gap.withinDays}) r using (person)
          where p.practice_code is not null`,
      )
      .join(' union all '),
  )
  const known = new Set(practices.map(({ key, practice }) => `${key} ${practice}`))
  const isKnown = (key: string, practice: string) => known.has(`${key} ${practice}`)
  const order = careGaps.map(({ key }) => key)
  return { able, isKnown, notKnown: (practice) => order.filter((key) => !isKnown(key, practice)) }
}

/** Who of those with a condition lacks what is usual for it. */
async function gapsOf(
  store: Store,
  day: string,
  { able, isKnown }: GapsTold,
): Promise<Found<NonNullable<Flags['gaps']>[number]>> {
  const found = await store.rows<{
    pseudonym: string
    key: string
    practice: string
    lastOn: LondonDate | null
  }>(
    able
      .map(
        (
          gap,
        ) => `select c.pseudonym, ${quoted(gap.key)} as key, c.practice_code as practice, max(r.d)::varchar as "lastOn"
          from chosen ch join counted c using (person) left join (${lastRows(gap, day)} and person in (select person from chosen)) r on r.person = ch.person
          where list_has_any(c.groups, [${list(gap.with)}])
          group by c.pseudonym, c.practice_code having max(r.d) is null or max(r.d) < ${day} - ${gap.withinDays}`,
      )
      .join(' union all '),
  )
  const of = new Map<string, { key: string; lastOn: LondonDate | null }[]>()
  for (const { pseudonym, key, practice, lastOn } of found)
    if (isKnown(key, practice)) of.set(pseudonym, [...(of.get(pseudonym) ?? []), { key, lastOn }])
  const order = careGaps.map(({ key }) => key)
  for (const gaps of of.values()) gaps.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
  return of
}

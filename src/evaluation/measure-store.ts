import type { LondonDate } from '#calendar'
import type { Store } from '#population'
import { ageAt } from './covariate-store.ts'
import { insertRows, quoted } from './duck.ts'
import { type PracticeMeasure, practiceMeasures } from './practice-measures.data.ts'
import type { MeasureCount } from './service-types.ts'
import type { StudyRows } from './types.ts'

/** Whether each row was on the register of a measure, had a reading in 12 months, and was within it: 1 or 0. */
export type MeasuredRow = {
  readonly row: number
  readonly measure: string
  readonly recorded: number
  readonly met: number
}

const isMeasurable = (store: Store) => store.has('measurements') && store.has('conditions')

const days = 365

/**
 * The measures of routine care of rows on a day, for those on the register of each that day. A reading on the day
 * itself counts as before it; where there are several codes, the last day on which all were read is taken.
 *
 * @param daysLater how long after each row’s index day.
 * @returns undefined where readings or conditions are not linked.
 */
export async function measuredRows(
  store: Store,
  rows: StudyRows,
  daysLater: number,
): Promise<readonly MeasuredRow[] | undefined> {
  if (!isMeasurable(store)) return undefined
  await store.run('create or replace temp table measured_rows (row integer, pseudonym varchar, on_day date)')
  await insertRows(
    store,
    'measured_rows',
    rows.persons.map((person, row) => [row, person, rows.indexOns[row] ?? '']),
  )
  await store.run(`create or replace temp table to_measure as
    select m.row, p.person, m.on_day + ${daysLater} as on_day, ${ageAt(`(m.on_day + ${daysLater})`)} as age
    from measured_rows m join people p using (pseudonym)`)
  const found: MeasuredRow[] = []
  for (const measure of practiceMeasures) found.push(...(await store.rows<MeasuredRow>(measureSql(measure))))
  return found
}

/** What of `to_measure` is on a register, with its newest reading of all the codes in 12 months. */
function measureSql({ key, register, fromAge, toAge, atMost }: PracticeMeasure): string {
  const [codes, snomed] = [atMost.map(({ code }) => quoted(code)), register.snomed.map(quoted)]
  const within = atMost.map(
    ({ code, value }, at) => `max(value) filter (where code = ${codes[at] ?? quoted(code)}) <= ${value}`,
  )
  return `with listed as (
      select t.* from to_measure t where t.age between ${fromAge} and ${toAge} and exists (
        select 1 from conditions c where c.person = t.person and c.code in (${snomed.join(', ')})
          and c.recorded_on <= t.on_day and (c.resolved_on is null or c.resolved_on > t.on_day))
    ), readings as (
      select l.row, r.taken_on, (${within.join(' and ')})::int as met from listed l join measurements r
        on r.person = l.person and r.code in (${codes.join(', ')}) and r.taken_on <= l.on_day
        and r.taken_on > l.on_day - ${days}
      group by l.row, r.taken_on having count(distinct r.code) = ${atMost.length}
    )
    select l.row, '${key.replaceAll("'", "''")}' as measure, (n.met is not null)::int as recorded, coalesce(n.met, 0)::int as met
    from listed l left join (select row, arg_max(met, taken_on) as met from readings group by row) n using (row)
    order by l.row`
}

/**
 * The same measures at the end of the records, by practice: of those who joined a programme and are still with a
 * practice, and of everybody else there.
 */
export async function measuresByPractice(
  store: Store,
  programmeId: string,
  on: LondonDate,
): Promise<readonly MeasureCount[]> {
  if (!isMeasurable(store)) return []
  await store.run(`create or replace temp table to_measure as
    select p.person as row, p.person, ${quoted(on)}::date as on_day, ${ageAt(`${quoted(on)}::date`)} as age,
      p.practice_code, exists (select 1 from joined j where j.person = p.person and j.programme = ${quoted(programmeId)}
        and j.on_day <= ${quoted(on)}::date) as is_helped
    from people p where p.until_on is null or p.until_on > ${quoted(on)}::date`)
  const found: MeasureCount[] = []
  for (const measure of practiceMeasures)
    found.push(
      ...(await store.rows<MeasureCount>(`select m.measure, t.practice_code as practice, t.is_helped as "isHelped",
        count(*)::int as people, sum(m.recorded)::int as recorded, sum(m.met)::int as met
        from (${measureSql(measure)}) m join to_measure t using (row) group by all order by practice, "isHelped" desc`)),
    )
  return found
}

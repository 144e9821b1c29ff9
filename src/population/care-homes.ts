import type { LondonDate } from '#calendar'
import type { Bench } from './bench.ts'
import type { lists } from './codes.data.ts'
import { quoted } from './duckdb-words.ts'
import type { StoreFile } from './types.ts'

type Package = keyof (typeof lists)['package']

/**
 * Packages of social care that mean living in a care home. Respite and other short stays do not: whoever has one lives at home.
 *
 * @source Adult Social Care Client Level Data: "Long Term Support: Residential Care" and "… Nursing Care" are the two that the
 *   national indicators of admission to a care home count (ASCOF 2B and 2C), without their short-term components.
 */
export const careHomePackages: readonly Package[] = ['residential care', 'nursing care']

/** SNOMED CT, of a practice's record: 160734000 Lives in nursing home, 160737007 Lives in old people's home. */
export const careHomeCodes: readonly string[] = ['160734000', '160737007']

/**
 * Lays out who lived in a care home from which day: the table `care_home_stay` (resident, moved_in_on, moved_out_on), and what readers
 * ask of it, `lived_in_care_home(person, day)`: yes, no, or null where nobody sends that day's answer. It sees nothing of the
 * day itself or later. The yes or no of `people.care_home` is of the day of the load and answers for no other.
 *
 * @returns the first day it answers for; undefined where neither source is sent.
 */
export async function layCareHomes(
  bench: Pick<Bench, 'run' | 'rows'>,
  has: (file: StoreFile) => boolean,
): Promise<LondonDate | undefined> {
  const listed = (words: readonly string[]) => words.map(quoted).join(', ')
  const stays = (file: string, came: string, left: string, which: string, isPackage: boolean) =>
    `select person as resident, ${came} as moved_in_on, ${left} as moved_out_on, ${isPackage} as is_package
     from ${file} where ${which}`
  const packages = `package in (${listed(careHomePackages)})`
  const sources = [
    ...(has('social_care') ? [stays('social_care', 'started_on', 'ended_on', packages, true)] : []),
    ...(has('conditions')
      ? [stays('conditions', 'recorded_on', 'resolved_on', `code in (${listed(careHomeCodes)})`, false)]
      : []),
  ]
  const none =
    'select null::uinteger as resident, null::date as moved_in_on, null::date as moved_out_on, false as is_package where false'
  await bench.run(
    `create or replace table care_home_stay as ${sources.length > 0 ? sources.join(' union all ') : none}`,
  )
  // Where packages are sent, nobody can say of a day before the first of any kind; a practice's codes have no first day.
  const begins = has('social_care') ? '(select min(started_on) from social_care)' : 'null::date'
  const [row] = await bench.rows<{ from: LondonDate | null }>(
    `select (case when bool_or(is_package) then ${begins} when count(*) > 0 then date '1900-01-01' end)::varchar as "from"
     from care_home_stay`,
  )
  const from = row?.from ?? undefined
  // What is asked for is written into the statement as it stands: no column of the stays may have the name of one of its.
  await bench.run(
    `create or replace macro lived_in_care_home(whose, on_which) as ${
      from
        ? `(case when on_which > date '${from}' then exists (select 1 from care_home_stay
           where resident = whose and moved_in_on < on_which and (moved_out_on is null or moved_out_on >= on_which)) end)`
        : 'null::boolean'
    }`,
  )
  return from
}

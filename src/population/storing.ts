import type { Bench } from './bench.ts'
import { type EventFile, extractFiles, storeFiles } from './columns.data.ts'
import { localKey } from './identity.ts'
import { named, passesCheck, quoted } from './reading.ts'

/** Why a row of an event file is refused once it is known who it is about. */
export const eventFaults = {
  check: { number: 101, column: 'nhs_number', reason: 'it does not pass the check of an NHS number' },
  nobody: { number: 102, column: 'nhs_number', reason: 'nobody in people has this NHS number' },
  unsaid: { number: 103, column: 'nhs_number', reason: 'it does not say whom it is about' },
  again: { number: 104, reason: 'the same row came before' },
  beforeBirth: { number: 105, reason: 'it is before the person was born' },
  afterDeath: { number: 106, reason: 'it is after the person died' },
  identifier: { number: 107, reason: 'there is an identifier where a code belongs' },
} as const

/** Everybody's place in this folder: by pseudonym. Those left out have none. */
export async function placePeople(bench: Bench): Promise<void> {
  await bench.run(`create table placed as
    select key, case when person is not null then (person - 1)::uinteger end as person from (
      select k.key, case when l.key is null then row_number() over (partition by l.key is null order by k.pseudonym) end as person
      from keyed k left join left_out l using (key))`)
  await bench.run(`create table who as select p.key, p.nhs, p.date_of_birth as born_on, p.died_on, h.person,
      [p.nhs::varchar, upper(p.family_name), upper(p.given_name), upper(replace(p.postcode, ' ', '')), c.telephone, c.kin] as marks
    from person p join placed h using (key) left join contact c using (key)`)
}

/** The rows of one event file with the person each is about and, where it is refused, why. */
export function matchedSql(
  file: EventFile | 'objections' | 'allergies' | 'addresses',
  raw: string,
  supplier: string,
): string {
  const spec = extractFiles[file]
  const columns = Object.entries(spec.columns).map(([name]) => named(name))
  const hasDetails = 'family_name' in spec.columns
  const hasLocal = 'local_id' in spec.columns
  const sameBirth = hasDetails ? 'and (r.date_of_birth is null or r.date_of_birth = w.born_on)' : ''
  const again = spec.refusesRepeats
    ? `row_number() over (partition by ${columns.join(', ')}, fault order by line) > 1`
    : 'false'
  const day = spec.day ? `r.${named(spec.day)}::date` : 'null::date'
  const coded = Object.entries(file in storeFiles ? storeFiles[file as EventFile] : {})
    .filter(([name]) => ['code', 'unit', 'primary_diagnosis', 'specialty', 'provider'].includes(name))
    .map(([name]) => `list_contains(coalesce(w.marks, l.marks), upper(r.${named(name)}))`)
  return `select r.*, coalesce(w.key, l.key) as key, coalesce(w.person, l.person) as person,
      case when r.fault is not null then r.fault
        when r.again then ${eventFaults.again.number}
        when coalesce(w.key, l.key) is null then case when r.nhs_number is null then ${eventFaults.unsaid.number}
          when not ${passesCheck('r.nhs_number')} then ${eventFaults.check.number} else ${eventFaults.nobody.number} end
        when ${day} < coalesce(w.born_on, l.born_on) then ${eventFaults.beforeBirth.number}
        when ${day} > coalesce(w.died_on, l.died_on) then ${eventFaults.afterDeath.number}
        when ${coded.join(' or ') || 'false'} then ${eventFaults.identifier.number} end as why
    from (select *, ${again} as again${hasLocal ? `, ${localKey(supplier, hasDetails)} as own_key` : ''} from ${raw}) r
    left join who w on w.nhs = r.nhs_number ${sameBirth}
    left join who l on ${hasLocal ? 'w.key is null and l.key = r.own_key' : 'false'}`
}

/** Writes one event file of the store: only its closed columns, by person, then day. @returns how many rows. */
export async function storeEvents(bench: Bench, file: EventFile, matched: string, to: string): Promise<void> {
  const columns = Object.entries(storeFiles[file]).map(
    ([name, { type }]) => `${named(name)}::${type} as ${named(name)}`,
  )
  const day = named(extractFiles[file].day ?? 'person')
  await bench.run(`copy (select ${columns.join(', ')} from (${matched}) where why is null and person is not null
    order by person, ${day}) to ${quoted(to)} (format parquet, compression zstd, row_group_size 122880)`)
}

/** Writes the people of the store: traits only, months instead of days. */
export async function storePeople(
  bench: Bench,
  events: ReadonlyMap<EventFile, string>,
  to: string,
): Promise<void> {
  const days = [...events].map(([file, path]) => {
    const { day, end } = extractFiles[file]
    const last =
      end && file === 'inpatient' ? `greatest(${named(day ?? '')}, ${named(end)})` : named(day ?? '')
    return `select person, ${last}::date as on_day from read_parquet(${quoted(path)})`
  })
  await bench.run(`create or replace temp table ending as
    select person, least(coalesce(left_on, died_on), coalesce(died_on, left_on)) as end_on
    from person join placed using (key) where person is not null and (left_on is not null or died_on is not null)`)
  await bench.run(`create or replace temp table last_event as
    select e.person, max(on_day) as on_day from (${days.join(' union all ') || 'select null::uinteger as person, null::date as on_day'}) e
    join ending n on n.person = e.person and on_day < date_trunc('month', n.end_on) + interval 1 month group by e.person`)
  const group = `coalesce(ethnicity, 'not known')`
  await bench.run(`copy (
    select h.person, k.pseudonym, year(date_of_birth)::usmallint as birth_year, quarter(date_of_birth)::utinyint as birth_quarter,
      coalesce(sex, 'not known') as sex, lsoa, imd_decile::utinyint as imd_decile, ${group} as ethnicity_group, practice_code,
      date_trunc('month', registered_on)::date as registered_month, date_trunc('month', left_on)::date as left_month,
      date_trunc('month', died_on)::date as died_month,
      greatest(date_trunc('month', n.end_on)::date + 14, e.on_day)::date as until_on, care_home, lives_alone, smoking
    from person p join placed h using (key) join keyed k using (key)
    left join ending n on n.person = h.person left join last_event e on e.person = h.person
    where h.person is not null order by h.person)
    to ${quoted(to)} (format parquet, compression zstd, row_group_size 122880)`)
}

import { type EventFile, eventFiles, extractFiles, storeFiles } from './columns.data.ts'
import { named, passesCheck, quoted } from './duckdb-words.ts'
import { formerEventsSql, formerPeopleSql } from './former.ts'
import { localKey, peopleFaults } from './identity.ts'
import { type Loading, rawSql, storePath, supplierOf } from './loading.ts'
import type { Fault } from './reading.ts'
import { isMostlyRefused, lineAmong } from './rules.ts'
import { stop } from './stopped.ts'
import type { Found } from './survey.ts'
import type { FileName } from './types.ts'

/** Why a row of an event file is refused once it is known who it is about. */
const eventFaults = {
  check: { number: 101, column: 'nhs_number', reason: 'it does not pass the check of an NHS number' },
  nobody: { number: 102, column: 'nhs_number', reason: 'nobody in people has this NHS number' },
  unsaid: { number: 103, column: 'nhs_number', reason: 'it does not say whom it is about' },
  again: { number: 104, reason: 'the same row came before' },
  beforeBirth: { number: 105, reason: 'it is before the person was born' },
  afterDeath: { number: 106, reason: 'it is after the person died' },
  identifier: { number: 107, reason: 'there is an identifier where a code belongs' },
} as const satisfies Record<string, Fault>

type MatchedFile = EventFile | 'objections' | 'allergies' | 'addresses'
const isMatched = (file: FileName): file is MatchedFile =>
  isEvents(file) || file === 'objections' || file === 'allergies' || file === 'addresses'
const isEvents = (file: FileName): file is EventFile => eventFiles.some((name) => name === file)

const couldHoldAnIdentifier = ['code', 'unit', 'primary_diagnosis', 'specialty', 'provider']

/** The rows of one file with the person each is about and, where it is refused, why. */
export function matchedSql(file: MatchedFile, raw: string, supplier: string): string {
  const spec = extractFiles[file]
  const columns = Object.keys(spec.columns).map(named)
  const hasDetails = 'family_name' in spec.columns
  const hasLocal = 'local_id' in spec.columns
  const again = spec.refusesRepeats
    ? `row_number() over (partition by ${columns.join(', ')}, fault order by line) > 1`
    : 'false'
  const numbered = `select *, ${again} as again${hasLocal ? `, ${localKey(supplier, hasDetails)} as own_key` : ''} from ${raw}`
  // Two joins by equality alone: with the birth date in the join DuckDB compares every row with every person.
  const known = hasDetails
    ? `select n.*, case when n.date_of_birth is null or k.born_on is null or n.date_of_birth = k.born_on
         then n.nhs_number end as known_number from (${numbered}) n left join who k on k.nhs = n.nhs_number`
    : `select n.*, n.nhs_number as known_number from (${numbered}) n`
  const day = spec.day ? `r.${named(spec.day)}::date` : 'null::date'
  const codes = isEvents(file) ? couldHoldAnIdentifier.filter((name) => name in storeFiles[file]) : []
  const marked = codes.map((name) => `list_contains(coalesce(w.marks, l.marks), upper(r.${named(name)}))`)
  return `select r.*, coalesce(w.key, l.key) as key, coalesce(w.person, l.person) as person,
      case when r.fault is not null then r.fault
        when r.again then ${eventFaults.again.number}
        when coalesce(w.key, l.key) is null then case when r.nhs_number is null then ${eventFaults.unsaid.number}
          when not ${passesCheck('r.nhs_number')} then ${eventFaults.check.number} else ${eventFaults.nobody.number} end
        when ${day} < coalesce(w.born_on, l.born_on) then ${eventFaults.beforeBirth.number}
        when ${day} > coalesce(w.died_on, l.died_on) then ${eventFaults.afterDeath.number}
        when ${marked.join(' or ') || 'false'} then ${eventFaults.identifier.number} end as why
    from (${known}) r left join who w on w.nhs = r.known_number
    left join who l on ${hasLocal ? 'l.key = (case when w.key is null then r.own_key end)' : 'false'}`
}

const parquet = '(format parquet, compression zstd, row_group_size 122880)'

/** Writes the store's files and counts every file's rows: read is taken and refused. */
export async function writeStore(loading: Loading): Promise<void> {
  const { files, workshop } = loading
  const events: EventFile[] = []
  let done = 0
  for (const [file, found] of files) {
    await workshop.say(`Storing ${found.name}`, 0.55 + (0.25 * done++) / files.size)
    const matched = isMatched(file)
      ? matchedSql(file, rawSql(loading, file), supplierOf(loading, file))
      : `select *, fault as why from ${file === 'people' ? 'people_row' : rawSql(loading, file)}`
    await countFile(loading, file, found, matched)
    if (isEvents(file)) await storeEvents(loading, file, matched)
  }
  for (const file of eventFiles) {
    if (!files.has(file)) await storeEvents(loading, file, undefined)
    if (loading.linked.some((source) => source.file === file)) events.push(file)
  }
  await storePeople(loading, events)
  await storeAliases(loading)
  await storeCosts(loading)
}

/** Writes one event file of the store: only its closed columns, by person, then day. Nothing linked, no file. */
async function storeEvents(loading: Loading, file: EventFile, matched: string | undefined): Promise<void> {
  const number = loading.linked.findIndex(
    (one) => one.file === file && one.supplier === supplierOf(loading, file),
  )
  const columns = Object.entries(storeFiles[file]).map(([name, { type }]) =>
    name === 'source' ? `${number}::${type} as source` : `${named(name)}::${type} as ${named(name)}`,
  )
  const fresh =
    matched && `select ${columns.join(', ')} from (${matched}) where why is null and person is not null`
  const all = [fresh, formerEventsSql(loading, file)].filter((sql) => sql !== undefined)
  if (all.length === 0) return
  await loading.bench.run(`copy (${all.join(' union all ')} order by person, ${named(extractFiles[file].day ?? 'person')})
    to ${quoted(storePath(loading, file))} ${parquet}`)
}

/** Writes the people of the store: traits only, months instead of days. */
async function storePeople(loading: Loading, events: readonly EventFile[]): Promise<void> {
  const { bench } = loading
  const days = events.map((file) => {
    const { day = '', end } = extractFiles[file]
    const last = end && file === 'inpatient' ? `greatest(${named(day)}, ${named(end)})` : named(day)
    return `select person, ${last}::date as on_day from read_parquet(${quoted(storePath(loading, file))})`
  })
  await bench.run(`create temp table ending as
    select h.person, least(coalesce(p.left_on, p.died_on), coalesce(p.died_on, p.left_on)) as end_on
    from person p join placed h using (key) where h.person is not null
      and (p.left_on is not null or p.died_on is not null)`)
  await bench.run(`create temp table last_event as
    select e.person, max(on_day) as on_day from (${days.join(' union all ') || 'select null::uinteger as person, null::date as on_day'}) e
    join ending n on n.person = e.person and on_day < date_trunc('month', n.end_on) + interval 1 month group by e.person`)
  const number = loading.linked.findIndex(
    (one) => one.file === 'people' && one.supplier === supplierOf(loading, 'people'),
  )
  await bench.run(`copy (
    select h.person, h.pseudonym, year(date_of_birth)::usmallint as birth_year, quarter(date_of_birth)::utinyint as birth_quarter,
      coalesce(sex, 'not known') as sex, lsoa, imd_decile::utinyint as imd_decile, coalesce(ethnicity, 'not known') as ethnicity_group,
      practice_code, date_trunc('month', registered_on)::date as registered_month, date_trunc('month', left_on)::date as left_month,
      date_trunc('month', died_on)::date as died_month,
      greatest(date_trunc('month', n.end_on)::date + 14, e.on_day)::date as until_on, care_home, lives_alone, smoking,
      case when p.is_whole then ${number} end::utinyint as source
    from person p join placed h using (key) left join ending n on n.person = h.person left join last_event e on e.person = h.person
    where h.person is not null
    union all ${formerPeopleSql(loading)}
    order by person) to ${quoted(storePath(loading, 'people'))} ${parquet}`)
}

/** Which records were joined to which: readers count the events of one as the other's. Undone, they part again. */
async function storeAliases(loading: Loading): Promise<void> {
  await loading.bench.run(`copy (select a.person, k.person as kept from standing s join placed a on a.pseudonym = s.pseudonym
      join placed k on k.pseudonym = s.instead where s.standing = 'joined' and a.person is not null and k.person is not null
      order by a.person) to ${quoted(storePath(loading, 'aliases'))} (format parquet)`)
}

/** Unit costs are about no person: kept beside the store for the evaluation. */
async function storeCosts(loading: Loading): Promise<void> {
  if (!loading.files.has('unit_costs')) return
  await loading.bench.run(`copy (select item, cost, year, source from ${rawSql(loading, 'unit_costs')} where fault is null order by item)
    to ${quoted(storePath(loading, 'unit_costs'))} (format parquet)`)
}

async function countFile(loading: Loading, file: FileName, found: Found, matched: string): Promise<void> {
  const read = loading.reads.get(file)
  if (!read) throw new Error(`${file} was not read`)
  const later: readonly Fault[] = Object.values(file === 'people' ? peopleFaults : eventFaults)
  const faults = new Map([...read.faults, ...later].map((fault) => [fault.number, fault]))
  const rows = await loading.bench.rows<{ line: bigint; why: number }>(
    `select line::bigint as line, why::int as why from (${matched}) where why is not null order by line`,
  )
  for (const { line, why } of rows) {
    const fault = faults.get(why)
    if (!fault) throw new Error(`${file}: fault ${why} has no reason`)
    const { column, reason } = fault
    loading.refused.push({ file: found.name, line: lineAmong(read.skipped, Number(line)), column, reason })
  }
  const mine = loading.refused.filter((row) => row.file === found.name)
  const refused = mine.length
  const count = {
    file,
    read: read.rows,
    taken: read.rows - refused,
    refused,
    unknownCodes: read.unknownCodes,
  }
  loading.counts.push(count)
  if (!isMostlyRefused(count)) return
  const first = mine.reduce((a, b) => (b.line < a.line ? b : a))
  const number = (n: number) => n.toLocaleString('en-GB')
  stop(
    `${found.name}, line ${first.line}: ${first.column ? `${first.column}, ` : ''}${first.reason}. ${number(refused)} of ${number(read.rows)} rows cannot be taken. Nothing was loaded.`,
  )
}

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

const couldHoldAnIdentifier = [
  'code',
  'unit',
  'primary_diagnosis',
  'specialty',
  'provider',
  'score',
  'version',
  'feeds',
]
// Ten digits, a telephone number, a word, a postcode: what a code seldom is.
const suspicious = '^([0-9]{10,11}|[A-Za-z-]{3,}|[A-Za-z]{1,2}[0-9][0-9A-Za-z]?[0-9][A-Za-z]{2})$'

/** Lays out the lines of a file whose codes are an identifier of the very person they are about. */
async function findIdentifiers(loading: Loading, file: MatchedFile): Promise<void> {
  const codes = isEvents(file) ? couldHoldAnIdentifier.filter((name) => name in storeFiles[file]) : []
  const looks = codes.map((name) => `regexp_matches(${named(name)}, ${quoted(suspicious)})`)
  const holds = codes.map((name) => `list_contains(m.marks, upper(r.${named(name)}))`)
  await loading.bench.run(
    `create or replace temp table given_away as ${
      codes.length === 0
        ? 'select null::bigint as line where false'
        : `select r.line from (select * from ${rawSql(loading, file)} where ${looks.join(' or ')}) r
         join who w on w.nhs = r.nhs_number join mark m on m.no = w.no where ${holds.join(' or ')}`
    }`,
  )
}

/** The rows of one file with the person each is about (`no` in who) and, where it is refused, why. */
export async function matchedSql(loading: Loading, file: MatchedFile): Promise<string> {
  await findIdentifiers(loading, file)
  const spec = extractFiles[file]
  const has = loading.reads.get(file)?.has ?? new Set()
  const columns = Object.keys(spec.columns).map(named)
  const hasDetails = has.has('family_name')
  const hasLocal = hasDetails || has.has('local_id')
  // Somebody else's number on a row that says another birth date is not theirs.
  const isTheirs = has.has('date_of_birth')
    ? 'w.no is not null and (r.date_of_birth is null or w.born_on is null or r.date_of_birth = w.born_on)'
    : 'w.no is not null'
  const again = spec.refusesRepeats
    ? `row_number() over (partition by ${columns.join(', ')}, fault order by line) > 1`
    : 'false'
  const day = spec.day ? `r.${named(spec.day)}::date` : 'null::date'
  const held = ['no', 'person', 'born_on', 'died_on']
  const numbered = `select r.*, ${held.map((name) => `case when ${isTheirs} then w.${name} end as holder_${name}`).join(', ')}
    from (select *, ${again} as again from ${rawSql(loading, file)}) r left join who w on w.nhs = r.nhs_number`
  const matched = hasLocal
    ? `select r.* exclude (own_key, ${held.map((name) => `holder_${name}`).join(', ')}), ${held.map((name) => `coalesce(r.holder_${name}, l.${name}) as ${name}`).join(', ')}
       from (select *, case when holder_no is null then ${localKey(supplierOf(loading, file), hasDetails)} end as own_key from (${numbered})) r
       left join who_local l on l.key = r.own_key`
    : `select * exclude (${held.map((name) => `holder_${name}`).join(', ')}), ${held.map((name) => `holder_${name} as ${name}`).join(', ')} from (${numbered})`
  return `select r.*, case when r.fault is not null then r.fault
        when r.again then ${eventFaults.again.number}
        when r.no is null then case when r.nhs_number is null then ${eventFaults.unsaid.number}
          when not ${passesCheck('r.nhs_number')} then ${eventFaults.check.number} else ${eventFaults.nobody.number} end
        when ${day} < r.born_on then ${eventFaults.beforeBirth.number}
        when ${day} > r.died_on then ${eventFaults.afterDeath.number}
        when r.line in (select line from given_away) then ${eventFaults.identifier.number} end as why
    from (${matched}) r`
}

const parquet = '(format parquet, compression zstd, row_group_size 122880)'

/** Writes the store's files and counts every file's rows: read is taken and refused. */
export async function writeStore(loading: Loading): Promise<void> {
  const { files, workshop } = loading
  const events: EventFile[] = []
  let done = 0
  // People first: where they are wrong, that is the fault to tell, not the files whose rows then belong to nobody.
  const inTurn = [...files].toSorted(([a], [b]) => Number(b === 'people') - Number(a === 'people'))
  for (const [file, found] of inTurn) {
    await workshop.say(`Storing ${found.name}`, 0.55 + (0.25 * done++) / files.size)
    const matched = isMatched(file)
      ? await matchedSql(loading, file)
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
    reading: read.reading,
  }
  loading.counts.push(count)
  if (!isMostlyRefused(count)) return
  const first = mine.reduce((a, b) => (b.line < a.line ? b : a))
  const number = (n: number) => n.toLocaleString('en-GB')
  stop(
    `${found.name}, line ${first.line}: ${first.column ? `${first.column}, ` : ''}${first.reason}. ${number(refused)} of ${number(read.rows)} rows cannot be taken. Nothing was loaded.`,
  )
}

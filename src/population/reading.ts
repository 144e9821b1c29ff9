import type { LondonDate } from '#calendar'
import { lists } from './codes.data.ts'
import { type Column, type ExtractFile, extractFiles } from './columns.data.ts'
import type { FileMapping } from './sources.ts'
import { stop } from './stopped.ts'
import { type Found, headingsIn, longestLineBytes } from './survey.ts'
import { susMappings } from './sus-mapping.data.ts'
import type { FileName } from './types.ts'

/** A text as an SQL literal. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
/** A name as an SQL identifier. */
export const named = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Why a row of a file is refused: its number in the SQL, the column, the reason. */
export type Fault = { readonly number: number; readonly column?: string; readonly reason: string }

/** How one file is read: the SELECT of its typed rows with `line` and `fault`, and what each fault means. */
export type Reading = {
  readonly sql: string
  readonly faults: readonly Fault[]
  readonly columns: readonly string[]
  /** Columns of a closed list whose texts were on no list, as SQL conditions. */
  readonly unknowns: Readonly<Record<string, string>>
}

type Cell = {
  readonly text: string
  readonly typed: string
  readonly isOdd?: string
  readonly unknown?: string
}

/** One heading or several joined, in the file's own words; undefined where the file has none for a column. */
export type Where = Readonly<Record<string, readonly string[]>>

/**
 * Where each column of the extract stands in a file: by its own heading, by `mapping.json`, by SUS-style headings.
 *
 * @throws a sentence with the file and line 1 where a needed heading is missing or the delimiter is wrong.
 */
export function findColumns(
  file: FileName,
  found: Found,
  headings: readonly string[],
  mapping?: FileMapping,
): Where {
  const at = new Map(headings.map((heading) => [heading.trim().toLowerCase(), heading]))
  const own = (name: string) => at.get(name.toLowerCase())
  if (at.size < headings.length) stop(`${found.name}, line 1: two columns have the same heading.`)
  const sus = susMappings.find((known) => known.file === file && known.when.every(own))
  const where: Record<string, readonly string[]> = {}
  for (const [column, { isNeeded }] of Object.entries(extractFiles[file].columns)) {
    const wanted = mapping?.columns[column]
    const asked =
      wanted === undefined ? undefined : [wanted].flat().map((name) => own(name) ?? missing(found, name))
    const joined = sus?.joined[column]?.map(own).filter((name) => name !== undefined)
    const susOne = sus?.columns[column]?.map(own).find((name) => name !== undefined)
    const plain = own(column)
    const here = asked ?? (plain ? [plain] : joined?.length ? joined : susOne ? [susOne] : undefined)
    if (here) where[column] = here
    else if (isNeeded && !(column === 'nhs_number' && own('local_id')))
      missingOrDelimited(found, column, headings)
  }
  return where
}

const missing = (found: Found, heading: string): never =>
  stop(`${found.name}, line 1: mapping.json speaks of a column ${heading}, which is not there.`)

function missingOrDelimited(found: Found, column: string, headings: readonly string[]): never {
  const other = [';', '\t', '|'].find((mark) => headings.length === 1 && headings[0]?.includes(mark))
  const words = other === '\t' ? 'tabs' : other
  return other
    ? stop(`${found.name}, line 1: the columns are separated by ${words}. Separate them by commas.`)
    : stop(`${found.name}, line 1: there is no column ${column}.`)
}

/** The rows as they stand in the file: every column text, with the line each stands on. */
export function sourceSql(found: Found, headings: readonly string[]): string {
  if (found.format === 'parquet')
    return `select * exclude (file_row_number), file_row_number + 1 as "line." from read_parquet(${quoted(found.path)}, file_row_number = true)`
  const columns = headings.map((heading) => `${quoted(heading)}: 'VARCHAR'`).join(', ')
  const newlines = headings.map(
    (heading) => `coalesce(length(${named(heading)}) - length(replace(${named(heading)}, chr(10), '')), 0)`,
  )
  return `select *, 1 + row_number() over () + coalesce(sum(${newlines.join(' + ')}) over (rows between unbounded preceding and 1 preceding), 0)::bigint as "line."
    from read_csv(${quoted(found.path)}, auto_detect = false, columns = {${columns}}, header = true, delim = ',', quote = '"', escape = '"',
      nullstr = '', strict_mode = true, store_rejects = true, max_line_size = ${longestLineBytes * 2})`
}

/** The headings of a file; of a Parquet file its column names, given by the caller. */
export const csvHeadings = (found: Found): string[] => headingsIn(found.firstLine)

const codeShape = '^[A-Za-z0-9%/.+_*{}()\\[\\]^-]{1,24}$'
const codesShape = '^[A-Za-z0-9./+_-]{1,24}([;,| ]+[A-Za-z0-9./+_-]{1,24})*$'

/** Everything this version asks of one file's rows, as one SELECT. */
export function readingOf(
  file: FileName,
  from: string,
  where: Where,
  bounds: {
    readonly coversFrom?: LondonDate
    readonly coversTo: LondonDate
    readonly extractedOn: LondonDate
  },
  mapping?: FileMapping,
): Reading {
  const spec = extractFiles[file]
  const sus = susMappings.find(
    (known) =>
      known.file === file &&
      known.when.every((name) =>
        Object.values(where)
          .flat()
          .some((h) => h.toUpperCase() === name),
      ),
  )
  const faults: Fault[] = []
  const checks: string[] = []
  const unknowns: Record<string, string> = {}
  const selected: string[] = []
  const check = (condition: string, reason: string, column?: string) => {
    faults.push({ number: faults.length + 1, column, reason })
    checks.push(`when ${condition} then ${faults.length}`)
  }
  for (const [column, kind] of Object.entries(spec.columns)) {
    const cell = cellOf(
      column,
      kind,
      where[column],
      { ...sus?.codes[column], ...mapping?.codes[column] },
      mapping?.dates,
    )
    selected.push(`${cell.typed} as ${named(column)}`)
    if (!where[column]) continue
    if (kind.isAlwaysFilled) check(`${cell.text} is null`, 'there is nothing here', column)
    if (cell.isOdd) check(cell.isOdd, reasonOf(kind), column)
    if (cell.unknown) unknowns[column] = cell.unknown
    for (const [condition, reason] of limitsOf(column, kind, cell.typed, spec, bounds))
      check(condition, reason, column)
  }
  if (spec.day && spec.end) {
    const columns = spec.columns
    const end = cellOf(
      spec.end,
      columns[spec.end] ?? { is: 'date' },
      where[spec.end],
      {},
      mapping?.dates,
    ).typed
    const day = cellOf(
      spec.day,
      columns[spec.day] ?? { is: 'date' },
      where[spec.day],
      {},
      mapping?.dates,
    ).typed
    check(`${end} < ${day}`, `it is before ${spec.day}`, spec.end)
  }
  const fault = checks.length ? `case ${checks.join(' ')} end` : 'null'
  const unknownColumns = Object.entries(unknowns).map(
    ([column, sql]) => `(${sql}) as ${named(`unknown ${column}`)}`,
  )
  const sql = `select ${[...selected, ...unknownColumns].join(', ')}, "line." as line, (${fault})::utinyint as fault from (${from}) s`
  return { sql, faults, columns: Object.keys(spec.columns), unknowns }
}

function limitsOf(
  column: string,
  kind: Column,
  typed: string,
  spec: ExtractFile,
  bounds: {
    readonly coversFrom?: LondonDate
    readonly coversTo: LondonDate
    readonly extractedOn: LondonDate
  },
): readonly (readonly [string, string])[] {
  const limits: [string, string][] = []
  if (kind.is === 'date' || kind.is === 'time') {
    limits.push([`${typed} < date '1900-01-01'`, 'it is before 1900'])
    if (column === 'date_of_birth')
      limits.push([
        `${typed} < date '${bounds.coversTo}' - interval 121 year`,
        'it is more than 120 years ago',
      ])
    if (column === spec.day) {
      if (bounds.coversFrom)
        limits.push([
          `${typed} < date '${bounds.coversFrom}'`,
          'it is before the first day the source covers',
        ])
      limits.push([`${typed} >= date '${bounds.coversTo}' + 1`, 'it is after the last day the source covers'])
    } else if (column !== 'checked_at') {
      const last = `greatest(date '${bounds.extractedOn}', date '${bounds.coversTo}')`
      const ahead = column === spec.end && spec.isEndPlanned ? ' + 731' : ''
      const reason = ahead ? 'it is more than two years ahead' : 'it is after the day of the extract'
      limits.push([`${typed} >= ${last}${ahead} + 1`, reason])
    }
  }
  if (kind.least !== undefined) limits.push([`${typed} < ${kind.least}`, `it is less than ${kind.least}`])
  if (kind.most !== undefined) limits.push([`${typed} > ${kind.most}`, `it is more than ${kind.most}`])
  return limits
}

const reasonOf = (kind: Column): string =>
  ({
    'NHS number': 'it does not pass the check of an NHS number',
    date: 'it is not a date like 2026-03-31',
    time: 'it is not a time like 2026-03-31 14:05',
    number: 'it is not a number',
    'whole number': 'it is not a whole number',
    'yes or no': 'it is neither true nor false',
    code: 'it does not have the shape of a code',
    codes: 'it does not have the shape of codes',
    words: 'it is too long',
  })[kind.is]

function cellOf(
  column: string,
  kind: Column,
  headings: readonly string[] | undefined,
  codes: Readonly<Record<string, string>>,
  dates: FileMapping['dates'] = 'YYYY-MM-DD',
): Cell {
  if (!headings) return { text: 'null', typed: `null::${typeOf(kind)}` }
  const plain =
    headings.length === 1
      ? `s.${named(headings[0] ?? '')}::varchar`
      : `concat_ws(${kind.is === 'codes' ? "';'" : "' '"}, ${headings.map((heading) => `nullif(trim(s.${named(heading)}::varchar), '')`).join(', ')})`
  const trimmed = `nullif(trim(${plain}), '')`
  const coded = Object.entries(codes).map(
    ([from, to]) => `when ${quoted(from)} then ${to === '' ? 'null' : quoted(to)}`,
  )
  const text = coded.length ? `(case ${trimmed} ${coded.join(' ')} else ${trimmed} end)` : trimmed
  return { text, ...typedCell(column, kind, text, dates) }
}

const typeOf = (kind: Column): string =>
  ({
    'NHS number': 'BIGINT',
    date: 'DATE',
    time: 'TIMESTAMP',
    number: 'DOUBLE',
    'whole number': 'INTEGER',
    'yes or no': 'BOOLEAN',
    code: 'VARCHAR',
    codes: 'VARCHAR',
    words: 'VARCHAR',
  })[kind.is]

function typedCell(column: string, kind: Column, text: string, dates: string): Omit<Cell, 'text'> {
  const tried = (typed: string) => ({ typed, isOdd: `${typed} is null and ${text} is not null` })
  switch (kind.is) {
    case 'NHS number':
      return numberCell(column, text)
    case 'date':
      return tried(dateSql(text, dates))
    case 'time':
      return tried(timeSql(text, dates))
    case 'number':
      return tried(`try_cast(${text} as DOUBLE)`)
    case 'whole number':
      return tried(`try_cast(${text} as INTEGER)`)
    case 'yes or no':
      return tried(`try_cast(${text} as BOOLEAN)`)
    case 'words':
      return { typed: text, isOdd: `length(${text}) > 400` }
    case 'codes': {
      const typed = `nullif(regexp_replace(${text}, '[;,| ]+', ';', 'g'), '')`
      return { typed, isOdd: `not regexp_matches(${text}, ${quoted(codesShape)})` }
    }
    case 'code':
      return kind.list
        ? listCell(kind.list, text)
        : { typed: text, isOdd: `not regexp_matches(${text}, ${quoted(codeShape)})` }
  }
}

/** Ten digits as a number; the check digit is judged where the number is nobody's. */
const numberCell = (_column: string, text: string): Omit<Cell, 'text'> => {
  const digits = `replace(replace(${text}, ' ', ''), '-', '')`
  return {
    typed: `(case when length(${digits}) = 10 then try_cast(${digits} as BIGINT) when ${text} is not null then -1 end)`,
  }
}

function listCell(list: keyof typeof lists, text: string): Omit<Cell, 'text'> {
  const pairs: readonly (readonly [string, readonly string[]])[] = Object.entries(lists[list])
  const cases = pairs.map(
    ([kept, said]) => `when lower(${text}) in (${said.map(quoted).join(', ')}) then ${quoted(kept)}`,
  )
  const typed = `(case ${cases.join(' ')} end)`
  return { typed, unknown: `${text} is not null and ${typed} is null` }
}

const dateSql = (text: string, dates: string): string =>
  dates === 'DD/MM/YYYY'
    ? `try_strptime(${text}, '%d/%m/%Y')::date`
    : dates === 'YYYYMMDD'
      ? `try_strptime(${text}, '%Y%m%d')::date`
      : `(case when regexp_matches(${text}, '^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$') then try_cast(${text} as DATE) end)`

const timeSql = (text: string, dates: string): string =>
  dates === 'DD/MM/YYYY'
    ? `coalesce(try_strptime(${text}, ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y %H%M']), ${dateSql(text, dates)}::timestamp)`
    : dates === 'YYYYMMDD'
      ? `coalesce(try_strptime(${text}, ['%Y%m%d %H:%M:%S', '%Y%m%d %H:%M', '%Y%m%d %H%M']), ${dateSql(text, dates)}::timestamp)`
      : `(case when regexp_matches(${text}, '^[12][0-9]{3}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:?[0-9]{2}|$)') then
          coalesce(try_cast(${text} as TIMESTAMP), try_strptime(${text}, ['%Y-%m-%d %H%M', '%Y-%m-%dT%H:%M:%SZ'])) end)`

/** Whether a ten-digit number passes the check of an NHS number: modulus 11, weights 10 to 2. */
export const passesCheck = (number: string): string =>
  `(${number} > 0 and (11 - (${[10, 9, 8, 7, 6, 5, 4, 3, 2]
    .map((weight, at) => `(${number} // ${10 ** (9 - at)}) % 10 * ${weight}`)
    .join(' + ')}) % 11) % 11 = ${number} % 10)`

import type { LondonDate } from '#calendar'
import { cellOf, reasonOf } from './cells.ts'
import { type Column, type ExtractFile, extractFiles } from './columns.data.ts'
import { named, quoted } from './duckdb-words.ts'
import type { FileMapping } from './sources.ts'
import { stop } from './stopped.ts'
import { type Found, headingsIn, longestLineBytes } from './survey.ts'
import { susMappings } from './sus-mapping.data.ts'
import type { FileName } from './types.ts'

/** Why a row of a file is refused: its number in the SQL, the column, the reason. */
export type Fault = { readonly number: number; readonly column?: string; readonly reason: string }

/** How one file is read: the SELECT of its typed rows with `line` and `fault`, and what each fault means. */
export type Reading = {
  readonly sql: string
  readonly faults: readonly Fault[]
  readonly columns: readonly string[]
  /** Columns of a closed list: a text that is on none of it is kept beside them while the load is under way. */
  readonly listed: readonly string[]
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
  const names = headings.map((heading) => heading.trim().toLowerCase())
  const twice = names.find((name, place) => names.indexOf(name) < place)
  if (twice !== undefined)
    stop(
      `${found.name}, line 1: two columns have the same heading, ${twice || 'an empty one'}. Name each once.`,
    )
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

/**
 * The rows as they stand in the file: every column text, with the line each stands on.
 *
 * @param spansLines whether some cell may hold a line's end, so that a row is more than a line; counting them is slow.
 */
export function sourceSql(found: Found, headings: readonly string[], spansLines: boolean): string {
  if (found.format === 'parquet')
    return `select * exclude (file_row_number), file_row_number + 1 as "line." from read_parquet(${quoted(found.path)}, file_row_number = true)`
  const columns = headings.map((heading) => `${quoted(heading)}: 'VARCHAR'`).join(', ')
  const ends = headings.map(
    (heading) => `coalesce(length(${named(heading)}) - length(replace(${named(heading)}, chr(10), '')), 0)`,
  )
  const before = spansLines
    ? ` + coalesce(sum(${ends.join(' + ')}) over (rows between unbounded preceding and 1 preceding), 0)::bigint`
    : ''
  return `select *, 1 + row_number() over ()${before} as "line."
    from read_csv(${quoted(found.path)}, auto_detect = false, columns = {${columns}}, header = true, delim = ',', quote = '"', escape = '"',
      nullstr = '', strict_mode = true, store_rejects = true, max_line_size = ${longestLineBytes * 2})`
}

/** The headings of a file; of a Parquet file its column names, given by the caller. */
export const csvHeadings = (found: Found): string[] => headingsIn(found.firstLine)

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
  const texts: string[] = []
  const typed: string[] = []
  const check = (condition: string, reason: string, column?: string) => {
    faults.push({ number: faults.length + 1, column, reason })
    checks.push(`when ${condition} then ${faults.length}`)
  }
  for (const [column, kind] of Object.entries(spec.columns)) {
    const codes = { ...sus?.codes[column], ...mapping?.codes[column] }
    const cell = cellOf(kind, where[column], codes, mapping?.dates)
    const [text, value] = [named(`text ${column}`), named(column)]
    texts.push(`${cell.text} as ${text}`)
    typed.push(`${cell.typed(text)} as ${value}`)
    if (!where[column]) continue
    if (kind.isAlwaysFilled) check(`${text} is null`, 'there is nothing here', column)
    if (cell.isOdd) check(cell.isOdd(value, text), reasonOf(kind), column)
    if (cell.unknown) unknowns[column] = `case when ${cell.unknown(value, text)} then ${text} end`
    for (const [condition, reason] of limitsOf(column, kind, value, spec, bounds))
      check(condition, reason, column)
  }
  if (spec.day && spec.end && where[spec.end])
    check(`${named(spec.end)} < ${named(spec.day)}`, `it is before ${spec.day}`, spec.end)
  for (const { when, column, reason } of spec.refuses ?? []) check(when, reason, column)
  const fault = checks.length ? `case ${checks.join(' ')} end` : 'null'
  const unknownColumns = Object.entries(unknowns).map(
    ([column, sql]) => `${sql} as ${named(`unknown ${column}`)}`,
  )
  const columns = Object.keys(spec.columns)
  const sql = `select ${[...columns.map(named), ...unknownColumns].join(', ')}, line, (${fault})::utinyint as fault
    from (select *, ${typed.join(', ')} from (select "line." as line, ${texts.join(', ')} from (${from}) s))`
  return { sql, faults, columns, listed: Object.keys(unknowns) }
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

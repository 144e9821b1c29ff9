import { lists } from './codes.data.ts'
import type { Column } from './columns.data.ts'
import { named, quoted } from './duckdb-words.ts'
import type { FileMapping } from './sources.ts'

/** One column of one row as SQL: the text that came, the typed value, when it is odd, when it is on no list. */
export type Cell = {
  readonly text: string
  readonly typed: string
  readonly isOdd?: string
  readonly unknown?: string
}

const codeShape = '^[A-Za-z0-9%/.+_*{}()\\[\\]^-]{1,24}$'
const codesShape = '^[A-Za-z0-9./+_-]{1,24}([;,| ]+[A-Za-z0-9./+_-]{1,24})*$'

/** What is wrong with a cell that is odd. */
export const reasonOf = (kind: Column): string =>
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

/** How a column is read from the headings it stands under. */
export function cellOf(
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

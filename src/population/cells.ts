import { type ListName, lists } from './codes.data.ts'
import type { Column } from './columns.data.ts'
import { named, quoted } from './duckdb-words.ts'
import type { FileMapping } from './sources.ts'

/** One column of one row as SQL: the text that came, the typed value, when it is odd, when it is on no list. */
export type Cell = {
  readonly text: string
  /** The typed value, from the name of the column that holds the text. */
  readonly typed: (text: string) => string
  /** Whether what came is not what it should be, from the names of both columns. */
  readonly isOdd?: (typed: string, text: string) => string
  readonly unknown?: (typed: string, text: string) => string
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
  kind: Column,
  headings: readonly string[] | undefined,
  codes: Readonly<Record<string, string>>,
  dates: FileMapping['dates'] = 'YYYY-MM-DD',
): Cell {
  if (!headings) return { text: 'null', typed: () => `null::${typeOf(kind)}` }
  const plain =
    headings.length === 1
      ? `s.${named(headings[0] ?? '')}::varchar`
      : `concat_ws(${kind.is === 'codes' ? "';'" : "' '"}, ${headings.map((heading) => `nullif(trim(s.${named(heading)}::varchar), '')`).join(', ')})`
  const trimmed = `nullif(trim(${plain}), '')`
  const coded = Object.entries(codes).map(
    ([from, to]) => `when ${quoted(from)} then ${to === '' ? 'null' : quoted(to)}`,
  )
  const text = coded.length ? `(case ${trimmed} ${coded.join(' ')} else ${trimmed} end)` : trimmed
  return { text, ...typedCell(kind, dates) }
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

const isLost = (typed: string, text: string) => `${typed} is null and ${text} is not null`

function typedCell(kind: Column, dates: string): Omit<Cell, 'text'> {
  switch (kind.is) {
    case 'NHS number':
      return numberCell
    case 'date':
      return { typed: (text) => dateSql(text, dates), isOdd: isLost }
    case 'time':
      return { typed: (text) => timeSql(text, dates), isOdd: isLost }
    case 'number':
      return { typed: (text) => `try_cast(${text} as DOUBLE)`, isOdd: isLost }
    case 'whole number':
      return { typed: (text) => `try_cast(${text} as INTEGER)`, isOdd: isLost }
    case 'yes or no':
      return { typed: (text) => `try_cast(${text} as BOOLEAN)`, isOdd: isLost }
    case 'words':
      return { typed: (text) => text, isOdd: (_, text) => `length(${text}) > 400` }
    case 'codes':
      return {
        typed: (text) => `nullif(regexp_replace(${text}, '[;,| ]+', ';', 'g'), '')`,
        isOdd: (_, text) => `not regexp_matches(${text}, ${quoted(codesShape)})`,
      }
    case 'code':
      return kind.list
        ? listCell(kind.list)
        : {
            typed: (text) => text,
            isOdd: (_, text) => `not regexp_matches(${text}, ${quoted(codeShape)})`,
          }
  }
}

/** Ten digits as a number; the check digit is judged where the number is nobody's. */
const numberCell: Omit<Cell, 'text'> = {
  typed: (text) => {
    const digits = `replace(replace(${text}, ' ', ''), '-', '')`
    return `(case when length(${text}) = 10 then coalesce(try_cast(${text} as BIGINT), -1) when ${text} is null then null
      when length(${digits}) = 10 then coalesce(try_cast(${digits} as BIGINT), -1) else -1 end)`
  },
}

function listCell(list: ListName): Omit<Cell, 'text'> {
  const pairs: readonly (readonly [string, readonly string[]])[] = Object.entries(lists[list])
  const cases = (text: string) =>
    pairs.map(
      ([kept, said]) => `when lower(${text}) in (${said.map(quoted).join(', ')}) then ${quoted(kept)}`,
    )
  return { typed: (text) => `(case ${cases(text).join(' ')} end)`, unknown: isLost }
}

const dateSql = (text: string, dates: string): string =>
  dates === 'DD/MM/YYYY'
    ? `try_strptime(${text}, '%d/%m/%Y')::date`
    : dates === 'YYYYMMDD'
      ? `try_strptime(${text}, '%Y%m%d')::date`
      : `(case when try_cast(${text} as DATE)::varchar = ${text} then try_cast(${text} as DATE) end)`

const timeSql = (text: string, dates: string): string =>
  dates === 'DD/MM/YYYY'
    ? `coalesce(try_strptime(${text}, ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y %H%M']), ${dateSql(text, dates)}::timestamp)`
    : dates === 'YYYYMMDD'
      ? `coalesce(try_strptime(${text}, ['%Y%m%d %H:%M:%S', '%Y%m%d %H:%M', '%Y%m%d %H%M']), ${dateSql(text, dates)}::timestamp)`
      : `(case when regexp_matches(${text}, '^[12][0-9]{3}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:?[0-9]{2}|$)') then
          coalesce(try_cast(${text} as TIMESTAMP), try_strptime(${text}, ['%Y-%m-%d %H%M', '%Y-%m-%dT%H:%M:%SZ'])) end)`

import { existsSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** What the user gave cannot be used: one sentence, which the verb says with exit 1. */
export const mistake = (sentence: string) => new Error(sentence, { cause: 'mistake' })

/** A column that is wanted, and as what. */
export type Wanted = {
  readonly name: string
  readonly kind: 'number' | 'yes or no' | 'words'
  /** A column that says nothing because it never changes is refused. */
  readonly mustVary?: boolean
}

export type TableRead = {
  readonly rows: number
  /** Rows left out because a wanted column is empty in them. */
  readonly leftOut: number
  readonly numbers: (name: string) => Float64Array
  readonly words: (name: string) => readonly string[]
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const named = (text: string) => `"${text.replaceAll('"', '""')}"`

/**
 * Reads the wanted columns of any table: CSV or tab-separated (also .gz), or Parquet.
 *
 * @param orderedBy a column whose values differ in every row: rows come in its order. Without one they come as they
 *   stand in the file.
 * @throws Error with cause "mistake", in one sentence that never shows a value of the table: no such file or column, a
 *   column of words where numbers are needed, an empty or constant one, an id that comes twice.
 */
export async function readTable(
  file: string,
  wanted: readonly Wanted[],
  orderedBy?: string,
): Promise<TableRead> {
  const source = sourceOf(file)
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    const all = [...wanted, ...(orderedBy ? [{ name: orderedBy, kind: 'words' as const }] : [])]
    await takeColumns(connection, file, source, all)
    const rows = await checkColumns(connection, file, all, orderedBy)
    return await fetchColumns(connection, all, rows, orderedBy)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function sourceOf(file: string): string {
  if (!existsSync(file)) throw mistake(`There is no file ${file}.`)
  if (/\.parquet$/i.test(file)) return `read_parquet(${quoted(file)})`
  if (/\.(csv|tsv|txt)(\.gz)?$/i.test(file))
    return `read_csv(${quoted(file)}, header = true, sample_size = -1, nullstr = ['', 'NA', 'NaN', 'null', 'NULL'])`
  throw mistake(`${file} is neither CSV (.csv, .csv.gz) nor Parquet (.parquet).`)
}

const firsts = async (connection: DuckDBConnection, sql: string) =>
  (await (await connection.run(sql)).getRowsJS()).map((row) => row.map((value) => value))

async function takeColumns(
  connection: DuckDBConnection,
  file: string,
  source: string,
  wanted: readonly Wanted[],
): Promise<void> {
  // What DuckDB says of a bad file shows its lines, which may hold names: only that it is bad is passed on.
  const described = await firsts(connection, `describe select * from ${source}`).catch(() => {
    throw mistake(`${file} cannot be read as a table: look at its heading and at its delimiter.`)
  })
  const known = described.map(([name]) => String(name))
  const missing = wanted.find(({ name }) => !known.includes(name))
  // The names are not listed: a file without a heading would show its first person instead.
  if (missing)
    throw mistake(
      `There is no column called ${missing.name} in ${file}: its heading has ${known.length} names, and each must be given to the letter.`,
    )
  const columns = [...new Set(wanted.map(({ name }) => named(name)))].join(', ')
  await connection.run(`create table wanted as select ${columns} from ${source}`).catch(() => {
    throw mistake(`${file} cannot be read to its end: not every line has the columns of its heading.`)
  })
}

const numeric = (name: string) => `try_cast(${named(name)} as double)`
const isNumber = (name: string) => `coalesce(isfinite(${numeric(name)}), false)`

/** Looks at every column before any is used; returns how many rows there are. */
async function checkColumns(
  connection: DuckDBConnection,
  file: string,
  wanted: readonly Wanted[],
  orderedBy: string | undefined,
): Promise<number> {
  const parts = wanted.flatMap(({ name, kind }) => [
    `count(${named(name)})`,
    kind === 'words' ? '0' : `count(*) filter (where ${named(name)} is not null and not ${isNumber(name)})`,
    kind === 'yes or no'
      ? `count(*) filter (where ${isNumber(name)} and ${numeric(name)} not in (0, 1))`
      : '0',
    kind === 'words' ? `count(distinct ${named(name)})` : `count(distinct ${numeric(name)})`,
  ])
  const [counted = []] = await firsts(connection, `select count(*), ${parts.join(', ')} from wanted`)
  const [rows = 0, ...found] = counted.map(Number)
  if (rows === 0) throw mistake(`${file} has a heading and no rows.`)
  wanted.forEach((column, k) => {
    const [filled = 0, unlike = 0, others = 0, different = 0] = found.slice(4 * k, 4 * k + 4)
    checkColumn(
      column,
      { rows, filled, unlike, others, different },
      column.name === orderedBy && k === wanted.length - 1,
    )
  })
  return rows
}

type Counted = {
  readonly rows: number
  readonly filled: number
  readonly unlike: number
  readonly others: number
  readonly different: number
}

const inRows = (count: number) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'row' : 'rows'}`

function checkColumn({ name, kind, mustVary }: Wanted, counted: Counted, isOrder: boolean): void {
  const { rows, filled, unlike, others, different } = counted
  if (filled === 0) throw mistake(`The column ${name} is empty in every row.`)
  if (unlike > 0)
    throw mistake(`The column ${name} is not a number in ${inRows(unlike)}: give numbers, or leave it out.`)
  if (kind === 'yes or no' && others > 0)
    throw mistake(`The column ${name} must be 0 or 1: it is something else in ${inRows(others)}.`)
  if (mustVary && different < 2) throw mistake(`The column ${name} is the same in every row: leave it out.`)
  if (isOrder && different < rows)
    throw mistake(`The column ${name} is no id: ${inRows(rows - different)} repeat another or have none.`)
}

async function fetchColumns(
  connection: DuckDBConnection,
  wanted: readonly Wanted[],
  rows: number,
  orderedBy: string | undefined,
): Promise<TableRead> {
  const unique = [...new Map(wanted.map((column) => [column.name, column])).values()]
  const isWords = new Set(wanted.filter(({ kind }) => kind === 'words').map(({ name }) => name))
  const isNumeric = new Set(wanted.filter(({ kind }) => kind !== 'words').map(({ name }) => name))
  const asked = unique.flatMap(({ name }) => [
    ...(isNumeric.has(name) ? [{ name, isText: false, sql: numeric(name) }] : []),
    ...(isWords.has(name) ? [{ name, isText: true, sql: `cast(${named(name)} as varchar)` }] : []),
  ])
  const filled = unique.map(({ name }) => `${named(name)} is not null`).join(' and ')
  const order = orderedBy ? `order by ${named(orderedBy)}` : ''
  const result = await connection.stream(
    `select ${asked.map(({ sql }) => sql).join(', ')} from wanted where ${filled} ${order}`,
  )
  const numbers = new Map(asked.filter((a) => !a.isText).map(({ name }) => [name, new Float64Array(rows)]))
  const words = new Map(asked.filter((a) => a.isText).map(({ name }) => [name, [] as string[]]))
  let taken = 0
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    for (const [k, { name, isText }] of asked.entries()) {
      const values = chunk.getColumnValues(k)
      const [into, texts] = [numbers.get(name), words.get(name)]
      if (isText) for (const value of values) texts?.push(String(value))
      else if (into) for (let i = 0; i < values.length; i++) into[taken + i] = Number(values[i])
    }
    taken += chunk.rowCount
  }
  return tableOf(numbers, words, taken, rows)
}

function tableOf(
  numbers: ReadonlyMap<string, Float64Array>,
  words: ReadonlyMap<string, readonly string[]>,
  taken: number,
  rows: number,
): TableRead {
  if (taken === 0) throw mistake('Every row has an empty cell in one of the columns asked for.')
  const unknown = (name: string) => new Error(`column ${name} was not asked for`)
  return {
    rows: taken,
    leftOut: rows - taken,
    numbers: (name) => {
      const values = numbers.get(name)
      if (!values) throw unknown(name)
      return taken === rows ? values : values.slice(0, taken)
    },
    words: (name) => {
      const values = words.get(name)
      if (!values) throw unknown(name)
      return values
    },
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api'
import { newTable } from './table.ts'
import type { Table } from './types.ts'

/** What was read of a file: its columns of numbers, one column of names if wanted, and the columns that are neither. */
export type FileRead = {
  readonly table: Table
  /** A code from 0 for each row, in order of first appearance. */
  readonly groups?: Int32Array
  readonly groupNames?: readonly string[]
  /** Columns that hold no numbers, and were not asked for. */
  readonly leftOut: readonly string[]
}

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|BOOLEAN|DECIMAL.*)$/

/**
 * Reads a CSV file with a heading row (also gzipped) or a Parquet file into memory, in the file's order.
 *
 * Whole numbers, decimals and true or false are numbers; what is empty is missing.
 *
 * @param file its path. @param groupColumn a column whose values name groups; it is not among the numbers.
 * @throws RangeError in one sentence when the file cannot be read or has no rows: the caller's mistake.
 */
export async function readTable(file: string, groupColumn?: string): Promise<FileRead> {
  const spill = await mkdtemp(join(tmpdir(), 'keyworker-'))
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(Math.max(1, availableParallelism())),
    memory_limit: '512MB',
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    // A column's kind is judged from its first rows; where a later row shows it wrong, from all of them.
    return await readRows(connection, sourceOf(file, 20_480), groupColumn).catch((error: unknown) => {
      if (error instanceof RangeError || /\.parquet$/i.test(file)) throw error
      return readRows(connection, sourceOf(file, -1), groupColumn)
    })
  } catch (error) {
    if (error instanceof RangeError) throw error
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw new RangeError(`${file} cannot be read: ${reason}`, { cause: error })
  } finally {
    connection.closeSync()
    instance.closeSync()
    await rm(spill, { recursive: true, force: true })
  }
}

function sourceOf(file: string, sample: number): string {
  const path = `'${file.replaceAll("'", "''")}'`
  return /\.parquet$/i.test(file)
    ? `read_parquet(${path})`
    : `read_csv(${path}, header = true, sample_size = ${sample})`
}

const named = (name: string) => `"${name.replaceAll('"', '""')}"`

async function readRows(connection: DuckDBConnection, source: string, groupColumn: string | undefined) {
  const described = await (await connection.run(`describe select * from ${source}`)).getRowObjectsJS()
  const all = described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }))
  if (groupColumn !== undefined && !all.some(({ name }) => name === groupColumn))
    throw new RangeError(`there is no column ${groupColumn}`)
  const others = all.filter(({ name }) => name !== groupColumn)
  const names = others.filter(({ type }) => numeric.test(type)).map(({ name }) => name)
  const [counted] = await (
    await connection.run(`select count(*)::int as rows from ${source}`)
  ).getRowObjectsJS()
  const rows = Number(counted?.rows ?? 0)
  if (rows === 0 || names.length === 0) throw new RangeError('the file has no rows of numbers')
  const table = newTable(names, rows, 'double')
  const groups = groupColumn === undefined ? undefined : groupReader(rows)
  const select = names.map((name) => `coalesce(${named(name)}::double, 'nan'::double)`)
  const asked = groupColumn === undefined ? select : [...select, `${named(groupColumn)}::varchar`]
  const result = await connection.stream(`select ${asked.join(', ')} from ${source}`)
  let from = 0
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    copyChunk(chunk, table, from)
    groups?.take(chunk.getColumnValues(names.length), from)
    from += chunk.rowCount
  }
  const leftOut = others.flatMap(({ name }) => (names.includes(name) ? [] : [name]))
  return { table, leftOut, ...(groups ? { groups: groups.codes, groupNames: groups.names } : {}) }
}

function copyChunk(chunk: DuckDBDataChunk, table: Table, from: number): void {
  table.columns.forEach((column, j) => {
    const vector = chunk.getColumnVector(j)
    for (let i = 0; i < chunk.rowCount; i++) column[from + i] = Number(vector.getItem(i))
  })
}

function groupReader(rows: number) {
  const codes = new Int32Array(rows)
  const names: string[] = []
  const known = new Map<string, number>()
  const codeOf = (name: string) => {
    const code = known.get(name) ?? names.push(name) - 1
    known.set(name, code)
    return code
  }
  const take = (values: readonly unknown[], from: number) =>
    values.forEach((value, i) => {
      codes[from + i] = codeOf(String(value ?? ''))
    })
  return { codes, names, take }
}

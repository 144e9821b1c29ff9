import { createReadStream } from 'node:fs'
import type { Bench } from './bench.ts'
import { quoted } from './duckdb-words.ts'
import { countRows } from './how-read.ts'
import { type Loading, type Read, rawPath, rawSql } from './loading.ts'
import { csvHeadings, findColumns, readingOf, sourceSql } from './reading.ts'
import { isStopped, sentenceOf, stop } from './stopped.ts'
import type { Found } from './survey.ts'
import type { FileName } from './types.ts'

/** Files that say who somebody is: they are read first, so that the record can take people while the rest is read. */
const namePeople: readonly FileName[] = [
  'practices',
  'people',
  'addresses',
  'objections',
  'allergies',
  'inpatient',
  'emergency_department',
]

/** Stops at the first file that lacks a column, before any is read. */
export async function checkHeadings(loading: Loading): Promise<void> {
  for (const [file, found] of loading.files) await columnsOf(loading, file, found)
}

/** Reads files once, row by row, into typed rows with their line and what is wrong with them. */
export async function readFiles(
  loading: Loading,
  which: 'those that name people' | 'the rest',
): Promise<void> {
  const { files, reads, workshop } = loading
  for (const [file, found] of files) {
    if (namePeople.includes(file) !== (which === 'those that name people')) continue
    const [from, most] = which === 'those that name people' ? [0.05, 0.25] : [0.4, 0.15]
    await workshop.say(`Reading ${found.name}`, from + (most * reads.size) / files.size)
    reads.set(file, await readFile(loading, file, found))
  }
}

async function columnsOf({ bench, mapping }: Loading, file: FileName, found: Found) {
  const headings = found.format === 'csv' ? csvHeadings(found) : await parquetColumns(bench, found)
  return { headings, where: findColumns(file, found, headings, mapping[file]) }
}

async function readFile(loading: Loading, file: FileName, found: Found): Promise<Read> {
  const { bench, mapping, sources } = loading
  const { headings, where } = await columnsOf(loading, file, found)
  const source = sources.of.get(file)
  if (!source) throw new Error(`${file} has no source`)
  const bring = async (spansLines: boolean) => {
    const reading = readingOf(file, sourceSql(found, headings, spansLines), where, source, mapping[file])
    await bench
      .run(`copy (${reading.sql}) to ${quoted(rawPath(loading, file))} (format parquet, compression snappy)`)
      .catch((error: unknown) => unreadable(found, error))
    return { reading, broken: await brokenLines(bench, found) }
  }
  let { reading, broken } = await bring(false)
  if (found.format === 'csv' && (await spansLines(loading, file, found, broken)))
    ({ reading, broken } = await bring(true))
  for (const { line, lines, reason } of broken) {
    if (lines > longestRowLines)
      stop(
        `${found.name}, line ${line.toLocaleString('en-GB')}: a quotation mark is left open, so the lines after it cannot be read. Close it. Nothing was loaded.`,
      )
    // What came after it is missing too, and whoever is in it would be ended as if no longer sent.
    if (line === found.lines && !found.isEnded && reason === brokenReasons['MISSING COLUMNS'])
      stop(
        `${found.name}, line ${line.toLocaleString('en-GB')}: the file ends in the middle of a row. Send it whole. Nothing was loaded.`,
      )
    loading.refused.push({ file: found.name, line, reason })
  }
  const counted = await countRows(loading, file, { found, headings, where, listed: reading.listed })
  const rows = counted.rows + broken.length
  // Taken as it stands it would end everybody we know.
  if (rows === 0 && (file === 'people' || file === 'practices'))
    stop(`${found.name} has a heading and no rows. Nothing was loaded.`)
  return {
    ...counted,
    rows,
    faults: reading.faults,
    skipped: skippedLines(found, broken),
    has: new Set(Object.keys(where)),
  }
}

/** Whether some row stands on more than one line: there are more lines than rows, blank lines and broken ones. */
async function spansLines(
  loading: Loading,
  file: FileName,
  found: Found,
  broken: readonly Broken[],
): Promise<boolean> {
  const [row] = await loading.bench.rows<{ rows: number }>(
    `select count(*)::int as rows from ${rawSql(loading, file)}`,
  )
  return found.lines !== 1 + (row?.rows ?? 0) + skippedLines(found, broken).length
}

const unreadable = (found: Found, error: unknown): never => {
  // Too little memory is ours to put right, and no fault of the file.
  if (isStopped(error) || sentenceOf(error) || /Out of Memory/i.test(String(error))) throw error
  const line = /Line: (\d+)/i.exec(String(error))?.[1]
  return stop(
    `${found.name}${line ? `, line ${line}` : ''}: the file cannot be read as ${found.format === 'csv' ? 'CSV' : 'Parquet'}.`,
  )
}

async function parquetColumns(bench: Bench, found: Found): Promise<string[]> {
  const rows = await bench
    .rows<{ column_name: string }>(`describe select * from read_parquet(${quoted(found.path)})`)
    .catch((error: unknown) => unreadable(found, error))
  return rows.map((row) => row.column_name)
}

/** More lines than any row of ours stands on: our choice. Beyond it a mark left open has swallowed the rows after it. */
const longestRowLines = 20

type Broken = { readonly line: number; readonly lines: number; readonly reason: string }

/** Rows that are not rows: too few or too many columns, a quotation mark left open. Their physical lines. */
async function brokenLines(bench: Bench, found: Found): Promise<readonly Broken[]> {
  if (found.format !== 'csv') return []
  const rows = await bench.rows<{ at: number; kind: string; newlines: number }>(
    `select line_byte_position::double as "at", first(error_type::varchar) as kind,
       max(length(trim(csv_line, chr(10) || chr(13))) - length(replace(trim(csv_line, chr(10) || chr(13)), chr(10), '')))::int as newlines
     from reject_errors group by line_byte_position order by line_byte_position`,
  )
  await bench.run('drop table if exists reject_errors; drop table if exists reject_scans')
  const lines = await linesAt(
    found.path,
    rows.map((row) => row.at - 1),
  )
  // The reader counts a blank line before a broken one as its beginning.
  const past = (line: number): number => (found.blankLines.includes(line) ? past(line + 1) : line)
  return rows.map((row, at) => ({
    line: past(lines[at] ?? 1),
    lines: 1 + (row.newlines ?? 0),
    reason: brokenReasons[row.kind] ?? 'the row cannot be read',
  }))
}

const brokenReasons: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'there are fewer columns than headings',
  'TOO MANY COLUMNS': 'there are more columns than headings',
  'UNQUOTED VALUE': 'a quotation mark is left open or stands in the middle',
  'LINE SIZE OVER MAXIMUM': 'the line is too long',
  'INVALID ENCODING': 'a character is not UTF-8',
}

/** The line each byte of a file stands on; the bytes in order. */
async function linesAt(path: string, bytes: readonly number[]): Promise<readonly number[]> {
  const lines: number[] = []
  if (bytes.length === 0) return lines
  let line = 1
  let start = 0
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) {
    const chunk: Buffer = piece
    let at = 0
    while (lines.length < bytes.length && (bytes[lines.length] ?? 0) < start + chunk.length) {
      const wanted = (bytes[lines.length] ?? 0) - start
      for (let next = chunk.indexOf(10, at); next >= 0 && next < wanted; next = chunk.indexOf(10, at)) {
        line++
        at = next + 1
      }
      lines.push(line)
    }
    for (let next = chunk.indexOf(10, at); next >= 0; next = chunk.indexOf(10, at)) {
      line++
      at = next + 1
    }
    start += chunk.length
    if (lines.length === bytes.length) break
  }
  return lines
}

/** Lines that carry no row: blank ones and broken ones. The rows after them stand that much further down. */
function skippedLines(found: Found, broken: readonly Broken[]): readonly number[] {
  const torn = broken.flatMap(({ line, lines }) => Array.from({ length: lines }, (_, more) => line + more))
  return [...new Set([...found.blankLines, ...torn])].sort((a, b) => a - b)
}

import { isUtf8 } from 'node:buffer'
import { constants, createReadStream } from 'node:fs'
import { access, lstat, open, readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileNames } from './columns.data.ts'
import type { Mapping } from './sources.ts'
import { stop } from './stopped.ts'
import { susMappings } from './sus-mapping.data.ts'
import type { FileName } from './types.ts'

/** A file of the folder, known by what is in it. */
export type Found = {
  /** Its name as the sender wrote it, for sentences. */
  readonly name: string
  readonly path: string
  readonly format: 'csv' | 'parquet'
  /** Lines with nothing on them, which no row stands on. */
  readonly blankLines: readonly number[]
  /** How many lines there are, the heading and blank ones too. */
  readonly lines: number
  readonly firstLine: string
  /** Whether the last line has its ending; without it a row may have been cut. */
  readonly isEnded: boolean
}

/** The longest line read. A longer one is not a row of a table, whatever its ending says. */
export const longestLineBytes = 1_048_576

/** What an extract may say of itself, beside its tables. */
const besides = /^(sources\.json|mapping\.json)$/i

// Notes for people, and what a desktop leaves in each folder it shows.
const ignored = /^(\..*|~\$.*|thumbs\.db|desktop\.ini|.*\.(txt|md|pdf|html))$/i

/** Names of the folder's own files. @throws a sentence where the folder is absent, empty or points elsewhere. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  const about = await stat(folder).catch(() => stop(`There is no folder ${folder}.`))
  if (!about.isDirectory()) stop(`${folder} is a file. Say the folder that holds the extract.`)
  const all = (await readdir(folder)).filter((name) => !ignored.test(name)).sort()
  const names = all.filter((name) => !besides.test(name))
  if (names.length === 0) stop(`There is nothing to load in ${folder}.`)
  const real = await realpath(folder)
  for (const name of all) {
    const target = await realpath(join(folder, name)).catch(() =>
      stop(`${name} points to a file that is not there.`),
    )
    if (!target.startsWith(real + sep))
      stop(`${name} points outside the folder. Put the file itself into the folder.`)
    const what = await lstat(target)
    if (what.isDirectory()) stop(`${name} is a folder. Put its files beside the others.`)
    // Another program's pipe would be waited for without end.
    if (!what.isFile()) stop(`${name} is not a file. Put the file itself into the folder.`)
    await access(target, constants.R_OK).catch(() =>
      stop(`${name} may not be read. Let the user Keyworker runs as read it.`),
    )
  }
  return names
}

/**
 * Which file of the folder is which of the extract, by name, by `mapping.json`, or by headings that give it away.
 *
 * @throws a sentence that names the file and the line where one is not what its name says.
 */
export async function surveyExtract(folder: string, mapping: Mapping): Promise<ReadonlyMap<FileName, Found>> {
  const found = new Map<FileName, Found>()
  for (const name of await namesIn(folder)) {
    const one = await lookAt(folder, name)
    const file = whichFile(one, mapping)
    const other = found.get(file)
    if (other) stop(`${other.name} and ${name} are both ${file}. Keep one of them.`)
    found.set(file, one)
  }
  for (const [file, { file: wanted }] of Object.entries(mapping)) {
    if (wanted && /[\\/]/.test(wanted)) stop(`mapping.json names ${wanted}, which is outside the folder.`)
    if (wanted && ![...found.values()].some(({ name }) => name === wanted))
      stop(`mapping.json says ${file} is in ${wanted}, which is not in the folder.`)
  }
  for (const file of ['people', 'practices'] as const)
    if (!found.has(file)) stop(`There is no ${file}.csv. An extract needs people and practices.`)
  return found
}

function whichFile(found: Found, mapping: Mapping): FileName {
  const mapped = Object.entries(mapping).find(([, said]) => said.file === found.name)
  const byName = fileNames.find((file) => file === found.name.replace(/\.(csv|parquet)$/i, '').toLowerCase())
  const headings = new Set(headingsIn(found.firstLine).map((heading) => heading.toUpperCase()))
  const bySus = susMappings.find(({ when }) => when.every((heading) => headings.has(heading)))?.file
  const file = fileNames.find((name) => name === mapped?.[0]) ?? byName ?? bySus
  return (
    file ?? stop(`${found.name} is not a file of an extract. Rename it, or say in mapping.json what it is.`)
  )
}

/** The cells of a heading row. */
export function headingsIn(line: string): string[] {
  const cells = line.replace(/\r?\n?$/, '').match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []
  const unquoted = cells.map((cell) =>
    cell
      .replace(/,$/, '')
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"')
      .trim(),
  )
  return line.endsWith(',') ? unquoted : unquoted.slice(0, Math.max(1, unquoted.length - 1))
}

async function lookAt(folder: string, name: string): Promise<Found> {
  const path = join(folder, name)
  const start = await firstBytes(path)
  if (start.length === 0) stop(`${name} is empty.`)
  const isParquet = start.subarray(0, 4).toString('latin1') === 'PAR1'
  // Read all the same it would load, and nobody would learn that the file is not the one they meant to send.
  if (isParquet && /\.csv$/i.test(name))
    stop(`${name} is Parquet, not CSV. Name it as what it is, or save it as CSV.`)
  if (isParquet)
    return { name, path, format: 'parquet', blankLines: [], lines: 0, firstLine: '', isEnded: true }
  const kind = kindOf(start)
  if (kind) stop(`${name} ${kind}`)
  if (/\.parquet$/i.test(name)) stop(`${name} is not Parquet. Name it as what it is, or save it as Parquet.`)
  return { name, path, format: 'csv', ...(await scanLines(name, path)) }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(8), 0, 8, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function kindOf(start: Buffer): string | undefined {
  const text = start.toString('latin1')
  if (text.startsWith('PK')) return 'is a zip archive. Unpack it and load the folder.'
  if (text.startsWith('\x1f\x8b')) return 'is compressed. Unpack it first.'
  if (text.startsWith('%PDF')) return 'is a PDF, not a table.'
  if (/^(\x89PNG|\xff\xd8\xff|GIF8)/.test(text)) return 'is a picture, not a table.'
  if (text.startsWith('\xff\xfe') || text.startsWith('\xfe\xff'))
    return 'is written in UTF-16. Save it as CSV in UTF-8.'
  if (text.startsWith('\xd0\xcf\x11\xe0')) return 'is an old Excel file. Save it as CSV.'
  return undefined
}

/** Reads a text file once: every line must be UTF-8 and short enough to be a row. Memory does not grow with the file. */
async function scanLines(
  name: string,
  path: string,
): Promise<Pick<Found, 'blankLines' | 'lines' | 'firstLine' | 'isEnded'>> {
  let line = 1
  let firstLine: string | undefined
  const blankLines: number[] = []
  let carried = Buffer.alloc(0)
  let hasLines = true
  for await (const piece of createReadStream(path, { highWaterMark: longestLineBytes })) {
    const chunk: Buffer = carried.length ? Buffer.concat([carried, piece]) : piece
    const firstEnd = chunk.indexOf(10)
    if (firstEnd > longestLineBytes || (firstEnd < 0 && chunk.length > longestLineBytes))
      stop(
        `${name}, line ${line}: the line is longer than ${longestLineBytes.toLocaleString('en-GB')} characters.`,
      )
    const end = chunk.lastIndexOf(10) + 1
    hasLines = end > 0
    const whole = chunk.subarray(0, end)
    if (!isUtf8(whole) || whole.includes(0)) stop(firstOddLine(name, whole, line))
    if (firstLine === undefined && firstEnd >= 0) firstLine = whole.subarray(0, firstEnd).toString('utf8')
    line = countLines(whole, line, blankLines)
    carried = Buffer.from(chunk.subarray(end))
  }
  if (!isUtf8(carried) || carried.includes(0)) stop(firstOddLine(name, carried, line))
  if (!hasLines && firstLine === undefined) firstLine = carried.toString('utf8')
  const lines = carried.length > 0 ? line : line - 1
  const isEnded = carried.length === 0
  return {
    blankLines,
    lines,
    isEnded,
    firstLine: (firstLine ?? carried.toString('utf8')).replace(/^\uFEFF/, ''),
  }
}

function countLines(whole: Buffer, from: number, blankLines: number[]): number {
  let line = from
  let start = 0
  for (let end = whole.indexOf(10); end >= 0; end = whole.indexOf(10, start)) {
    if (end - start === 0 || (end - start === 1 && whole[start] === 13)) blankLines.push(line)
    start = end + 1
    line++
  }
  return line
}

function firstOddLine(name: string, whole: Buffer, from: number): string {
  let line = from
  for (let start = 0; start < whole.length; line++) {
    const found = whole.indexOf(10, start)
    const end = found < 0 ? whole.length : found
    const piece = whole.subarray(start, end)
    if (piece.includes(0)) return `${name}, line ${line}: this is not text. It is not what its name says.`
    if (!isUtf8(piece))
      return `${name}, line ${line}: a character is not UTF-8. Save the file as CSV in UTF-8.`
    start = end + 1
  }
  return `${name}, line ${from}: a character is not UTF-8. Save the file as CSV in UTF-8.`
}

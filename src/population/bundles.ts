import { isUtf8 } from 'node:buffer'
import { createWriteStream, type WriteStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { addDays, type LondonDate, londonDate, readDate } from '#calendar'
import { type Bench, openBench } from './bench.ts'
import { type BundleFile, bundleColumns, bundleFiles, noPractice } from './bundle-columns.data.ts'
import { named, quoted } from './duckdb-words.ts'
import { linesOf } from './lines.ts'
import { type Resource, translate } from './messages-fhir.ts'
import { csvCell } from './rules.ts'
import type { Sources } from './sources.ts'
import { stop } from './stopped.ts'
import { type Found, namesIn } from './survey.ts'
import type { BundleCount, FileName, RefusedRow, Source } from './types.ts'

const bundleName = /\.(json|ndjson)(\.gz)?$/i
const mostBundleBytes = 400_000_000
const supplier = 'FHIR bundles'

/** Whether a folder holds FHIR bundles and not an extract. */
export const holdsBundles = async (folder: string): Promise<boolean> =>
  (await namesIn(folder)).every((name) => bundleName.test(name))

/** What a folder of bundles became: the files of an extract, where they came from, and what was not taken. */
export type FromBundles = {
  readonly files: ReadonlyMap<FileName, Found>
  readonly sources: Sources
  readonly refused: readonly RefusedRow[]
  readonly count: BundleCount
}

type Reading = {
  readonly sinks: ReadonlyMap<BundleFile, WriteStream>
  readonly refused: RefusedRow[]
  readonly notUsed: Record<string, number>
  resources: number
  used: number
}

/**
 * Reads every bundle and NDJSON file of a folder, one at a time, and writes an extract from them into `to`.
 *
 * @param asked who the people are and how far the bundles go, which no bundle says: up to its latest event otherwise.
 * @throws a sentence where a file is not FHIR JSON.
 */
export async function readBundles(
  folder: string,
  to: string,
  asked: { readonly isSynthetic?: boolean; readonly coveredTo?: LondonDate; readonly now: Date },
): Promise<FromBundles> {
  const sinks = new Map(bundleFiles.map((file) => [file, createWriteStream(join(to, `${file}.raw.csv`))]))
  const reading: Reading = { sinks, refused: [], notUsed: {}, resources: 0, used: 0 }
  for (const [file, sink] of sinks) sink.write(`${bundleColumns[file].join(',')}\n`)
  for (const name of await namesIn(folder)) await readOne(folder, name, reading)
  await Promise.all([...sinks.values()].map((sink) => promisify(sink.end.bind(sink))()))
  const { resources, used, refused, notUsed } = reading
  const count = { resources, used, refused: refused.length, notUsed }
  if (used === 0) stop(`There is no patient, encounter or other resource we read in ${folder}.`)
  const bench = await openBench(to)
  try {
    return { ...(await writeExtract(bench, to, asked)), refused, count }
  } finally {
    bench.close()
  }
}

async function readOne(folder: string, name: string, reading: Reading): Promise<void> {
  const path = join(folder, name)
  const isZipped = (await firstBytes(path)).equals(Buffer.from([0x1f, 0x8b]))
  if (/\.ndjson/i.test(name)) return await readLines(path, name, isZipped, reading)
  if ((await stat(path)).size > mostBundleBytes) tooLong(name)
  const bytes = await readFile(path)
  const text = textOf(name, isZipped ? await unzipped(name, bytes) : bytes)
  const json = parsed(text) ?? notFhir(name)
  if (typeof json.resourceType !== 'string') notFhir(name)
  const isBundle = json.resourceType === 'Bundle'
  // Taken as one resource that is not used, everybody in it would be passed over without a word.
  if (!isBundle && Array.isArray(json.entry))
    stop(`${name}, line 1: it holds the entries of a bundle, and its resourceType is not Bundle.`)
  const entries = !isBundle ? [{ resource: json }] : Array.isArray(json.entry) ? json.entry : []
  for (const [at, entry] of entries.entries()) await take(entry?.resource, name, at + 1, reading)
}

/** What a compressed bundle holds, which may be a thousand times as long as itself. */
async function unzipped(name: string, bytes: Buffer): Promise<Buffer> {
  return await promisify(gunzip)(bytes, { maxOutputLength: mostBundleBytes }).catch((error: unknown) =>
    error instanceof RangeError ? tooLong(name) : stop(`${name} is cut short or damaged. Send it again.`),
  )
}

function textOf(name: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(10, start)
    const end = found < 0 ? bytes.length : found
    if (!isUtf8(bytes.subarray(start, end))) break
    start = end + 1
  }
  return stop(`${name}, line ${line}: a character is not UTF-8. Save the file in UTF-8.`)
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    return (await file.read(Buffer.alloc(2), 0, 2, 0)).buffer
  } finally {
    await file.close()
  }
}

const tooLong = (name: string): never => stop(`${name} is too long for one bundle. Send it as NDJSON.`)

const notFhir = (name: string): never => stop(`${name}, line 1: this is not FHIR JSON.`)

function parsed(text: string): (Resource & { entry?: unknown }) | undefined {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : undefined
  } catch {
    return undefined
  }
}

async function readLines(path: string, name: string, isZipped: boolean, reading: Reading): Promise<void> {
  let wereRead = 0
  let last = 0
  for await (const { line, bytes, isEnded } of linesOf(path, name, isZipped)) {
    last = line
    const text = textOf(name, bytes)
    if (text.trim() === '') continue
    const resource = parsed(text)
    // What came after is missing too, and whoever is in it would be ended as if no longer sent.
    if (!resource && !isEnded && wereRead > 0)
      stop(`${name}, line ${line}: the file ends in the middle of a resource. Send it whole.`)
    if (resource) wereRead++
    await take(resource, name, line, reading)
  }
  if (last > 0 && wereRead === 0) notFhir(name)
}

async function take(resource: unknown, name: string, line: number, reading: Reading): Promise<void> {
  reading.resources++
  if (typeof resource !== 'object' || resource === null) {
    reading.refused.push({ file: name, line, reason: 'this is not a FHIR resource' })
    return
  }
  const answer = translate({ ...resource })
  if (answer.kind === 'refused') reading.refused.push({ file: name, line, reason: answer.reason })
  if (answer.kind === 'not used') reading.notUsed[answer.what] = (reading.notUsed[answer.what] ?? 0) + 1
  if (answer.kind !== 'rows') return
  reading.used++
  for (const { file, row } of answer.rows) {
    const sink = reading.sinks.get(file)
    const isFull =
      sink && !sink.write(`${bundleColumns[file].map((column) => plainCell(row[column])).join(',')}\n`)
    if (isFull) await new Promise<void>((go) => sink.once('drain', go))
  }
}

// For our own reading, where a minus stays a minus.
const plainCell = (value: string | undefined): string =>
  /[",\n\r]/.test(value ?? '') ? csvCell(value).replace(/^"'/, '"') : (value ?? '')

const dayColumns: Readonly<Record<BundleFile, string | undefined>> = {
  people: undefined,
  conditions: 'recorded_on',
  prescriptions: 'issued_on',
  measurements: 'taken_on',
  allergies: undefined,
  inpatient: 'admitted_on',
  emergency_department: 'arrived_at',
}

/** The extract's own files from the rows of resources: numbers beside references, admissions after an attendance told. */
async function writeExtract(
  bench: Bench,
  to: string,
  asked: { readonly isSynthetic?: boolean; readonly coveredTo?: LondonDate; readonly now: Date },
): Promise<Pick<FromBundles, 'files' | 'sources'>> {
  for (const file of bundleFiles)
    await bench.run(`create table ${file} as select * from read_csv(${quoted(join(to, `${file}.raw.csv`))},
      header = true, all_varchar = true, auto_detect = false, quote = '"', escape = '"', nullstr = '',
      columns = {${bundleColumns[file].map((column) => `${quoted(column)}: 'VARCHAR'`).join(', ')}})`)
  // An admission within a day after an attendance at A&E is an emergency.
  await bench.run(`update inpatient set admission_method = '21' where admission_method = '99' and exists (
    select 1 from emergency_department e where e.reference = inpatient.reference
      and try_cast(e.arrived_at as timestamp) <= try_cast(inpatient.admitted_at as timestamp)
      and try_cast(e.arrived_at as timestamp) >= try_cast(inpatient.admitted_at as timestamp) - interval 1 day)`)
  const coversTo = asked.coveredTo ?? (await latestDay(bench, asked.now))
  const files = new Map<FileName, Found>()
  const keep = async (file: FileName, sql: string) => {
    const path = join(to, `${file}.parquet`)
    await bench.run(`copy (${sql}) to ${quoted(path)} (format parquet)`)
    files.set(file, {
      name: `${file} of the bundles`,
      path,
      format: 'parquet',
      blankLines: [],
      lines: 0,
      firstLine: '',
      isEnded: true,
    })
  }
  await keep(
    'practices',
    `select distinct practice_code, case when practice_code = '${noPractice.code}' then '${noPractice.name}' else 'Practice ' || practice_code end as name from people`,
  )
  await keep(
    'people',
    `select nhs_number, reference as local_id, given_name, family_name, date_of_birth, case sex when 'male' then '1' when 'female' then '2'
       when 'other' then '9' else '0' end as sex, postcode, practice_code, date_of_birth as registered_on, died_on, language from people`,
  )
  await keep('addresses', 'select nhs_number, reference as local_id, address, telephone, email from people')
  for (const file of bundleFiles) {
    if (file === 'people') continue
    const columns = bundleColumns[file].filter((column) => column !== 'reference' && column !== 'admitted_at')
    await keep(
      file,
      `select p.nhs_number, e.reference as local_id, ${columns.map((column) => `e.${named(column)}`).join(', ')}
       from ${file} e left join (select distinct reference, nhs_number from people) p using (reference)`,
    )
  }
  const of = new Map([...files.keys()].map((file) => [file, sourceFor(file, coversTo)]))
  return { files, sources: { isSynthetic: asked.isSynthetic ?? false, of } }
}

const sourceFor = (file: FileName, coversTo: LondonDate): Source => ({
  file,
  supplier,
  coversTo,
  extractedOn: addDays(coversTo, 1),
  legalBasis: 'not stated',
})

async function latestDay(bench: Bench, now: Date): Promise<LondonDate> {
  const days = Object.entries(dayColumns).flatMap(([file, column]) =>
    column ? [`select try_cast(left(${column}, 10) as date) as day from ${file}`] : [],
  )
  const [row] = await bench.rows<{ day: string | null }>(
    `select max(day)::varchar as day from (${days.join(' union all ')}) where day <= date '${londonDate(now)}'`,
  )
  return readDate(row?.day ?? '') ?? stop('The bundles hold no event with a date. Say --covered-to DATE.')
}

import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { newId, type Outcome, type SystemCaller, type Visit } from '#access'
import type { LondonDate } from '#calendar'
import type { Workshop } from '#jobs'
import { decideKind, installation, moveDay } from '#organisations'
import { type Bench, openBench } from './bench.ts'
import { type EventFile, eventFiles } from './columns.data.ts'
import { nameByPseudonym, peopleFaults, readOwnIdentities, readPeople } from './identity.ts'
import { pseudonymKey } from './key.ts'
import { csvHeadings, type Fault, findColumns, quoted, readingOf, sourceSql } from './reading.ts'
import { coveredTo, csvCell, indexDate, isMostlyRefused, lineAmong, reasonsOf } from './rules.ts'
import { type Mapping, readMapping, readSources, type Sources } from './sources.ts'
import { isStopped, sentenceOf, stop } from './stopped.ts'
import { currentLoad, foldersInUse, landingColumns, policy, takeLoad } from './store.ts'
import { eventFaults, matchedSql, placePeople, storeEvents, storePeople } from './storing.ts'
import { type Found, surveyExtract } from './survey.ts'
import type { CurrentLoad, FileCount, FileName, LoadReport, RefusedRow } from './types.ts'

export type LoadOptions = {
  /** The folder with the extract, or with FHIR bundles. */
  readonly folder: string
  /** Says that bundles without a `sources.json` are about made-up people. */
  readonly isSynthetic?: boolean
  readonly coveredTo?: LondonDate
  /** How much DuckDB may hold before it spills to disk. */
  readonly memoryMb?: number
}

/** One load under way: what it stands on and what it has found so far. */
type Loading = {
  readonly workshop: Workshop
  readonly bench: Bench
  readonly id: string
  readonly work: string
  readonly files: ReadonlyMap<FileName, Found>
  readonly sources: Sources
  readonly mapping: Mapping
  readonly reads: Map<FileName, Read>
  readonly counts: FileCount[]
  readonly refused: RefusedRow[]
  readonly leftOut: Record<string, number>
}

/**
 * Loads an extract, or a folder of FHIR bundles: identity to the record, the rest to a new population store.
 *
 * @returns the report, or the sentence that says what to put right; then nothing at all was loaded. Killed at any
 *   moment, the load before stands whole. The same extract twice changes nothing.
 */
export async function loadExtract(workshop: Workshop, options: LoadOptions): Promise<Outcome<LoadReport>> {
  const id = newId()
  const home = join(workshop.folder, 'population')
  const work = join(home, `.loading-${process.pid}-${id}`)
  try {
    await sweep(workshop, home)
    for (const part of ['raw', 'store', 'spill', 'landing', 'fhir'])
      await mkdir(join(work, part), { recursive: true, mode: 0o700 })
    return { ok: true, value: await loadInto(workshop, options, { id, home, work }) }
  } catch (error) {
    const sentence = sentenceOf(error)
    if (sentence === undefined) throw error
    return { ok: false, problems: [{ field: basename(options.folder), message: sentence }] }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Removes what loads that were killed left behind, and stores no reader can be reading any more. */
async function sweep(workshop: Workshop, home: string): Promise<void> {
  const inUse = await workshop.inVisit(({ db }) => foldersInUse(db))
  for (const name of await readdir(home).catch(() => [])) {
    const pid = /^\.loading-(\d+)-/.exec(name)?.[1]
    const isLeft = pid
      ? Number(pid) !== process.pid && !isAlive(Number(pid))
      : !inUse.has(join('population', name))
    if (isLeft) await rm(join(home, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function loadInto(
  workshop: Workshop,
  options: LoadOptions,
  { id, home, work }: { readonly id: string; readonly home: string; readonly work: string },
): Promise<LoadReport> {
  const started = performance.now()
  await workshop.say('Looking at the files', 0)
  const before = await workshop.inVisit(({ db }) => currentLoad(db))
  const mapping = await readMapping(options.folder)
  const files = await surveyExtract(options.folder, mapping)
  const sources = await readSources(options.folder, [...files.keys()], { ...options, now: new Date() })
  await refuseOtherKind(workshop, sources)
  const bench = await openBench(join(work, 'spill'), options.memoryMb)
  const loading: Loading = {
    workshop,
    bench,
    id,
    work,
    files,
    sources,
    mapping,
    reads: new Map(),
    counts: [],
    refused: [],
    leftOut: {},
  }
  try {
    await readFiles(loading)
    await workOutWho(loading)
    await storeFiles(loading)
    await writeLanding(loading)
    return await takeIt(loading, home, before, started)
  } finally {
    bench.close()
  }
}

/** Synthetic or real is for life. The sentence says how to start an installation of one's own. */
async function refuseOtherKind(workshop: Workshop, sources: Sources): Promise<void> {
  const { kind } = await workshop.inVisit(({ db }) => installation(db))
  const mine = sources.isSynthetic ? 'synthetic' : 'real'
  if (kind === undefined || kind === mine) return
  stop(
    kind === 'synthetic'
      ? 'This installation holds made-up people, and sources.json does not say that these are. Start one of your own: npm start -- --data ./data/ours'
      : 'This installation holds real people, and these are made up. Load them into one of their own: npm start -- --data ./data/demo',
  )
}

const rawPath = (loading: Loading, file: FileName) => join(loading.work, 'raw', `${file}.parquet`)
const rawSql = (loading: Loading, file: FileName) => `read_parquet(${quoted(rawPath(loading, file))})`
const storePath = (loading: Loading, file: string) => join(loading.work, 'store', `${file}.parquet`)

type Read = {
  readonly rows: number
  readonly faults: readonly Fault[]
  readonly unknownCodes: Record<string, number>
  readonly skipped: readonly number[]
}

/** Reads every file once, row by row, into typed rows with their line and what is wrong with them. */
async function readFiles(loading: Loading): Promise<void> {
  let done = 0
  for (const [file, found] of loading.files) {
    await loading.workshop.say(`Reading ${found.name}`, 0.05 + (0.45 * done++) / loading.files.size)
    loading.reads.set(file, await readFile(loading, file, found))
  }
}

async function readFile(loading: Loading, file: FileName, found: Found): Promise<Read> {
  const { bench, mapping, sources } = loading
  const headings = found.format === 'csv' ? csvHeadings(found) : await parquetColumns(bench, found)
  const where = findColumns(file, found, headings, mapping[file])
  const source = sources.of.get(file)
  if (!source) throw new Error(`${file} has no source`)
  const reading = readingOf(file, sourceSql(found, headings), where, source, mapping[file])
  await bench
    .run(`copy (${reading.sql}) to ${quoted(rawPath(loading, file))} (format parquet, compression snappy)`)
    .catch((error: unknown) => unreadable(found, error))
  const broken = await brokenLines(bench, found)
  for (const { line, reason } of broken) loading.refused.push({ file: found.name, line, reason })
  const unknown = Object.keys(reading.unknowns)
  const counted = unknown.map((column) => `count(*) filter (where "unknown ${column}")::int as "${column}"`)
  const [row] = await bench.rows<Record<string, number>>(
    `select count(*)::int as rows${counted.length ? `, ${counted.join(', ')}` : ''} from ${rawSql(loading, file)}`,
  )
  const unknownCodes = Object.fromEntries(
    unknown.map((column) => [column, row?.[column] ?? 0]).filter(([, n]) => n !== 0),
  )
  return {
    rows: (row?.rows ?? 0) + broken.length,
    faults: reading.faults,
    unknownCodes,
    skipped: skippedLines(found, broken),
  }
}

const unreadable = (found: Found, error: unknown): never => {
  if (isStopped(error) || sentenceOf(error)) throw error
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

type Broken = { readonly line: number; readonly lines: number; readonly reason: string }

/** Rows that are not rows: too few or too many columns, a quotation mark left open. Their physical lines. */
async function brokenLines(bench: Bench, found: Found): Promise<readonly Broken[]> {
  if (found.format !== 'csv') return []
  const rows = await bench.rows<{ at: number; kind: string; newlines: number }>(
    `select line_byte_position::double as "at", first(error_type::varchar) as kind,
       max(length(csv_line) - length(replace(csv_line, chr(10), '')))::int as newlines
     from reject_errors group by line_byte_position order by line_byte_position`,
  )
  await bench.run('drop table if exists reject_errors; drop table if exists reject_scans')
  const lines = await linesAt(
    found.path,
    rows.map((row) => row.at - 1),
  )
  return rows.map((row, at) => ({
    line: lines[at] ?? 1,
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

/** People, those only a hospital knows, who is left out because they object, and everybody's pseudonym. */
async function workOutWho(loading: Loading): Promise<void> {
  const { bench, files, sources, workshop } = loading
  await workshop.say('Working out who everybody is', 0.5)
  const supplierOf = (file: FileName) => sources.of.get(file)?.supplier ?? 'not stated'
  await readPeople(bench, rawSql(loading, 'people'), rawSql(loading, 'practices'), supplierOf('people'))
  for (const file of ['inpatient', 'emergency_department'] as const)
    if (files.has(file)) await readOwnIdentities(bench, rawSql(loading, file), supplierOf(file))
  await nameByPseudonym(bench, await pseudonymKey(workshop.folder))
  await bench.run('create table left_out (key VARCHAR)')
  await bench.run('create table contact (key VARCHAR, telephone VARCHAR, kin VARCHAR)')
  await placePeople(bench)
  await readObjections(loading, supplierOf('objections'))
  if (files.has('addresses')) {
    await bench.run(`insert into contact select key, last(replace(telephone, ' ', '') order by line),
      last(replace(next_of_kin_telephone, ' ', '') order by line) from (${matchedSql('addresses', rawSql(loading, 'addresses'), supplierOf('addresses'))})
      where why is null group by key`)
  }
  await bench.run('drop table placed; drop table who')
  await placePeople(bench)
}

async function readObjections(loading: Loading, supplier: string): Promise<void> {
  const { bench, files, workshop } = loading
  if (!files.has('objections')) return
  const { rules } = await workshop.inVisit(({ db }) => policy(db, 'case-finding'))
  const included = [...rules].filter(([, rule]) => rule === 'include').map(([kind]) => quoted(kind))
  await bench.run(`create table objection as select key, kind, source, recorded_on, withdrawn_on
    from (${matchedSql('objections', rawSql(loading, 'objections'), supplier)}) where why is null`)
  const live = `withdrawn_on is null ${included.length ? `and kind not in (${included.join(', ')})` : ''}`
  await bench.run(`insert into left_out select distinct key from objection where ${live}`)
  for (const row of await bench.rows<{ kind: string; people: number }>(
    `select kind, count(distinct key)::int as people from objection where ${live} group by kind order by kind`,
  ))
    loading.leftOut[row.kind] = row.people
}

/** Writes the store's files and counts every file's rows: read is taken and refused. */
async function storeFiles(loading: Loading): Promise<void> {
  const { bench, files, sources, workshop } = loading
  const events = new Map<EventFile, string>()
  let done = 0
  for (const [file, found] of files) {
    await workshop.say(`Storing ${found.name}`, 0.55 + (0.25 * done++) / files.size)
    const supplier = sources.of.get(file)?.supplier ?? 'not stated'
    const event = eventFiles.find((name) => name === file)
    const matched =
      event || file === 'objections' || file === 'allergies' || file === 'addresses'
        ? matchedSql(event ?? (file as 'objections'), rawSql(loading, file), supplier)
        : file === 'people'
          ? 'select *, fault as why from people_row'
          : `select *, fault as why from ${rawSql(loading, file)}`
    if (event) {
      await storeEvents(bench, event, matched, storePath(loading, event))
      events.set(event, storePath(loading, event))
    }
    await countFile(loading, file, found, matched)
  }
  await storePeople(bench, events, storePath(loading, 'people'))
}

const laterFaults = (file: FileName): readonly Fault[] =>
  file === 'people' ? Object.values(peopleFaults) : Object.values(eventFaults)

async function countFile(loading: Loading, file: FileName, found: Found, matched: string): Promise<void> {
  const read = loading.reads.get(file)
  if (!read) throw new Error(`${file} was not read`)
  const faults = new Map([...read.faults, ...laterFaults(file)].map((fault) => [fault.number, fault]))
  const rows = await loading.bench.rows<{ line: bigint; why: number }>(
    `select line::bigint as line, why::int as why from (${matched}) where why is not null order by line`,
  )
  for (const { line, why } of rows) {
    const fault = faults.get(why)
    if (!fault) throw new Error(`${file}: fault ${why} has no reason`)
    loading.refused.push({
      file: found.name,
      line: lineAmong(read.skipped, Number(line)),
      column: fault.column,
      reason: fault.reason,
    })
  }
  const refused = loading.refused.filter((row) => row.file === found.name).length
  const count = {
    file,
    read: read.rows,
    taken: read.rows - refused,
    refused,
    unknownCodes: read.unknownCodes,
  }
  if (isMostlyRefused(count)) {
    const first = loading.refused.filter((row) => row.file === found.name).sort((a, b) => a.line - b.line)[0]
    stop(
      `${found.name}, line ${first?.line}: ${first?.column ? `${first.column}, ` : ''}${first?.reason}. ${refused.toLocaleString('en-GB')} of ${read.rows.toLocaleString('en-GB')} rows cannot be taken. Nothing was loaded.`,
    )
  }
  loading.counts.push(count)
}

/** What goes to the record, one headless CSV a landing table. */
async function writeLanding(loading: Loading): Promise<void> {
  const { bench, files, sources, work, workshop } = loading
  await workshop.say('Getting identity ready', 0.82)
  const supplierOf = (file: FileName) => sources.of.get(file)?.supplier ?? 'not stated'
  const nothing = (table: keyof typeof landingColumns) =>
    `select ${landingColumns[table].map((name) => `null as ${name}`).join(', ')} where false`
  const sql: Record<keyof typeof landingColumns, string> = {
    practice: `select practice_code, any_value(name), any_value(locality), round(any_value(weighted_list_size))::int
      from ${rawSql(loading, 'practices')} where fault is null group by practice_code order by 1`,
    person: `select p.key, k.pseudonym, uuidv7(), lpad(p.nhs::varchar, 10, '0'), p.local, lpad(p.shares_nhs::varchar, 10, '0'), p.is_whole,
      p.family_name, p.given_name, p.date_of_birth, p.sex, p.language, p.died_on, a.address, p.postcode, a.telephone, a.email,
      a.next_of_kin, a.next_of_kin_telephone
      from person p join keyed k using (key) left join address a using (key) order by k.pseudonym`,
    registration: `select r.key, practice_code, since, case when until < date '9999-01-01' then until end
      from registration r join keyed k using (key) order by k.pseudonym, since`,
    objection: files.has('objections')
      ? 'select key, kind, source, recorded_on, withdrawn_on from objection order by key'
      : nothing('objection'),
    allergy: files.has('allergies')
      ? `select key, code_system, code, name, reaction, recorded_on
         from (${matchedSql('allergies', rawSql(loading, 'allergies'), supplierOf('allergies'))}) where why is null order by key`
      : nothing('allergy'),
  }
  await bench.run(
    files.has('addresses')
      ? `create table address as select m.key,
          last(case when p.postcode is not null and ends_with(upper(m.address), ', ' || p.postcode)
            then left(m.address, -2 - length(p.postcode)::int) else m.address end order by m.line) as address,
          last(m.telephone order by m.line) as telephone, last(m.email order by m.line) as email,
          last(m.next_of_kin order by m.line) as next_of_kin, last(m.next_of_kin_telephone order by m.line) as next_of_kin_telephone
          from (${matchedSql('addresses', rawSql(loading, 'addresses'), supplierOf('addresses'))}) m join person p using (key)
          where why is null group by m.key`
      : `create table address as select null::varchar as key, null::varchar as address, null::varchar as telephone, null::varchar as email,
          null::varchar as next_of_kin, null::varchar as next_of_kin_telephone where false`,
  )
  for (const [table, select] of Object.entries(sql))
    await bench.run(
      `copy (${select}) to ${quoted(join(work, 'landing', `${table}.csv`))} (format csv, header false)`,
    )
  const rows = loading.refused.map(({ file, line, column, reason }) =>
    [loading.id, file, line, column ?? '', reason]
      .map((cell) => (cell === '' ? '' : csvCell(cell)))
      .join(','),
  )
  await writeFile(join(work, 'landing', 'refused.csv'), rows.map((row) => `${row}\n`).join(''))
}

/** Publishes the store beside the old one, then makes it the current load in one transaction with identity. */
async function takeIt(
  loading: Loading,
  home: string,
  before: CurrentLoad | undefined,
  started: number,
): Promise<LoadReport> {
  const { id, work, workshop, sources, files, counts, leftOut } = loading
  const folder = join('population', id)
  const indexOn = indexDate([...sources.of.values()])
  await workshop.say('Taking people into the record', 0.88)
  await rename(join(work, 'store'), join(home, id))
  const key = await pseudonymKey(workshop.folder)
  const people = sources.of.get('people')
  if (!people) throw new Error('people has no source')
  const seconds = () => (performance.now() - started) / 1000
  try {
    const taken = await workshop.inVisit(async (visit) => {
      await keepKindAndDay(visit, sources.isSynthetic, indexOn)
      const facts = {
        folder,
        indexOn,
        coveredTo: coveredTo([...sources.of.values()]),
        sources: [...files.keys()].flatMap((file) => sources.of.get(file) ?? []),
        files: counts,
        leftOut,
        policyVersion: (await policy(visit.db, 'case-finding')).version,
        keyVersion: key.version,
        seconds: seconds(),
        after: before?.id,
        peopleSupplier: people.supplier,
        peopleExtractedOn: people.extractedOn,
        allergySupplier: files.has('allergies') ? sources.of.get('allergies')?.supplier : undefined,
        hasObjections: files.has('objections'),
        hasAddresses: files.has('addresses'),
      }
      const known = await takeLoad(
        visit.db,
        { id, at: visit.now, today: visit.today },
        join(work, 'landing'),
        facts,
      )
      await visit.note({ what: 'extract loaded', about: `load ${id}`, facts: { loadId: id, indexOn } })
      return known
    })
    await workshop.say('Loaded', 1)
    return report(loading, indexOn, taken, seconds())
  } catch (error) {
    await rm(join(home, id), { recursive: true, force: true })
    throw error
  }
}

/** The first load decides what this installation is; a synthetic one's day is never moved back. */
async function keepKindAndDay(
  visit: Visit<SystemCaller>,
  isSynthetic: boolean,
  indexOn: LondonDate,
): Promise<void> {
  await decideKind(visit.db, isSynthetic ? 'synthetic' : 'real', undefined, new Date())
  if (!isSynthetic) return
  const { dayOn } = await installation(visit.db)
  if (!dayOn || dayOn < indexOn) await moveDay(visit.db, indexOn)
}

function report(
  loading: Loading,
  indexOn: LondonDate,
  people: LoadReport['people'],
  seconds: number,
): LoadReport {
  const sum = (of: 'read' | 'taken' | 'refused') =>
    loading.counts.reduce((total, count) => total + count[of], 0)
  return {
    loadId: loading.id,
    kind: loading.sources.isSynthetic ? 'synthetic' : 'real',
    indexOn,
    coveredTo: coveredTo([...loading.sources.of.values()]),
    files: loading.counts,
    read: sum('read'),
    taken: sum('taken'),
    refused: sum('refused'),
    reasons: reasonsOf(loading.refused),
    people,
    leftOut: loading.leftOut,
    seconds,
  }
}

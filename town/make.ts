import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type Lane, openWorkbench, type Workbench } from './duckdb.ts'
import { type ExtractFile, extractFileNames, extractFiles, unitCosts } from './files.data.ts'
import { joinParquet } from './joining.ts'
import { type History, type Making, makingOf } from './making.ts'
import { messOf } from './mess.ts'
import { mistake } from './mistake.ts'
import { version } from './parameters.data.ts'
import { layTables, lifeSteps, recordsOf } from './part.ts'
import { sourcesOf } from './sources.ts'
import type { Records } from './sql/records.ts'
import { text, values } from './sql/words.ts'
import { streetPractices, writeStreet } from './street.ts'
import { type Risks, riskQuarters, truthSteps, writeTruth } from './truth.ts'

export type TownWish = {
  /** People registered on the last day, about. */
  readonly people: number
  readonly seed: number
  /** The last day told, YYYY-MM-DD. */
  readonly until?: string
  /** The folder to write: it must not exist, or be empty. */
  readonly out: string
  readonly mess?: boolean
  /** Add the twelve people of the street. */
  readonly street?: boolean
  readonly history?: History
  /** Rows of people made at once: memory follows it, the rows written do not. */
  readonly partSize?: number
  /** Parts made at once, each by a thread of its own; 2 unless told. */
  readonly threads?: number
  readonly format?: 'parquet' | 'csv'
  /** Futures drawn for the true risk of each person; 0 leaves it out. */
  readonly futures?: number
  /** Quarters from the start at whose first day the true risk is told: 16 and 20 unless said, a year before the end and the end. */
  readonly riskQuarters?: readonly number[]
  readonly onProgress?: (done: number, of: number, words: string) => void
}

export type TownMade = {
  readonly out: string
  readonly truth: string
  readonly rows: Readonly<Record<string, number>>
}

/** The hidden truth stands beside the extract, never in the folder a load reads. */
export const truthFolder = (out: string): string =>
  join(dirname(resolve(out)), `${basename(resolve(out))}-truth`)

/**
 * Makes a town: an extract in `out`, and its hidden truth in `out`-truth. The same wish gives the same rows at any
 * part size and thread count.
 *
 * @throws Error with one sentence when the wish cannot be met; nothing is left half-written in `out`.
 */
export async function makeTown(wish: TownWish): Promise<TownMade> {
  const until = wish.until ?? '2026-03-31'
  const out = resolve(wish.out)
  const truth = truthFolder(out)
  await refuseUnlessEmpty(out, truth)
  if (!Number.isInteger(wish.people) || wish.people < 100 || wish.people > 5_000_000)
    throw mistake('Ask for 100 to 5,000,000 people.')
  if (!Number.isInteger(wish.seed) || wish.seed < 0) throw mistake('The seed is a whole number from 0.')
  if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(Date.parse(until)))
    throw mistake('The last day is a date like 2026-03-31.')
  const making = makingOf({
    people: wish.people,
    seed: wish.seed,
    until,
    history: wish.history ?? 'none',
    mess: wish.mess ?? false,
  })
  const work = `${out}.making`
  await rm(work, { recursive: true, force: true })
  await mkdir(join(work, 'spill'), { recursive: true })
  const bench = await openWorkbench(join(work, 'spill'), { lanes: wish.threads ?? 2 })
  try {
    await layTables(bench, making)
    const files = await writeParts(bench, making, work, wish)
    const rows = await gather(bench, files, join(work, 'extract'), wish.format ?? 'parquet')
    await mkdir(join(work, 'extract'), { recursive: true })
    await writeFile(join(work, 'extract', 'sources.json'), JSON.stringify(sourcesOf(making, until), null, 2))
    await writeTruth(bench, making, files, join(work, 'truth'), { ...wish, until, version, rows })
    await rm(out, { recursive: true, force: true })
    await rm(truth, { recursive: true, force: true })
    await rename(join(work, 'truth'), truth)
    await rename(join(work, 'extract'), out)
    return { out, truth, rows }
  } finally {
    bench.close()
    await rm(work, { recursive: true, force: true })
  }
}

async function refuseUnlessEmpty(...folders: string[]): Promise<void> {
  for (const folder of folders)
    if (existsSync(folder) && (await readdir(folder)).length > 0)
      throw mistake(`There is already something in ${folder}. Choose a folder that is new or empty.`)
}

/** Files written so far, by extract or truth name: parts are made two at a time and end in any order. */
export type Written = Map<string, string[]>

export function partPath(written: Written, work: string, name: string, part: number): string {
  const path = join(work, 'parts', `${name}-${String(part).padStart(5, '0')}.parquet`)
  written.set(name, [...(written.get(name) ?? []), path].sort())
  return path
}

async function writeParts(bench: Workbench, making: Making, work: string, wish: TownWish): Promise<Written> {
  const written: Written = new Map()
  await mkdir(join(work, 'parts'), { recursive: true })
  await writeFixed(bench, making, written, work, wish.street ?? false)
  if (wish.street) await writeStreet(bench, making, (name) => partPath(written, work, name, 0))
  const futures = wish.futures ?? (making.rows > 400_000 ? 0 : 16)
  const progress = (done: number, of: number) =>
    wish.onProgress?.(done, of, done === of ? 'Made' : `Making the made-up town: ${done} of ${of} parts`)
  await inParts(bench, making.rows, { size: wish.partSize, progress }, (lane, range, part) =>
    makePart(lane, making, range, (name) => partPath(written, work, name, part), {
      futures,
      quarters: wish.riskQuarters ?? riskQuarters,
    }),
  )
  return written
}

/** Above this many people a part alone would leave one of two cores without work. */
const worthHalving = 5000
/** Rows of people made at once in each of the two lanes. */
const partRows = 30_000

/** Does a piece of work for each range of people, numbered from 1, in as many lanes as there are. */
export async function inParts(
  bench: Workbench,
  people: number,
  { size, progress }: { size: number | undefined; progress: (done: number, of: number) => void },
  make: (lane: Lane, range: readonly [number, number], part: number) => Promise<void>,
): Promise<void> {
  const pairs = people > worthHalving ? 2 * Math.ceil(people / (2 * partRows)) : 1
  const rows = size ?? Math.ceil(people / pairs)
  const parts = Math.ceil(people / rows)
  let done = 0
  progress(done, parts)
  await bench.together(
    Array.from({ length: parts }, (_, part) => async (lane: Lane) => {
      await make(lane, [part * rows, Math.min(people, (part + 1) * rows)], part + 1)
      progress(++done, parts)
    }),
  )
}

/** Makes the people of a range and writes their rows: alone or in the town they are the same. */
export async function makePart(
  bench: Lane,
  making: Making,
  [low, high]: readonly [number, number],
  pathOf: (name: string) => string,
  risks: Risks,
  told: string | null = null,
): Promise<void> {
  for (const sql of lifeSteps(making, low, high, told)) await bench.run(sql)
  const records = recordsOf(making).flatMap((r) => {
    const file = r.file as ExtractFile
    const messy = making.mess ? messOf(making, file, widened(r, r.sql)) : null
    return [
      ...(r.before ?? []),
      ...(messy ? messy.before : []),
      copyRecords(file, messy ? inOrder(r, messy.sql) : widened(r, inOrder(r, r.sql)), pathOf(file)),
      ...(messy ? [`copy (${messy.truth}) to ${text(pathOf(`truth.mess-${file}`))} (format parquet)`] : []),
    ]
  })
  const truths = truthSteps(making, risks).flatMap(({ name, sql, before }) => [
    ...(before ?? []),
    `copy (${sql}) to ${text(pathOf(`truth.${name}`))} (format parquet)`,
  ])
  for (const sql of [...records, ...truths]) await bench.run(sql)
}

const widened = (of: Records, rows: string): string => of.widen?.(`(${rows})`) ?? rows

/** Rows by person, day and counter, so that files do not depend on threads. */
const inOrder = ({ thenBy }: Records, sql: string): string =>
  `select * from (${sql}) order by id, day, c ${thenBy ? `, ${thenBy}` : ''}`

/** Writes rows, already in order, in the columns and types of their file. */
function copyRecords(file: ExtractFile, sql: string, path: string): string {
  const columns = Object.entries(extractFiles[file].columns)
    .map(([name, type]) =>
      (file === 'prescriptions' || file === 'measurements') &&
      (name === 'code' || name === 'name' || name === 'unit')
        ? `"${name}"`
        : `"${name}"::${type} as "${name}"`,
    )
    .join(', ')
  return `copy (select ${columns} from (${sql})) to ${text(path)} (format parquet)`
}

export async function writeFixed(
  bench: Workbench,
  making: Making,
  written: Written,
  work: string,
  street: boolean,
) {
  const practices = [
    ...(street ? streetPractices : []).map((p) => [p.code, p.name, p.locality, 0.001]),
    ...making.practices.map((p) => [p.code, p.name, p.locality, p.share]),
  ]
  await bench.run(`copy (select a as practice_code, b as name, c as locality, round(d * ${making.rows}, 1) as weighted_list_size
    from (values ${values(practices as [string, string, string, number][])}) t(a, b, c, d)) to ${text(partPath(written, work, 'practices', 0))} (format parquet)`)
  await bench.run(`copy (select a as item, b::double as cost, c as year, d as source from (values ${values(unitCosts)}) t(a, b, c, d))
    to ${text(partPath(written, work, 'unit_costs', 0))} (format parquet)`)
}

/** Joins the parts of each file, in order, into one file. */
async function gather(bench: Workbench, written: Written, extract: string, format: 'parquet' | 'csv') {
  await mkdir(extract, { recursive: true })
  const rows: Record<string, number> = {}
  for (const file of extractFileNames) {
    rows[file] = await joinParts(bench, written.get(file) ?? [], join(extract, `${file}.${format}`), format)
  }
  return rows
}

/** Joins parts in order into one file and counts its rows. */
export async function joinParts(
  bench: Workbench,
  parts: readonly string[],
  to: string,
  format: 'parquet' | 'csv' = 'parquet',
): Promise<number> {
  const joined = format === 'parquet' ? await joinParquet(parts, to) : null
  if (joined !== null) return joined
  const from = `read_parquet([${parts.map(text).join(', ')}])`
  await bench.run(
    `copy (select * from ${from}) to ${text(to)} (format ${format === 'csv' ? 'csv, header' : 'parquet'})`,
  )
  const [count] = await bench.rows(`select count(*)::varchar as n from ${from}`)
  return Number(count?.n ?? 0)
}

import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openWorkbench, type Workbench } from './duckdb.ts'
import { type ExtractFile, extractFileNames, extractFiles } from './files.data.ts'
import { inParts, makePart, partPath, truthFolder, type Written, writeFixed } from './make.ts'
import { addDays, type History, type Making, makingOf } from './making.ts'
import { mistake } from './mistake.ts'
import { historyDays } from './parameters.data.ts'
import { layTables } from './part.ts'
import { sourcesOf } from './sources.ts'
import { joinersADay } from './sql/people.ts'
import { text } from './sql/words.ts'
import { writeStreet } from './street.ts'
import { noRisks } from './truth.ts'

export type AdvanceEffect = 'none' | 'fall20' | 'harm' | 'deprived-only'
const effects: readonly string[] = ['none', 'fall20', 'harm', 'deprived-only']

export type AdvanceWish = {
  readonly days: number
  /** CSV of nhs_number, enrolled_on, ended_on, contact_on: one row a contact. */
  readonly enrolledFile: string
  readonly effect: AdvanceEffect
  readonly partSize?: number
  /** Parts made at once, each by a thread of its own; 2 unless told. */
  readonly threads?: number
  readonly onProgress?: (done: number, of: number, words: string) => void
}

type TownFacts = {
  readonly people: number
  readonly seed: number
  readonly history: History
  readonly mess: unknown
  readonly messy?: boolean
  readonly street?: boolean
  readonly cutDay: number
  readonly startOn: string
}

/** Files told afresh each time; the rest grow by rows. */
const snapshots: readonly ExtractFile[] = [
  'practices',
  'people',
  'addresses',
  'objections',
  'registers',
  'allergies',
  'social_care',
  'unit_costs',
]

/**
 * Continues the same people by some days. A service acts only through contacts really delivered: from the first
 * to 365 days after the last. Rows told before stay as they are, but a stay then open gets its discharge.
 *
 * @throws Error with one sentence when the folder is not a town with its truth, or the wish cannot be met.
 */
export async function advanceTown(
  dir: string,
  wish: AdvanceWish,
): Promise<{ until: string; rows: Record<string, number> }> {
  const facts = await factsOf(dir)
  if (!Number.isInteger(wish.days) || wish.days < 1 || facts.cutDay + wish.days > historyDays + 1826)
    throw mistake('A town goes on by whole days, up to five years past its making.')
  if (!effects.includes(wish.effect)) throw mistake(`The effect is one of ${effects.join(', ')}.`)
  if (!existsSync(wish.enrolledFile)) throw mistake(`There is no file ${wish.enrolledFile}.`)
  const making = makingOf({
    people: facts.people,
    seed: facts.seed,
    until: addDays(facts.startOn, historyDays - 1),
    history: facts.history,
    mess: false,
    goneOnDays: facts.cutDay + wish.days - historyDays,
    fromDay: facts.cutDay,
  })
  const out = resolve(dir)
  const work = `${out}.making`
  await rm(work, { recursive: true, force: true })
  await mkdir(join(work, 'spill'), { recursive: true })
  const bench = await openWorkbench(join(work, 'spill'), { lanes: wish.threads ?? 2 })
  try {
    await layTables(bench, making)
    await tellActing(bench, making, wish, truthFolder(out))
    const written = await writeNewParts(bench, making, work, wish, facts.street ?? false)
    const rows = await grow(bench, written, out, join(work, 'extract'))
    const until = addDays(making.startOn, making.cutDay - 1)
    await writeFile(join(work, 'extract', 'sources.json'), JSON.stringify(sourcesOf(making, until), null, 2))
    await keep(out, work, truthFolder(out), bench, { cutDay: making.cutDay, until, rows })
    return { until, rows }
  } finally {
    bench.close()
    await rm(work, { recursive: true, force: true })
  }
}

async function factsOf(dir: string): Promise<TownFacts> {
  const path = join(truthFolder(dir), 'truth.json')
  if (!existsSync(path))
    throw mistake(`${dir} cannot go on: its truth is not beside it in ${truthFolder(dir)}.`)
  return JSON.parse(await readFile(path, 'utf8')) as TownFacts
}

/** Spells in which a service acted: those of earlier advances, and the new ones cut to the days now told. */
async function tellActing(bench: Workbench, making: Making, wish: AdvanceWish, truth: string): Promise<void> {
  const before = join(truth, 'acting.parquet')
  const earlier = existsSync(before) ? `select * from read_parquet(${text(before)}) union all` : ''
  const day = (on: string) => `datediff('day', date '${making.startOn}', ${on}::date)`
  await bench.run(`create or replace table told as ${earlier}
    select nhs_number::bigint as nhs, greatest(min(${day('contact_on')}), ${making.fromDay})::int as from_day,
      least(max(${day('contact_on')}) + 365, ${making.cutDay})::int as to_day, '${wish.effect}' as effect
    from read_csv(${text(wish.enrolledFile)}, header = true, all_varchar = true) where contact_on is not null
    group by nhs_number having least(max(${day('contact_on')}) + 365, ${making.cutDay}) > ${making.fromDay}`)
}

async function writeNewParts(
  bench: Workbench,
  making: Making,
  work: string,
  wish: AdvanceWish,
  street: boolean,
): Promise<Written> {
  const written: Written = new Map()
  await mkdir(join(work, 'parts'), { recursive: true })
  await writeFixed(bench, making, written, work, street)
  if (street)
    await writeStreet(bench, making, (name) =>
      snapshots.includes(name as ExtractFile)
        ? partPath(written, work, name, 0)
        : join(work, 'parts', 'not-kept.parquet'),
    )
  const all = making.rows + Math.ceil((making.cutDay - historyDays) * joinersADay(making))
  const progress = (done: number, of: number) =>
    wish.onProgress?.(done, of, done === of ? 'Made' : `The made-up town goes on: ${done} of ${of} parts`)
  await inParts(bench, all, { size: wish.partSize, progress }, (lane, range, part) =>
    makePart(lane, making, range, (name) => partPath(written, work, name, part), noRisks, 'told'),
  )
  return written
}

/** Old rows and new ones in one file; snapshots are replaced; a stay that was open is told again with its end. */
async function grow(
  bench: Workbench,
  written: Written,
  out: string,
  extract: string,
): Promise<Record<string, number>> {
  await mkdir(extract, { recursive: true })
  const rows: Record<string, number> = {}
  for (const file of extractFileNames) {
    const old = ['parquet', 'csv']
      .map((kind) => join(out, `${file}.${kind}`))
      .find((path) => existsSync(path))
    const kind = old?.endsWith('.csv') ? 'csv' : 'parquet'
    const columns = Object.entries(extractFiles[file].columns)
      .map(([name, type]) => `"${name}"::${type} as "${name}"`)
      .join(', ')
    const read =
      old &&
      (kind === 'csv'
        ? `read_csv(${text(old)}, header = true, all_varchar = true)`
        : `read_parquet(${text(old)})`)
    const open = file === 'inpatient' ? 'where discharged_on is not null or local_id is not null' : ''
    const kept = read && !snapshots.includes(file) ? `select ${columns} from ${read} ${open} union all` : ''
    const parts = (written.get(file) ?? []).map(text).join(', ')
    const target = join(extract, `${file}.${kind}`)
    await bench.run(
      `copy (${kept} select ${columns} from read_parquet([${parts}])) to ${text(target)} (format ${kind === 'csv' ? 'csv, header' : 'parquet'})`,
    )
    const [count] = await bench.rows(
      `select count(*)::varchar as n from ${kind === 'csv' ? 'read_csv' : 'read_parquet'}(${text(target)})`,
    )
    rows[file] = Number(count?.n ?? 0)
  }
  return rows
}

/** Puts the grown town in the old one's place, and its truth beside it. */
async function keep(
  out: string,
  work: string,
  truth: string,
  bench: Workbench,
  now: { cutDay: number; until: string; rows: Record<string, number> },
) {
  await bench.run(`copy told to ${text(join(work, 'acting.parquet'))} (format parquet)`)
  const facts = JSON.parse(await readFile(join(truth, 'truth.json'), 'utf8')) as object
  await writeFile(join(work, 'truth.json'), JSON.stringify({ ...facts, ...now }, null, 2))
  await rename(out, join(work, 'old'))
  await rename(join(work, 'extract'), out)
  await rename(join(work, 'acting.parquet'), join(truth, 'acting.parquet'))
  await rename(join(work, 'truth.json'), join(truth, 'truth.json'))
}

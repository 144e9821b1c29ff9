import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LondonDate } from '#calendar'
import { type Bench, type Lane, openBench } from './bench.ts'
import { layCareHomes } from './care-homes.ts'
import { storeFiles } from './columns.data.ts'
import { named, quoted } from './duckdb-words.ts'
import type { StoreFile } from './types.ts'

/**
 * A population store open for reading: each linked source is a view of its name. Whether somebody lived in a care home on a day
 * is asked of `lived_in_care_home(person, day)` and of nothing else.
 */
export type Store = {
  readonly has: (file: StoreFile) => boolean
  /** The first day of which the records say who lived in a care home; undefined where only the day of the load is known. */
  readonly careHomesFrom: LondonDate | undefined
  readonly rows: <Row>(sql: string) => Promise<readonly Row[]>
  readonly run: (sql: string) => Promise<void>
  /** Pieces that do not depend on each other, as many at once as there are processors; their answers in order. */
  readonly together: <T>(pieces: readonly ((lane: Lane) => Promise<T>)[]) => Promise<readonly T[]>
  /** What things cost, as the extract said; nothing where it brought no such file. */
  readonly costs: () => Promise<readonly LoadedCost[]>
}

/** One line of an extract's unit_costs: what one of something costs, in pounds. */
export type LoadedCost = {
  readonly item: string
  readonly pounds: number
  readonly year: string | null
  readonly source: string | null
}

/**
 * Opens a population store, lets the work read it, and closes it. The events of a record that was joined to another
 * are the other's, and the joined record is not among the people.
 *
 * @param folder where its Parquet files lie: `join(workshop.folder, load.folder)` of the current load.
 */
export async function withStore<T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const bench = await openBench(folder)
  try {
    const names = (Object.keys(storeFiles) as StoreFile[]).filter((name) =>
      existsSync(join(folder, `${name}.parquet`)),
    )
    const areJoined = names.includes('aliases') && (await hasRows(bench, join(folder, 'aliases.parquet')))
    for (const name of names) await layView(bench, name, join(folder, `${name}.parquet`), areJoined)
    const has = (file: StoreFile) => names.includes(file)
    return await work({
      has,
      careHomesFrom: await layCareHomes(bench, has),
      rows: bench.rows,
      run: bench.run,
      together: bench.together,
      costs: () => costsIn(bench, join(folder, 'unit_costs.parquet')),
    })
  } finally {
    bench.close()
  }
}

async function costsIn(bench: Bench, path: string): Promise<readonly LoadedCost[]> {
  if (!existsSync(path)) return []
  return await bench.rows(
    `select item, cost::double as pounds, year, source from read_parquet(${quoted(path)}) order by item`,
  )
}

async function hasRows(bench: Bench, path: string): Promise<boolean> {
  return (await bench.rows(`select 1 from read_parquet(${quoted(path)}) limit 1`)).length > 0
}

async function layView(bench: Bench, name: StoreFile, path: string, areJoined: boolean): Promise<void> {
  const rows = `read_parquet(${quoted(path)})`
  const sql =
    !areJoined || name === 'aliases'
      ? `select * from ${rows}`
      : name === 'people'
        ? `select * from ${rows} where person not in (select person from aliases)`
        : `select coalesce(a.kept, e.person) as person, e.* exclude (person) from ${rows} e left join aliases a on a.person = e.person`
  // Views are laid in the list's order; aliases must be there before the first that asks it.
  if (areJoined && name === 'people')
    await bench.run(
      `create view aliases as select * from read_parquet(${quoted(path.replace(/people\.parquet$/, 'aliases.parquet'))})`,
    )
  await bench.run(`create or replace view ${named(name)} as ${sql}`)
}

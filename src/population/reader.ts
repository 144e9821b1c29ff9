import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openBench } from './bench.ts'
import { storeFiles } from './columns.data.ts'
import { named, quoted } from './duckdb-words.ts'
import type { StoreFile } from './types.ts'

/** A population store open for reading: each linked source is a view of its name. */
export type Store = {
  readonly has: (file: StoreFile) => boolean
  readonly rows: <Row>(sql: string) => Promise<readonly Row[]>
  readonly run: (sql: string) => Promise<void>
}

/**
 * Opens a population store, lets the work read it, and closes it.
 *
 * @param folder where its Parquet files lie: `join(workshop.folder, load.folder)` of the current load.
 */
export async function withStore<T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const bench = await openBench(undefined)
  try {
    const names = (Object.keys(storeFiles) as StoreFile[]).filter((name) =>
      existsSync(join(folder, `${name}.parquet`)),
    )
    for (const name of names)
      await bench.run(
        `create view ${named(name)} as select * from read_parquet(${quoted(join(folder, `${name}.parquet`))})`,
      )
    return await work({ has: (file) => names.includes(file), rows: bench.rows, run: bench.run })
  } finally {
    bench.close()
  }
}

import { availableParallelism } from 'node:os'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** A DuckDB in this process, in memory, that spills to a folder of its own. */
export type Bench = {
  readonly connection: DuckDBConnection
  readonly run: (sql: string) => Promise<void>
  readonly rows: <Row>(sql: string) => Promise<readonly Row[]>
  readonly close: () => void
}

/**
 * Opens one.
 *
 * @param spill an existing folder for what does not fit. @param memoryMb how much it may hold before it spills.
 */
export async function openBench(spill: string | undefined, memoryMb = 1024): Promise<Bench> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(Math.max(1, availableParallelism())),
    memory_limit: `${memoryMb}MB`,
    ...(spill ? { temp_directory: spill } : {}),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  return {
    connection,
    run: async (sql) => {
      await connection.run(sql)
    },
    rows: async <Row>(sql: string) => (await (await connection.run(sql)).getRowObjectsJS()) as Row[],
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

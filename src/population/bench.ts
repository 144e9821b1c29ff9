import { availableParallelism } from 'node:os'
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBValue,
} from '@duckdb/node-api'

/** A DuckDB in this process, in memory, that spills to a folder of its own. */
export type Bench = {
  readonly connection: DuckDBConnection
  readonly run: (sql: string) => Promise<void>
  readonly rows: <Row>(sql: string) => Promise<readonly Row[]>
  /**
   * Adds to a table what is made of each row of a SELECT; memory stays flat. The SELECT may not read temporary tables.
   */
  readonly fill: (
    table: string,
    select: string,
    add: (appender: DuckDBAppender, row: readonly DuckDBValue[]) => void,
  ) => Promise<void>
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
    fill: async (table, select, add) => {
      // Read on a connection of its own: an appender that writes out its rows ends what its connection was reading.
      const reading = await instance.connect()
      const appender = await connection.createAppender(table)
      const result = await reading.stream(select)
      for await (const rows of result.yieldRows())
        for (const row of rows) {
          add(appender, row)
          appender.endRow()
        }
      appender.closeSync()
      reading.closeSync()
    },
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

export type Columns = readonly Record<string, unknown>[]

/** A small DuckDB in memory that the town is made in, and closes with it. */
export type Workbench = {
  readonly run: (sql: string) => Promise<void>
  readonly rows: (sql: string) => Promise<Record<string, unknown>[]>
  readonly close: () => void
}

/** Opens a workbench; its memory limit is the part's, not the town's. */
export async function openWorkbench(
  spillTo: string,
  { threads, memory = '900MB' }: { threads?: number | undefined; memory?: string } = {},
): Promise<Workbench> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    temp_directory: spillTo,
    ...(threads ? { threads: String(threads) } : {}),
  })
  const connection: DuckDBConnection = await instance.connect()
  return {
    run: async (sql) => {
      await connection.run(sql)
    },
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

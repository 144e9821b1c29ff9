import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** A small DuckDB in memory that the town is made in. Two lanes let short queries use two cores. */
export type Workbench = {
  readonly run: (sql: string) => Promise<void>
  readonly rows: (sql: string) => Promise<Record<string, unknown>[]>
  /** Columns of numbers; null is 0. */
  readonly columns: (sql: string) => Promise<Map<string, Float64Array>>
  /** Does each piece of work, as many at once as there are lanes; a piece runs its statements in order. */
  readonly together: (pieces: readonly (readonly string[])[]) => Promise<void>
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
  const lane = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect()
    // Joins run as written, the long table on the left: sizes guessed by the planner put the short one first.
    await connection.run("set disabled_optimizers = 'join_order,build_side_probe_side'")
    // The other way of joining a few rows to the nearest below crashes DuckDB 1.5.6 when the order is fixed.
    await connection.run('set asof_loop_join_threshold = 0')
    return connection
  }
  const lanes = [await lane(), ...(threads === 1 ? [] : [await lane()])]
  const [first] = lanes
  if (!first) throw new Error('A workbench has at least one lane.')
  return {
    run: async (sql) => {
      await first.run(sql)
    },
    rows: async (sql) => (await first.runAndReadAll(sql)).getRowObjectsJson(),
    columns: async (sql) => {
      const reader = await first.runAndReadAll(sql)
      const lists = reader.getColumns()
      return new Map(
        reader.columnNames().map((name, at) => [name, Float64Array.from(lists[at] ?? [], Number)]),
      )
    },
    together: async (pieces) => {
      const waiting = [...pieces]
      const ends = await Promise.allSettled(
        lanes.map(async (connection) => {
          for (let piece = waiting.shift(); piece; piece = waiting.shift())
            for (const sql of piece) await connection.run(sql)
        }),
      )
      // Both lanes have stopped before a failure is told: closing under a running query would hang.
      for (const end of ends) if (end.status === 'rejected') throw end.reason
    },
    close: () => {
      for (const connection of lanes) connection.closeSync()
      instance.closeSync()
    },
  }
}

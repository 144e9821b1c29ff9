import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** Where statements of one piece of work run, in order. */
export type Lane = { readonly run: (sql: string) => Promise<void> }

/**
 * A small DuckDB in memory that the town is made in. Its lanes let two parts be made at once: a table laid in a lane is
 * that lane's own, and tables of the workbench are seen by all.
 */
export type Workbench = {
  readonly run: (sql: string) => Promise<void>
  readonly rows: (sql: string) => Promise<Record<string, unknown>[]>
  /** Columns of numbers; null is 0. */
  readonly columns: (sql: string) => Promise<Map<string, Float64Array>>
  /** Does each piece of work in order, as many at once as there are lanes. */
  readonly together: (pieces: readonly ((lane: Lane) => Promise<void>)[]) => Promise<void>
  readonly close: () => void
}

/**
 * Opens a workbench; its memory limit is the part's, not the town's. With lanes, each lane is a thread of its own and
 * there are no others: threads that share out one query's work spend as much time waiting for each other as they save.
 */
export async function openWorkbench(
  spillTo: string,
  { lanes: many = 0, memory = '900MB' }: { lanes?: number; memory?: string } = {},
): Promise<Workbench> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    temp_directory: spillTo,
    ...(many > 0 ? { threads: '1' } : {}),
  })
  const connect = async (schema?: string): Promise<DuckDBConnection> => {
    const connection = await instance.connect()
    if (schema) await connection.run(`create schema ${schema}; set search_path = '${schema},main'`)
    // Joins run as written, the long table on the left: sizes guessed by the planner put the short one first.
    await connection.run("set disabled_optimizers = 'join_order,build_side_probe_side'")
    // The other way of joining a few rows to the nearest below crashes DuckDB 1.5.6 when the order is fixed.
    await connection.run('set asof_loop_join_threshold = 0')
    return connection
  }
  const first = await connect()
  const lanes: DuckDBConnection[] = []
  for (let lane = 1; lane <= many; lane++) lanes.push(await connect(`lane_${lane}`))
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
          const lane: Lane = {
            run: async (sql) => {
              await connection.run(sql)
            },
          }
          for (let piece = waiting.shift(); piece; piece = waiting.shift()) await piece(lane)
        }),
      )
      // Both lanes have stopped before a failure is told: closing under a running query would hang.
      for (const end of ends) if (end.status === 'rejected') throw end.reason
    },
    close: () => {
      for (const connection of [first, ...lanes]) connection.closeSync()
      instance.closeSync()
    },
  }
}

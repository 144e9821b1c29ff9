import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBValue,
} from '@duckdb/node-api'

/** Where statements of one piece of work run, in order. */
export type Lane = Pick<Bench, 'run' | 'rows' | 'pieces'>

/** Some rows of an answer, column by column: numbers, text, true or false, or null. */
export type Piece = { readonly rows: number; readonly at: (column: number, row: number) => unknown }

/** A DuckDB in this process, in memory, that spills to a folder of its own. */
export type Bench = {
  readonly connection: DuckDBConnection
  readonly run: (sql: string) => Promise<void>
  readonly rows: <Row>(sql: string) => Promise<readonly Row[]>
  /**
   * Hands over an answer piece by piece, in the columns named: an object for each of a million rows of a hundred columns takes ten
   * times as long as the answer itself.
   */
  readonly pieces: (sql: string, columns: readonly string[], take: (piece: Piece) => void) => Promise<void>
  /**
   * Does pieces of work in order, as many at once as there are processors, each in a lane of its own that has one thread:
   * threads that share out one query spend a good part of their time waiting for each other. A lane sees every table
   * but temporary ones.
   */
  readonly together: <T>(pieces: readonly ((lane: Lane) => Promise<T>)[]) => Promise<readonly T[]>
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
 * @param besides an existing folder for what does not fit: a folder of its own is made in it when it is needed, and goes when
 *   the bench is closed. Left to itself DuckDB writes people's records into the folder a command was typed in.
 * @param memoryMb how much it may hold before that.
 */
export async function openBench(besides: string, memoryMb = 1024): Promise<Bench> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(Math.max(1, availableParallelism())),
    memory_limit: `${memoryMb}MB`,
    temp_directory: join(besides, `spill-${randomUUID()}`),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  return {
    connection,
    ...laneOf(connection),
    together: (pieces) => inLanes(instance, pieces),
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

const laneOf = (connection: DuckDBConnection): Lane => ({
  run: async (sql) => {
    await connection.run(sql)
  },
  rows: async <Row>(sql: string) => (await (await connection.run(sql)).getRowObjectsJS()) as Row[],
  pieces: async (sql, columns, take) => {
    const result = await connection.stream(sql)
    const names = result.columnNames()
    const places = columns.map((name) => names.indexOf(name))
    const missing = columns.find((_, at) => places[at] === -1)
    if (missing) throw new Error(`the answer has no column ${missing}`)
    for (
      let chunk = await result.fetchChunk();
      chunk && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      const vectors = places.map((place) => chunk?.getColumnVector(place))
      take({ rows: chunk.rowCount, at: (column, row) => vectors[column]?.getItem(row) })
    }
  },
})

async function inLanes<T>(
  instance: DuckDBInstance,
  pieces: readonly ((lane: Lane) => Promise<T>)[],
): Promise<readonly T[]> {
  const many = Math.max(1, availableParallelism())
  const connections = await Promise.all(
    Array.from({ length: Math.min(many, pieces.length) }, () => instance.connect()),
  )
  const waiting = [...pieces.entries()]
  const done: T[] = []
  try {
    await connections[0]?.run('set threads = 1')
    const ends = await Promise.allSettled(
      connections.map(async (connection) => {
        for (let next = waiting.shift(); next; next = waiting.shift())
          done[next[0]] = await next[1](laneOf(connection)).catch((error: unknown) => {
            waiting.length = 0
            throw error
          })
      }),
    )
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    await connections[0]?.run(`set threads = ${many}`)
  } finally {
    for (const connection of connections) connection.closeSync()
  }
  return done
}

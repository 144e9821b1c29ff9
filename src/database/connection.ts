import { Socket } from 'node:net'
import { type CustomTypesConfig, Pool as PgPool, type PoolClient, type QueryResult, types } from 'pg'
import { asQuery, type Sql } from './sql.ts'

const { builtins, setTypeParser } = types
// PostgreSQL's number for uuid[]: the people of a list, up to 500. Read letter by letter, as any other array is, they took
// a twentieth of such a page.
const uuidArray = 2951
const asRead: CustomTypesConfig = {
  getTypeParser: (id, format) => {
    const usual = types.getTypeParser(id, format)
    if (Number(id) !== uuidArray) return usual
    return (text: string) =>
      text === '{}' || text.includes('NULL') ? usual(text) : text.slice(1, -1).split(',')
  },
}
setTypeParser(builtins.INT8, Number)
setTypeParser(builtins.NUMERIC, Number)
// A date of birth read as an instant moves a day under British Summer Time: dates stay text.
setTypeParser(builtins.DATE, (text) => text)

/** A connection inside one transaction. Everything a request or a job reads or saves goes through one. */
export type Db = { readonly client: PoolClient }

export type Pool = PgPool

/**
 * A pool of connections. `most` is how many at once.
 *
 * @param asking `together`: questions asked of a connection without waiting in between are sent at once, and answered in
 *   their order. Such a connection takes in no file of rows.
 */
export function connect(
  url: string,
  most = 10,
  asking: 'together' | 'one after another' = 'one after another',
): Pool {
  const pool = new PgPool({
    connectionString: url,
    max: most,
    connectionTimeoutMillis: 10_000,
    types: asRead,
    ...(asking === 'together' && { pipeline: true, stream: () => sentTogether(new Socket()) }),
  })
  // Without a listener an idle connection that breaks would stop the whole program.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

// Questions asked together leave in one piece: the system's own work for each piece was a quarter of a page's.
function sentTogether(socket: Socket): Socket {
  const hold = socket.cork.bind(socket)
  let isHeld = false
  socket.cork = () => {
    hold()
    if (isHeld) return
    isHeld = true
    hold()
    process.nextTick(() => {
      isHeld = false
      socket.uncork()
    })
  }
  return socket
}

// The driver's own promise keeps an answer from being collected young: all the database had said was left to the slow collection
// of what is old, which held up the slowest pages of a list (benchmarks/pages.md).
async function ask<Row extends object>(
  client: PoolClient,
  question: string | ReturnType<typeof asQuery>,
): Promise<QueryResult<Row>> {
  try {
    return await new Promise((resolve, reject) => {
      client.query<Row>(question, (error, answer) => (error ? reject(error) : resolve(answer)))
    })
  } catch (error) {
    // Where it was asked, not where its answer came in.
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  }
}

/** All rows of a question. The row's type is the caller's claim, proved by the store's tests. */
export async function many<Row extends object>(db: Db, piece: Sql): Promise<readonly Row[]> {
  const answer = await ask<Row>(db.client, asQuery(piece))
  return answer.rows
}

/** The first row of a question, or undefined when there is none. */
export async function one<Row extends object>(db: Db, piece: Sql): Promise<Row | undefined> {
  return (await many<Row>(db, piece))[0]
}

/** A row without its nulls: what is not known is absent. The row's type is the caller's claim, as in `many`. */
export function withoutNulls<Row extends object>(row: object): Row {
  // A list does this for hundreds of rows a page: by way of entries it takes five times as long.
  const given = row as Readonly<Record<string, unknown>>
  const kept: Record<string, unknown> = {}
  for (const column in given) if (given[column] !== null) kept[column] = given[column]
  return kept as Row
}

/** Carries out a statement. @returns how many rows it touched. */
export async function run(db: Db, piece: Sql): Promise<number> {
  const answer = await ask(db.client, asQuery(piece))
  return answer.rowCount ?? 0
}

/**
 * Does the work in one transaction: all of it is saved, or none.
 *
 * Nothing the work returns may be sent to anybody before this returns, for only then is it kept.
 */
export async function transaction<T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const lease = leaseOf(client)
  try {
    // Sent with the first question; whether it was done is asked below.
    const begun = ask(client, { name: 'begin', text: 'begin', values: [] })
    begun.catch(() => {})
    const result = await work(lease.db)
    await begun
    lease.end()
    await ask(client, { name: 'commit', text: 'commit', values: [] })
    client.release()
    return result
  } catch (error) {
    lease.end()
    await ask(client, 'rollback').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    )
    throw error
  }
}

// Of questions asked together one may fail while another has more to ask: by then the connection may be somebody else's.
function leaseOf(client: PoolClient): { readonly db: Db; readonly end: () => void } {
  let isOver = false
  const db = {
    get client() {
      if (isOver) throw new Error('A question was asked after its transaction was over.')
      return client
    },
  }
  const end = () => {
    isOver = true
  }
  return { db, end }
}

/** A part of a transaction that may fail alone: what it did is undone, the rest goes on. */
export async function savepoint<T>(db: Db, work: () => Promise<T>): Promise<T> {
  await ask(db.client, 'savepoint part')
  try {
    const result = await work()
    await ask(db.client, 'release savepoint part')
    return result
  } catch (error) {
    await ask(db.client, 'rollback to savepoint part')
    throw error
  }
}

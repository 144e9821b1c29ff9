import { type Db, many, one, run, type Sql, sql } from '#database'
import type { SealLine } from './seal-keys.ts'
import type { SealWords, Waiting } from './seal-words.ts'

/** A row of the access log as it is sealed: its id, and every column in words, the time to the microsecond. */
export type SealedRow = { readonly id: number; readonly words: string }

const rowWords = sql`jsonb_build_array(e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.staff_id,
  e.post_id, e.session_id, e.system, e.purpose, e.verb, e.person_id, encode(e.list_hash, 'hex'), e.tie, e.outcome)::text`

/** The chain's end: the last seal's number, hash and waiting ids, and the highest id any seal has reached. */
export type ChainEnd = {
  readonly n: number
  readonly hash: Buffer
  readonly highWater: number
  readonly waiting: Waiting
}

/** Takes the sequencer's place for this transaction. @returns false when another has it. */
export async function takeSequencer(db: Db): Promise<boolean> {
  const row = await one<{ ok: boolean }>(db, sql`select pg_try_advisory_xact_lock(72437) as ok`)
  return row?.ok ?? false
}

/** Takes the sequencer's place for this transaction, after whoever has it: a seal takes milliseconds. */
export const waitForSequencer = (db: Db): Promise<number> => run(db, sql`select pg_advisory_xact_lock(72437)`)

export const chainEnd = (db: Db): Promise<ChainEnd | undefined> =>
  one(
    db,
    sql`select n, hash, high_water as "highWater", waiting from access.log_seal order by n desc limit 1`,
  )

/** Rows not sealed yet that can be seen now, in the order of ids. One statement, so all are seen at one instant. */
export const rowsToSeal = (
  db: Db,
  highWater: number,
  waiting: readonly number[],
  most: number,
): Promise<readonly SealedRow[]> =>
  many(
    db,
    sql`select * from (
          (select e.id, ${rowWords} as words from access.entry e where e.id > ${highWater} order by e.id limit ${most})
          union all
          (select e.id, ${rowWords} as words from access.entry e where e.id = any (${waiting}))) r order by id`,
  )

export async function addSeal(
  db: Db,
  seal: SealWords & { readonly hash: Buffer; readonly signature: Buffer },
  before: ChainEnd | undefined,
): Promise<void> {
  await run(
    db,
    sql`insert into access.log_seal (n, sealed_at, row_ranges, digests, waiting, high_water, previous_n,
          previous_high_water, previous_hash, hash, signature)
        values (${seal.n}, ${seal.sealedAt}, ${seal.rowRanges}, ${seal.digests}, ${JSON.stringify(seal.waiting)},
          ${seal.highWater}, ${before?.n ?? null}, ${before?.highWater ?? null}, ${seal.previousHash}, ${seal.hash},
          ${seal.signature})`,
  )
}

export type StoredSeal = SealWords & { readonly hash: Buffer; readonly signature: Buffer }

const sealColumns: Sql = sql`n, to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sealedAt",
  row_ranges::text as "rowRanges", digests, waiting, high_water as "highWater", previous_hash as "previousHash", hash,
  signature`

/** Seals after a number, in order. */
export const sealsAfter = (db: Db, n: number, most: number): Promise<readonly StoredSeal[]> =>
  many(db, sql`select ${sealColumns} from access.log_seal where n > ${n} order by n limit ${most}`)

/** What the second place needs of the seals after a number. */
export const linesAfter = (db: Db, n: number): Promise<readonly SealLine[]> =>
  many(
    db,
    sql`select n, encode(hash, 'hex') as hash, encode(signature, 'hex') as signature from access.log_seal
        where n > ${n} order by n`,
  )

/** The rows of the log whose ids lie in a multirange, in order. An id there twice comes twice. */
export const rowsIn = (db: Db, ranges: string): Promise<readonly SealedRow[]> =>
  many(
    db,
    sql`select e.id, ${rowWords} as words
        from (select lower(r) as low, upper(r) as high from unnest(${ranges}::int8multirange) r) r
        join access.entry e on e.id >= r.low and e.id < r.high order by e.id`,
  )

/** The first row that no seal names though seals have passed it, and how many there are. */
export const rowsNotSealed = (
  db: Db,
  highWater: number,
  waiting: readonly number[],
): Promise<{ readonly first: number | null; readonly rows: number } | undefined> =>
  one(
    db,
    sql`with sealed as materialized (select range_agg(r) as ids from access.log_seal, unnest(row_ranges) r)
        select min(e.id) as first, count(*) as rows from access.entry e, sealed
        where e.id <= ${highWater} and not e.id <@ sealed.ids and not e.id = any (${waiting})`,
  )

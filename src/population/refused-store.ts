import { type Db, many, sql } from '#database'
import type { RefusedRow } from './types.ts'

/** Which refused rows of a load: words to find, one file, one reason; 50 at a time, or all. */
export type RefusedWanted = {
  readonly loadId: string
  readonly words?: string
  readonly file?: string
  readonly reason?: string
  readonly page: number | 'all'
}

const refusedWhere = ({ loadId, words, file, reason }: RefusedWanted) => sql`load_id = ${loadId}
  and (${file ?? null}::text is null or file = ${file ?? null}) and (${reason ?? null}::text is null or reason = ${reason ?? null})
  and (${words ?? null}::text is null or strpos(lower(concat_ws(' ', file, column_name, reason, line)), lower(${words ?? null})) > 0)`

/** Refused rows of a load, in the order of the files. */
export const refusedRows = (db: Db, wanted: RefusedWanted): Promise<readonly RefusedRow[]> =>
  many(
    db,
    sql`select file, line, column_name as "column", reason from population.refused_row
        where ${refusedWhere(wanted)} order by file, line
        limit ${wanted.page === 'all' ? null : 50}::int offset ${wanted.page === 'all' ? 0 : (wanted.page - 1) * 50}`,
  )

/** How many refused rows there are by file and reason, the most first. */
export const refusedCounts = (
  db: Db,
  wanted: RefusedWanted,
): Promise<readonly { readonly file: string; readonly reason: string; readonly rows: number }[]> =>
  many(
    db,
    sql`select file, reason, count(*)::int as rows from population.refused_row where ${refusedWhere(wanted)}
        group by file, reason order by count(*) desc, file, reason`,
  )

import { type Db, many, sql } from '#database'
import type { Store } from '#population'
import { insertRows } from './duck.ts'
import type { InDraw } from './lot-types.ts'

/** Who was in a programme's draws by lot, by pseudonym: for the program alone, and written in the access log. */
export const inLots = (db: Db, programmeId: string): Promise<readonly InDraw[]> =>
  many(
    db,
    sql`select lot_id as "lotId", drawn_on as "drawnOn", person, is_drawn as "isDrawn"
        from evaluation.in_lots(${programmeId}) order by drawn_on, lot_id, person`,
  )

/** Which of these, by their place, are in the records and here on the day they were drawn, and who of those joined since. */
export async function standingsOf(
  store: Store,
  programmeId: string,
  drawn: readonly InDraw[],
): Promise<readonly { readonly row: number; readonly joined: number }[]> {
  await store.run(
    'create or replace temp table drawn (row integer, pseudonym varchar, on_day date, programme varchar)',
  )
  await insertRows(
    store,
    'drawn',
    drawn.map(({ person, drawnOn }, row) => [row, person, drawnOn, programmeId]),
  )
  return store.rows(`select d.row, (j.person is not null)::int as joined
    from drawn d join people p using (pseudonym)
    left join joined j on j.person = p.person and j.programme = d.programme and j.on_day >= d.on_day
    where p.until_on is null or p.until_on > d.on_day order by d.row`)
}

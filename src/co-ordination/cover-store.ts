import { addDays, type LondonDate } from '#calendar'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { Cover } from './cover-rules.ts'

const coverColumns = sql`c.id, c.away_id as "awayId", a.name as "awayName", c.covered_by as "coveredById",
  b.name as "coveredByName", b.telephone as "coveredByTelephone", lower(c.during) as "fromOn",
  upper(c.during) - 1 as "lastOn", m.name as "madeByName"`
const coverTables = sql`co_ordination.cover c join organisations.staff a on a.id = c.away_id
  join organisations.staff b on b.id = c.covered_by join organisations.staff m on m.id = c.made_by`

/** Every cover of a place that holds today or is to come, the first to begin first. */
export async function coversAt(db: Db, organisationId: string): Promise<readonly Cover[]> {
  const rows = await many(
    db,
    sql`select ${coverColumns} from ${coverTables}
        where c.organisation_id = ${organisationId} and upper(c.during) > organisations.today()
        order by lower(c.during), a.name, c.id`,
  )
  return rows.map((row) => withoutNulls<Cover>(row))
}

/** Who covers for a worker today; undefined while they are there. */
export async function coverFor(db: Db, staffId: string): Promise<Cover | undefined> {
  const row = await one(
    db,
    sql`select ${coverColumns} from ${coverTables}
        where c.away_id = ${staffId} and c.during @> organisations.today() order by c.id limit 1`,
  )
  return row && withoutNulls<Cover>(row)
}

/** Keeps a cover. @returns false where somebody covers for them on some of these days already; then nothing is kept. */
export async function addCover(
  db: Db,
  cover: {
    readonly id: string
    readonly organisationId: string
    readonly awayId: string
    readonly coveredById: string
    readonly fromOn: LondonDate
    readonly lastOn: LondonDate
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into co_ordination.cover (id, organisation_id, away_id, covered_by, during, made_by, made_at)
        values (${cover.id}, ${cover.organisationId}, ${cover.awayId}, ${cover.coveredById},
                daterange(${cover.fromOn}, ${addDays(cover.lastOn, 1)}), ${cover.by}, ${cover.at})
        on conflict do nothing`,
  )
  return touched === 1
}

/** Ends a cover of a place from a day on. @returns false where none with this reference holds, or is to come. */
export async function endCover(
  db: Db,
  end: {
    readonly id: string
    readonly organisationId: string
    readonly on: LondonDate
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update co_ordination.cover
        set during = daterange(lower(during), greatest(lower(during), ${end.on}::date)), ended_by = ${end.by},
            ended_at = ${end.at}
        where id::text = ${end.id} and organisation_id = ${end.organisationId} and ended_at is null
          and upper(during) > ${end.on}::date`,
  )
  return touched === 1
}

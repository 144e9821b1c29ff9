import { createHash } from 'node:crypto'
import type { LondonDate } from '#calendar'
import { type Db, many, run, sql, withoutNulls } from '#database'
import { type Library, libraryOf } from './library.ts'
import type { PackFile, SitePack } from './pack-file.ts'

/** Every pack ever put in, the newest first. They hold words and licences, and nothing about a person. */
export async function packsOf(db: Db): Promise<readonly SitePack[]> {
  const rows = await many(
    db,
    sql`select p.id, p.instrument, p.version, p.edition, p.holder, p.reference, p.notice,
          p.licensed_from as "licensedFrom", p.licensed_until as "licensedUntil", p.words, p.sha256,
          s.name as "putInByName", p.put_in_at as "putInAt", p.ended_at as "endedAt", e.name as "endedByName",
          p.ended_reason as "endedReason"
        from assessment.pack p join organisations.staff s on s.id = p.put_in_by
          left join organisations.staff e on e.id = p.ended_by
        order by p.n desc`,
  )
  return rows.map((row) => withoutNulls<SitePack>(row))
}

/** What may be asked at this site today. */
export const libraryIn = async (db: Db, today: LondonDate): Promise<Library> =>
  libraryOf(await packsOf(db), today)

/** What tells two files apart: a hash of all they say, whatever the spaces between. */
export const sha256OfPack = (pack: PackFile): string =>
  createHash('sha256').update(JSON.stringify(pack)).digest('hex')

/** Keeps a pack. @returns false where another of its measure is in force; then nothing was kept. */
export async function insertPack(
  db: Db,
  pack: PackFile & { readonly id: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { id, by, at, ...file } = pack
  const { stem, answeredBy, questions, licence } = file
  const touched = await run(
    db,
    sql`insert into assessment.pack (id, instrument, version, edition, holder, reference, notice, licensed_from,
          licensed_until, words, sha256, put_in_by, put_in_at)
        values (${id}, ${file.instrument}, ${file.version}, ${file.edition}, ${licence.holder}, ${licence.reference},
          ${licence.notice}, ${licence.from}, ${licence.until}, ${JSON.stringify({ stem, answeredBy, questions })},
          ${sha256OfPack(file)}, ${by}, ${at})
        on conflict (instrument) where ended_at is null do nothing`,
  )
  return touched === 1
}

/** Ends a pack: nothing more is asked with it, and what was answered stays. @returns false where it had ended. */
export async function endPack(
  db: Db,
  ended: { readonly id: string; readonly by: string; readonly at: Date; readonly reason: string },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update assessment.pack set ended_at = ${ended.at}, ended_by = ${ended.by}, ended_reason = ${ended.reason}
        where id::text = ${ended.id} and ended_at is null`,
  )
  return touched === 1
}

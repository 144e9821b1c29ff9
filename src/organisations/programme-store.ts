import { type Db, many, sql } from '#database'

/** One version of a programme, as it was published. */
export type ProgrammeVersion = {
  readonly version: number
  readonly template: unknown
  readonly publishedAt: Date
  /** A worker's name, or what published it. */
  readonly publishedBy: string
}

/** Every version of a programme, newest first. Of a key that is not there: none. */
export const programmeVersions = (db: Db, key: string): Promise<readonly ProgrammeVersion[]> =>
  many(
    db,
    sql`select v.version, v.template, v.published_at as "publishedAt", coalesce(s.name, v.published_by) as "publishedBy"
        from organisations.programme p join organisations.programme_version v on v.programme_id = p.id
        left join organisations.staff s on s.id::text = v.published_by
        where p.key = ${key} order by v.version desc`,
  )

/** Every place's code, to be named in a template. */
export const placeCodes = (
  db: Db,
): Promise<readonly { readonly code: string; readonly name: string; readonly kind: string }[]> =>
  many(
    db,
    sql`select code, name, kind from organisations.organisation
        where code is not null and kind in ('team', 'ward', 'practice', 'provider', 'charity') order by kind desc, name`,
  )

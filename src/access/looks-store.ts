import { type Db, many, type Sql, sql } from '#database'
import type { Permit } from './types.ts'

/** One look at a person, alone or in a list, as the access log has it. */
export type Look = {
  readonly id: number
  readonly at: Date
  readonly who: string
  readonly role?: string
  readonly organisationName?: string
  readonly purpose: string
  readonly verb: string
  readonly isList: boolean
  readonly outcome: 'done' | 'refused'
}

export type LookFilter = {
  /** Part of a name, role, place, or what was done. */
  readonly words: string
  readonly kind: 'all' | 'alone' | 'in a list' | 'refused'
}

const matching = (permit: Permit<'whole'>, { words, kind }: LookFilter): Sql => {
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  return sql`access.looks_at(${permit.person}) l
    where concat_ws(' ', l.who, l.role, l.organisation_name, l.purpose, l.verb) ilike ${pattern}
      and case ${kind} when 'alone' then not l.is_list and l.outcome = 'done' when 'in a list' then l.is_list
          when 'refused' then l.outcome = 'refused' else true end`
}

/** Looks at the permitted person, newest first. */
export const looksAt = (
  db: Db,
  permit: Permit<'whole'>,
  filter: LookFilter,
  from: number,
  most: number,
): Promise<readonly Look[]> =>
  many(
    db,
    sql`select l.id, l.at, l.who, l.role, l.organisation_name as "organisationName", l.purpose, l.verb,
               l.is_list as "isList", l.outcome
        from ${matching(permit, filter)} order by l.at desc, l.id desc limit ${most} offset ${from}`,
  )

/** How many looks there are of each kind under the same words. */
export async function lookCounts(
  db: Db,
  permit: Permit<'whole'>,
  words: string,
): Promise<Readonly<Record<LookFilter['kind'], number>>> {
  const [row] = await many<{ all: number; alone: number; list: number; refused: number }>(
    db,
    sql`select count(*)::int as all, count(*) filter (where not l.is_list and l.outcome = 'done')::int as alone,
               count(*) filter (where l.is_list)::int as list,
               count(*) filter (where l.outcome = 'refused')::int as refused
        from ${matching(permit, { words, kind: 'all' })}`,
  )
  return {
    all: row?.all ?? 0,
    alone: row?.alone ?? 0,
    'in a list': row?.list ?? 0,
    refused: row?.refused ?? 0,
  }
}

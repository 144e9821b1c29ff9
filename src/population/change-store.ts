import type { LondonDate } from '#calendar'
import { type Db, many, one, sql } from '#database'
import type { NhsNumber } from '#people'

export type ChangeKind =
  | 'new'
  | 'gone'
  | 'moved'
  | 'died'
  | 'death withdrawn'
  | 'death held back'
  | 'back'
  | 'name'
  | 'address'
  | 'telephone'
  | 'email'
  | 'next of kin'
  | 'sex'
  | 'language'

/** How many people by what a load changed about them, `details` being anybody with a detail changed; nobody is named. */
export async function changeCounts(
  db: Db,
  loadId: string,
): Promise<ReadonlyMap<ChangeKind | 'details', number>> {
  const rows = await many<{ kind: ChangeKind | 'details'; people: number }>(
    db,
    sql`select kind, people from population.count_changes(${loadId})`,
  )
  return new Map(rows.map(({ kind, people }) => [kind, people]))
}

/** Whose changes: of some kinds, and of a family name, a whole name or an NHS number where one is asked for. */
export type ChangesWanted = {
  readonly loadId: string
  readonly kinds: readonly ChangeKind[]
  readonly words?: string
  readonly page: number | 'all'
}

/** One person with what a load changed about them, each with what it was and what it became where that is known. */
export type PersonChanged = {
  readonly id: string
  readonly family: string
  readonly given: string
  readonly bornOn: LondonDate | null
  readonly nhsNumber: NhsNumber | null
  readonly practice: string | null
  readonly changes: readonly {
    readonly kind: ChangeKind
    readonly was: string | null
    readonly became: string | null
  }[]
}

/** Opens the people of a load's changes, with a log row, 50 at a time or up to 500; how many there are in all. */
export async function openChanges(
  db: Db,
  { loadId, kinds, words, page }: ChangesWanted,
): Promise<{ readonly people: readonly PersonChanged[]; readonly total: number }> {
  const most = page === 'all' ? 500 : 50
  const from = page === 'all' ? 0 : (page - 1) * 50
  const opened = await many<{ id: string; total: number }>(
    db,
    sql`select person_id as id, total from population.open_changes(${loadId}, ${kinds}::text[], ${words ?? null}, ${from}, ${most})`,
  )
  const rows = await many<PersonChanged>(
    db,
    sql`select p.id, n.family, n.given, p.born_on as "bornOn",
          (select value from people.identifier i where i.person_id = p.id and i.system = 'nhs' and i.ended_at is null) as "nhsNumber",
          (select o.name from people.registration r join organisations.organisation o on o.id = r.practice_id
            where r.person_id = p.id and r.ended_at is null and r.during @> organisations.today()) as practice,
          (select jsonb_agg(jsonb_build_object('kind', c.kind, 'was', coalesce(c.was, b.was), 'became', coalesce(c.became, b.became))
              order by c.kind)
            from population.change c left join lateral ${beforeAndAfter} b on true
            where c.person_id = p.id and c.load_id = ${loadId}) as changes
        from population.load l, people.person p join people.name n on n.person_id = p.id and n.ended_at is null
        where l.id = ${loadId} and p.id in (select access.opened())`,
  )
  const by = new Map(rows.map((row) => [row.id, row]))
  return { people: opened.flatMap(({ id }) => by.get(id) ?? []), total: opened[0]?.total ?? 0 }
}

// Ended in the load's own instant is what it was; written in it, what it became, whatever later loads made of that.
const beforeAndAfter = sql`(
  select string_agg(distinct x.said, '; ') filter (where x.ended_at = l.taken_at) as was,
    string_agg(distinct x.said, '; ') filter (where x.recorded_at = l.taken_at and coalesce(x.ended_at > l.taken_at, true)) as became
  from (
    select a.given || ' ' || a.family as said, a.recorded_at, a.ended_at from people.name a
      where c.kind = 'name' and a.person_id = c.person_id
    union all
    select concat_ws(', ', nullif(a.value, 'Address not stated'), a.postcode, a.telephone), a.recorded_at, a.ended_at
      from people.contact_point a where a.person_id = c.person_id and a.kind = c.kind) x)`

/** Keeps that somebody looked at what a load changed. @returns false when somebody else had. */
export async function reviewLoad(
  db: Db,
  loadId: string,
  remark: string | undefined,
  at: Date,
): Promise<boolean> {
  const row = await one<{ done: boolean }>(
    db,
    sql`select population.review_load(${loadId}, ${remark ?? null}, ${at}) as done`,
  )
  return row?.done ?? false
}

import type { ListPermit, Permit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { Decision, LeavingReason, OnWard, Round, Seen } from './types.ts'

const onWardColumns = sql`
  s.id as "stayId", s.person_id as "personId", s.episode_id as "episodeId", b.n as bed,
  lower(s.during) as "cameAt", coalesce(f.decision, s.seen) as seen,
  coalesce(d.next_look_on, s.next_look_on) as "nextLookOn", d.next_look_at as "nextLookAt",
  coalesce(d.n, 0) as discussions, d.decision as "lastDecision", d.discussed_at as "lastDiscussedAt",
  w.name as "lastDiscussedBy"`
const onWardTables = sql`ward.stay s join ward.bed b on b.id = s.bed_id
  left join lateral (select n, decision, next_look_on, next_look_at, discussed_at, recorded_by from ward.discussion
    where stay_id = s.id order by n desc limit 1) d on true
  left join lateral (select decision from ward.discussion
    where stay_id = s.id and decision like 'seen %' order by n desc limit 1) f on true
  left join organisations.staff w on w.id = d.recorded_by`

type OnWardRow = { readonly [Key in keyof Required<OnWard>]: OnWard[Key] | null }

const asOnWard = (row: OnWardRow): OnWard => withoutNulls<OnWard>(row)

/** Everybody in a bed of the ward, of those the permit opened. */
export async function onWardNow(db: Db, permit: ListPermit, wardId: string): Promise<readonly OnWard[]> {
  const rows = await many<OnWardRow>(
    db,
    sql`select ${onWardColumns} from ${onWardTables}
        where b.ward_id = ${wardId} and s.ended_at is null and s.person_id = any (${permit.people})`,
  )
  return rows.map(asOnWard)
}

/** The permitted person's bed today, on any ward. */
export async function stayOf(db: Db, permit: Permit<'whole'>): Promise<OnWard | undefined> {
  const row = await one<OnWardRow>(
    db,
    sql`select ${onWardColumns} from ${onWardTables}
        where s.person_id = ${permit.person} and s.ended_at is null`,
  )
  return row && asOnWard(row)
}

/** How many beds are taken, people outside the caller's permit counted too. */
export async function bedsTaken(db: Db, wardId: string): Promise<number> {
  const row = await one<{ taken: number }>(db, sql`select ward.beds_taken(${wardId}) as taken`)
  return row?.taken ?? 0
}

/** The lowest free bed, kept for this transaction, and from when it is free; undefined when the ward is full. */
export async function freeBed(
  db: Db,
  wardId: string,
  beds: number,
  at: Date,
): Promise<{ readonly id: string; readonly n: number; readonly freeFrom: Date } | undefined> {
  return one(db, sql`select id, n, free_from as "freeFrom" from ward.free_bed(${wardId}, ${beds}, ${at})`)
}

export type NewStay = {
  readonly id: string
  readonly episodeId: string
  readonly bedId: string
  /** From when the bed is free; the stay begins then, or when the person left their last bed. */
  readonly since: Date
  readonly at: Date
  readonly seen: Seen
  readonly nextLookOn: LondonDate
  readonly by: string
}

export async function addStay(db: Db, permit: Permit<'whole'>, stay: NewStay): Promise<void> {
  await run(
    db,
    sql`insert into ward.stay
          (id, person_id, episode_id, bed_id, during, seen, next_look_on, recorded_at, recorded_by)
        values (${stay.id}, ${permit.person}, ${stay.episodeId}, ${stay.bedId}, tstzrange(greatest(${stay.since}::timestamptz,
                  (select max(upper(during)) from ward.stay where person_id = ${permit.person})), null),
                ${stay.seen}, ${stay.nextLookOn}, ${stay.at}, ${stay.by})`,
  )
}

/** Ends a stay and frees its bed. @returns false when it had ended already. */
export async function endStay(
  db: Db,
  permit: Permit<'whole'>,
  stayId: string,
  end: { readonly at: Date; readonly by: string; readonly reason: LeavingReason },
): Promise<boolean> {
  // A day that stands still may write an end before its beginning; a stay is never empty.
  const touched = await run(
    db,
    sql`update ward.stay
        set during = tstzrange(lower(during), greatest(${end.at}, lower(during) + interval '1 millisecond')),
            ended_at = ${end.at}, ended_by = ${end.by}, ended_reason = ${end.reason}
        where id = ${stayId} and person_id = ${permit.person} and ended_at is null`,
  )
  return touched > 0
}

/** Frees the bed of an episode that is closed. @returns the stay that ended, if there was one. */
export async function freeBedOf(db: Db, episodeId: string, at: Date): Promise<string | undefined> {
  const row = await one<{ id: string | null }>(db, sql`select ward.free_bed_of(${episodeId}, ${at}) as id`)
  return row?.id ?? undefined
}

const roundColumns = sql`id, held_on as "heldOn", started_at as "startedAt", ended_at as "endedAt"`

/** The round being held on the ward now. */
export const openRound = (db: Db, wardId: string): Promise<Round | undefined> =>
  one(db, sql`select ${roundColumns} from ward.round where ward_id = ${wardId} and ended_at is null`)

export const roundById = (db: Db, wardId: string, id: string): Promise<Round | undefined> =>
  one(db, sql`select ${roundColumns} from ward.round where ward_id = ${wardId} and id::text = ${id}`)

/** Starts a round. @returns false when one is being held already. */
export async function addRound(
  db: Db,
  wardId: string,
  round: { readonly id: string; readonly heldOn: LondonDate; readonly at: Date; readonly by: string },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into ward.round (id, ward_id, held_on, started_at, started_by)
        values (${round.id}, ${wardId}, ${round.heldOn}, ${round.at}, ${round.by}) on conflict do nothing`,
  )
  return touched > 0
}

export async function endRound(db: Db, id: string, at: Date, by: string): Promise<boolean> {
  const touched = await run(
    db,
    sql`update ward.round set ended_at = ${at}, ended_by = ${by} where id = ${id} and ended_at is null`,
  )
  return touched > 0
}

export type NewDiscussion = {
  readonly stayId: string
  readonly n: number
  readonly roundId: string
  readonly decision: Decision
  readonly nextLookOn: LondonDate
  readonly nextLookAt?: Date
  readonly secondNameId?: string
  readonly disagreement?: { readonly staffId: string; readonly words: string }
  readonly taskId?: string
  readonly at: Date
  readonly by: string
}

/** Writes down a discussion. @returns false when somebody wrote this person's next one first. */
export async function addDiscussion(
  db: Db,
  permit: Permit<'whole'>,
  discussion: NewDiscussion,
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into ward.discussion
          (stay_id, n, person_id, round_id, decision, next_look_on, next_look_at, second_name_id, disagrees_id,
           disagrees_words, task_id, discussed_at, recorded_by)
        values (${discussion.stayId}, ${discussion.n}, ${permit.person}, ${discussion.roundId},
                ${discussion.decision}, ${discussion.nextLookOn}, ${discussion.nextLookAt ?? null},
                ${discussion.secondNameId ?? null}, ${discussion.disagreement?.staffId ?? null},
                ${discussion.disagreement?.words ?? null}, ${discussion.taskId ?? null}, ${discussion.at},
                ${discussion.by}) on conflict (stay_id, n) do nothing`,
  )
  return touched > 0
}

export async function addSkip(
  db: Db,
  permit: Permit<'whole'>,
  skip: { readonly id: string; readonly roundId: string; readonly stayId: string; readonly by: string },
): Promise<void> {
  await run(
    db,
    sql`insert into ward.skip (id, round_id, stay_id, person_id, recorded_by)
        values (${skip.id}, ${skip.roundId}, ${skip.stayId}, ${permit.person}, ${skip.by})`,
  )
}

/** What happened on a round to each stay: discussed with which decision, or put off and when last. */
export const roundEvents = (
  db: Db,
  permit: ListPermit,
  roundId: string,
): Promise<
  readonly {
    readonly stayId: string
    readonly personId: string
    readonly decision: Decision | null
    readonly taskId: string | null
    readonly skippedAt: Date | null
  }[]
> =>
  many(
    db,
    sql`select coalesce(d.stay_id, k.stay_id) as "stayId", coalesce(d.person_id, k.person_id) as "personId",
               d.decision, d.task_id as "taskId", k.skipped_at as "skippedAt"
        from (select distinct on (stay_id) stay_id, person_id, decision, task_id from ward.discussion
              where round_id = ${roundId} and person_id = any (${permit.people}) order by stay_id, n desc) d
        full join (select stay_id, person_id, max(skipped_at) as skipped_at from ward.skip
              where round_id = ${roundId} and person_id = any (${permit.people}) group by stay_id, person_id) k
          on k.stay_id = d.stay_id`,
  )

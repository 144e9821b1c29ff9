import { newId, type Permit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, run, sql, withoutNulls } from '#database'
import type { GoalsOfEpisode, Rated, Rater } from './goal-rules.ts'

/** One rating as it is kept. */
export type KeptRating = Rated & {
  readonly id: string
  readonly ratedBy: Rater
  readonly ratedOn: LondonDate
  readonly recordedByName: string
  readonly struckByName?: string
  readonly struckReason?: string
}

/** Every rating of the permitted person's goals, the newest first, struck ones among them. */
export async function ratingsOf(db: Db, permit: Permit<'whole'>): Promise<readonly KeptRating[]> {
  const rows = await many(
    db,
    sql`select r.id, r.goal_id as "goalId", r.goal_words as "goalWords", r.is_start as "isStart", r.level, r.weight,
          r.rated_by as "ratedBy", r.rated_on as "ratedOn", s.name as "recordedByName", k.name as "struckByName",
          r.struck_reason as "struckReason"
        from reflection.goal_rating r join organisations.staff s on s.id = r.recorded_by
          left join organisations.staff k on k.id = r.struck_by
        where r.person_id = ${permit.person} order by r.rated_on desc, r.recorded_at desc, r.id desc`,
  )
  return rows.map((row) => withoutNulls<KeptRating>(row))
}

/** Keeps one rating. @returns false where somebody began this goal meanwhile. */
export async function insertRating(
  db: Db,
  permit: Permit<'whole'>,
  rating: Rated & {
    readonly ratedBy: Rater
    readonly ratedOn: LondonDate
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into reflection.goal_rating (id, person_id, goal_id, goal_words, is_start, level, weight, rated_by, rated_on,
          recorded_by, recorded_at)
        values (${newId()}, ${permit.person}, ${rating.goalId}, ${rating.goalWords}, ${rating.isStart}, ${rating.level},
          ${rating.weight}, ${rating.ratedBy}, ${rating.ratedOn}, ${rating.by}, ${rating.at})
        on conflict do nothing`,
  )
  return touched === 1
}

/** Strikes a rating: it stays to be read and counts no more. @returns false where there is none that stands. */
export async function strikeRating(
  db: Db,
  permit: Permit<'whole'>,
  strike: { readonly id: string; readonly by: string; readonly at: Date; readonly reason: string },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update reflection.goal_rating set struck_at = ${strike.at}, struck_by = ${strike.by}, struck_reason = ${strike.reason}
        where id::text = ${strike.id} and person_id = ${permit.person} and struck_at is null`,
  )
  return touched === 1
}

export type GoalsRated = GoalsOfEpisode & {
  readonly ownerId: string
  readonly ownerName: string
  readonly programmeId: string
}

/** What became of the goals of the caller's own people, or of the team's: one row an episode, of nobody in particular. */
export const goalsRatedSeen = (db: Db, isTeam: boolean): Promise<readonly GoalsRated[]> =>
  many(
    db,
    sql`select owner_id as "ownerId", owner_name as "ownerName", programme_id as "programmeId", weights, starts, lasts
        from reflection.goals_rated_seen(${isTeam})`,
  )

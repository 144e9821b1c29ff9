import { newId } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { OwnerLines } from './outcome-lines.ts'
import type { Beginning, GroupLine, MonthCount, Months, OutcomeLine, Rebasing, Run, Stay } from './types.ts'

/** Who was whose, by pseudonym: for the program alone, and written in the access log. */
export async function stays(db: Db): Promise<readonly Stay[]> {
  const rows = await many(
    db,
    sql`select person, episode_id as "episodeId", programme_id as "programmeId", team_id as "teamId", owner_id as "ownerId",
          is_latest as "isLatest", opened_on as "openedOn", from_on as "fromOn", until_on as "untilOn"
        from reflection.stays() order by person, episode_id, from_on`,
  )
  return rows.map((row) => withoutNulls<Stay>(row))
}

/** What was done early in each episode: for the program alone, and written in the access log. */
export async function beginnings(db: Db): Promise<readonly Beginning[]> {
  const rows = await many(
    db,
    sql`select episode_id as "episodeId", speaks, done from reflection.beginnings() order by episode_id`,
  )
  return rows.map((row) => withoutNulls<Beginning>(row))
}

/** What the record itself says of each team's whole months up to a day. */
export const recordMonths = (
  db: Db,
  to: LondonDate,
): Promise<
  readonly (MonthCount & { readonly teamId: string; readonly measure: 'overdue' | 'plan' | 'goals' })[]
> =>
  many(
    db,
    sql`select team_id as "teamId", month, measure, events, size as "of" from reflection.record_months(${to})
        order by team_id, measure, month`,
  )

/** One night's counts, kept beside those of the nights before. */
export async function saveRun(
  db: Db,
  counted: Pick<Run, 'ranAt' | 'dataTo' | 'funnels' | 'groups'> & {
    readonly loadId: string
    readonly months: ReadonlyMap<string, Months>
    readonly owners: readonly OwnerLines[]
  },
): Promise<void> {
  const id = newId()
  await run(
    db,
    sql`insert into reflection.run (id, load_id, data_to, ran_at, funnels, groups)
        values (${id}, ${counted.loadId}, ${counted.dataTo}, ${counted.ranAt}, ${JSON.stringify(counted.funnels)},
          ${JSON.stringify(counted.groups)})`,
  )
  for (const [placeId, months] of counted.months) {
    await run(
      db,
      sql`insert into reflection.tally (run_id, place_id, months) values (${id}, ${placeId}, ${JSON.stringify(months)})`,
    )
  }
  for (const { ownerId, teamId, lines, done } of counted.owners) {
    await run(
      db,
      sql`insert into reflection.outcome (run_id, owner_id, team_id, lines, done)
          values (${id}, ${ownerId}, ${teamId}, ${JSON.stringify(lines)}, ${JSON.stringify(done)})`,
    )
  }
}

/** The newest night's counts, or undefined before the first. */
export const newestRun = (db: Db): Promise<Run | undefined> =>
  one(
    db,
    sql`select id, ran_at as "ranAt", data_to as "dataTo", funnels, groups from reflection.run order by n desc limit 1`,
  )

/** What a place had in each month, as one night counted it. */
export async function monthsOf(db: Db, runId: string, placeId: string): Promise<Months | undefined> {
  const row = await one<{ months: Months }>(
    db,
    sql`select months from reflection.tally where run_id = ${runId} and place_id::text = ${placeId}`,
  )
  return row?.months
}

/** Every decision that limits of a place's charts begin anew, the ended ones among them, oldest first. */
export async function rebasingsOf(db: Db, placeId: string): Promise<readonly Rebasing[]> {
  const rows = await many(
    db,
    sql`select r.id, r.measure, r.from_month as "fromMonth", r.reason, s.name as "decidedByName",
          r.decided_at as "decidedAt", r.ended_at as "endedAt", e.name as "endedByName", r.ended_reason as "endedReason"
        from reflection.rebase r join organisations.staff s on s.id = r.decided_by
          left join organisations.staff e on e.id = r.ended_by
        where r.place_id = ${placeId} order by r.from_month, r.decided_at`,
  )
  return rows.map((row) => withoutNulls<Rebasing>(row))
}

export async function insertRebasing(
  db: Db,
  rebasing: Pick<Rebasing, 'measure' | 'fromMonth' | 'reason' | 'decidedAt'> & {
    readonly placeId: string
    readonly by: string
  },
): Promise<void> {
  await run(
    db,
    sql`insert into reflection.rebase (id, place_id, measure, from_month, reason, decided_by, decided_at)
        values (${newId()}, ${rebasing.placeId}, ${rebasing.measure}, ${rebasing.fromMonth}, ${rebasing.reason},
          ${rebasing.by}, ${rebasing.decidedAt})`,
  )
}

/** Ends a decision; it stays to be read. @returns false where there is none that stands at that place. */
export async function endRebasing(
  db: Db,
  ended: {
    readonly id: string
    readonly placeId: string
    readonly by: string
    readonly at: Date
    readonly reason: string
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update reflection.rebase set ended_at = ${ended.at}, ended_by = ${ended.by}, ended_reason = ${ended.reason}
        where id::text = ${ended.id} and place_id = ${ended.placeId} and ended_at is null`,
  )
  return touched === 1
}

type Whose = { readonly ownerId: string; readonly ownerName: string }

/** The newest outcomes of the caller's own people, or of their team's. */
export const outcomesSeen = (
  db: Db,
  isTeam: boolean,
): Promise<readonly (Whose & { readonly lines: readonly OutcomeLine[] })[]> =>
  many(
    db,
    sql`select owner_id as "ownerId", owner_name as "ownerName", lines from reflection.outcomes_seen(${isTeam})`,
  )

/** The same by what was done. */
export const doneSeen = (
  db: Db,
  isTeam: boolean,
): Promise<readonly (Whose & { readonly lines: readonly GroupLine[] })[]> =>
  many(
    db,
    sql`select owner_id as "ownerId", owner_name as "ownerName", lines from reflection.done_seen(${isTeam})`,
  )

export type GoalsLine = Whose & {
  readonly programmeId: string
  readonly withUs: number
  readonly closed: number
  readonly goalsMet: number
  readonly actionsDue: number
  readonly actionsDone: number
}

/** How their episodes ended and what became of the actions of their plans. */
export const goalsSeen = (db: Db, isTeam: boolean): Promise<readonly GoalsLine[]> =>
  many(
    db,
    sql`select owner_id as "ownerId", owner_name as "ownerName", programme_id as "programmeId", with_us as "withUs",
          closed, goals_met as "goalsMet", actions_due as "actionsDue", actions_done as "actionsDone"
        from reflection.goals_seen(${isTeam})`,
  )

export type MeasureLine = Whose & {
  readonly programmeId: string
  readonly instrument: string
  readonly scale: string
  readonly isOwn: boolean
  readonly people: number
  readonly meanFirst: number
  readonly meanLast: number
  readonly better: number
  readonly same: number
  readonly worse: number
}

/** Which way a scale's better lies, and how large a reliable change is. */
export type ScaleAsked = {
  readonly instrument: string
  readonly scale: string
  readonly better: 1 | -1
  readonly reliable: number | null
}

/** What they answered to measures, newest against first. */
export const measuresSeen = (
  db: Db,
  isTeam: boolean,
  scales: readonly ScaleAsked[],
): Promise<readonly MeasureLine[]> =>
  many(
    db,
    sql`select owner_id as "ownerId", owner_name as "ownerName", programme_id as "programmeId", instrument, scale,
          is_own as "isOwn", people, mean_first as "meanFirst", mean_last as "meanLast", better, same, worse
        from reflection.measures_seen(${isTeam}, ${JSON.stringify(scales)})`,
  )

import type { Permit } from '#access'
import { type Db, one, run, sql, withoutNulls } from '#database'
import type { Stage } from '#people'
import type { Closing, Closure } from './types.ts'

/** How an episode of the permitted person ended; undefined when it has not, or the closing was taken back. */
export async function closureOf(
  db: Db,
  permit: Permit<'whole'>,
  episodeId: string,
): Promise<Closure | undefined> {
  const row = await one(
    db,
    sql`select c.id, c.episode_id as "episodeId", c.reason, c.told, c.words, c.closed_on as "closedOn",
               s.name as "closedByName", c.recorded_at as "recordedAt"
        from closure.closure c join organisations.staff s on s.id = c.closed_by
        where c.person_id = ${permit.person} and c.episode_id::text = ${episodeId} and c.taken_back_at is null`,
  )
  return row && withoutNulls<Closure>(row)
}

export async function insertClosure(
  db: Db,
  permit: Permit<'whole'>,
  closing: Closing & { readonly id: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    db,
    sql`insert into closure.closure (id, person_id, episode_id, turn, reason, words, closed_on, told, closed_by, recorded_at)
        values (${closing.id}, ${permit.person}, ${closing.episodeId}, ${closing.turn + 1}, ${closing.reason},
          ${closing.words?.trim() || null}, ${closing.closedOn}, ${closing.told}, ${closing.by}, ${closing.at})`,
  )
}

export async function takeBackClosure(
  db: Db,
  permit: Permit<'whole'>,
  back: { readonly id: string; readonly reason: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update closure.closure set taken_back_at = ${back.at}, taken_back_by = ${back.by},
          taken_back_reason = ${back.reason}
        where id = ${back.id} and person_id = ${permit.person} and taken_back_at is null`,
  )
  return touched === 1
}

/** The stage an episode stood in before its turn. */
export async function stageBefore(
  db: Db,
  permit: Permit<'whole'>,
  episodeId: string,
  turn: number,
): Promise<Stage | undefined> {
  const row = await one<{ stage: Stage }>(
    db,
    sql`select stage from people.episode_turn
        where person_id = ${permit.person} and episode_id = ${episodeId} and n < ${turn} and stage <> 'closed'
        order by n desc limit 1`,
  )
  return row?.stage
}

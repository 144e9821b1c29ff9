import { type Db, many, one, run, sql } from '#database'
import type { Later, Progress } from './types.ts'

/** The way to promise work inside this transaction. */
export const laterIn =
  (db: Db): Later =>
  async (task, payload, key) => {
    await run(db, sql`select jobs.promise(${task}, ${JSON.stringify(payload)}::jsonb, ${key ?? null})`)
  }

/** Every long job there has been, and how far it is. */
export const progress = (db: Db): Promise<readonly Progress[]> =>
  many(
    db,
    sql`select task, words, share_done as "shareDone", started_at as "startedAt", changed_at as "changedAt",
               ended_at as "endedAt", outcome from jobs.progress order by started_at`,
  )

/** Writes how far a job is, for the page that waits for it. With an outcome it has ended. */
export async function writeProgress(
  db: Db,
  step: Pick<Progress, 'task' | 'words' | 'shareDone' | 'outcome'>,
): Promise<void> {
  await run(
    db,
    sql`insert into jobs.progress (task, words, share_done, started_at, changed_at)
        values (${step.task}, ${step.words}, ${step.shareDone}, now(), now())
        on conflict (task) do update set words = excluded.words, share_done = excluded.share_done, changed_at = now(),
          started_at = case when jobs.progress.ended_at is null then jobs.progress.started_at else now() end,
          ended_at = null, outcome = null`,
  )
  if (!step.outcome) return
  await run(
    db,
    sql`update jobs.progress set ended_at = now(), outcome = ${step.outcome} where task = ${step.task}`,
  )
}

/** How many pieces of promised work are waiting or under way; those given up after five tries are not. */
export async function countPromised(db: Db): Promise<number> {
  const row = await one<{ n: number }>(
    db,
    sql`select count(*)::int as n from graphile_worker.jobs where attempts < max_attempts`,
  )
  return row?.n ?? 0
}

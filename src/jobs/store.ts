import { type Db, many, run, sql } from '#database'
import type { Later, Progress } from './types.ts'

/** The way to promise work inside this transaction. */
export const laterIn =
  (db: Db): Later =>
  async (task, payload, key) => {
    await run(db, sql`select jobs.promise(${task}, ${JSON.stringify(payload)}::jsonb, ${key ?? null})`)
  }

/** Promises work inside this transaction, begun no sooner than in so many seconds. */
export async function laterAfter(db: Db, seconds: number, task: string, key: string): Promise<void> {
  await run(db, sql`select jobs.promise_after(${seconds}, ${task}, '{}'::jsonb, ${key})`)
}

/**
 * Takes what waits under the key of work that begins now as done by it: one piece of work for all of a burst. What is
 * promised after this is done after it.
 */
export async function joinWaiting(db: Db, jobId: string): Promise<void> {
  await run(db, sql`select jobs.join_waiting(${jobId})`)
}

/**
 * Frees work that was under way when everything was killed, so that it is taken up at once and not hours later.
 *
 * @param db a connection kept for as long as its process does promised work: while one has it, no other frees anything.
 */
export async function takeUpLeftBehind(db: Db): Promise<void> {
  await run(db, sql`select jobs.take_up_left_behind()`)
}

/** Lets the database look again at how much there is: for work that changed a great deal, or what follows is planned badly. */
export async function lookAgain(db: Db): Promise<void> {
  await run(db, sql`select jobs.look_again()`)
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

// The process that does promised work: jobs, loads, seals. It alone reads the pseudonym key and the seal key.
import { Logger, parseCronItems, run } from 'graphile-worker'
import { runSealer, sealKeys, secondPlaceIn } from '#access'
import { connect, many, type Pool, sql, transaction } from '#database'
import { joinWaiting, sayInTurn, type Task, takeUpLeftBehind, type Workshop, writeProgress } from '#jobs'
import { makeDemonstration } from './demonstration/make.ts'
import { demonstrationTask } from './first-start.ts'
import { tasks, timetable } from './pathway.ts'
import { toldToBegin } from './told.ts'
import { asSystem } from './visit.ts'

const allTasks: Readonly<Record<string, Task>> = { ...tasks, [demonstrationTask]: makeDemonstration }

/** What a long piece of work is given, by the name of the work. */
export function workshopFor(pool: Pool, folder: string, task: string): Workshop {
  return {
    folder,
    inVisit: (work) => asSystem(pool, task, () => new Date(), work),
    say: sayInTurn((words, shareDone) =>
      transaction(pool, (db) => writeProgress(db, { task, words, shareDone })),
    ),
  }
}

/**
 * Does promised work until stopped.
 *
 * A task that fails is tried again, later each time, five times in all; what it says of its failure holds no
 * person's name or number, for tasks are given ids.
 */
export async function runWork(parts: {
  readonly pool: Pool
  readonly folder: string
}): Promise<{ readonly stop: () => Promise<void> }> {
  const runner = await run({
    pgPool: parts.pool,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quiet,
    parsedCronItems: parseCronItems(
      timetable.map(({ at, task }) => ({
        task,
        match: at,
        identifier: task,
        options: { backfillPeriod: 0 },
      })),
    ),
    taskList: Object.fromEntries(
      Object.entries(allTasks).map(([name, task]) => [
        name,
        (payload, { job }) => doTask(parts, name, task, { payload, jobId: job.id }),
      ]),
    ),
  })
  return { stop: () => runner.stop() }
}

async function doTask(
  parts: { readonly pool: Pool; readonly folder: string },
  name: string,
  task: Task,
  promised: { readonly payload: unknown; readonly jobId: string },
): Promise<void> {
  const workshop = workshopFor(parts.pool, parts.folder, name)
  try {
    await transaction(parts.pool, (db) => joinWaiting(db, promised.jobId))
    await task(workshop, (promised.payload ?? {}) as Parameters<Task>[1])
    await endProgress(parts.pool, name, 'done')
  } catch (error) {
    await endProgress(parts.pool, name, 'failed')
    logFault(`task ${name}`, error)
    throw error
  }
}

// Only work that said how far it was has a row to end.
async function endProgress(pool: Pool, task: string, outcome: 'done' | 'failed'): Promise<void> {
  await transaction(pool, async (db) => {
    const rows = await many<{ words: string; shareDone: number }>(
      db,
      sql`select words, share_done as "shareDone" from jobs.progress where task = ${task} and ended_at is null`,
    )
    for (const row of rows) await writeProgress(db, { task, ...row, outcome })
  })
}

/** Says on the log that something of ours broke. Never the record's content: an error's words may quote it. */
export function logFault(where: string, error: unknown, reference?: string): void {
  const known = error instanceof Error ? error : new Error('not an error')
  const code = 'code' in known ? ` ${String(known.code)}` : ''
  const place =
    known.stack
      ?.split('\n')
      .find((line) => line.includes('/src/'))
      ?.trim() ?? ''
  process.stderr.write(`fault ${reference ?? ''} ${where}: ${known.name}${code} ${place}\n`)
}

const quiet = new Logger(() => (level, message) => {
  if (level === 'error') process.stderr.write(`work: ${message}\n`)
})

/** The process's own beginning, when it is not a test's. */
export async function main(): Promise<void> {
  const told = await toldToBegin()
  const pool = connect(told.KEYWORKER_WORK_URL ?? '', 8)
  const keeping = await pool.connect()
  await takeUpLeftBehind({ client: keeping })
  const work = await runWork({ pool, folder: told.KEYWORKER_FOLDER ?? '' })
  const sealing = new AbortController()
  const folder = told.KEYWORKER_FOLDER ?? ''
  const sealed = runSealer({
    pool,
    keys: sealKeys(folder),
    secondPlace: secondPlaceIn(folder),
    signal: sealing.signal,
    fault: (error) => logFault('sealer', error),
  })
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    sealing.abort()
    // A job cut short is taken up again at the next start; it may run twice without harm.
    await Promise.race([
      Promise.all([work.stop(), sealed]).then(() => {
        keeping.release(true)
        return pool.end()
      }),
      new Promise((done) => setTimeout(done, 5000)),
    ])
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.once('disconnect', stop)
  process.send?.({ kind: 'ready' })
}

if (/\bwork\.[jt]s$/.test(process.argv[1] ?? '')) await main()

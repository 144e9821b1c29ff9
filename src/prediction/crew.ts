import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { carryOut, type Work } from './work.ts'

/** Threads that share the parts of one piece of work. Which thread does which part never changes a result. */
export type Crew = { readonly run: (work: Work, parts: number) => Promise<void> }

/** How a fit is run: how many threads (0: this one; the cores unless said), and who hears how far it is. */
export type Running = {
  readonly threads?: number
  readonly onProgress?: (shareDone: number, words: string) => void
}

/** Under so many cells a second thread costs more than it saves. */
const cellsWorthThreads = 3_000_000

/**
 * Lets the work have a crew, and sends it home afterwards.
 *
 * @param cells rows times columns, to judge whether threads are worth starting when the caller did not say.
 */
export async function withCrew<T>(
  { threads }: Running,
  cells: number,
  work: (crew: Crew) => Promise<T>,
): Promise<T> {
  const wanted = threads ?? (cells < cellsWorthThreads ? 0 : availableParallelism())
  if (wanted === 0) return await work({ run: runHere })
  const code = await workerCode()
  const workers = Array.from({ length: wanted }, () => new Worker(code, { eval: true, execArgv: [] }))
  try {
    return await work({ run: (piece, parts) => runAmong(workers, piece, parts) })
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

async function runHere(work: Work, parts: number): Promise<void> {
  for (let part = 0; part < parts; part++) carryOut(work, part)
}

async function runAmong(workers: readonly Worker[], work: Work, parts: number): Promise<void> {
  const next = new Int32Array(new SharedArrayBuffer(4))
  await Promise.all(workers.map((worker) => ordered(worker, { work, parts, next })))
}

function ordered(worker: Worker, order: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      worker.off('message', done).off('error', settle).off('exit', ended)
      if (error) reject(error)
      else resolve()
    }
    const done = () => settle()
    const ended = () => settle(new Error('prediction: a thread ended early'))
    worker.on('message', done).on('error', settle).on('exit', ended)
    worker.postMessage(order)
  })
}

let code: Promise<string> | undefined

/**
 * What a thread runs, as one piece of plain JavaScript: the same under tsx, in a test and in the bundled processes,
 * none of which lends its way of reading TypeScript to a thread.
 */
function workerCode(): Promise<string> {
  code ??= import('esbuild').then(async ({ build }) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('./crew-thread.ts', import.meta.url))],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
    })
    return outputFiles[0]?.text ?? ''
  })
  return code
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** Keyworker running as its own processes, as a user would start it. */
export type Running = {
  readonly child: ChildProcess
  readonly address: string
  readonly port: number
  /** Everything it printed so far. */
  readonly said: () => string
  /** Waits until it printed something that fits. @throws Error with what it printed when it ends or takes too long. */
  readonly untilSays: (words: RegExp, withinMs?: number) => Promise<void>
  readonly ended: Promise<number | null>
  /** Asks it to stop and waits until it has. */
  readonly stop: () => Promise<void>
}

/** A free port on this machine. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Starts Keyworker the way `npm start` does. `as` runs it as another user of the machine. */
export async function startKeyworker(
  folder: string,
  options: {
    readonly port?: number
    readonly as?: readonly string[]
    readonly isDemonstration?: boolean
  } = {},
): Promise<Running> {
  const port = options.port ?? (await freePort())
  const [command = '', ...args] = [
    ...(options.as ?? []),
    process.execPath,
    join(root, 'run.mjs'),
    'start',
    '--data',
    folder,
    '--port',
    String(port),
    ...(options.isDemonstration ? ['--demonstration'] : []),
  ]
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  return {
    child,
    port,
    address: `http://127.0.0.1:${port}`,
    said: () => said,
    untilSays: (words, withinMs = 120_000) => untilSays(child, () => said, words, withinMs),
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function untilSays(
  child: ChildProcess,
  said: () => string,
  words: RegExp,
  withinMs: number,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 50) {
    if (words.test(said())) return
    if (child.exitCode !== null) break
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`It did not say ${words}. It said:\n${said()}`)
}

/** Kills everything that works on a data folder, the database too, as a power cut would. */
export function killEverythingIn(folder: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
      if (Number(pid) === process.pid || !(command.includes(folder) || environment.includes(folder))) continue
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It has ended, or is not ours to look at.
    }
  }
}

/** Stops a database left behind in a data folder. */
export function stopDatabaseIn(folder: string): void {
  try {
    const pid = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, 'SIGINT')
  } catch {
    // None is running.
  }
}

/** Whether this machine lets us run a program as another user. */
export const mayBeSomebodyElse = (): boolean => {
  try {
    execFileSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'true'], { stdio: 'ignore' })
    return process.getuid?.() === 0
  } catch {
    return false
  }
}

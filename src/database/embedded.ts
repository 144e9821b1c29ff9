import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { writeNew } from './new-file.ts'
import { type Runner, runnerFor } from './runner.ts'

/** A PostgreSQL of our own in a data folder: where it listens, and how to stop it. */
export type Embedded = {
  readonly ownerUrl: string
  /** Whether somebody else had started it: then it is theirs to stop. */
  readonly wasRunning: boolean
  readonly stop: () => Promise<void>
}

const superuser = 'keyworker_super'

/**
 * Starts PostgreSQL in a folder, making the folder the first time, or joins the one already running there.
 *
 * It listens on 127.0.0.1 only and always asks for a password, which is kept in the folder. Two programs may not do this
 * at once in one folder: each would take away what the other is making (`oneAtATime`).
 *
 * @param onWait told once where a server killed before still has to end, which can take a minute.
 * @throws Error with one plain sentence when this machine cannot run it. That is the machine's, not the user's.
 */
export async function startEmbedded(folder: string, onWait: () => void = () => {}): Promise<Embedded> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const cluster = join(folder, 'postgres')
  const password = passwordIn(folder)
  const runner = runnerFor(folder)
  if (!existsSync(join(cluster, 'PG_VERSION'))) initialise(runner, cluster, password)
  const running = await joinRunning(cluster, password)
  if (running) return running
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
  return await launch(runner, folder, password, onWait)
}

function passwordIn(folder: string): string {
  const file = join(folder, 'database-password')
  if (!existsSync(file)) writeNew(file, randomBytes(24).toString('base64url'))
  return readFileSync(file, 'utf8').trim()
}

function initialise(runner: Runner, cluster: string, password: string): void {
  const passwordFile = `${cluster}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const [command, ...args] = [
    ...runner.prefix,
    join(runner.bin, 'initdb'),
    `--pgdata=${cluster}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]
  if (runner.prefix[0] === 'setpriv') execFileSync('chown', ['65534:65534', passwordFile])
  try {
    execFileSync(command ?? '', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

const urlAt = (port: number, password: string) =>
  `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`

// A process id can be another program's by now, so the server is asked before its file is believed.
async function joinRunning(cluster: string, password: string): Promise<Embedded | undefined> {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pidLine, , , portLine] = readFileSync(file, 'utf8').split('\n')
  const ownerUrl = urlAt(Number(portLine), password)
  if (!(await answers(ownerUrl))) return undefined
  return { ownerUrl, wasRunning: true, stop: () => stop(Number(pidLine)) }
}

// An eighth of the machine's memory, at most 1 GB: a quarter is PostgreSQL's own advice where it has the machine to itself. Only
// what is used is taken, so a small installation stays small.
const sharedMb = (memoryBytes: number): number =>
  Math.round(Math.min(1024, Math.max(128, memoryBytes / 8 / 1024 ** 2)))

async function launch(
  runner: Runner,
  folder: string,
  password: string,
  onWait: () => void,
): Promise<Embedded> {
  const port = await freePort()
  const logFile = join(folder, 'database.log')
  const log = openSync(logFile, 'a')
  chmodSync(logFile, 0o600)
  const [command, ...args] = serverCommand(runner, join(folder, 'postgres'), port)
  const ownerUrl = urlAt(port, password)
  for (let tries = 0; tries < 120; tries++) {
    const saidBefore = statSync(logFile).size
    const child = spawn(command ?? '', args, { stdio: ['ignore', log, log], detached: true })
    child.unref()
    if (await isReady(child, ownerUrl)) {
      return { ownerUrl, wasRunning: false, stop: () => stop(child.pid ?? 0) }
    }
    const words = readFileSync(logFile).subarray(saidBefore).toString('utf8')
    if (!isStillEnding(words)) throw new Error(`The built-in database did not start: ${lastOf(words)}`)
    if (tries === 0) onWait()
    await pause(250)
  }
  throw new Error(
    'The database that was ended here before is still finishing its work. Wait a few minutes and start again.',
  )
}

function serverCommand(runner: Runner, cluster: string, port: number): readonly string[] {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `shared_buffers=${sharedMb(totalmem())}MB`,
    'jit=off',
    'timezone=Europe/London',
  ]
  return [
    ...runner.prefix,
    join(runner.bin, 'postgres'),
    '-D',
    cluster,
    ...settings.flatMap((setting) => ['-c', setting]),
  ]
}

// Killed without warning, a server leaves processes that let go of its memory a moment later, or when the query they are in ends.
// Until then PostgreSQL refuses to start, rightly: they may still write. The refusal need not be the last word of the log, for
// those processes write there too as they end.
const isStillEnding = (words: string): boolean => words.includes('shared memory block')

const lastOf = (words: string): string => words.trim().split('\n').slice(-3).join(' ')

async function isReady(child: ChildProcess, ownerUrl: string): Promise<boolean> {
  for (let tries = 0; tries < 600; tries++) {
    if (await answers(ownerUrl)) return true
    if (child.exitCode !== null) return false
    await pause(50)
  }
  return false
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function stop(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGINT')
    for (let tries = 0; tries < 200; tries++) {
      process.kill(pid, 0)
      await pause(50)
    }
  } catch {
    // No such process: it has stopped.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

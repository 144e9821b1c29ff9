// Supervises the two processes: one answers browsers, one does promised work.
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '#database'
import { bundled } from './bundle.ts'
import { forgetAll, hasPristine, keepPristine, startAgain } from './demonstration/pristine.ts'
import {
  followDemonstration,
  isAllWorkDone,
  promiseDemonstration,
  sayLocalAdministrator,
} from './first-start.ts'
import { databaseName, type OpenRecord, openRecord } from './record.ts'
import type { Settings } from './settings.ts'

/** What start says while it works, and how it says it. */
export type Say = (line: string) => void

/**
 * Starts Keyworker in its data folder and stays until told to stop.
 *
 * @returns 0 when it is already running there (its address is said) or was told to stop; 1 with one plain sentence
 *   when it cannot start.
 */
export async function start(settings: Settings, say: Say): Promise<number> {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 })
  const running = await runningIn(settings.folder)
  if (running) {
    say(`Keyworker is already running at ${running}`)
    return 0
  }
  if (!(await isFree(settings.port))) {
    say(`Port ${settings.port} is taken by another program. Set PORT to a free one and start again.`)
    return 1
  }
  const made = await bundled()
  const waiting = { web: spawn('web', made), work: spawn('work', made) }
  const record = await openRecord(settings).catch((error: unknown) => {
    for (const { child } of Object.values(waiting)) child.kill()
    throw error
  })
  const isNew = await promiseDemonstration(settings, record)
  const house = await openHouse(settings, record, waiting)
  await sayLocalAdministrator(settings, record, say)
  writeFileSync(runningFile(settings.folder), settings.baseUrl)
  if (isNew) await sayDemonstration(record, house, say)
  if (!house.isStopping()) say(`Keyworker is at ${settings.baseUrl}`)
  const kept = settings.isDemonstration ? keepWhenQuiet(record, house) : Promise.resolve()
  await house.untilStopped
  await kept
  rmSync(runningFile(settings.folder), { force: true })
  await record.stop()
  return 0
}

const runningFile = (folder: string) => join(folder, 'running-at')

// The file stays behind after a kill: only an answer at the address proves that somebody is there.
async function runningIn(folder: string): Promise<string | undefined> {
  if (!existsSync(runningFile(folder))) return undefined
  const address = readFileSync(runningFile(folder), 'utf8')
  try {
    const answer = await fetch(`${address}/alive`, { signal: AbortSignal.timeout(2000) })
    return (await answer.text()) === 'keyworker' ? address : undefined
  } catch {
    return undefined
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

async function sayDemonstration(record: OpenRecord, house: House, say: Say): Promise<void> {
  say('Making the made-up town, once. It takes about a minute.')
  const isMade = await Promise.race([followDemonstration(record, drawBar), house.untilStopped])
  if (process.stderr.isTTY) process.stderr.write('\n')
  if (isMade === false)
    say('The made-up town could not be made. What there is can be looked at; start again to try again.')
}

let lastDrawn = ''

// A terminal gets a bar that moves; a log gets a line for each new step.
function drawBar(words: string, share: number): void {
  const percent = Math.round(share * 100)
  if (process.stderr.isTTY) {
    const done = Math.round(share * 30)
    process.stderr.write(`\r\u001b[K[${'#'.repeat(done)}${'.'.repeat(30 - done)}] ${percent}% ${words}`)
  } else if (words !== lastDrawn) {
    process.stderr.write(`${percent}% ${words}\n`)
  }
  lastDrawn = words
}

// The copy to go back to is made once nothing is promised any more: it then holds the first answer to "did it help?".
async function keepWhenQuiet(record: OpenRecord, house: House): Promise<void> {
  if (!record.isEmbedded || (await hasPristine(record.ownerUrl, databaseName))) return
  while (!house.isStopping()) {
    if (await isAllWorkDone(record))
      return await house.aside(() => keepPristine(record.ownerUrl, databaseName))
    await Promise.race([new Promise((done) => setTimeout(done, 1000)), house.untilStopped])
  }
}

type House = {
  readonly untilStopped: Promise<void>
  readonly isStopping: () => boolean
  /** Does something to the record while nobody works on it: pages say to wait, the work process is ended and begun again. */
  readonly aside: (work: () => Promise<void>) => Promise<void>
}

async function openHouse(
  settings: Settings,
  record: OpenRecord,
  waiting: { readonly web: Waiting; readonly work: Waiting },
): Promise<House> {
  const [web, firstWork] = await Promise.all([
    waiting.web.begin(toldWeb(settings, record)),
    waiting.work.begin(toldWork(settings, record)),
  ])
  let work = firstWork
  let isStopping = false
  let isAside = false
  let told = () => {}
  const untilStopped = new Promise<void>((resolve) => {
    told = resolve
  })
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void Promise.all([end(web), end(work)]).then(told)
  }
  const aside = async (change: () => Promise<void>) => {
    if (isAside || isStopping) return
    isAside = true
    // A page being answered is let finish: its connection is ended with all others by what follows.
    await Promise.all([setAside(web), end(work)])
    await change()
    // Pages need nothing of the work process: nobody waits for it to come up.
    web.send({ kind: 'go on' })
    work = await spawn('work', await bundled()).begin(toldWork(settings, record))
    watch(work)
    isAside = false
    if (isStopping) await end(work)
  }
  // One without the other is half a house: the page would wait for work that nobody does.
  const watch = (child: ChildProcess) => child.once('exit', () => !isAside && stop())
  watch(web)
  watch(work)
  web.on('message', (message) => {
    if (isOfKind(message, 'start again')) void aside(() => putBack(settings, record))
  })
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  return { untilStopped, isStopping: () => isStopping, aside }
}

async function putBack(settings: Settings, record: OpenRecord): Promise<void> {
  if (await startAgain(record.ownerUrl, databaseName, settings.folder)) {
    // The copy may be older than this version's tables.
    await migrate(record.ownerUrl)
    return
  }
  await forgetAll(record.ownerUrl, databaseName)
  await migrate(record.ownerUrl)
  await promiseDemonstration(settings, record)
}

const isOfKind = (message: unknown, kind: string): boolean =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind

function setAside(web: ChildProcess): Promise<void> {
  return new Promise((done) => {
    const hear = (message: unknown) => {
      if (!isOfKind(message, 'nobody is in')) return
      web.off('message', hear)
      done()
    }
    web.on('message', hear)
    web.once('exit', () => done())
    web.send({ kind: 'wait' })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
}

const toldWeb = (settings: Settings, record: OpenRecord) => ({
  KEYWORKER_APP_URL: record.appUrl,
  KEYWORKER_BASE_URL: settings.baseUrl,
  KEYWORKER_PORT: String(settings.port),
  ...(settings.isDemonstration && record.isEmbedded ? { KEYWORKER_IS_DEMONSTRATION: 'yes' } : {}),
})

const toldWork = (settings: Settings, record: OpenRecord) => ({
  KEYWORKER_WORK_URL: record.workUrl,
  KEYWORKER_FOLDER: settings.folder,
})

/** A process of ours that has read its files and waits to be told to begin. */
type Waiting = {
  readonly child: ChildProcess
  readonly begin: (own: Readonly<Record<string, string>>) => Promise<ChildProcess>
}

// Each child is told only what it needs: the web process must not be able to read the owner's address.
function spawn(name: 'web' | 'work', made: Awaited<ReturnType<typeof bundled>>): Waiting {
  const { DATABASE_URL: _app, DATABASE_OWNER_URL: _owner, ...environment } = process.env
  const child = fork(made?.[name] ?? fileURLToPath(new URL(`${name}.ts`, import.meta.url)), {
    execArgv: made ? ['--enable-source-maps'] : ['--import', 'tsx'],
    env: { ...environment, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const loaded = new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) =>
      reject(new Error(`The ${name} process ended with ${code} before it was ready`)),
    )
  })
  // Whoever tells it to begin hears of a failure; until then nobody listens.
  loaded.catch(() => {})
  const begin = async (own: Readonly<Record<string, string>>) => {
    await loaded
    return await new Promise<ChildProcess>((resolve, reject) => {
      child.once('message', () => resolve(child))
      child.once('exit', (code) =>
        reject(new Error(`The ${name} process ended with ${code} before it was ready`)),
      )
      child.send({ kind: 'begin', own })
    })
  }
  return { child, begin }
}

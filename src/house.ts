// The two processes: one answers browsers, one does promised work. Neither is up without the other.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { bundled } from './bundle.ts'
import { flagsOf } from './node-flags.ts'
import type { OpenRecord } from './record.ts'
import type { Settings } from './settings.ts'

/** The two processes, up. */
export type House = {
  readonly untilStopped: Promise<void>
  readonly isStopping: () => boolean
  /** Whether one of the two ended without being told to, and the other was stopped because of it. */
  readonly hasBroken: () => boolean
  /** Does something to the record while nobody works on it: pages say to wait, the work process is ended and begun again. */
  readonly aside: (work: () => Promise<void>) => Promise<void>
}

/**
 * Lets the two waiting processes begin, and stops both when one ends or the program is told to.
 *
 * @param startAgain what is done when the first page asks for the town to be put back.
 */
export async function openHouse(
  settings: Settings,
  record: OpenRecord,
  waiting: WaitingHouse,
  startAgain: (house: House) => Promise<void>,
): Promise<House> {
  const [web, firstWork] = await Promise.all([
    waiting.web.begin(toldWeb(settings, record)),
    waiting.work.begin(toldWork(settings, record)),
  ])
  let work = firstWork
  let isStopping = false
  let isAside = false
  let hasBroken = false
  let told = () => {}
  const untilStopped = new Promise<void>((resolve) => {
    told = resolve
  })
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void Promise.all([end(web), end(work)]).then(told)
  }
  const change = async (wanted: () => Promise<void>) => {
    if (isStopping) return
    isAside = true
    // A page being answered is let finish: its connection is ended with all others by what follows.
    await Promise.all([setAside(web), end(work)])
    await wanted().catch(tellFault)
    web.send({ kind: 'go on' })
  }
  const goOn = async () => {
    if (!isAside) return
    work = await spawn('work', await bundled()).begin(toldWork(settings, record))
    watch(work)
    isAside = false
    if (isStopping) await end(work)
  }
  let before = Promise.resolve()
  const aside = async (wanted: () => Promise<void>) => {
    // One after the other: whoever asks while pages wait has shut the entrance too, and it is opened for them again.
    const changed = before.then(() => change(wanted))
    // Pages need nothing of the work process: nobody waits for it to come up.
    before = changed.then(goOn)
    await changed
  }
  // One without the other is half a house: the page would wait for work that nobody does.
  const watch = (child: ChildProcess) =>
    child.once('exit', (code) => {
      if (isAside) return
      if (!isStopping && code !== 0) {
        hasBroken = true
        process.stderr.write(
          `fault  the ${child === web ? 'web' : 'work'} process ended by itself: ${code ?? 'killed'}\n`,
        )
      }
      stop()
    })
  watch(web)
  watch(work)
  const house = { untilStopped, isStopping: () => isStopping, hasBroken: () => hasBroken, aside }
  web.on('message', (message) => {
    if (isOfKind(message, 'start again')) void startAgain(house)
  })
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  return house
}

/** Says on the log that something of ours broke, and nothing of the record. */
export function tellFault(error: unknown): void {
  const name = error instanceof Error ? error.name : 'not an error'
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : ''
  process.stderr.write(`fault  the record set aside: ${name}${code}\n`)
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
  ...(settings.helpTelephone ? { KEYWORKER_HELP_TELEPHONE: settings.helpTelephone } : {}),
  ...(settings.isDemonstration && record.isEmbedded ? { KEYWORKER_IS_DEMONSTRATION: 'yes' } : {}),
})

const toldWork = (settings: Settings, record: OpenRecord) => ({
  KEYWORKER_WORK_URL: record.workUrl,
  KEYWORKER_FOLDER: settings.folder,
})

/** The two processes before they are told to begin. */
export type WaitingHouse = { readonly web: Waiting; readonly work: Waiting }

/** Starts both: they read their files while the record comes up. */
export async function waitingHouse(): Promise<WaitingHouse> {
  const made = await bundled()
  return { web: spawn('web', made), work: spawn('work', made) }
}

/** Ends both before they began. */
export function sendAway(waiting: WaitingHouse): void {
  for (const { child } of Object.values(waiting)) child.kill()
}

/** A process of ours that has read its files and waits to be told to begin. */
type Waiting = {
  readonly child: ChildProcess
  readonly begin: (own: Readonly<Record<string, string>>) => Promise<ChildProcess>
}

// Each child is told only what it needs: the web process must not be able to read the owner's address.
function spawn(name: 'web' | 'work', made: Awaited<ReturnType<typeof bundled>>): Waiting {
  const { DATABASE_URL: _app, DATABASE_OWNER_URL: _owner, ...environment } = process.env
  const child = fork(made?.[name] ?? fileURLToPath(new URL(`${name}.ts`, import.meta.url)), {
    execArgv: [...flagsOf(name, made !== undefined)],
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

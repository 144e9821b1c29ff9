// Brings everything up in its order, and stays until told to stop.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { isNearlyFull, migrate, oneAtATime } from '#database'
import { forgetAll, keepPristine, startAgain } from './demonstration/pristine.ts'
import {
  followDemonstration,
  isDemonstrationOpen,
  openDemonstration,
  promiseDemonstration,
  sayLocalAdministrator,
} from './first-start.ts'
import { type House, openHouse, sendAway, tellFault, waitingHouse } from './house.ts'
import { copyEachNight } from './nightly-copies.ts'
import { databaseName, type OpenRecord, openRecord } from './record.ts'
import { runningFile, runningIn } from './running.ts'
import type { Settings } from './settings.ts'

/** What start says while it works, and how it says it. */
export type Say = (line: string) => void

/**
 * Starts Keyworker in its data folder and stays until told to stop.
 *
 * @returns 0 when it is already running there (its address is said) or was told to stop; 1 with one plain sentence
 *   when it cannot start; 3 when one of its processes broke, so that whatever watches over it starts it again.
 */
export async function start(settings: Settings, say: Say): Promise<0 | 1 | 3> {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 })
  // Two begun at the same moment would both find nobody there, and both stay: the second waits and finds the first.
  const opened = await oneAtATime(join(settings.folder, 'opening'), () => open(settings, say))
  if ('ended' in opened) return opened.ended
  const { record, house } = opened
  const demonstration = opened.isDemonstration ? await letStrangersIn(record, house, say) : undefined
  if (!house.isStopping()) say(`Keyworker is at ${settings.baseUrl}`)
  copyEachNight(settings, record, say)
  await house.untilStopped
  await demonstration?.tried
  rmSync(runningFile(settings.folder), { force: true })
  await record.stop()
  if (!house.hasBroken()) return 0
  const first = (await isNearlyFull(settings.folder)) ? 'The disk is full: make room first. ' : ''
  say(`Keyworker stopped because one of its processes ended. Nothing saved is lost. ${first}Start it again.`)
  return 3
}

type Opened = { readonly record: OpenRecord; readonly house: House; readonly isDemonstration: boolean }

/** Opens the house where nobody has, and writes down where it is. */
async function open(settings: Settings, say: Say): Promise<Opened | { readonly ended: 0 | 1 }> {
  const running = await runningIn(settings.folder)
  if (running) {
    say(`Keyworker is already running at ${running}`)
    return { ended: 0 }
  }
  if (!(await isFree(settings.port))) {
    say(`Port ${settings.port} is taken by another program. Set PORT to a free one and start again.`)
    return { ended: 1 }
  }
  const waiting = await waitingHouse()
  const wait = () => say('Waiting for the database that was ended here before. It can take a minute.')
  const record = await openRecord(settings, wait).catch((error: unknown) => {
    sendAway(waiting)
    throw error
  })
  const isDemonstration = await promiseDemonstration(settings, record)
  const house = await openHouse(settings, record, waiting, (opened) => goBack(settings, record, opened))
  await sayLocalAdministrator(settings, record, say)
  writeFileSync(runningFile(settings.folder), settings.baseUrl)
  return { record, house, isDemonstration }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/**
 * Waits until the town is made, keeps it as what is put back when somebody starts again, and only then lets strangers in:
 * whatever they do comes after what is kept.
 *
 * @returns once they are let in, or the town could not be made. `tried` ends when it is not tried any more.
 */
async function letStrangersIn(
  record: OpenRecord,
  house: House,
  say: Say,
): Promise<{ readonly tried: Promise<void> }> {
  if (await isDemonstrationOpen(record)) return { tried: Promise.resolve() }
  say('Making the made-up town, once. It takes about a minute.')
  const isMade = await followDemonstration(record, drawBar, house.isStopping)
  if (process.stderr.isTTY) process.stderr.write('\n')
  if (isMade || house.isStopping()) {
    await openOnce(record, house)
    return { tried: Promise.resolve() }
  }
  say('The made-up town could not be made. What there is can be looked at; start again to try again.')
  return { tried: openWhenMade(record, house) }
}

// The queue tries by itself again, and the town may be made after all.
async function openWhenMade(record: OpenRecord, house: House): Promise<void> {
  while (!house.isStopping()) {
    if (await followDemonstration(record, () => {}, house.isStopping)) return await openOnce(record, house)
    await Promise.race([new Promise((done) => setTimeout(done, 1000)), house.untilStopped])
  }
}

const openOnce = (record: OpenRecord, house: House): Promise<void> =>
  house.aside(async () => {
    // Without a copy the first page offers no way back, and everything else.
    if (record.isEmbedded) await keepPristine(record.ownerUrl, databaseName).catch(tellFault)
    await openDemonstration(record)
  })

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

// Where no copy could be gone back to the town is made anew, and strangers are let in when it is.
async function goBack(settings: Settings, record: OpenRecord, house: House): Promise<void> {
  await house.aside(() => putBack(settings, record))
  if (!(await isDemonstrationOpen(record))) await openWhenMade(record, house)
}

async function putBack(settings: Settings, record: OpenRecord): Promise<void> {
  if (await startAgain(record.ownerUrl, databaseName, settings.folder)) {
    // The copy may be older than this version's tables.
    await migrate(record.ownerUrl)
    await openDemonstration(record)
    return
  }
  await forgetAll(record.ownerUrl, databaseName, settings.folder)
  await migrate(record.ownerUrl)
  await promiseDemonstration(settings, record)
}

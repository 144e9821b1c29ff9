import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { newId, type Outcome } from '#access'
import { installationNow, type LondonDate, londonDate } from '#calendar'
import { lookAgain, type Workshop } from '#jobs'
import { decideKind, installation, moveDay } from '#organisations'
import { openBench } from './bench.ts'
import { holdsBundles, readBundles } from './bundles.ts'
import { heedDeaths } from './deaths-here.ts'
import { knowTheRest } from './former.ts'
import { type Key, pseudonymKey } from './key.ts'
import { writeLanding, writeRefused } from './landing.ts'
import { dayFrom, loadDay } from './load-day.ts'
import { type Loading, sourceOf } from './loading.ts'
import { checkHeadings, readFiles } from './read-files.ts'
import { coveredTo, indexDate, linkedSources, reasonsOf } from './rules.ts'
import { readMapping, readSources, type Sources } from './sources.ts'
import { sentenceOf, stop } from './stopped.ts'
import { currentLoad, foldersInUse, keepLoad, policy, takePeople } from './store.ts'
import { writeStore } from './storing.ts'
import { surveyExtract } from './survey.ts'
import type { LoadReport } from './types.ts'
import { workOutWho } from './who.ts'

export type LoadOptions = {
  /** The folder with the extract, or with FHIR bundles. */
  readonly folder: string
  /** Says that bundles without a `sources.json` are about made-up people. */
  readonly isSynthetic?: boolean
  readonly coveredTo?: LondonDate
  /** How much DuckDB may hold before it spills to disk. */
  readonly memoryMb?: number
}

/**
 * What DuckDB may hold before it spills, by how many rows there are about who people are: 256 MB up to 300,000, as
 * measured; then in proportion, up to 1 GB whatever the size. 128 MB were too few for 250,000 people.
 */
const memoryMb = (peopleRows: number): number => Math.round(Math.min(1024, Math.max(256, peopleRows / 1200)))

type Places = { readonly id: string; readonly home: string; readonly work: string }

/**
 * Loads an extract, or a folder of FHIR bundles: identity to the record, the rest to a new population store.
 *
 * @returns the report, or the sentence that says what to put right; then nothing at all was loaded. Killed at any
 *   moment, the load before stands whole. The same extract twice changes nothing.
 */
export async function loadExtract(workshop: Workshop, options: LoadOptions): Promise<Outcome<LoadReport>> {
  const id = newId()
  const home = join(workshop.folder, 'population')
  const work = join(home, `.loading-${process.pid}-${id}`)
  try {
    await sweep(workshop, home)
    for (const part of ['raw', 'store', 'spill', 'landing', 'fhir'])
      await mkdir(join(work, part), { recursive: true, mode: 0o700 })
    return { ok: true, value: await loadInto(workshop, options, { id, home, work }) }
  } catch (error) {
    const sentence = sentenceOf(error)
    if (sentence === undefined) throw error
    return { ok: false, problems: [{ field: basename(options.folder), message: sentence }] }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Removes what loads that were killed left behind, and stores no reader can be reading any more. */
async function sweep(workshop: Workshop, home: string): Promise<void> {
  const inUse = await workshop.inVisit(({ db }) => foldersInUse(db))
  for (const name of await readdir(home).catch(() => [])) {
    const pid = /^\.loading-(\d+)-/.exec(name)?.[1]
    const isLeft = pid
      ? Number(pid) !== process.pid && !isAlive(Number(pid))
      : !inUse.has(join('population', name))
    if (isLeft) await rm(join(home, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function loadInto(workshop: Workshop, options: LoadOptions, places: Places): Promise<LoadReport> {
  const started = performance.now()
  const { id, work } = places
  await workshop.say('Looking at the files', 0)
  const before = await workshop.inVisit(({ db }) => currentLoad(db))
  const { files, sources, mapping, refused, bundles } = await lookAtFolder(options, work)
  await refuseOtherKind(workshop, sources)
  const linked = linkedSources(
    [...files.keys()].flatMap((file) => sources.of.get(file) ?? []),
    before?.sources,
  )
  refuseLongAgo(before?.indexOn, indexDate(linked))
  const bench = await openBench(join(work, 'spill'), options.memoryMb ?? memoryMb(0))
  const found = { reads: new Map(), counts: [], refused: [...refused], leftOut: {}, bundles }
  const loadOn = await loadDay(workshop, sources, indexDate(linked))
  const all = { workshop, bench, id, work, files, sources, mapping, before, linked, loadOn }
  const loading: Loading = { ...all, ...found }
  try {
    await checkHeadings(loading)
    await readFiles(loading, 'those that name people')
    const limit = options.memoryMb ?? memoryMb(loading.reads.get('people')?.rows ?? 0)
    await bench.run(`set memory_limit = '${limit}MB'`)
    await workOutWho(loading)
    await writeLanding(loading)
    await heedDeaths(loading)
    return await takeIt(loading, places, started)
  } finally {
    bench.close()
  }
}

/** What the folder holds: an extract as it is, or bundles written out as one. */
async function lookAtFolder(options: LoadOptions, work: string) {
  const asked = { ...options, now: new Date() }
  if (await holdsBundles(options.folder)) {
    const { count, ...rest } = await readBundles(options.folder, join(work, 'fhir'), asked)
    return { ...rest, bundles: count, mapping: {} }
  }
  const mapping = await readMapping(options.folder)
  const files = await surveyExtract(options.folder, mapping)
  const sources = await readSources(options.folder, [...files.keys()], asked)
  return { files, sources, mapping, refused: [], bundles: undefined }
}

/** Synthetic or real is for life. The sentence says how to start an installation of one's own. */
async function refuseOtherKind(workshop: Workshop, sources: Sources): Promise<void> {
  const { kind } = await workshop.inVisit(({ db }) => installation(db))
  const mine = sources.isSynthetic ? 'synthetic' : 'real'
  if (kind === undefined || kind === mine) return
  stop(
    kind === 'synthetic'
      ? 'This installation holds made-up people, and nothing says that these are. Start one of your own: npm start -- --data ./data/ours'
      : 'This installation holds real people, and these are made up. Load them into one of their own: npm start -- --data ./data/demo',
  )
}

/** Sources a year older than what is here would take the list, which speaks of the oldest, a year back. */
function refuseLongAgo(beforeOn: LondonDate | undefined, indexOn: LondonDate): void {
  if (!beforeOn || Date.parse(beforeOn) - Date.parse(indexOn) <= 366 * 86_400_000) return
  stop(
    `These sources would take the list back from ${beforeOn} to ${indexOn}. Load them into an installation of their own: npm start -- --data ./data/ours`,
  )
}

/** Reads what speaks of people already known and writes the store, while the record takes them. */
async function readAndStore(loading: Loading, key: Key): Promise<void> {
  await readFiles(loading, 'the rest')
  await knowTheRest(loading, key)
  await writeStore(loading)
  await loading.workshop.say('Taking people into the record', 0.88)
}

/**
 * The record takes the people while the rest is read and the store is written: one transaction keeps both, and until it
 * commits the old load stands whole.
 */
async function takeIt(loading: Loading, { id, home, work }: Places, started: number): Promise<LoadReport> {
  const { workshop, sources, linked } = loading
  const indexOn = indexDate(linked)
  const key = await pseudonymKey(workshop.folder)
  const seconds = () => (performance.now() - started) / 1000
  const store = readAndStore(loading, key)
  store.catch(() => undefined) // Waited for below; it may fail before that.
  try {
    const taken = await workshop.inVisit(async (visit) => {
      const dayOn = await dayFrom(visit, sources.isSynthetic, indexOn)
      const at = installationNow(dayOn, visit.now)
      const load = { id, at, today: londonDate(at) }
      const identity = { ...identityFactsOf(loading), keyVersion: key.version }
      const people = takePeople(visit.db, load, join(work, 'landing'), identity)
      // Whichever breaks first is what the user is told of; the other is waited for, and nothing of it is kept.
      await Promise.all([people, store]).finally(() => Promise.allSettled([people, store]))
      await rename(join(work, 'store'), join(home, id))
      await decideKind(visit.db, sources.isSynthetic ? 'synthetic' : 'real', undefined, new Date())
      if (dayOn) await moveDay(visit.db, dayOn)
      const { version } = await policy(visit.db, 'case-finding')
      const facts = { ...identity, ...factsOf(loading), policyVersion: version, seconds: seconds() }
      await keepLoad(visit.db, load, await writeRefused(loading), facts, await people)
      await visit.note({ what: 'extract loaded', about: `load ${id}`, facts: { loadId: id, indexOn } })
      await lookAgain(visit.db)
      return people
    })
    await workshop.say('Loaded', 1)
    return report(loading, taken, seconds())
  } catch (error) {
    await store.catch(() => undefined)
    await rm(join(home, id), { recursive: true, force: true })
    throw error
  }
}

function identityFactsOf(loading: Loading) {
  const { files, before, sources, id } = loading
  const people = sourceOf(loading, 'people')
  return {
    after: before?.id,
    loadId: id,
    peopleSupplier: people.supplier,
    peopleExtractedOn: people.extractedOn,
    allergySupplier: files.has('allergies') ? sources.of.get('allergies')?.supplier : undefined,
    hasObjections: files.has('objections'),
    hasAddresses: files.has('addresses'),
    hasDeaths: loading.reads.get('people')?.has.has('died_on') ?? false,
  }
}

const factsOf = ({ id, linked, counts, leftOut, nationalCheck }: Loading) => ({
  folder: join('population', id),
  indexOn: indexDate(linked),
  coveredTo: coveredTo(linked),
  sources: linked,
  files: counts.map((count) =>
    count.file === 'objections' && nationalCheck ? { ...count, nationalCheck } : count,
  ),
  leftOut,
})

function report(loading: Loading, people: LoadReport['people'], seconds: number): LoadReport {
  const sum = (of: 'read' | 'taken' | 'refused') =>
    loading.counts.reduce((total, count) => total + count[of], 0)
  return {
    loadId: loading.id,
    kind: loading.sources.isSynthetic ? 'synthetic' : 'real',
    indexOn: indexDate(loading.linked),
    coveredTo: coveredTo(loading.linked),
    files: loading.counts,
    read: sum('read'),
    taken: sum('taken'),
    refused: sum('refused'),
    reasons: reasonsOf(loading.refused),
    people,
    leftOut: loading.leftOut,
    bundles: loading.bundles,
    seconds,
  }
}

// How fast an extract is loaded and how much memory it takes: npx tsx benchmarks/load.ts PEOPLE [csv|parquet] [EXTRACT] [once]
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createDatabase, migrate, prepareRoles, startEmbedded, urlOf } from '#database'
import { loadExtract } from '#population'
import { workshopFor } from '../src/work.ts'
import { makeTown } from '../town/index.ts'

const people = Number(process.argv[2] ?? 30_000)
const format = process.argv[3] === 'parquet' ? 'parquet' : 'csv'
const folder = await mkdtemp(join(tmpdir(), 'keyworker-load-'))
const extract = process.argv[4] ?? join(folder, 'town')
const times = process.argv[5] === 'once' ? ['first'] : ['first', 'again']
if (!existsSync(extract)) await makeTown({ people, seed: 1, street: true, out: extract, format, futures: 0 })

const database = await startEmbedded(join(folder, 'data'))
const passwords = { app: 'bench-app', work: 'bench-work' }
await prepareRoles(database.ownerUrl, 'keyworker_web', passwords)
await createDatabase(database.ownerUrl, 'load')
const url = urlOf(database.ownerUrl, { database: 'load' })
await migrate(url)
const pool = connect(urlOf(url, { user: 'keyworker_worker', password: passwords.work }), 4)

// A process may end between being listed and being read.
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}

/** Processor seconds PostgreSQL has used, of itself and of what it started; undefined where /proc does not say. */
function postgresCpu(): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined
  const [postmaster = ''] = readFileSync(join(folder, 'data', 'postgres', 'postmaster.pid'), 'utf8').split(
    '\n',
  )
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(pid)
    const after = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [parent, own = 0, system = 0, ended = 0, endedSystem = 0] = [after[1], ...after.slice(11, 15)]
    if (pid === postmaster) ticks += own + system + ended + endedSystem
    else if (String(parent) === postmaster) ticks += own + system
  }
  return ticks / 100
}

/** What one step cost: wall clock, processor time of this process, and the most memory it held. */
type Step = { seconds: number; cpu: number; peakMb: number }
let steps: Record<string, Step> = {}
let step = 'starting'
let stepAt = performance.now()
let stepCpu = process.cpuUsage()

const current = (): Step => (steps[step] ??= { seconds: 0, cpu: 0, peakMb: 0 })
const watch = setInterval(() => {
  const now = current()
  now.peakMb = Math.max(now.peakMb, Math.round(process.memoryUsage.rss() / 1_048_576))
}, 50)
const endStep = (next: string) => {
  const now = current()
  const { user, system } = process.cpuUsage(stepCpu)
  now.seconds = Number((now.seconds + (performance.now() - stepAt) / 1000).toFixed(1))
  now.cpu = Number((now.cpu + (user + system) / 1e6).toFixed(1))
  stepCpu = process.cpuUsage()
  stepAt = performance.now()
  step = next
}
const workshop = {
  ...workshopFor(pool, join(folder, 'data'), 'load'),
  say: async (words: string) => endStep(words.split(' ').slice(0, 2).join(' ')),
}
try {
  for (const time of times) {
    endStep('Looking at')
    steps = {}
    const at = performance.now()
    const cpuAt = process.cpuUsage()
    const postgresAt = postgresCpu()
    const outcome = await loadExtract(workshop, { folder: extract })
    const seconds = (performance.now() - at) / 1000
    if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
    endStep('between')
    const { user, system } = process.cpuUsage(cpuAt)
    const { read, refused, people: known } = outcome.value
    console.log(
      JSON.stringify({
        time,
        format,
        people: known,
        rows: read,
        refused,
        seconds: Number(seconds.toFixed(1)),
        rowsASecond: Math.round(read / seconds),
        cpuSeconds: Number(((user + system) / 1e6).toFixed(1)),
        postgresCpuSeconds: postgresAt && Math.round((postgresCpu() ?? 0) - postgresAt),
        peakMb: Math.max(...Object.values(steps).map(({ peakMb }) => peakMb)),
        steps,
        cores: cpus().length,
        load: loadavg()[0]?.toFixed(1),
      }),
    )
  }
} finally {
  clearInterval(watch)
  await pool.end()
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

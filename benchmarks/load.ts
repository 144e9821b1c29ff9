// How fast an extract is loaded and how much memory it takes: npx tsx benchmarks/load.ts PEOPLE [csv|parquet] [EXTRACT]
import { existsSync } from 'node:fs'
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
if (!existsSync(extract)) await makeTown({ people, seed: 1, street: true, out: extract, format, futures: 0 })

const database = await startEmbedded(join(folder, 'data'))
const passwords = { app: 'bench-app', work: 'bench-work' }
await prepareRoles(database.ownerUrl, 'keyworker_web', passwords)
await createDatabase(database.ownerUrl, 'load')
const url = urlOf(database.ownerUrl, { database: 'load' })
await migrate(url)
const pool = connect(urlOf(url, { user: 'keyworker_worker', password: passwords.work }), 4)

const rounded = (by: Record<string, number>) =>
  Object.fromEntries(Object.entries(by).map(([kind, of]) => [kind, Number(of.toFixed(1))]))

let peakMb = 0
const watch = setInterval(() => {
  peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1_048_576)
}, 100)
let steps: Record<string, number> = {}
let step = 'start'
let stepAt = performance.now()
let stepCpu = process.cpuUsage()
let cpu: Record<string, number> = {}
const workshop = {
  ...workshopFor(pool, join(folder, 'data'), 'load'),
  say: async (words: string) => {
    const now = performance.now()
    const kind = step.split(' ')[0] ?? step
    steps[kind] = (steps[kind] ?? 0) + (now - stepAt) / 1000
    const { user, system } = process.cpuUsage(stepCpu)
    cpu[kind] = (cpu[kind] ?? 0) + (user + system) / 1e6
    stepCpu = process.cpuUsage()
    step = words
    stepAt = now
  },
}
try {
  for (const time of ['first', 'again']) {
    steps = {}
    cpu = {}
    const at = performance.now()
    const outcome = await loadExtract(workshop, { folder: extract })
    const seconds = (performance.now() - at) / 1000
    if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
    const { read, refused, people: known } = outcome.value
    console.log(
      JSON.stringify({
        time,
        people: known,
        rows: read,
        refused,
        seconds: Number(seconds.toFixed(1)),
        rowsASecond: Math.round(read / seconds),
        peakMb: Math.round(peakMb),
        steps: rounded(steps),
        cpuSeconds: rounded(cpu),
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

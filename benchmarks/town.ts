import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { makeTown } from '../town/index.ts'

/**
 * Times the making of a town in a process of its own: `npx tsx benchmarks/town.ts 30000 1000000`.
 * Peak memory is the process's; the load of the machine before and after is printed with it.
 */
async function measureOne(people: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'town-benchmark-'))
  const out = join(folder, 'town')
  const before = loadavg()[0] ?? 0
  const began = performance.now()
  const made = await makeTown({
    people,
    seed: 1,
    out,
    street: true,
    history: 'fall',
  })
  const seconds = (performance.now() - began) / 1000
  const used = process.resourceUsage()
  const rows = Object.values(made.rows).reduce((sum, n) => sum + n, 0)
  const bytes = readdirSync(out).reduce((sum, file) => sum + statSync(join(out, file)).size, 0)
  rmSync(folder, { recursive: true, force: true })
  console.log(
    JSON.stringify({
      people,
      rows,
      seconds: Number(seconds.toFixed(1)),
      processorSeconds: Number(((used.userCPUTime + used.systemCPUTime) / 1e6).toFixed(1)),
      peakMb: Math.round(used.maxRSS / 1024),
      parquetMb: Math.round(bytes / 1e6),
      loadBefore: Number(before.toFixed(1)),
      loadAfter: Number((loadavg()[0] ?? 0).toFixed(1)),
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1e9),
      node: process.version,
      rowsOf: made.rows,
      commit: execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim(),
    }),
  )
}

const sizes = process.argv.slice(2).map(Number)
if (sizes.length === 1) await measureOne(sizes[0] ?? 30_000)
else
  for (const people of sizes.length > 0 ? sizes : [30_000, 1_000_000])
    spawnSync(process.execPath, [...process.execArgv, process.argv[1] ?? '', String(people)], {
      stdio: 'inherit',
    })

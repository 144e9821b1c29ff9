// What a developer runs. Each is a list of named steps; every step runs, and the counts add up at the end.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const [chosen = '', ...words] = process.argv.slice(2)

type Count = { readonly passed: number; readonly failed: number; readonly skipped: number }

const commands: Readonly<Record<string, () => number>> = {
  '--check': () => report(check()),
  '--test': () => report([...check(), vitest('short')]),
  '--test-long': () => report([vitest('long')]),
  '--setup-browser': setUpBrowser,
  '--db-new': newMigration,
  '--pictures': () => plain('tsx', ['scripts/pictures.ts']),
}

const command = commands[chosen]
if (!command) process.stderr.write(`Choose one of ${Object.keys(commands).join(', ')}\n`)
process.exit(command ? command() : 2)

function check(): readonly Count[] {
  return [
    step('types', 'tsc', ['--noEmit']),
    step('lint', 'biome', ['check', '.']),
    step('dead code', 'knip', []),
  ]
}

function plain(name: string, args: readonly string[]): number {
  return spawnSync(bin(name), [...args, ...words], { cwd: root, stdio: 'inherit' }).status ?? 1
}

function step(title: string, name: string, args: readonly string[]): Count {
  process.stdout.write(`\n== ${title}\n`)
  const { status } = spawnSync(bin(name), args, { cwd: root, stdio: 'inherit' })
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 }
}

// The runner's own report says how many; a run that broke before it reported counts as one failure.
function vitest(project: 'short' | 'long'): Count {
  process.stdout.write(`\n== tests (${project})\n`)
  const file = join(root, 'tmp', `tests-${project}.json`)
  mkdirSync(join(root, 'tmp'), { recursive: true })
  rmSync(file, { force: true })
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
  const { status } = spawnSync(bin('vitest'), [...args, ...words], { cwd: root, stdio: 'inherit' })
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const told = JSON.parse(readFileSync(file, 'utf8'))
  const failed = Number(told.numFailedTests)
  const skipped = Number(told.numPendingTests) + Number(told.numTodoTests)
  return { passed: Number(told.numPassedTests), failed: failed === 0 && status !== 0 ? 1 : failed, skipped }
}

function report(counts: readonly Count[]): number {
  const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0)
  const skipped = sum('skipped')
  process.stdout.write(
    `\n${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`,
  )
  return sum('failed') === 0 ? 0 : 1
}

function setUpBrowser(): number {
  const places = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
  const found = places.find((place) => place && existsSync(place))
  if (found) process.stdout.write(`Chromium is at ${found}\n`)
  // Pages are drawn in Arial: where there is none, without its twin a wider type makes every page longer than its users see it.
  const arialLike = '/usr/share/fonts/truetype/liberation'
  const missing = [...(found ? [] : ['chromium']), ...(existsSync(arialLike) ? [] : ['fonts-liberation'])]
  if (missing.length === 0 || installed(missing)) return 0
  if (found) {
    process.stderr.write('No font like Arial could be installed. Pages may come out longer than they are.\n')
    return 0
  }
  process.stderr.write(
    'Chromium could not be installed. Install it yourself, or set CHROMIUM to where it is.\n',
  )
  return 1
}

function installed(packages: readonly string[]): boolean {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo']
  return [['update'], ['install', '-y', '--no-install-recommends', ...packages]].every((args) => {
    const [name = '', ...rest] = [...sudo, 'apt-get', ...args]
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync(name, rest, { stdio: 'inherit', env }).status === 0
  })
}

function newMigration(): number {
  const sentence = words
    .join(' ')
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  if (!sentence) {
    process.stderr.write(
      'Say what the migration does: npm run db:new "care plan actions can be out of hours"\n',
    )
    return 2
  }
  const folder = join(root, 'migrations')
  const last = Math.max(0, ...readdirSync(folder).map((name) => Number(name.slice(0, 4)) || 0))
  const name = `${String(last + 1).padStart(4, '0')}-${sentence}.sql`
  const header = ['Why:   ', 'Locks: ', 'Undo:  ', 'Safe while the previous version is running: ']
  writeFileSync(join(folder, name), `${header.map((line) => `-- ${line}`).join('\n')}\n`)
  process.stdout.write(`migrations/${name}\n`)
  return 0
}

// What npm runs: plain JavaScript, so that it works before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Keyworker needs Node 20.19 or later. This is ${process.versions.node}.`)
  process.exit(1)
}

const args = process.argv.slice(2)
const isDevelopment = args[0]?.startsWith('--') ?? false
installWhatIsMissing(isDevelopment)

const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/esm/index.mjs')).href
const entry = isDevelopment ? 'scripts/develop.ts' : 'src/keyworker.ts'
const [, , ...rest] = process.argv
const child = spawn(process.execPath, ['--import', tsx, join(root, entry), ...rest], { stdio: 'inherit' })
// A signal to npm must reach the program, or it would go on alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))

function installWhatIsMissing(withDevelopment) {
  const mark = join(root, 'node_modules/.package-lock.json')
  const isComplete =
    existsSync(mark) &&
    statSync(mark).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 1000 &&
    (!withDevelopment || existsSync(join(root, 'node_modules/vitest')))
  if (isComplete) return
  console.error('Installing what is missing (once, about a minute) …')
  // What is there for development stays: starting the program must not take the tests' packages away.
  const omit = withDevelopment || existsSync(join(root, 'node_modules/vitest')) ? [] : ['--omit=dev']
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...omit], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    console.error('The installation did not finish. Check the network, then run the same command again.')
    process.exit(1)
  }
}

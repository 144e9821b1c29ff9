import { readFileSync, rmSync, statSync } from 'node:fs'
import { writeNew } from './new-file.ts'

const longestMs = 180_000

/** How long one that is made may stand without a number: far longer than the writing of it takes. */
const longestEmptyMs = 5_000

/**
 * Does something that only one program may do at a time, and waits while another does it.
 *
 * The file holds the number of the program that is at it. A file left behind by one that was killed is taken away: its
 * program is gone, or it is older than any work takes.
 *
 * @param file a file of its own in a folder both can write.
 */
export async function oneAtATime<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!claim(file)) {
    if (isLeftBehind(file)) rmSync(file, { force: true })
    else await new Promise((done) => setTimeout(done, 100))
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function claim(file: string): boolean {
  try {
    writeNew(file, String(process.pid))
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

function isLeftBehind(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    const madeAt = statSync(file).mtimeMs
    if (Date.now() - madeAt > longestMs) return true
    // A machine begun anew gives out the same numbers again, ours among them.
    if (pid === process.pid) return madeAt < Date.now() - process.uptime() * 1000
    // Made and not yet written: whoever made it is about to, or was killed.
    return pid > 0 ? !isAlive(pid) : Date.now() - madeAt > longestEmptyMs
  } catch {
    // Gone meanwhile.
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

const isCode = (error: unknown, code: string) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code

import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'

const longestMs = 180_000

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
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 })
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
    // Made and not yet written: whoever made it is about to.
    return pid > 0 && !isAlive(pid)
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

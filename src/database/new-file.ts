import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Makes a file its owner alone may read, and never over another: it is there whole, or not at all where the disk is full. A key or
 * a password left empty would be taken for one at the next start.
 *
 * @throws the system's error, EEXIST where the file is there already.
 */
export function writeNew(file: string, content: string | Uint8Array): void {
  const made = openSync(file, 'wx', 0o600)
  try {
    writeFileSync(made, content)
    fsyncSync(made)
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  } finally {
    closeSync(made)
  }
}

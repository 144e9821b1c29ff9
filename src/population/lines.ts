import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { stop } from './stopped.ts'

/** The longest resource read from NDJSON: our choice, above any resource seen without a document in it. */
const longestResourceBytes = 32 * 1024 ** 2

/** One line without its ending. @property isEnded false for a last line nothing ends, as where a file was cut. */
export type Line = { readonly line: number; readonly bytes: Buffer; readonly isEnded: boolean }

/**
 * The lines of a file, from 1, compressed or not. Memory grows with the longest line allowed and not with the file.
 *
 * @throws a sentence that names the file, and the line where one is too long or what is compressed breaks off.
 */
export async function* linesOf(path: string, name: string, isZipped: boolean): AsyncGenerator<Line> {
  let line = 1
  let carried: Buffer[] = []
  let carriedBytes = 0
  try {
    for await (const piece of bytesOf(path, isZipped)) {
      let start = 0
      for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
        yield { line, bytes: Buffer.concat([...carried, piece.subarray(start, end)]), isEnded: true }
        carried = []
        carriedBytes = 0
        line++
        start = end + 1
      }
      carried.push(piece.subarray(start))
      carriedBytes += piece.length - start
      if (carriedBytes > longestResourceBytes)
        stop(`${name}, line ${line}: the line is too long for one resource.`)
    }
  } catch (error) {
    if (!isDamage(error)) throw error
    stop(`${name}, line ${line}: the file is cut short or damaged. Send it again.`)
  }
  if (carriedBytes > 0) yield { line, bytes: Buffer.concat(carried), isEnded: false }
}

const isDamage = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))

function bytesOf(path: string, isZipped: boolean): AsyncIterable<Buffer> {
  const file = createReadStream(path)
  // What breaks in the file breaks the reading of it too: nothing is left waiting.
  return isZipped ? pipeline(file, createGunzip(), () => {}) : file
}

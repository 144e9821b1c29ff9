import { createReadStream } from 'node:fs'
import type { Submittable } from 'pg'
import type { Db } from '#database'

// What the driver's connection can do and its types leave out.
type CopyConnection = {
  query: (text: string) => void
  sendCopyFromChunk: (chunk: Buffer) => void
  endCopyFrom: () => void
  sendCopyFail: (why: string) => void
  stream: NodeJS.WritableStream & { writableNeedDrain: boolean }
}

/**
 * Streams a CSV file without a heading row into a table, at the driver's own pace. Memory does not grow with the file.
 *
 * @param into the table and its columns, as SQL written by us.
 */
export async function copyIn(db: Db, into: string, path: string): Promise<void> {
  await new Promise<void>((done, fail) => {
    let wrong: Error | undefined
    const copy = {
      submit: (connection: CopyConnection) => {
        connection.query(`copy ${into} from stdin (format csv)`)
      },
      handleCopyInResponse: (connection: CopyConnection) => {
        sendFile(connection, path).catch((error: Error) => {
          wrong = error
          connection.sendCopyFail('the file could not be read')
        })
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => (wrong ? fail(wrong) : done()),
      handleError: (error: Error) => {
        wrong ??= error
        fail(wrong)
      },
    }
    db.client.query(copy as unknown as Submittable)
  })
}

async function sendFile(connection: CopyConnection, path: string): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
    connection.sendCopyFromChunk(chunk)
    if (connection.stream.writableNeedDrain) await new Promise((go) => connection.stream.once('drain', go))
  }
  connection.endCopyFrom()
}

import { type FileHandle, open, rename } from 'node:fs/promises'
import {
  addTo,
  numberIn,
  putStructures,
  readFooter,
  type Structure,
  structuresIn,
  writeFooter,
  zigzagged,
} from './footer.ts'

const magic = Buffer.from('PAR1')

/** Fields of the Parquet footer that are used here. SOURCE: parquet.thrift of the Apache Parquet format. */
const inFile = { columns: 2, rows: 3, rowGroups: 4 } as const
const inRowGroup = { columns: 1, startsAt: 5, place: 7 } as const
const inColumn = { startsAt: 2, about: 3, offsetIndexAt: 4, columnIndexAt: 6 } as const
const aboutColumn = { pagesAt: 9, indexPageAt: 10, dictionaryAt: 11, bloomFilterAt: 14 } as const

/** The footer of a Parquet file, and the length of what stands between its first four bytes and its footer. */
async function footerOf(file: FileHandle): Promise<{ footer: Structure; bodyBytes: number }> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(8)
  await file.read(tail, 0, 8, size - 8)
  if (!tail.subarray(4).equals(magic)) throw new Error('This is not a Parquet file.')
  const bytes = Buffer.alloc(tail.readUInt32LE(0))
  await file.read(bytes, 0, bytes.length, size - 8 - bytes.length)
  return { footer: readFooter(bytes), bodyBytes: size - 12 - bytes.length }
}

const columnsOf = (footer: Structure): Buffer =>
  writeFooter(putStructures(new Map(), 1, structuresIn(footer, inFile.columns)))

/**
 * Puts Parquet files of the same columns one behind another in one file: their row groups are copied byte for byte and
 * only the places told in the footer are moved, so that nothing is decoded and written again. The parts are used up when
 * there is only one.
 *
 * @param parts paths in the order of their rows; at least one.
 * @returns the number of rows; null, with nothing written, when the columns of two parts are not told the same way.
 * @throws Error when a part is not a Parquet file.
 */
export async function joinParquet(parts: readonly string[], to: string): Promise<number | null> {
  const files: FileHandle[] = []
  try {
    for (const part of parts) files.push(await open(part))
    const found = await Promise.all(files.map(footerOf))
    const [first] = found
    if (!first) throw new Error('There is nothing to join.')
    const columns = columnsOf(first.footer)
    if (!found.every(({ footer }) => columnsOf(footer).equals(columns))) return null
    const rows = found.reduce((sum, { footer }) => sum + numberIn(footer, inFile.rows), 0n)
    if (parts.length === 1) await rename(parts[0] ?? '', to)
    else await writeJoined(files, found, rows, to)
    return Number(rows)
  } finally {
    await Promise.all(files.map((file) => file.close()))
  }
}

async function writeJoined(
  files: readonly FileHandle[],
  found: readonly { footer: Structure; bodyBytes: number }[],
  rows: bigint,
  to: string,
): Promise<void> {
  const out = await open(to, 'w')
  try {
    await out.write(magic)
    const groups: Structure[] = []
    let at = magic.length
    for (const [n, { footer, bodyBytes }] of found.entries()) {
      await copyBody(files[n], bodyBytes, out)
      for (const group of structuresIn(footer, inFile.rowGroups))
        groups.push(movedGroup(group, BigInt(at - magic.length), groups.length))
      at += bodyBytes
    }
    const whole: Structure = new Map(found[0]?.footer)
    putStructures(whole, inFile.rowGroups, groups).set(inFile.rows, { type: 6, held: zigzagged(rows) })
    const footer = writeFooter(whole)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(footer.length)
    await out.write(Buffer.concat([footer, length, magic]))
  } finally {
    await out.close()
  }
}

async function copyBody(from: FileHandle | undefined, bodyBytes: number, to: FileHandle): Promise<void> {
  const piece = Buffer.alloc(Math.min(bodyBytes, 4 << 20))
  for (let done = 0; from && done < bodyBytes; ) {
    const { bytesRead } = await from.read(
      piece,
      0,
      Math.min(piece.length, bodyBytes - done),
      magic.length + done,
    )
    if (bytesRead === 0) throw new Error('A Parquet file ended before its footer.')
    await to.write(piece, 0, bytesRead)
    done += bytesRead
  }
}

/** A row group told at its new place in the file and in the order of row groups. */
function movedGroup(group: Structure, by: bigint, place: number): Structure {
  addTo(group, inRowGroup.startsAt, by)
  if (group.has(inRowGroup.place)) group.set(inRowGroup.place, { type: 4, held: zigzagged(BigInt(place)) })
  for (const column of structuresIn(group, inRowGroup.columns)) {
    for (const id of [inColumn.startsAt, inColumn.offsetIndexAt, inColumn.columnIndexAt])
      addTo(column, id, by)
    for (const about of structuresIn(column, inColumn.about))
      for (const id of Object.values(aboutColumn)) addTo(about, id, by)
  }
  return group
}

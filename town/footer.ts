/** A field of a Thrift structure as it stands in the compact protocol: its type, and what it holds. */
type Field = { type: number; held: Held }
export type Structure = Map<number, Field>
type Held = bigint | Buffer | Structure | { of: number; items: Held[] }

const struct = 12

/** Where reading stands. */
type Place = { readonly from: Buffer; at: number }

/**
 * Reads the footer of a Parquet file: a FileMetaData structure in Thrift's compact protocol. Every field is kept
 * as it is, known or not, so that what is written again differs only where it was changed.
 *
 * SOURCE: the Apache Parquet format, "Metadata", and the Apache Thrift compact protocol.
 *
 * @throws Error when the bytes hold a type that a footer does not use.
 */
export const readFooter = (bytes: Buffer): Structure => readStructure({ from: bytes, at: 0 })

function readStructure(place: Place): Structure {
  const found: Structure = new Map()
  let id = 0
  for (let head = readByte(place); head !== 0; head = readByte(place)) {
    const type = head & 15
    id = head >> 4 === 0 ? Number(signed(readNumber(place))) : id + (head >> 4)
    found.set(id, { type, held: readHeld(place, type) })
  }
  return found
}

function readHeld(place: Place, type: number): Held {
  // True and false are told by the type alone.
  if (type === 1 || type === 2) return 0n
  if (type === 3) return BigInt(readByte(place))
  if (type >= 4 && type <= 6) return readNumber(place)
  if (type === 7) return readBytes(place, 8)
  if (type === 8) return readBytes(place, Number(readNumber(place)))
  if (type === 9 || type === 10) return readList(place)
  if (type === struct) return readStructure(place)
  throw new Error(`A Parquet footer does not hold type ${type}.`)
}

function readList(place: Place): Held {
  const head = readByte(place)
  const many = head >> 4 === 15 ? Number(readNumber(place)) : head >> 4
  const of = head & 15
  // In a list a truth is one byte.
  return { of, items: Array.from({ length: many }, () => readHeld(place, of <= 2 ? 3 : of)) }
}

const readByte = (place: Place): number => place.from.readUInt8(place.at++)

function readBytes(place: Place, many: number): Buffer {
  place.at += many
  return place.from.subarray(place.at - many, place.at)
}

function readNumber(place: Place): bigint {
  let sum = 0n
  for (let shift = 0n; ; shift += 7n) {
    const byte = readByte(place)
    sum |= BigInt(byte & 127) << shift
    if (byte < 128) return sum
  }
}

/** Numbers are kept zigzagged, as they are written: 0, -1, 1, -2 stand as 0, 1, 2, 3. */
const signed = (kept: bigint): bigint => (kept >> 1n) ^ -(kept & 1n)
export const zigzagged = (n: bigint): bigint => (n < 0n ? -2n * n - 1n : 2n * n)

/** Writes what `readFooter` read. */
export function writeFooter(footer: Structure): Buffer {
  const pieces: Buffer[] = []
  writeStructure(pieces, footer)
  return Buffer.concat(pieces)
}

function writeStructure(to: Buffer[], fields: Structure): void {
  let before = 0
  for (const [id, { type, held }] of [...fields].sort(([a], [b]) => a - b)) {
    const step = id - before
    if (step > 0 && step < 16) to.push(Buffer.of((step << 4) | type))
    else to.push(Buffer.of(type), numberBytes(zigzagged(BigInt(id))))
    before = id
    if (type > 2) writeHeld(to, type, held)
  }
  to.push(Buffer.of(0))
}

function writeHeld(to: Buffer[], type: number, held: Held): void {
  if (typeof held === 'bigint') to.push(type === 3 ? Buffer.of(Number(held)) : numberBytes(held))
  else if (Buffer.isBuffer(held)) {
    if (type === 8) to.push(numberBytes(BigInt(held.length)))
    to.push(held)
  } else if (held instanceof Map) writeStructure(to, held)
  else {
    const many = held.items.length
    to.push(Buffer.of((Math.min(many, 15) << 4) | held.of))
    if (many >= 15) to.push(numberBytes(BigInt(many)))
    for (const item of held.items) writeHeld(to, held.of <= 2 ? 3 : held.of, item)
  }
}

function numberBytes(n: bigint): Buffer {
  const bytes: number[] = []
  let rest = n
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return Buffer.of(...bytes, Number(rest))
}

/** The number in a field; 0 when it is not there. */
export const numberIn = (of: Structure, id: number): bigint => {
  const held = of.get(id)?.held
  return typeof held === 'bigint' ? signed(held) : 0n
}

/** Adds to the number in a field, when it is there and not 0: a place of 0 in a Parquet file means none. */
export function addTo(of: Structure, id: number, more: bigint): void {
  const field = of.get(id)
  if (field && typeof field.held === 'bigint' && field.held !== 0n)
    field.held = zigzagged(signed(field.held) + more)
}

/** The structures in a list or in a field; none when it is not there. */
export function structuresIn(of: Structure, id: number): Structure[] {
  const held = of.get(id)?.held
  if (held instanceof Map) return [held]
  if (held === undefined || typeof held === 'bigint' || Buffer.isBuffer(held)) return []
  return held.items.filter((item) => item instanceof Map)
}

/** Puts a list of structures in a field. */
export const putStructures = (of: Structure, id: number, items: Structure[]): Structure =>
  of.set(id, { type: 9, held: { of: struct, items } })

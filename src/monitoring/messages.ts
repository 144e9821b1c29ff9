import { londonDate, londonInstant, readDate, timeOfDay } from '#calendar'
import type { RefusedRow, SentAlert } from './types.ts'

const columns = ['message_id', 'product', 'serial', 'happened_at', 'level', 'words'] as const
type Column = (typeof columns)[number]

const mostCharacters = {
  message_id: 200,
  product: 100,
  serial: 100,
  happened_at: 100,
  level: 100,
  words: 1000,
}

/** A file of alerts as it reads, or the one sentence that says why nothing of it can be read. */
export type AlertsRead =
  | { readonly ok: true; readonly alerts: readonly SentAlert[]; readonly refused: readonly RefusedRow[] }
  | { readonly ok: false; readonly line: number; readonly sentence: string }

/**
 * Reads a product’s file: CSV with a heading row, one alert a row. A row whose time cannot be read is an alert all the
 * same; a row is refused only where nobody could tell it from another or say what it is. No sentence quotes a value.
 */
export function readAlerts(text: string): AlertsRead {
  const { records, openQuoteLine } = recordsOf(text.replace(/^\uFEFF/, ''))
  if (openQuoteLine)
    return { ok: false, line: openQuoteLine, sentence: 'a quotation mark is opened and never closed' }
  const [head, ...rows] = records
  const places = placesOf(head?.cells ?? [])
  if ('sentence' in places) return { ok: false, line: head?.line ?? 1, sentence: places.sentence }
  const width = head?.cells.length ?? 0
  const read = rows.map((row) => rowOf(row, width, places.at))
  return {
    ok: true,
    alerts: read.filter((one) => 'words' in one),
    refused: read.filter((one) => 'why' in one),
  }
}

type Places = { readonly at: ReadonlyMap<Column, number> } | { readonly sentence: string }

function placesOf(head: readonly string[]): Places {
  const names = head.map((cell) => cell.trim().toLowerCase())
  const [only = ''] = names
  if (names.length === 1 && /[;\t|]/.test(only))
    return { sentence: 'the columns are not separated by commas. Save it as CSV with commas' }
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) return { sentence: `there is no column ${missing.join(', ')}` }
  const twice = columns.find((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (twice) return { sentence: `the column ${twice} is there twice` }
  return { at: new Map(columns.map((column) => [column, names.indexOf(column)])) }
}

function rowOf(row: Line, width: number, at: ReadonlyMap<Column, number>): SentAlert | RefusedRow {
  const { line, cells } = row
  if (cells.length !== width) return { line, why: `it has ${cells.length} cells and the heading ${width}` }
  const cell = (column: Column) => (cells[at.get(column) ?? -1] ?? '').trim()
  const empty = (['message_id', 'product', 'serial', 'words'] as const).find((column) => !cell(column))
  if (empty) return { line, why: `${empty} is empty` }
  const long = columns.find((column) => cell(column).length > mostCharacters[column])
  if (long) return { line, why: `${long} has more than ${mostCharacters[long]} characters` }
  return {
    line,
    messageId: cell('message_id'),
    product: cell('product'),
    serial: cell('serial'),
    happenedAt: readInstant(cell('happened_at')),
    happenedAsWritten: cell('happened_at'),
    level: cell('level'),
    words: cell('words'),
  }
}

const instant =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/**
 * Reads an instant: 2026-03-30T22:20:00Z, with an offset, or without one as a clock in London shows it.
 *
 * @returns undefined when it is none, and for a time without an offset that London’s clock shows twice or never.
 */
export function readInstant(text: string): Date | undefined {
  const [, day = '', hour = '', minute = '', second = '00', zone] = instant.exec(text) ?? []
  const on = readDate(day)
  if (!on || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  if (zone) {
    const offset = zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`
    const at = new Date(`${on}T${hour}:${minute}:${second}${offset}`)
    return Number.isNaN(at.getTime()) ? undefined : at
  }
  const at = londonInstant(on, Number(hour), Number(minute), Number(second))
  const isShown = (shown: Date) => londonDate(shown) === on && timeOfDay(shown).hour === Number(hour)
  const anHourLater = new Date(at.getTime() + 3_600_000)
  return isShown(at) && !isShown(anHourLater) ? at : undefined
}

type Line = { readonly line: number; readonly cells: readonly string[] }

/** The records of a CSV text with the line each begins on: quoted cells may hold commas, quotes and line ends. */
function recordsOf(text: string): { readonly records: readonly Line[]; readonly openQuoteLine?: number } {
  const records: Line[] = []
  let cells: string[] = []
  let cell = ''
  let [line, from, openedAt] = [1, 1, 0]
  const endRecord = () => {
    cells.push(cell)
    if (cells.length > 1 || cell.trim()) records.push({ line: from, cells })
    cells = []
    cell = ''
  }
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter === '\n') line++
    if (openedAt) {
      if (letter !== '"') cell += letter
      else if (text.charAt(at + 1) === '"') cell += text.charAt(++at)
      else openedAt = 0
    } else if (letter === '"' && !cell.trim()) {
      cell = ''
      openedAt = line
    } else if (letter === ',') {
      cells.push(cell)
      cell = ''
    } else if (letter === '\n') {
      endRecord()
      from = line
    } else if (letter !== '\r') cell += letter
  }
  endRecord()
  return { records, ...(openedAt && { openQuoteLine: openedAt }) }
}

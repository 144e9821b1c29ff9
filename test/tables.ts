import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A column of a small public table: numbers, with NaN where there is none. */
export type Columns = Readonly<Record<string, Float64Array>>

/** Reads a table of `test/tables`; columns of words are left out. */
export function tableCalled(name: string): Columns {
  const words = wordsOf(name)
  return Object.fromEntries(
    Object.entries(words)
      .filter(([, values]) => values.every((value) => value === '' || Number.isFinite(Number(value))))
      .map(([column, values]) => [
        column,
        Float64Array.from(values, (value) => (value === '' ? Number.NaN : Number(value))),
      ]),
  )
}

/** The same table with every column as it is written. */
export function wordsOf(name: string): Readonly<Record<string, readonly string[]>> {
  const [heading = '', ...lines] = readFileSync(join(import.meta.dirname, 'tables', `${name}.csv`), 'utf8')
    .trim()
    .split('\n')
  const cells = lines.map((line) => line.split(','))
  return Object.fromEntries(heading.split(',').map((column, i) => [column, cells.map((row) => row[i] ?? '')]))
}

/** A column that must be there. */
export function column(table: Columns, name: string): Float64Array {
  const values = table[name]
  if (!values) throw new Error(`no column of numbers called ${name}`)
  return values
}

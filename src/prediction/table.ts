import type { Column, Table } from './types.ts'

/**
 * A table of zeros in shared memory, to be filled by whoever reads the rows; fits then work on it where it lies.
 *
 * @param precision `single` halves the memory and keeps 7 figures: enough for counts and flags.
 */
export function newTable(names: readonly string[], rows: number, precision: 'single' | 'double'): Table {
  return { rows, names, columns: names.map(() => newColumn(rows, precision)) }
}

/** A column of zeros in shared memory. */
export const newColumn = (rows: number, precision: 'single' | 'double'): Column =>
  precision === 'single'
    ? new Float32Array(new SharedArrayBuffer(4 * rows))
    : new Float64Array(new SharedArrayBuffer(8 * rows))

/**
 * A table made from columns that are there already, by name.
 *
 * @throws RangeError if the columns differ in length: the caller's mistake.
 */
export function tableOf(columns: Readonly<Record<string, Column | readonly number[]>>): Table {
  const names = Object.keys(columns)
  const rows = Object.values(columns)[0]?.length ?? 0
  const table = newTable(names, rows, 'double')
  Object.values(columns).forEach((values, j) => {
    if (values.length !== rows)
      throw new RangeError(`${names[j]} has ${values.length} values, the first column ${rows}`)
    table.columns[j]?.set(values)
  })
  return table
}

/** The column of that name. @throws RangeError when the table has none: the caller's mistake. */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns[table.names.indexOf(name)]
  if (!column) throw new RangeError(`the table has no column ${name}`)
  return column
}

/** The table with every column in shared memory: those that lie elsewhere are copied. */
export function sharedTable(table: Table): Table {
  const columns = table.columns.map((column) => {
    if (column.buffer instanceof SharedArrayBuffer) return column
    const copy = newColumn(table.rows, column instanceof Float32Array ? 'single' : 'double')
    copy.set(column)
    return copy
  })
  return { ...table, columns }
}

/** The rows chosen, in the order given; a row may come more than once. */
export function rowsOf(table: Table, chosen: Int32Array): Table {
  const columns = table.columns.map((column) => {
    const copy = newColumn(chosen.length, column instanceof Float32Array ? 'single' : 'double')
    for (let i = 0; i < chosen.length; i++) copy[i] = column[chosen[i] ?? 0] ?? Number.NaN
    return copy
  })
  return { rows: chosen.length, names: table.names, columns }
}

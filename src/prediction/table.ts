import type { Column, Table } from './types.ts'

/**
 * A table of zeros in shared memory, to be filled by whoever reads the rows; fits then work on it where it lies.
 *
 * @param precision `single` halves the memory and keeps 7 figures: enough for counts and flags.
 */
export function newTable(names: readonly string[], rows: number, precision: 'single' | 'double'): Table {
  const columns = names.map(
    (): Column =>
      precision === 'single'
        ? new Float32Array(new SharedArrayBuffer(4 * rows))
        : new Float64Array(new SharedArrayBuffer(8 * rows)),
  )
  return { rows, names, columns }
}

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

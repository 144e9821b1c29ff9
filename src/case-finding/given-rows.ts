const between = '\u001f'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * Rows of ours as a SELECT in brackets for the population store, every column as text: one text a column, split there. A row of
 * literals for each of 50,000 people takes ten times as long to read.
 *
 * @param columns by name, what stands in it of a row. No row gives the columns and no row.
 */
export function givenRows<Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, (row: Row) => string | boolean>>,
): string {
  const all = Object.entries(columns).map(([name, of]) =>
    rows.length === 0
      ? `null::varchar as ${name}`
      : `unnest(string_split(${quoted(rows.map(of).join(between))}, '${between}')) as ${name}`,
  )
  return `(select ${all.join(', ')}${rows.length === 0 ? ' where false' : ''})`
}

/** The same of pseudonyms alone: one column of that name. */
export const givenPeople = (pseudonyms: readonly string[]): string =>
  givenRows(pseudonyms, { pseudonym: (one) => one })

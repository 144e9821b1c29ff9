import type { Store } from '#population'

/** A word as the population store's SQL takes it: pseudonyms, days and ids only ever hold these characters. */
export function quoted(word: string): string {
  if (!/^[0-9A-Za-z-]*$/.test(word))
    throw new Error('study: a pseudonym, day or id holds a character it cannot')
  return `'${word}'`
}

/** Puts rows of words and numbers into a table, so many at once. */
export async function insertRows(
  store: Store,
  table: string,
  rows: readonly (readonly (string | number | boolean)[])[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 2000) {
    const values = rows
      .slice(from, from + 2000)
      .map((row) => `(${row.map((value) => (typeof value === 'string' ? quoted(value) : value)).join(', ')})`)
    await store.run(`insert into ${table} values ${values.join(', ')}`)
  }
}

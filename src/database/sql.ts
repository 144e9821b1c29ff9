import { createHash } from 'node:crypto'

/** A piece of SQL with its values apart from its text, so that no value is ever read as SQL. */
export type Sql = { readonly texts: readonly string[]; readonly values: readonly unknown[] }

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'texts' in value && 'values' in value

/**
 * SQL written by hand: a value becomes `$1`, another piece of SQL is put in as it is.
 *
 * @returns a piece that can itself be put into another.
 */
export function sql(texts: TemplateStringsArray, ...given: readonly unknown[]): Sql {
  const parts: string[] = [texts[0] ?? '']
  const values: unknown[] = []
  given.forEach((value, at) => {
    const next = texts[at + 1] ?? ''
    if (isSql(value)) {
      parts[parts.length - 1] += value.texts[0] ?? ''
      parts.push(...value.texts.slice(1))
      values.push(...value.values)
      parts[parts.length - 1] += next
    } else {
      values.push(value)
      parts.push(next)
    }
  })
  return { texts: parts, values }
}

/** Several pieces with one between each, such as conditions joined by `and`. Of none: the empty piece. */
export function join(pieces: readonly Sql[], between: Sql): Sql {
  return pieces.reduce((all, piece, at) => (at === 0 ? piece : sql`${all}${between}${piece}`), sql``)
}

/** A question as a column of another: its rows as JSON, in their order; an instant in it is text. */
export const asJson = (question: Sql): Sql => sql`(select coalesce(json_agg(q), '[]') from (${question}) q)`

// One for each text in the program: as many as every connection keeps prepared.
const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha1').update(text).digest('hex')
  names.set(text, name)
  return name
}

/** What the driver takes. The statement's name is the hash of its text, so each is prepared once a connection. */
export function asQuery(piece: Sql): { name: string; text: string; values: unknown[] } {
  const text = piece.texts.reduce((all, part, at) => (at === 0 ? part : `${all}$${at}${part}`), '')
  return { name: nameOf(text), text, values: [...piece.values] }
}

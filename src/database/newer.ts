import { Client } from 'pg'
import { migrations } from './migrate.ts'

/** What a program says of a record whose tables a newer one has changed. */
export const olderProgram = 'older program'

/**
 * Refuses a record that a newer program has opened: this one does not know its tables, and would write into them what they
 * no longer mean. Nothing is read of it but the names of what was done to it, and nothing is changed.
 *
 * @param ownerUrl somebody who may act as `keyworker_gate`. Where there is no such database yet, there is nothing to refuse.
 * @throws Error with the code `olderProgram` and, in its message, what this program does not know.
 */
export async function refuseNewer(ownerUrl: string): Promise<void> {
  const known = new Set(migrations().map(({ number }) => number))
  const unknown = (await ranIn(ownerUrl)).filter(({ number }) => !known.has(number))
  const last = unknown.at(-1)
  if (!last) return
  const more = unknown.length > 1 ? ` and ${unknown.length - 1} before it` : ''
  throw Object.assign(new Error(`${last.name.replace(/\.sql$/, '')}${more}`), { code: olderProgram })
}

type Ran = { readonly number: number; readonly name: string }

async function ranIn(ownerUrl: string): Promise<readonly Ran[]> {
  const client = new Client({ connectionString: ownerUrl })
  try {
    await client.connect()
    const there = await client.query<{ is: boolean }>(
      `select to_regclass('public.migration') is not null as is`,
    )
    if (!there.rows[0]?.is) return []
    await client.query('set role keyworker_gate')
    return (await client.query<Ran>('select number, name from public.migration order by number')).rows
  } catch (error) {
    // Before the first start there is no database of that name.
    if (error instanceof Error && 'code' in error && error.code === '3D000') return []
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}
